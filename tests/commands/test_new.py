"""A file that a contributor only has to fill in."""

import re
from pathlib import Path

import pytest

from dok_guide.check import check
from dok_guide.commands.new import new_control
from dok_guide.rules.schemas import schema
from dok_guide.source import CatalogError


def test_what_is_left_to_do_is_what_says_todo(copy: Path) -> None:
    path = new_control(copy / "controls", "AB-11", "Eleventh Control")
    with pytest.raises(CatalogError) as caught:
        check(copy / "controls")
    lines = path.read_text().splitlines()
    to_do = {number for number, line in enumerate(lines, start=1) if "TODO" in line}
    assert {problem.line for problem in caught.value.problems} == to_do


def test_filled_in_it_is_fine(copy: Path) -> None:
    path = new_control(copy / "controls", "AB-11", "Eleventh Control")
    path.write_text(
        path.read_text()
        .replace("TODO", "")
        .replace("...", "be.")
        .replace("  - \n", "  - x\n")
        .replace("|\n  \n", "Text.\n")
        .replace("|\n      \n", "Text.\n")
        .replace("1. ", "1. Do.")
    )
    assert any(control.data["id"] == "AB-11" for control in check(copy / "controls").controls)


def test_it_explains_every_field_in_the_order_of_the_schema(copy: Path) -> None:
    text = new_control(copy / "controls", "AB-11", "Eleventh Control").read_text()
    places = [
        text.index(part["description"][:40]) for part in schema("control")["properties"].values()
    ]
    assert places == sorted(places)
    assert re.search(r'^since: "2.0.0"$', text, re.MULTILINE)


@pytest.mark.parametrize(
    ("id_", "title", "message"),
    [
        ("AB-1", "Title", "AB-1 is taken; take the next number"),
        ("XY-1", "Title", "no category XY; use AB, CD"),
        ("ab-3", "Title", "'ab-3' is no id; write category and number, as in KSI-11"),
        (
            "AB-3",
            "<b>Title",
            "'<b>Title': Plain words, no markup. A released control keeps its title.",
        ),
        ("../x-3", "Title", "'../x-3' is no id; write category and number, as in KSI-11"),
        ("AB-2", "Title", "AB-2 is taken; take the next number"),
    ],
)
def test_refused(copy: Path, id_: str, title: str, message: str) -> None:
    before = sorted(copy.rglob("*"))
    with pytest.raises(CatalogError) as caught:
        new_control(copy / "controls", id_, title)
    assert [problem.message for problem in caught.value.problems] == [message]
    assert before == sorted(copy.rglob("*"))
