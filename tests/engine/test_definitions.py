"""Definitions of custom resources: what is kept of them, and what they accept."""

import json
from typing import Any

import pytest
from building import FIXTURES

from dok_guide.engine.accepting import refusals
from dok_guide.engine.definitions import Definitions, at, definitions_of, fields, with_release
from dok_guide.engine.manifests import parse_manifests
from dok_guide.engine.objects import Object
from dok_guide.engine.paths import steps

KINDS = {("invent.example.org", "Invention"), ("invent.example.org", "Notebook")}
INVENTION = "invent.example.org/v2/Invention"


def schemas(release: str) -> dict[str, Any]:
    text = (FIXTURES / f"definitions/inventdb-{release}.yaml").read_text(encoding="utf-8")
    objects = [Object(document.data, "x", 1) for document in parse_manifests(text)]
    return definitions_of(objects, KINDS)


def test_served_versions_without_prose() -> None:
    found = schemas("1.2.0")
    assert [*found] == [
        "invent.example.org/v1/Invention",
        "invent.example.org/v1/Notebook",
        INVENTION,
    ]
    spec = found[INVENTION]["properties"]["spec"]
    assert "description" not in found[INVENTION]
    assert spec["properties"]["description"] == {"type": "string"}


def test_versions_that_nobody_writes_are_left_out() -> None:
    names = ["v1", "v1beta2", "v2alpha1", "v1-10-0", "v0", "v1beta", "1.0"]
    definition = {
        "kind": "CustomResourceDefinition",
        "spec": {
            "group": "invent.example.org",
            "names": {"kind": "Notebook"},
            "versions": [{"name": name, "served": name != "v1beta2"} for name in names],
        },
    }
    found = definitions_of([Object(definition, "x", 1)], KINDS)
    assert [key.split("/")[1] for key in found] == ["v1", "v2alpha1"]


def test_what_the_folder_holds_is_what_is_made() -> None:
    path = FIXTURES / "catalog/operators/inventdb/definitions.json"
    data: dict[str, Any] = {"releases": {}}
    for release in ("1.1.3", "1.2.0"):
        data = json.loads(with_release(data, release, schemas(release), ["1.2.0", "1.1.3"]))
    again = with_release(data, "1.1.3", schemas("1.1.3"), ["1.2.0", "1.1.3"])
    assert again == path.read_bytes()
    assert data["releases"]["1.1.3"]["invent.example.org/v1/Notebook"] == "1.2.0"
    assert Definitions(data).kinds("1.1.3") == schemas("1.1.3")
    assert Definitions(data).kinds("3.0") == {}


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("spec.tls.enabled", True),
        ('spec.parameters["any.thing"]', True),
        ("spec.services[].spec.type", True),
        ("metadata.annotations", True),
        ("spec.tls.enable", False),
        ("spec.services.spec", False),
        ("spec.tls[]", False),
    ],
)
def test_fields_at_a_path(path: str, known: bool) -> None:
    assert (at(schemas("1.2.0")[INVENTION], steps(path)) is not None) == known


def test_all_fields() -> None:
    assert ("spec", "tls", "enabled") in dict(fields(schemas("1.2.0")[INVENTION]))


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"tls": {"enabled": True, "port": 1}, "note": None}, []),
        ({"tls": {"port": "https"}, "pod": {"any": 1}, "parameters": {"a.b": "c"}}, []),
        ({"tsl": {}}, ["spec: there is no field tsl"]),
        ({"tls": {"port": 1.5}}, ["spec.tls.port: 1.5 is not valid under any"]),
        ({"parameters": {"a": 1}}, ["spec.parameters.a: 1 is not of type 'string'"]),
        (None, ["it: 'spec' is a required property"]),
    ],
)
def test_refusals(spec: object, expected: list[str]) -> None:
    resource = {"apiVersion": "x", "kind": "Invention", "metadata": {"any": 1}}
    if spec is not None:
        resource["spec"] = spec
    found = [*refusals(schemas("1.2.0")[INVENTION], resource)]
    assert len(found) == len(expected)
    assert all(message.startswith(start) for message, start in zip(found, expected, strict=True))
