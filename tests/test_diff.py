"""What changed between two catalogs."""

import copy as copying
import json
from pathlib import Path
from typing import Any

import pytest
from building import FIXTURES

from dok_guide.__main__ import main
from dok_guide.diff import ASKED, CHECKED, REST, Change, Field, difference, to_markdown, to_text
from dok_guide.exporters import catalog_json
from dok_guide.model import Catalog

RATIONALE = r"An attacker reads [brackets], #1 and \backslashes 1.10."


@pytest.fixture
def old(catalog: Catalog) -> dict[str, Any]:
    return catalog_json.document(catalog, "controls.json")


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    data = copying.deepcopy(old)
    data["version"] = "3.0.0"
    return data


def control(data: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(entry for entry in data["controls"] if entry["id"] == id_)


def test_same(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert difference(old, new).changes == ()
    assert to_text(difference(old, new)).endswith("nothing changed\n")
    assert "Nothing changed." in to_markdown(difference(old, new))


def test_added_and_removed_are_each_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    gone = control(new, "CD-1")
    new["controls"].remove(gone)
    assert difference(old, new).changes == (Change("removed", "CD-1", gone["title"]),)
    assert difference(new, old).changes == (Change("added", "CD-1", gone["title"]),)


def test_withdrawn_names_its_successor_and_is_said_once(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    control(new, "CD-1").update(status="withdrawn", replaced_by=["AB-1"])
    found = difference(old, new)
    assert [(c.kind, c.id, c.replaced_by) for c in found.changes] == [
        ("withdrawn", "CD-1", ("AB-1",))
    ]
    assert "withdrawn CD-1 Other Control, replaced by AB-1" in to_text(found)
    assert difference(new, new).changes == ()


def test_reinstated(old: dict[str, Any], new: dict[str, Any]) -> None:
    control(new, "AB-2").update(status="active", replaced_by=[])
    (found,) = difference(old, new).changes
    assert (found.kind, found.id) == ("changed", "AB-2")
    assert found.fields == (Field("status", "withdrawn", "active", ASKED),)


def test_what_is_withdrawn_in_both_or_came_withdrawn_is_no_change(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    control(new, "AB-2").update(title="Other")
    assert difference(old, new).changes == ()
    old["controls"].remove(control(old, "AB-2"))
    assert difference(old, new).changes == ()


def test_by_kind_and_then_in_order(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["controls"].remove(control(old, "AB-10"))
    control(new, "CD-1").update(level=1)
    control(new, "AB-1").update(status="withdrawn")
    gone = control(new, "AB-2")
    new["controls"].remove(gone)
    changes = difference(old, new).changes
    assert [(c.kind, c.id) for c in changes] == [
        ("added", "AB-10"),
        ("withdrawn", "AB-1"),
        ("removed", "AB-2"),
        ("changed", "CD-1"),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda c: c.update(level=3), Field("level", 1, 3, ASKED)),
        (
            lambda c: c.update(title="Other"),
            Field("title", "First Control (with brackets)", "Other", ASKED),
        ),
        (
            lambda c: c["requirement"].pop("producer"),
            Field(
                "requirement.producer", "The operator MUST do all of the following.", None, ASKED
            ),
        ),
        (lambda c: c["items"].append("New."), Field("items", [], ["New."], ASKED)),
        (
            lambda c: c["items"].reverse(),
            Field(
                "order of items",
                ['Keep `"{{ .Values.x }}"` as it is.', "Wait 30 days."],
                ["Wait 30 days.", 'Keep `"{{ .Values.x }}"` as it is.'],
                ASKED,
            ),
        ),
        (
            lambda c: c["mappings"][0].update(relationship="equal-to"),
            Field("mappings", ["frame F-1 subset-of"], ["frame F-1 equal-to"], REST),
        ),
        (
            lambda c: c["mappings"][0].update(note="All of it."),
            Field("mappings, frame F-1 subset-of.note", "Half of it.", "All of it.", REST),
        ),
        (
            lambda c: c["verification"][0].update(expect="Another."),
            Field(
                "verification, producer Look at it.expect",
                "Exit status 0.",
                "Another.",
                CHECKED,
            ),
        ),
        (
            lambda c: c["verification"].pop(0),
            Field("verification", ["producer Look at it"], [], CHECKED),
        ),
        (lambda c: c.pop("first"), Field("first", True, None, ASKED)),
        (lambda c: c.update(rationale="Other."), Field("rationale", RATIONALE, "Other.", REST)),
    ],
    ids=[
        "level",
        "title",
        "requirement",
        "item",
        "order",
        "mapping",
        "note",
        "expect",
        "verification",
        "first",
        "rationale",
    ],
)
def test_changed_field(old: dict[str, Any], new: dict[str, Any], change: Any, field: Field) -> None:
    change(control(new, "AB-1"))
    (found,) = difference(old, new).changes
    assert (found.kind, found.id) == ("changed", "AB-1")
    assert found.fields == (field,)


def test_what_the_older_one_does_not_know_is_no_change(new: dict[str, Any]) -> None:
    released = json.loads((FIXTURES / "catalog/releases/0.1.0.json").read_text())
    changed = [c for c in difference(released, new).changes if c.kind == "changed"]
    assert [c.id for c in changed] == ["AB-1"]
    assert {field.name for field in changed[0].fields} == {
        "requirement.producer",
        "requirement.consumer",
        "items",
    }


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_command(
    copy: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    main(["export", "old"])
    path = Path("controls/CD/CD-1.yaml")
    path.write_text(path.read_text().replace("level: 2", "level: 1"))
    main(["export", "new"])
    capsys.readouterr()
    assert main(["diff", "old/controls.json", "new/controls.json", "--format", form]) == 0
    output = capsys.readouterr().out
    assert "CD-1" in output
    assert "AB-1" not in output
    if form == "json":
        assert json.loads(output)["changes"][0]["fields"] == [
            {"name": "level", "old": 2, "new": 1, "group": ASKED}
        ]


def test_bad_files_are_reported_together(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    Path("a.json").write_text("[]")
    Path("b.json").write_text('{\n"controls": [,]}')
    assert main(["diff", "a.json", "b.json"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "a.json:1: holds no controls; give a controls.json of the downloads page"
    assert out[1].startswith("b.json:2: cannot be read as JSON")


def test_entries_that_are_alike_are_told_apart(old: dict[str, Any], new: dict[str, Any]) -> None:
    item = control(new, "AB-1")["items"][0]
    control(new, "AB-1")["items"].append(item)
    (found,) = difference(old, new).changes
    assert found.fields == (Field("items", [], [f"{item} (2)"], ASKED),)


def test_fields_stand_in_their_groups(old: dict[str, Any], new: dict[str, Any]) -> None:
    changed = control(new, "AB-1")
    changed.update(rationale="Other.", level=2, evidence=["Other.", "The second."])
    (found,) = difference(old, new).changes
    assert [field.group for field in found.fields] == [ASKED, CHECKED, REST]
    lines = to_text(difference(old, new)).splitlines()
    assert [line.strip() for line in lines if line.startswith("  ") and line[2] != " "] == [
        ASKED, CHECKED, REST,
    ]  # fmt: skip
    assert "    - how it is checked" in to_markdown(difference(old, new)).splitlines()
