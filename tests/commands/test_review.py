"""The tasks of `dok-guide review` as people call them."""

import json
from pathlib import Path

import pytest

from dok_guide.__main__ import main

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(copy)
    return copy


def save(name: str, *answers: dict[str, object], **head: object) -> None:
    data = {"schema_version": "1.1", "catalog": "2.0.0-dev", **head, "answers": answers}
    Path(name).write_text(json.dumps(data), encoding="utf-8")


def answer(
    control: str = "AB-1", audience: str = "producer", **fields: object
) -> dict[str, object]:
    return {"control": control, "audience": audience, "status": "met"} | fields


def answers(name: str) -> dict[str, dict[str, object]]:
    found = json.loads(Path(name).read_text(encoding="utf-8"))
    return {f"{a['control']} {a['audience']}": a for a in found["answers"]}


def test_a_target_is_replaced_only_by_force(capsys: pytest.CaptureFixture) -> None:
    save("a.json", answer())
    Path("b.csv").write_text("mine")
    assert main(["review", "convert", "a.json", "b.csv"]) == 2
    assert "b.csv is there already; give another name, or --force" in capsys.readouterr().err
    assert Path("b.csv").read_text() == "mine"
    assert main(["review", "convert", "a.json", "b.csv", "--force"]) == 0
    assert "AB-1" in Path("b.csv").read_text(encoding="utf-8")


def test_what_a_format_cannot_hold_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture,
) -> None:
    save("a.json", answer(evidence="x" * 32_001), subject="s" * 201)
    for target in ("b.xlsx", "b.csv", "b.md", "b.json"):
        assert main(["review", "convert", "a.json", target]) == 2
        said = capsys.readouterr().err
        assert "subject has 201 characters, more than 200; shorten it" in said
        assert "evidence of AB-1 (producer) has 32001 characters, more than 32000" in said
        assert not Path(target).exists()


def test_what_does_not_come_back_is_never_said_to_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """A writer that loses something is caught by reading back."""
    from dok_guide.review.formats import as_csv

    original = as_csv.rows
    monkeypatch.setattr(as_csv, "rows", lambda *given: original(*given)[1:])
    save("a.json", answer(evidence="seen"))
    assert main(["review", "convert", "a.json", "b.csv"]) == 2
    said = capsys.readouterr().err
    assert "1 answers or fields cannot stand in this format: AB-1 (producer)" in said
    assert "wrote" not in said
    assert not Path("b.csv").exists()


def test_a_workbook_with_macros_is_never_written(capsys: pytest.CaptureFixture) -> None:
    save("a.json", answer())
    assert main(["review", "convert", "a.json", "b.xlsm"]) == 2
    assert "use the ending .xlsx" in capsys.readouterr().err


def test_no_text_of_a_file_moves_a_cursor_or_begins_a_line(capsys: pytest.CaptureFixture) -> None:
    hostile = "ZZ-9\x1b[31m\nforged: line\u202e"
    save("a.json", answer(hostile, note="\x1b]0;x\x07"), catalog="\x1b[2J", other="\x9b31m")
    main(["review", "convert", "a.json", "b.json"])
    main(["review", "report", "a.json", "--fail-on", "2"])
    main(["review", "merge", "a.json", "b.json", "c.json"])
    said = capsys.readouterr().err
    assert "ZZ-9" in said
    assert not any(line.startswith("forged") for line in said.split("\n"))
    assert all(each.isprintable() or each == "\n" for each in said)


def test_an_output_folder_is_made(folder: Path) -> None:
    save("a.json", answer())
    assert main(["review", "convert", "a.json", "new/b.json"]) == 0
    assert (folder / "new/b.json").is_file()


