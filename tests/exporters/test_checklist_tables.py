"""The workbook and the CSV to fill in, read back and calculated by another program."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dok_guide.exporters.checklist_tables import MAIN, render
from dok_guide.model import Catalog
from dok_guide.review.formats import as_xlsx
from dok_guide.review.formats.table import COLUMNS
from dok_guide.review.model import STATUSES, Answer, blank
from dok_guide.texts import plain


@pytest.fixture(scope="module")
def book(guide: Catalog) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(guide)[MAIN[0]]))


def column(sheet: Worksheet, name: str) -> list[object]:
    at = [cell.value for cell in sheet[1]].index(name) + 1
    return [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]


def test_a_row_for_each_control_and_audience(book: openpyxl.Workbook, guide: Catalog) -> None:
    sheet = book["Checklist"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    wanted = [(c, audience) for c in guide.active for audience in c.audiences]
    assert column(sheet, "Control") == [control.id for control, _ in wanted]
    assert column(sheet, "Audience") == [audience for _, audience in wanted]
    assert column(sheet, "Level") == [control.level for control, _ in wanted]
    assert set(column(sheet, "Status")) == {"not reviewed"}
    for (control, audience), text in zip(wanted, column(sheet, "Requirement"), strict=True):
        lines = [getattr(control.requirement, audience), *control.items_of(audience)]
        shown = [line.removeprefix(f"{chr(96 + i)}) ") for i, line in enumerate(text.split("\n"))]
        assert shown == [plain(line) for line in lines]


def test_sheet_is_made_for_work(book: openpyxl.Workbook, guide: Catalog) -> None:
    sheet = book["Checklist"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert not sheet.merged_cells.ranges
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    letter = get_column_letter([cell.value for cell in sheet[1]].index("Status") + 1)
    cells = f"{letter}2:{letter}{sheet.max_row}"
    assert (cells, "Statuses") in [(str(v.sqref), v.formula1) for v in lists]
    assert [row[0].value for row in book["Lists"].rows] == list(STATUSES)
    assert sheet.page_setup.paperSize == 9  # A4
    widths = [
        width
        for each in sheet.column_dimensions.values()
        for width in [each.width] * (each.max - each.min + 1)
        if not each.hidden
    ]
    # 7 points a letter and 5 a column at 96 dpi, in 28.2 cm: the letters of 10 points keep 8
    assert sum(7 * width + 5 for width in widths) * 0.8 <= 28.2 / 2.54 * 96
    assert max(sheet.row_dimensions[n].height for n in range(2, sheet.max_row + 1)) < 409
    first = sheet.cell(2, 1)
    assert first.hyperlink.target == f"{guide.base_url}controls/{first.value}/"
    assert all(sheet.row_dimensions[n].height for n in range(2, sheet.max_row + 1))


def test_csv_has_the_same_rows(book: openpyxl.Workbook, guide: Catalog) -> None:
    lines = list(csv.reader(io.StringIO(render(guide)[MAIN[1]].decode("utf-8-sig"))))
    table = [line for line in lines if not line[0].startswith("#")]
    sheet = book["Checklist"]
    shown = [["" if c.value is None else str(c.value) for c in row] for row in sheet.rows]
    guarded = [[cell.replace(";'", ";").replace(",'", ",") for cell in line] for line in table]
    assert guarded == [[cell.replace(";'", ";").replace(",'", ",") for cell in r] for r in shown]


def calculated(book: openpyxl.Workbook, folder: Path) -> dict[object, list[object]]:
    """The lines of the summary as LibreOffice calculates them, without the values of the file."""
    book.save(folder / "filled.xlsx")
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: see tests/programs.sh"
    subprocess.run(
        [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out",
            folder / "filled.xlsx",
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    summary = openpyxl.load_workbook(folder / "out/filled.xlsx", data_only=True)["Summary"]
    return {row[0].value: [cell.value for cell in row[1:8]] for row in summary.rows}


@pytest.mark.slow
def test_what_is_kept_apart_is_not_counted(catalog: Catalog, tmp_path: Path) -> None:
    """Also by formulas: they give what the file has as their values."""
    empty = blank(catalog)
    apart = (Answer(control="ZZ-9", audience="producer", status="met"),)
    review = replace(
        empty,
        answers=(replace(empty.answers[0], status="met"), *empty.answers[1:]),
        kept_apart=apart,
    )
    data = io.BytesIO(as_xlsx.write(review, catalog))
    shown = openpyxl.load_workbook(data, data_only=True)["Summary"]
    values = {row[0].value: [cell.value for cell in row[1:8]] for row in shown.rows}
    assert values["producer"] == [0, 1, 0, 0, 0, 1, 1]
    assert values["All requirements"] == [3, 1, 0, 0, 0, 4, 0.25]
    found = calculated(openpyxl.load_workbook(data), tmp_path)
    counted = [label for label, cells in values.items() if isinstance(cells[-1], int | float)]
    assert len(counted) == 7
    for label in counted:
        assert found[label] == pytest.approx(values[label]), label


@pytest.mark.slow
def test_summary_counts_what_was_filled_in(guide: Catalog, tmp_path: Path) -> None:
    filled = openpyxl.load_workbook(io.BytesIO(render(guide)[MAIN[0]]))
    sheet = filled["Checklist"]
    answers = [STATUSES[row % len(STATUSES)] for row in range(sheet.max_row - 1)]
    for row, status in enumerate(answers, 2):
        sheet.cell(row, list(COLUMNS).index("Status") + 1).value = status
    counted = calculated(filled, tmp_path)
    levels = column(sheet, "Level")
    for level in guide.levels:
        here = [s for s, n in zip(answers, levels, strict=True) if n == level.id]
        expected = [here.count(status) for status in STATUSES]
        assert counted[f"Level {level.id} {level.title}"][:6] == [*expected, len(here)]
        share = counted[f"Level {level.id} {level.title}"][6]
        assert share == pytest.approx(1 - here.count("not reviewed") / len(here))
    assert counted["All requirements"][5] == len(answers)
