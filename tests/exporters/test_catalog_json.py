"""The published JSON."""

import json

import jsonschema
import pytest
from golden import assert_golden

from dok_guide.exporters.catalog_json import SCHEMA_VERSION, render
from dok_guide.exporters.json_schemas import bundled
from dok_guide.model import Catalog


def test_golden(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    files = render(catalog)
    assert_golden(request, "controls.json", files["controls.json"])
    assert_golden(request, "AB-1.json", files["controls/AB-1.json"])


def test_every_control_has_a_file_of_the_same_shape(catalog: Catalog) -> None:
    files = render(catalog)
    assert set(files) == {"controls.json", *(f"controls/{c.id}.json" for c in catalog.controls)}
    validator = jsonschema.Draft202012Validator(bundled("controls.schema.json"))
    for data in files.values():
        validator.validate(json.loads(data))


def test_narrowed_file_holds_what_the_control_refers_to(catalog: Catalog) -> None:
    document = json.loads(render(catalog)["controls/AB-1.json"])
    assert [entry["id"] for entry in document["threats"]] == ["TH-01"]
    assert [entry["id"] for entry in document["categories"]] == ["AB"]
    assert document["url"] == "https://guide.example.org/controls/AB-1.json"
    assert document["controls"][0]["url"] == "https://guide.example.org/controls/AB-1/"


def test_version_is_that_of_the_schema() -> None:
    schema = bundled("controls.schema.json")
    assert schema["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert schema["$id"].endswith(f"-{SCHEMA_VERSION.partition('.')[0]}.json")
