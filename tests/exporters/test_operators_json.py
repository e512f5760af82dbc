"""The published JSON of operators."""

import json

import jsonschema
import pytest
from golden import assert_golden

from dok_guide.exporters.json_schemas import bundled
from dok_guide.exporters.operators_json import SCHEMA_VERSION, render
from dok_guide.model import Catalog


def test_golden(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "operators.json", render(catalog)["operators.json"])


def test_every_operator_has_a_file_of_the_same_shape(catalog: Catalog, guide: Catalog) -> None:
    validator = jsonschema.Draft202012Validator(bundled("operators.schema.json"))
    for each in (catalog, guide):
        files = render(each)
        assert set(files) == {"operators.json", *(f"operators/{o.id}.json" for o in each.operators)}
        for data in files.values():
            validator.validate(json.loads(data))


def test_a_file_holds_what_the_yaml_says(guide: Catalog) -> None:
    document = json.loads(render(guide)["operators/cloudnative-pg.json"])
    (operator,) = document["operators"]
    assert operator["url"] == guide.base_url + "operators/cloudnative-pg/"
    setting = operator["settings"][0]
    assert setting["field"] == "spec.enableSuperuserAccess"
    assert setting["variants"][0]["default"] == "false"
    assert operator["hardened"].startswith("# proven:")


def test_version_is_that_of_the_schema() -> None:
    schema = bundled("operators.schema.json")
    assert schema["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert schema["$id"].endswith(f"-{SCHEMA_VERSION.partition('.')[0]}.json")
