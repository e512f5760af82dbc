"""Workbooks as people and programs leave them: everything is taken over, or named."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from dok_guide.model import Catalog
from dok_guide.review.formats import as_xlsx
from dok_guide.review.formats.as_xlsx.unpacking import MOST_CELLS, unpacked
from dok_guide.review.formats.table import COLUMNS
from dok_guide.review.model import Answer, Taken, blank

_NAMES = list(COLUMNS)


def cell(sheet: Worksheet, row: int, column: str):
    return sheet.cell(row, _NAMES.index(column) + 1)


def edited(catalog: Catalog, edit: Callable[[Worksheet], None]) -> Taken:
    """Return what is read of an empty checklist that somebody has edited."""
    return as_xlsx.read(saved(catalog, edit), catalog)


def saved(catalog: Catalog, edit: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.write(blank(catalog), catalog)))
    edit(book["Checklist"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first(taken: Taken) -> Answer:
    return taken.review.answers[0]


def with_xml(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook in which one file was changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content.decode()) if each == name else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


def at(hour: int, minute: int) -> datetime:
    """A moment without a zone, as cells have it."""
    return datetime(2027, 3, 31, hour, minute, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize("name", ["Reason", "Evidence", "Note", "Owner", "Due", "Accepted until"])
def test_what_people_type_stays_text(catalog: Catalog, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.write(blank(catalog), catalog)))
    sheet = book["Checklist"]
    assert cell(sheet, 2, name).number_format == "@"
    at = cell(sheet, 2, name).column
    (below,) = [d for d in sheet.column_dimensions.values() if d.min <= at <= d.max]
    assert below.number_format == "@"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (False, "FALSE"), (True, "TRUE"), (1.1, "1.1"), (12, "12"), (3.0, "3"),
     (date(2027, 3, 31), "2027-03-31"), (at(12, 30), "2027-03-31 12:30:00"),
     ("#N/A", "#N/A")],
)  # fmt: skip
def test_values_of_other_kinds_are_kept(catalog: Catalog, value: object, text: str) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 2, "Note").value = value

    assert first(edited(catalog, edit)).note == text


@pytest.mark.parametrize("value", [0, False])
def test_zero_and_false_in_an_unknown_column_are_kept(catalog: Catalog, value: object) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(1, len(_NAMES) + 1).value = "Score"
        sheet.cell(2, len(_NAMES) + 1).value = value

    taken = edited(catalog, edit)
    assert first(taken).note == f"Score: {str(value).upper()}"
    assert taken.problems == ("unknown columns Score; moved into the note",)


def test_a_date_typed_as_one_is_a_date(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 2, "Status").value = "not met"
        cell(sheet, 2, "Due").value = at(0, 0)

    taken = edited(catalog, edit)
    assert first(taken).due == "2027-03-31"
    assert taken.problems == ()


def test_comments_and_links_move_into_the_note(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 2, "Evidence").value = "see"
        cell(sheet, 2, "Evidence").hyperlink = "https://git.example/x"
        cell(sheet, 2, "Status").value = "met"
        cell(sheet, 2, "Status").comment = Comment("only on Tuesdays", "Ada")
        cell(sheet, 1, "Status").comment = Comment("above", "Ada")

    taken = edited(catalog, edit)
    note = first(taken).note or ""
    assert "only on Tuesdays" in note
    assert "https://git.example/x" in note
    assert len(taken.problems) == 3
    assert [p for p in taken.problems if "left out" in p] == [
        "row 1: a comment in column 11 is left out: above"
    ]


def test_merged_cells_hold_for_each_of_their_rows(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 2, "Status").value = "not met"
        letter = cell(sheet, 2, "Status").column_letter
        sheet.merge_cells(f"{letter}2:{letter}3")

    taken = edited(catalog, edit)
    assert [a.status for a in taken.review.answers[:3]] == ["not met", "not met", "not reviewed"]
    assert taken.problems == ("row 2: merged cells down to row 3; taken for each row",)


def test_formulas_give_their_last_result_or_themselves(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 2, "Note").value = "=1+1"

    data = saved(catalog, edit)
    taken = as_xlsx.read(data, catalog)
    assert first(taken).note == "=1+1"
    (problem,) = taken.problems
    assert "it has no result, and is taken as text" in problem
    calculated = with_xml(
        data, SHEET, lambda text: re.sub("</f><v ?/?>(</v>)?", "</f><v>2</v>", text)
    )
    taken = as_xlsx.read(calculated, catalog)
    assert first(taken).note == "2"
    (problem,) = taken.problems
    assert "its last result is taken" in problem


def test_a_wrong_size_loses_no_row(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        cell(sheet, 5, "Status").value = "met"

    wrong = with_xml(
        saved(catalog, edit), SHEET,
        lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:T2"', text),
    )  # fmt: skip
    assert as_xlsx.read(wrong, catalog).review.answers[3].status == "met"


def test_rows_out_of_order_are_not_lost(catalog: Catalog) -> None:
    data = saved(catalog, lambda _: None)
    swapped = with_xml(data, SHEET, lambda text: text.replace('r="2"', 'r="4"', 1))
    with pytest.raises(ValueError, match="not in their order; save it again"):
        as_xlsx.read(swapped, catalog)


def test_an_empty_text_is_no_loss(catalog: Catalog) -> None:
    """Spreadsheets keep one where somebody has typed something and taken it away."""

    empty = blank(catalog)
    answers = (replace(empty.answers[0], status="met", note="gone"), *empty.answers[1:])
    written = as_xlsx.write(replace(empty, answers=answers), catalog)
    data = with_xml(written, "xl/sharedStrings.xml", lambda text: text.replace(">gone<", "><"))
    taken = as_xlsx.read(data, catalog)
    assert (first(taken).status, first(taken).note) == ("met", None)
    assert taken.problems == ()


@pytest.mark.parametrize("place", ["A1048576", "XFD2", "XFD1048576"])
def test_a_far_cell_is_refused(catalog: Catalog, place: str) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet[place].value = "x"

    with pytest.raises(ValueError, match="far from the table; delete it"):
        edited(catalog, edit)


def test_merged_cells_and_links_as_large_as_the_sheet_cost_nothing(catalog: Catalog) -> None:
    wide = with_xml(
        saved(catalog, lambda _: None), SHEET,
        lambda text: text.replace(
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )  # fmt: skip
    taken = as_xlsx.read(wide, catalog)
    assert taken.review.answers[0].status == "not reviewed"


def test_too_many_cells_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<c r='A1'/>" * (MOST_CELLS + 1))
    with pytest.raises(ValueError, match="has 100,001 cells, more than 100,000"):
        unpacked(out.getvalue())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(100), "is encrypted or of the old format"),
        (b"PK\x03\x04" + bytes(100), "is no workbook of the XLSX format"),
    ],
)
def test_other_files_are_refused(catalog: Catalog, data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        as_xlsx.read(data, catalog)


def test_an_encrypted_archive_is_refused(catalog: Catalog) -> None:
    data = bytearray(saved(catalog, lambda _: None))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    with pytest.raises(ValueError, match="is no workbook of the XLSX format"):
        as_xlsx.read(bytes(data), catalog)


def test_other_sheets_are_named(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.parent.create_sheet("Mine")["A1"] = "x"

    assert edited(catalog, edit).problems == ("the sheet Mine is not read",)


def test_a_title_above_the_header_is_named(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Orders"
        cell(sheet, 3, "Status").value = "met"

    taken = edited(catalog, edit)
    assert first(taken).status == "met"
    assert "row 1: stands above the header; left out: Orders" in taken.problems


def test_a_changed_answer_stays_so_until_somebody_confirms_it(catalog: Catalog) -> None:
    def edit(sheet: Worksheet) -> None:
        for row, flag in ((2, None), (3, "Confirmed")):
            cell(sheet, row, "Status").value = "met"
            cell(sheet, row, "Fingerprint").value = f"fp:{'0' * 12}"
            cell(sheet, row, "Flag").value = flag

    taken = edited(catalog, edit)
    changed, confirmed, *_ = taken.review.answers
    assert changed.changed
    assert not confirmed.changed
    again = as_xlsx.read(as_xlsx.write(taken.review, catalog), catalog).review
    assert again == taken.review
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.write(again, catalog)))
    assert cell(book["Checklist"], 2, "Flag").value == "changed since the answer"
    assert book["Checklist"].auto_filter.ref == book["Checklist"].dimensions