def test_start_shows_what_to_set_and_answers_nothing(capsys: pytest.CaptureFixture) -> None:
    assert main(["review", "start", "a.csv", "--operator", "inventdb", "--depth", "deep"]) == 0
    text = Path("a.csv").read_text(encoding="utf-8-sig")
    assert "spec.tls.enabled" in text
    assert main(["review", "convert", "a.csv", "a.json"]) == 0
    found = json.loads(Path("a.json").read_text())
    assert found["operator"] == "inventdb"
    assert found["depth"] == "deep"
    assert found["answers"] == []
    assert main(["review", "start", "b.csv", "--operator", "nodb"]) == 2
    assert "no operator nodb; the guide has inventdb, otherdb" in capsys.readouterr().err
    assert main(["review", "start", "b.csv", "--level", "7"]) == 2
    assert not Path("b.csv").exists()


def test_merge_keeps_both_and_lists_conflicts(capsys: pytest.CaptureFixture) -> None:
    save("a.json", answer(evidence="seen"), answer("CD-1", "consumer"), reviewer="Ada", level=1)
    save(
        "b.json",
        answer(note="also"),
        answer("CD-1", "consumer", status="not met", note="no"),
        answer("AB-10", "consumer", status="not met"),
        reviewer="Bob",
    )
    assert main(["review", "merge", "a.json", "b.json", "c.json"]) == 1
    said = capsys.readouterr().err
    assert "conflict: CD-1 (consumer): met and not met" in said
    assert 'reviewer: "Ada" and "Bob"; "Ada, Bob" is taken' in said
    assert 'level: "1" and ""; "" is taken' in said
    merged = answers("c.json")
    assert (merged["AB-1 producer"]["evidence"], merged["AB-1 producer"]["note"]) == (
        "seen",
        "also",
    )
    assert merged["AB-10 consumer"]["status"] == "not met"
    apart = json.loads(Path("c.json").read_text())["kept_apart"]
    assert [(each["control"], each["note"]) for each in apart] == [("CD-1", "no")]
    assert main(["review", "report", "c.json", "--fail-on", "2"]) == 1
    assert "CD-1 (consumer): contradicted by another answer" in capsys.readouterr().err


def test_diff_shows_verdicts_texts_and_numbers(capsys: pytest.CaptureFixture) -> None:
    save("a.json", answer(status="not met"), answer("CD-1", "consumer", note="x"))
    save("b.json", answer(), answer("CD-1", "consumer", note="y"), answer("ZZ-1"))
    assert main(["review", "diff", "a.json", "b.json"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert "met: 1 -> 2" in lines
    assert "AB-1 (producer): not met -> met" in lines
    assert "CD-1 (consumer): note" in lines
    assert "ZZ-1 (producer): met, kept apart" in lines
    assert main(["review", "diff", "a.json", "a.json", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdicts"] == []
    assert main(["review", "diff", "a.json", "b.json", "--format", "markdown"]) == 3
    assert "First Control (with brackets) (producer): not met → met" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([answer(), answer("AB-1", "consumer")], 0),
        ([answer(status="not met")], 1),
        ([answer(status="partially met")], 1),
        ([answer(status="FAIL")], 1),
        ([answer(), answer(status="not met")], 1),
        ([answer(status="not met", expires="2099-01-01")], 1),
        ([answer(), answer("ZZ-1", status="not met")], 1),
        ([answer("ab-1", status="not met")], 1),
        ([answer(status="not applicable")], 1),
        ([], 1),
        ([answer(fingerprint="0" * 12)], 1),
        ([answer(severity="low")], 3),
        ([answer("CD-1", "consumer", status="not met"), answer()], 0),  # of level 2
    ],
)
def test_gate(given: list[dict[str, object]], code: int) -> None:
    save("a.json", *given)
    assert main(["review", "report", "a.json", "--fail-on", "1"]) == code
    if code == 1:  # no way round through another format
        for name in ("b.csv", "c.xlsx", "d.md", "e.json"):
            assert main(["review", "convert", "a.json", name]) in (0, 3)
            assert main(["review", "report", name, "--fail-on", "1"]) == 1
