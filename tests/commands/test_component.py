"""The command `dok-guide component`: a component definition that is a vendor's own."""

import json
from pathlib import Path
from typing import Any

import pytest
from oscal_bindings import OscalDocument
from oscal_semantics import nodes

from dok_guide.__main__ import main


@pytest.fixture
def made(copy: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A function that runs the command and returns what it printed."""

    def run(*arguments: str) -> dict[str, Any]:
        day = ["--date", "2026-11-25"]
        assert main(["--controls", str(copy / "controls"), "component", *arguments, *day]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def uuids(data: dict[str, Any]) -> set[str]:
    return {holder["uuid"] for _, holder in nodes(data) if "uuid" in holder}


def test_names_stand_where_they_belong(made: Any) -> None:
    data = made("Acme  DB*", "Acme Inc.", "--version", "1.2")
    OscalDocument.model_validate(data)
    body = data["component-definition"]
    (component,) = body["components"]
    assert (component["title"], body["metadata"]["version"]) == ("Acme DB\\*", "1.2")
    assert component["props"] == [{"name": "version", "value": "1.2"}]
    assert [party["name"] for party in body["metadata"]["parties"]] == ["Acme Inc."]
    assert body["metadata"]["last-modified"] == "2026-11-25T00:00:00+00:00"
    (implementation,) = component["control-implementations"]
    assert implementation["source"] == "https://guide.example.org/oscal/producer.json"
    assert "NAME-OF" not in json.dumps(data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A DB", "Acme"), ("B DB", "Acme")),
        (("A DB", "Acme"), ("A DB", "Umbrella")),
        (("b:c", "a"), ("c", "a:b")),
    ],
    ids=["two products", "two vendors", "a colon"],
)
def test_two_products_share_no_uuid_but_their_vendors(
    made: Any, one: tuple[str, str], other: tuple[str, str]
) -> None:
    first, second = made(*one), made(*other)
    shared = uuids(first) & uuids(second)
    vendors = {p["uuid"] for p in first["component-definition"]["metadata"]["parties"]}
    assert shared == (vendors if one[1] == other[1] else set())


def test_a_release_keeps_the_uuids_of_its_product(made: Any) -> None:
    first, second = made("A DB", "Acme"), made("A DB", "Acme", "--version", "2.0")
    both = (uuids(each) - {each["component-definition"]["uuid"]} for each in (first, second))
    assert len(set(map(frozenset, both))) == 1
    assert first["component-definition"]["uuid"] != second["component-definition"]["uuid"]


def test_the_published_template_shares_none(made: Any, copy: Path) -> None:
    own = made("A DB", "Acme")
    assert main(["--controls", str(copy / "controls"), "export", str(copy / "out")]) == 0
    template = json.loads((copy / "out/oscal/component-definition.json").read_text("utf-8"))
    assert uuids(template)
    assert not uuids(template) & uuids(own)


def test_an_empty_name_is_refused(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--controls", str(copy / "controls"), "component", "A DB", " "]) == 2
    assert "the vendor is empty" in capsys.readouterr().err
