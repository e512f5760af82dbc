"""A workbook that somebody has filled in, read back."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.as_xlsx.beside import Sheet, sheet_of
from dok_guide.review.formats.as_xlsx.unpacking import unpacked
from dok_guide.review.formats.table import Line, read_rows
from dok_guide.review.model import HEAD, Taken
from dok_guide.review.taking import MOST_ANSWERS, Row, take

_OURS = ("Summary", "Checklist", "About", "Lists")
_MOST_COLUMNS = 100
#: From here on a number has more digits than a cell keeps.
_MOST_EXACT = 10**15

_Cells = dict[tuple[int, int], str]


@dataclass(frozen=True)
class _Book:
    """The cells of the checklist and of the summary, and what is to be said of them."""

    checklist: _Cells
    head: dict[str, str | None]
    problems: list[str]


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a workbook; macros in it are neither run nor kept."""
    files = unpacked(data)
    sheet = sheet_of(files, "Checklist")
    book = _content(data, sheet)
    problems = book.problems
    if any(name.endswith("vbaProject.bin") for name in files):
        problems.insert(0, "the workbook has macros; they are not run and not kept")
    _fill_merged(book.checklist, sheet, problems)
    rows, said = read_rows(_lines(book.checklist))
    rows = _with_beside(rows, sheet, book.checklist, catalog, said)
    taken = take(book.head, rows, catalog)
    return replace(taken, problems=(*problems, *said, *taken.problems))


def _content(data: bytes, sheet: Sheet) -> _Book:
    """Return what a workbook holds; openpyxl reads XML by defusedxml, since that is installed."""
    problems: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl doesn't keep, such as drawings
            shown, made = (_cells_of(data, values) for values in (True, False))
    except ValueError:
        raise
    except Exception as error:  # openpyxl lets any error of damaged XML through
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"cannot be read as a workbook: {reason}") from None
    others = [name for name in made if name not in _OURS]
    problems += [f"the sheet {name} is not read" for name in others if any(made[name].values())]
    if "Checklist" not in made:
        raise ValueError("the sheet Checklist has no cells; restore its name")
    if len(made["Checklist"]) < sheet.values:
        raise ValueError("has rows or cells that are not in their order; save it again")
    cells = _with_results(made["Checklist"], shown["Checklist"], problems)
    labels = {name.replace("_", " "): name for name in ("catalog", *HEAD)}
    summary = shown.get("Summary", {})
    head: dict[str, str | None] = {
        labels[text]: summary.get((row, 2))
        for (row, column), text in summary.items()
        if column == 1 and text in labels
    }
    return _Book(cells, head, problems)


def _cells_of(data: bytes, values: bool) -> dict[str, _Cells]:
    """Return the cells of each sheet, results or formulas; empty texts are among them."""
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=values, keep_links=False
    )
    try:
        return {sheet.title: dict(_cells(sheet)) for sheet in book.worksheets}
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:  # noqa: ANN401 - of openpyxl
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            text = _text(value)
            if text and (number > MOST_ANSWERS or column > _MOST_COLUMNS):
                raise ValueError(
                    f"the sheet {sheet.title} has something in row {number}, column {column}, "
                    "far from the table; delete it"
                )
            yield (number, column), text


def _text(value: object) -> str:
    """Return what a cell shows."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time.min else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))
    return str(value)


def _with_results(made: _Cells, shown: _Cells, problems: list[str]) -> _Cells:
    """Return cells with the last result of each formula."""
    cells = {place: text for place, text in made.items() if text}
    for place, text in list(cells.items()):
        if text == shown.get(place):
            continue
        result = shown.get(place)
        what = "its last result is taken" if result else "it has no result, and is taken as text"
        problems.append(f"row {place[0]}: column {place[1]} has a formula; {what}")
        cells[place] = result or text
    return cells


def _fill_merged(cells: _Cells, sheet: Sheet, problems: list[str]) -> None:
    """Take what stands in merged cells for each of their rows."""
    last = max((row for row, _ in cells), default=0)
    for column, first, end in sheet.merged:
        text = cells.get((first, column))
        if text is None:
            continue
        problems.append(f"row {first}: merged cells down to row {end}; taken for each row")
        for row in range(first + 1, min(end, last) + 1):
            cells.setdefault((row, column), text)


def _lines(cells: _Cells) -> list[Line]:
    """Return the lines of a sheet with their numbers; a sheet without any has one."""
    found: dict[int, list[str | None]] = {}
    for (row, column), text in sorted(cells.items()):
        line = found.setdefault(row, [])
        line += [None] * (column - len(line))
        line[column - 1] = text
    if not found:
        raise ValueError("the sheet Checklist is empty")
    return list(found.items())


def _with_beside(
    rows: list[Row], sheet: Sheet, cells: _Cells, catalog: Catalog, problems: list[str]
) -> list[Row]:
    """Return rows with the comments and links of their cells, but for those to the guide."""
    found = {row.place: row for row in rows}
    for each in sheet.beside:
        text = cells.get((each.row, each.column), "")
        if each.kind == "link" and (each.text.startswith(catalog.base_url) or each.text in text):
            continue
        place, name = f"row {each.row}", f"{each.kind} in column {each.column}"
        if place in found:
            row = found[place]
            name = name if name not in row.cells else f"another {name}"
            found[place] = replace(row, cells={**row.cells, name: each.text})
        else:
            problems.append(f"{place}: a {name} is left out: {each.text}")
    return list(found.values())
