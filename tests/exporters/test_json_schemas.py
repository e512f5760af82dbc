"""The published schemas."""

import json

import jsonschema
import pytest

from dok_guide.exporters import json_schemas
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


def invented(**parts: str) -> dict[str, dict[str, object]]:
    """A schema that takes in one of each file, which define `part` as given."""
    files: dict[str, dict[str, object]] = {
        f"{name}.schema.json": {
            "$id": name,
            "properties": {"x": {"$ref": "#/$defs/part"}},
            "$defs": {"part": {"type": kind}},
        }
        for name, kind in parts.items()
    }
    taken = {name: {"$ref": name} for name in files}
    return files | {"whole": {"$id": "whole", "properties": taken, "$defs": {"own": {}}}}


def test_bundle_keeps_the_parts_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_schemas, "_read", invented(a="string", b="string").__getitem__)
    whole = bundled("whole")
    assert whole["$defs"] == {"own": {}, "part": {"type": "string"}}
    assert whole["properties"]["b.schema.json"] == {"properties": {"x": {"$ref": "#/$defs/part"}}}


def test_parts_that_share_a_name_and_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_schemas, "_read", invented(a="string", b="integer").__getitem__)
    with pytest.raises(ValueError, match=r"\$defs/part of b.schema.json differs"):
        bundled("whole")
