"""The published schemas."""

import json

import jsonschema

from dok_guide.exporters.json_schemas import bundled, render
from dok_guide.model import Catalog


def test_names_are_the_ends_of_their_ids(guide: Catalog) -> None:
    for name, data in render(guide).items():
        schema = json.loads(data)
        assert schema["$id"] == guide.base_url + name
        jsonschema.Draft202012Validator.check_schema(schema)


def test_bundle_is_complete_in_itself() -> None:
    text = json.dumps(bundled("controls.schema.json"))
    assert ".schema.json" not in text
    schema = json.loads(text)
    for reference in [part.partition('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]]:
        assert reference in schema["$defs"]


def test_bundle_adds_the_page_to_a_control() -> None:
    control = bundled("controls.schema.json")["properties"]["controls"]["items"]
    assert list(control["properties"])[-1] == "url"
    assert control["additionalProperties"] is False
    assert len(control["allOf"]) == 1
