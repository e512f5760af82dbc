"""The documents as wholes: valid, sound, the same in JSON and YAML, and as the files say."""

import json
import re
from datetime import date

import pytest
import yaml
from golden import assert_golden
from oscal_bindings import OscalDocument
from oscal_facts import problems
from oscal_semantics import INSERT, Files, controls, lists, of

from dok_guide.data import to_data
from dok_guide.exporters.oscal import documents, render
from dok_guide.model import Catalog


@pytest.fixture(scope="module")
def files(guide: Catalog) -> Files:
    return documents(guide)


def test_golden(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "oscal_catalog.json", render(catalog)["oscal/catalog.json"])
    assert_golden(request, "oscal_mapping.json", render(catalog)["oscal/mapping.json"])


def test_every_document_keeps_to_the_models_of_nists_schema(files: Files) -> None:
    """Dicts, not strings: from strings the models drop keys that they don't know."""
    for data in files.values():
        OscalDocument.model_validate(data)


def test_every_document_is_sound(files: Files, guide: Catalog) -> None:
    assert problems(files, guide) == []


def test_levels_are_nested_and_audiences_make_the_whole(files: Files, guide: Catalog) -> None:
    ids = {
        name.rpartition("/")[2].removesuffix(".json"): {
            id_ for select in lists(data, "include-controls") for id_ in select["with-ids"]
        }
        for name, data in of(files, "profile").items()
    }
    assert ids["level-1"] < ids["level-2"] < ids["level-3"]
    assert ids["producer"] | ids["consumer"] == ids["level-3"]
    assert len(ids["level-3"]) == len(guide.active)


def test_yaml_equals_json(catalog: Catalog) -> None:
    found = render(catalog)
    data = yaml.safe_load(found["oscal/catalog.yaml"])
    assert data == json.loads(found["oscal/catalog.json"])
    assert list(data["catalog"]) == ["uuid", "metadata", "groups", "back-matter"]


def test_check_comes_back_from_its_part(catalog: Catalog) -> None:
    """Whoever reads the OSCAL catalog has everything of a check."""
    data = documents(catalog)["oscal/catalog.json"]
    (part,) = (each for each in lists(data, "parts") if each["name"] == "check")
    props = {prop["name"]: prop["value"] for prop in part["props"]}
    inside = [(each["name"], each.get("title"), _unfenced(each["prose"])) for each in part["parts"]]
    back = {
        "id": props["label"],
        "for": props["audience"],
        "covers": [prop["value"] for prop in part["props"] if prop["name"] == "covers"],
        "target": props["target"],
        "scope": props["scope"],
        "match": next(json.loads(text) for name, _, text in inside if name == "match"),
        "matchConditions": _named(inside, "match-condition"),
        "variables": _named(inside, "variable"),
        "validations": [
            {"message": title, "expression": text}
            for name, title, text in inside
            if name == "validation"
        ],
    }
    (check,) = catalog.control("AB-1").checks
    assert back == json.loads(json.dumps(to_data(check)))


def _named(inside: list[tuple], kind: str) -> list[dict]:
    return [{"name": title, "expression": text} for name, title, text in inside if name == kind]


def _unfenced(text: str) -> str:
    found = re.fullmatch(r"(`{3,})\w+\n(.*)\n\1", text, re.DOTALL)
    assert found
    return found[2]


def test_no_braces_but_those_of_parameters(files: Files) -> None:
    """Tools take any others for parameters, too, and warn that they are unknown."""
    text = json.dumps(files)
    assert text.count("{{") == len(INSERT.findall(text)) > 100


def test_withdrawn_control_is_a_tombstone(catalog: Catalog) -> None:
    control = controls(documents(catalog)["oscal/catalog.json"])["dok-ab-2"]
    assert {"name": "status", "value": "withdrawn"} in control["props"]
    assert {"href": "#dok-ab-10", "rel": "moved-to", "text": "AB-10"} in control["links"]
    assert "parts" not in control


def test_entries_of_a_framework_with_an_oscal_catalog_have_its_ids(files: Files) -> None:
    mappings = files["oscal/mapping.json"]["mapping-collection"]["mappings"]
    (nist,) = (m for m in mappings if m["target-resource"]["type"] == "catalog")
    ids = {target["id-ref"] for map_ in nist["maps"] for target in map_["targets"]}
    assert {"ac-6", "ac-6.10"} <= ids
    assert all(re.fullmatch(r"[a-z]{2}-\d+(\.\d+)?", id_) for id_ in ids)


def test_dates_are_that_of_the_catalog(catalog: Catalog) -> None:
    text = b"".join(render(catalog).values()).decode()
    days = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:+]+", text))
    assert days == {f"{date.fromisoformat(catalog.published)}T00:00:00+00:00"}
