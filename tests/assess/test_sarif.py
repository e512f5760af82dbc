"""SARIF against the schema of the standard, as a package of Microsoft carries it."""

import json

import jsonschema
import pytest
from building import FIXTURES, REPOSITORY

from dok_guide.assess.assessment import assess
from dok_guide.assess.formats.as_sarif import to_sarif
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

SCHEMA = REPOSITORY / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


@pytest.fixture
def validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_schema_of_sarif(guide: Catalog, validator: jsonschema.Draft4Validator) -> None:
    given = read_input([str(FIXTURES / "assess"), "nowhere.yaml"])
    data = json.loads("".join(to_sarif(assess(guide, given, guide.active))))
    assert data["runs"][0]["results"]
    validator.validate(data)


@pytest.mark.slow
def test_the_schema_catches_a_field_that_it_does_not_know(
    guide: Catalog, validator: jsonschema.Draft4Validator
) -> None:
    data = json.loads("".join(to_sarif(assess(guide, read_input([str(FIXTURES / "assess")]), ()))))
    data["runs"][0]["tool"]["driver"]["rule"] = []
    assert not validator.is_valid(data)
