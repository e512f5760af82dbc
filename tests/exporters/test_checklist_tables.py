"""The workbook and the CSV to fill in, read back and calculated by another program."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dok_guide.exporters.checklist_tables import MAIN, render
from dok_guide.model import Catalog
from dok_guide.review.formats.table import COLUMNS
from dok_guide.review.model import STATUSES
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
    assert [(str(v.sqref), v.formula1) for v in lists] == [(cells, "Statuses")]
    assert [row[0].value for row in book["Lists"].rows] == list(STATUSES)
    first = sheet.cell(2, 1)
    assert first.hyperlink.target == f"{guide.base_url}controls/{first.value}/"
    assert all(sheet.row_dimensions[n].height for n in range(2, sheet.max_row + 1))


def test_csv_has_the_same_rows(book: openpyxl.Workbook, guide: Catalog) -> None:
    lines = list(csv.reader(io.StringIO(render(guide)[MAIN[1]].decode("utf-8-sig"))))
    table = [line for line in lines if not line[0].startswith("#")]
    sheet = book["Checklist"]
    shown = [["" if c.value is None else str(c.value) for c in row] for row in sheet.rows]
    assert table == shown


@pytest.mark.slow
def test_summary_counts_what_was_filled_in(guide: Catalog, tmp_path: Path) -> None:
    """As LibreOffice calculates it: the file that is saved here has no values for formulas."""
    filled = openpyxl.load_workbook(io.BytesIO(render(guide)[MAIN[0]]))
    sheet = filled["Checklist"]
    answers = [STATUSES[row % len(STATUSES)] for row in range(sheet.max_row - 1)]
    for row, status in enumerate(answers, 2):
        sheet.cell(row, list(COLUMNS).index("Status") + 1).value = status
    filled.save(tmp_path / "filled.xlsx")
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: see tests/programs.sh"
    subprocess.run(
        [
            program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "out",
            tmp_path / "filled.xlsx",
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    summary = openpyxl.load_workbook(tmp_path / "out/filled.xlsx", data_only=True)["Summary"]
    counted = {row[0].value: [cell.value for cell in row[1:8]] for row in summary.rows}
    levels = column(sheet, "Level")
    for level in guide.levels:
        here = [s for s, n in zip(answers, levels, strict=True) if n == level.id]
        expected = [here.count(status) for status in STATUSES]
        assert counted[f"Level {level.id} {level.title}"][:6] == [*expected, len(here)]
        share = counted[f"Level {level.id} {level.title}"][6]
        assert share == pytest.approx(1 - here.count("not reviewed") / len(here))
    assert counted["All requirements"][5] == len(answers)
