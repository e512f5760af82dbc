"""Reviews as people and attackers handed them in, where they lie beside the repository."""

from pathlib import Path

import pytest
from building import REPOSITORY, SHARED

from dok_guide.__main__ import main

pytestmark = pytest.mark.shared

CASES = SHARED / "cases/kit"
#: How `convert` ends: 3 something is named, be it that the guide was an older one; 2 refused.
CODES = {
    "csv-cp1252.csv": 3, "csv-sep.csv": 3, "date-feb30.json": 3, "edited.md": 3, "esc.json": 3,
    "flag-stays.xlsx": 3, "formulas.json": 3, "gate-duplicate.json": 3,
    "gate-na-no-reason.json": 3, "gate-plain-notmet.json": 3, "gate-unknown-word.json": 3,
    "hash-control.json": 3, "old-version.json": 3, "oscal-subject-newline.json": 3,
    "report-inject.json": 3, "scope-loss.json": 3, "tostring.json": 3, "x-badxml.xlsx": 2,
    "x-dates-types.xlsx": 3, "x-dim-short.xlsx": 3, "x-extra-column.xlsx": 3, "x-far-cell.xlsx": 2,
    "x-merged.xlsx": 3,
}  # fmt: skip


def run(*arguments: str | Path) -> int:
    return main(["--controls", str(REPOSITORY / "controls"), "review", *map(str, arguments)])


def test_every_case_is_known() -> None:
    assert {path.name for path in CASES.iterdir()} == set(CODES)


@pytest.mark.parametrize("name", sorted(CODES))
def test_what_is_not_taken_over_is_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert run("convert", CASES / name, tmp_path / "review.json") == CODES[name]
    shown = capsys.readouterr()
    assert (CODES[name] == 0) == (f"{name}:" not in shown.err)
    assert (tmp_path / "review.json").is_file() == (CODES[name] != 2)
    assert not [c for c in shown.out + shown.err if ord(c) < 32 and c != "\n"]


@pytest.mark.parametrize("name", [name for name in sorted(CODES) if name.startswith("gate-")])
@pytest.mark.parametrize("form", ["json", "xlsx", "csv", "md"])
def test_no_format_opens_the_gate(name: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"review.{form}"
    run("convert", CASES / name, path)
    assert run("report", path, "--fail-on", "1") == 1


def test_answers_outside_the_scope_come_back(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    run("convert", CASES / "scope-loss.json", tmp_path / "review.xlsx")
    run("convert", tmp_path / "review.xlsx", tmp_path / "back.json")
    assert capsys.readouterr().err.count("with 10 answers") == 2
