"""The Gemara catalog, against what `controlcatalog.cue` of Gemara 1.4.1 requires."""

import json
from typing import Any

import jsonschema
import pytest

from dok_guide.exporters.gemara import MAIN, render
from dok_guide.model import Catalog

TEXT = {"type": "string", "minLength": 1}


def closed(required: list[str], **optional: Any) -> dict[str, Any]:
    """A CUE definition is closed: only the fields that it names."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": dict.fromkeys(required, TEXT) | optional,
    }


def some(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


GROUP = closed(["id", "title", "description"])
STATE = {"enum": ["Active", "Draft", "Deprecated", "Retired"]}
MAPPED = closed(["reference-id"], remarks=TEXT)
REQUIREMENT = closed(
    ["id", "text"], applicability=some(TEXT), recommendation=TEXT, state=STATE
)  # fmt: skip
CONTROL = closed(
    ["id", "title", "objective", "group"],
    state=STATE,
    guidelines=some(closed(["reference-id"], entries=some(MAPPED), remarks=TEXT)),
    **{"assessment-requirements": some(REQUIREMENT)},
)
METADATA = closed(
    ["id", "type", "gemara-version", "description"],
    version=TEXT,
    date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
    author=closed(["id", "name", "type"]),
    **{
        "mapping-references": some(
            closed(["id", "title", "version"], url={"pattern": r"^https?://\S+$"})
        ),
        "applicability-groups": some(GROUP),
    },
)
CATALOG = closed(["title"], metadata=METADATA, groups=some(GROUP), controls=some(CONTROL))


@pytest.fixture
def data(guide: Catalog) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(guide)[MAIN[0]])
    return found


def test_shape(data: dict[str, Any], catalog: Catalog) -> None:
    for each in (data, json.loads(render(catalog)[MAIN[0]])):
        jsonschema.Draft202012Validator(CATALOG).validate(each)
        assert each["metadata"]["type"] == "ControlCatalog"


def test_names_are_declared(data: dict[str, Any]) -> None:
    groups = {group["id"] for group in data["groups"]}
    scopes = {group["id"] for group in data["metadata"]["applicability-groups"]}
    references = {reference["id"] for reference in data["metadata"]["mapping-references"]}
    for control in data["controls"]:
        assert control["group"] in groups
        assert {each["reference-id"] for each in control.get("guidelines", [])} <= references
        for requirement in control["assessment-requirements"]:
            assert set(requirement["applicability"]) <= scopes


def test_a_requirement_applies_from_its_level_on(catalog: Catalog) -> None:
    found = json.loads(render(catalog)[MAIN[0]])["controls"]
    assert {r["id"]: r["applicability"] for c in found for r in c["assessment-requirements"]} == {
        "AB-1.producer": ["producer-1", "producer-2"],
        "AB-1.consumer": ["consumer-1", "consumer-2"],
        "AB-10.consumer": ["consumer-2"],
        "CD-1.consumer": ["consumer-2"],
    }


def test_items_and_remediation_stand_in_their_requirement(catalog: Catalog) -> None:
    first, second = json.loads(render(catalog)[MAIN[0]])["controls"][0]["assessment-requirements"]
    assert first["text"].split("\n")[1:] == [
        '(a) Keep `"{{ .Values.x }}"` as it is.',
        "(b) Wait 30 days.",
    ]
    assert "\n" not in second["text"]
    assert second["recommendation"] == "Set *it*."


def test_content_is_that_of_the_catalog(data: dict[str, Any], guide: Catalog) -> None:
    assert [control["id"] for control in data["controls"]] == [c.id for c in guide.active]
    for found, control in zip(data["controls"], guide.active, strict=True):
        asked = {r["id"]: r["text"] for r in found["assessment-requirements"]}
        assert len(asked) == len(control.audiences)
        for audience, text in control.requirement.items():
            assert asked[f"{control.id}.{audience}"].startswith(text)
            assert all(
                item in asked[f"{control.id}.{audience}"] for item in control.items_of(audience)
            )
        mapped = [e["reference-id"] for g in found.get("guidelines", []) for e in g["entries"]]
        assert sorted(mapped) == sorted(mapping.target for mapping in control.mappings)
