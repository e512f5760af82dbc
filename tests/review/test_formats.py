"""A review goes from format to format and comes back the same; bad files are said to be bad."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from dok_guide.__main__ import main
from dok_guide.model import Catalog
from dok_guide.review.formats import (
    MOST_BYTES,
    READ_BACK,
    as_csv,
    as_json,
    as_markdown,
    as_oscal,
    as_xlsx,
)
from dok_guide.review.formats.table import COLUMNS
from dok_guide.review.model import Answer, Review, blank
from dok_guide.rules.schemas import schema

NASTY = (
    '=HYPERLINK("http://x")\n<script>alert(1)</script> ; "quoted", \'single\', Ünïcödé, a|b `c` *d*'
)


def filled(catalog: Catalog) -> Review:
    """A review with an answer of each status, texts that are hard to carry, and one kept apart."""
    review = replace(
        blank(catalog),
        subject="Example operator",
        subject_version="1.2.3",
        reviewer="=Ada",
        approver="x;=Grace",
        depth="quick",
        date="2026-11-24",
    )
    first, second, third, *rest = review.answers
    answers = (
        replace(
            first,
            status="partly met",
            items=("b",),
            reason="-1\ttab",
            evidence=NASTY,
            note="-1",
            owner="@bob",
            due="2026-12-31",
            expires="2027-01-31",
        ),
        replace(second, status="not applicable", reason="'quoted at the start"),
        replace(third, status="met", note="+49\ttab\nsecond line"),
        *rest,
    )
    apart = (Answer(control="ZZ-9", audience="producer", status="not met", note=NASTY),)
    return replace(review, answers=answers, kept_apart=apart)


def test_json_is_valid(catalog: Catalog) -> None:
    data = json.loads(as_json.write(filled(catalog), catalog))
    jsonschema.Draft202012Validator(schema("review")).validate(data)
    assert len(data["answers"]) == 3


@pytest.mark.parametrize("form", READ_BACK.values(), ids=READ_BACK)
def test_round_trip(catalog: Catalog, form: object) -> None:
    review = filled(catalog)
    taken = form.read(form.write(review, catalog), catalog)
    assert taken.review == review
    assert [p for p in taken.problems if "kept apart" not in p] == []


@pytest.mark.parametrize("form", [as_oscal, *READ_BACK.values()])
def test_same_review_same_bytes(guide: Catalog, form: object) -> None:
    assert form.write(filled(guide), guide) == form.write(filled(guide), guide)


def test_json_to_xlsx_to_json_on_the_command_line(
    copy: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy)
    Path("a.json").write_bytes(as_json.write(filled(catalog), catalog))
    assert main(["review", "convert", "a.json", "b.xlsx"]) == 3  # one is kept apart
    assert main(["review", "convert", "b.xlsx", "c.md"]) == 3
    assert main(["review", "convert", "c.md", "c.csv"]) == 3
    assert main(["review", "convert", "c.csv", "d.json"]) == 3
    assert Path("d.json").read_bytes() == Path("a.json").read_bytes()


def test_csv_has_no_cell_that_a_spreadsheet_would_calculate(catalog: Catalog) -> None:
    data = as_csv.write(filled(catalog), catalog)
    assert data.startswith(b'\xef\xbb\xbf"Control","Audience",')
    import csv

    cells = [c for line in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for c in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_as_other_spreadsheets_save_it(catalog: Catalog, delimiter: str) -> None:
    text = delimiter.join(["Control", "Audience", "Status", "Note"]) + "\n"
    text += delimiter.join(["CD-1", "consumer", "met", "fine"]) + "\n"
    taken = as_csv.read(text.encode(), catalog)
    assert [(a.status, a.note) for a in taken.review.answers if a.control == "CD-1"] == [
        ("met", "fine")
    ]


def test_markdown_takes_ticks_and_fields_as_people_write_them(catalog: Catalog) -> None:
    text = as_markdown.write(blank(catalog), catalog).decode()
    ticked = text.replace("- [ ] [CD-1]", "> 1. [X] [CD-1]").replace(
        "(level 1, consumer)", "(level 1, consumer) · partly met\n- Note: seen *here*\n\nHello"
    )
    taken = as_markdown.read(ticked.encode(), catalog)
    answers = {answer.key: answer for answer in taken.review.answers if not answer.empty}
    assert [(key, a.status, a.note) for key, a in answers.items()] == [
        (("AB-1", "consumer"), "partly met", "seen *here*"),
        (("CD-1", "consumer"), "met", None),
    ]
    assert [problem.partition(": ")[2] for problem in taken.problems] == [
        "is not taken over: Hello"
    ]


@pytest.mark.parametrize(
    "line",
    ["- [x] UM 1", "* [x] everything (fine)", "- [x] [CD-1](x) (level 2, consumer) · not met"],
)
def test_a_tick_that_nobody_understands_is_said(catalog: Catalog, line: str) -> None:
    text = as_markdown.write(blank(catalog), catalog).decode()
    taken = as_markdown.read(f"{line}\n{text}".encode(), catalog)
    assert len(taken.problems) == 1
    assert all(answer.status == "not reviewed" for answer in taken.review.answers)


def test_markdown_shows_hostile_texts_as_text(catalog: Catalog) -> None:
    from dok_guide.rules.texts import renderer

    text = as_markdown.write(filled(catalog), catalog).decode()
    assert "<script>" in text
    assert "<script>" not in renderer("tables").reset().convert(text)


def workbook(catalog: Catalog) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_xlsx.write(filled(catalog), catalog)))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_summary_comes_with_its_results_and_the_formulas_that_give_them(
    catalog: Catalog,
) -> None:
    """Of four requirements one each is partly met, not applicable, met; ZZ-9 does not count."""
    data = io.BytesIO(as_xlsx.write(filled(catalog), catalog))
    results = openpyxl.load_workbook(data, data_only=True)["Summary"]
    shown = {row[0].value: [cell.value for cell in row[1:8]] for row in results.rows}
    assert shown["Level 1 Everyone"] == [0, 0, 1, 0, 1, 2, 1]
    assert shown["Level 2 Some"] == [1, 1, 0, 0, 0, 2, 0.5]
    assert shown["producer"] == [0, 0, 1, 0, 0, 1, 1]
    assert shown["consumer"] == [1, 1, 0, 0, 1, 3, pytest.approx(2 / 3)]
    assert shown["Alpha Beta"] == [0, 1, 1, 0, 1, 3, 1]
    assert shown["All requirements"] == [1, 1, 1, 0, 1, 4, 0.75]
    (line,) = [row for row in workbook(catalog)["Summary"].rows if row[0].value == "consumer"]
    n = line[0].row
    scope, status = 'Checklist!$F$2:$F$6,"in scope"', 'Checklist!$K$2:$K$6,"met"'
    assert line[2].value == f'=COUNTIFS(Checklist!$B$2:$B$6,"consumer",{scope},{status})'
    assert line[6].value == f'=COUNTIFS(Checklist!$B$2:$B$6,"consumer",{scope})'
    assert line[1].value == f"=G{n}-SUM(C{n}:F{n})"
    assert line[7].value == f"=IF(G{n}=0,0,1-B{n}/G{n})"
    assert line[7].number_format == "0%"


def test_the_summary_of_nothing_divides_by_nothing(catalog: Catalog) -> None:
    data = as_xlsx.write(blank(catalog, level=1), catalog)
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Summary"]
    shown = {row[0].value: [cell.value for cell in row[1:8]] for row in results.rows}
    assert shown["Level 2 Some"] == [0, 0, 0, 0, 0, 0, 0]
    assert shown["Level 1 Everyone"] == [2, 0, 0, 0, 0, 2, 0]


def test_workbook_saved_by_another_program(catalog: Catalog) -> None:
    taken = as_xlsx.read(saved(workbook(catalog)), catalog)
    assert taken.review == filled(catalog)


def test_edited_header_and_deleted_column(catalog: Catalog) -> None:
    book = workbook(catalog)
    sheet = book["Checklist"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(1, names.index("Note") + 1).value = "Remarks"
    sheet.delete_cols(names.index("Owner") + 1)
    taken = as_xlsx.read(saved(book), catalog)
    assert "missing columns Note, Owner; they are taken as empty" in taken.problems
    assert "unknown columns Remarks; moved into the note" in taken.problems
    assert taken.review.answers[0].note == "Remarks: -1"
    assert taken.review.answers[0].status == "partly met"


def test_without_a_needed_column_it_is_no_review(catalog: Catalog) -> None:
    book = workbook(catalog)
    book["Checklist"].delete_cols(list(COLUMNS).index("Status") + 1)
    with pytest.raises(ValueError, match="the column Status is missing; restore the header"):
        as_xlsx.read(saved(book), catalog)


def test_macros_are_left_out_and_said(catalog: Catalog) -> None:
    data = io.BytesIO(as_xlsx.write(filled(catalog), catalog))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    taken = as_xlsx.read(data.getvalue(), catalog)
    assert taken.problems[0] == "the workbook has macros; they are not run and not kept"
    assert taken.review == filled(catalog)
    assert b"vbaProject" not in as_xlsx.write(taken.review, catalog)


def test_a_workbook_that_declares_entities(catalog: Catalog) -> None:
    """They could grow to any size; defusedxml stops at the first."""
    assert openpyxl.DEFUSEDXML
    original = zipfile.ZipFile(io.BytesIO(as_xlsx.write(filled(catalog), catalog)))
    data = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(data, "w") as archive:
        for name in original.namelist():
            content = original.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = bomb + content.partition(b"?>")[2].replace(b"</v>", b"&b;</v>", 1)
            archive.writestr(name, content)
    with pytest.raises(ValueError, match="cannot be read as a workbook: "):
        as_xlsx.read(data.getvalue(), catalog)


def test_a_workbook_that_unpacks_to_too_much(catalog: Catalog) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}", bytes(70_000_000))
    with pytest.raises(ValueError, match="unpacks to more than 20,000,000 bytes"):
        as_xlsx.read(data.getvalue(), catalog)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"{", "cannot be read as JSON"),
        ("a.json", b"[" * 100_000, "cannot be read as JSON"),
        ("a.json", b'{"answers": 1}', "holds no review"),
        ("a.json", b'{"schema_version": "2.0", "answers": []}', "is of version 2.0"),
        ("a.xlsx", b"PK", "is no workbook"),
        ("a.csv", b"\x81,", "is neither UTF-8"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"Some,Table\n1,2\n", "the column Control, Audience, Status is missing"),
        ("a.md", b"# Hello\n", "has no task such as"),
        ("a.txt", b"", "the ending '.txt' is of no format"),
    ],
)
def test_files_that_hold_no_review(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    name: str,
    content: bytes,
    message: str,
) -> None:
    monkeypatch.chdir(copy)
    Path(name).write_bytes(content)
    assert main(["review", "convert", name, "out.json"]) == 2
    said = capsys.readouterr()
    assert f"dok-guide: {name}:1: {message}" in said.err
    assert said.out == ""
    assert not Path("out.json").exists()


def test_a_file_of_50_megabytes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    with Path("big.json").open("wb") as file:
        file.truncate(50_000_000)
    assert MOST_BYTES < 50_000_000
    assert main(["review", "convert", "big.json", "out.json"]) == 2


def test_what_could_not_be_taken_over_is_listed(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    entries = [{"control": "ZZ-9", "audience": "consumer", "status": "met"}, "nonsense"]
    Path("a.json").write_text(json.dumps({"catalog": "0.9", "answers": entries}))
    assert main(["review", "convert", "a.json", "b.json"]) == 3
    said = capsys.readouterr().err
    assert "a.json: answer 1: ZZ-9 (consumer) is not in this version of the guide" in said
    assert 'a.json: made for version "0.9" of the guide' in said
    assert "nonsense" in Path("b.json").read_text()


def test_unwritable_ending_writes_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    Path("a.json").write_text('{"answers": []}')
    assert main(["review", "convert", "a.json", "b.docx"]) == 2
