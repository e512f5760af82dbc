"""A review as a workbook: a summary that calculates, one flat sheet to fill in, and what it is."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

from dok_guide.model import AUDIENCES, Catalog
from dok_guide.review.formats.table import APART, CHANGED, COLUMNS, read_rows, rows
from dok_guide.review.model import HEAD, STATUSES, Review, Taken, counts, take

#: Of each status the color of its cell; the text says the same.
_COLORS = {
    "not reviewed": ("#F2F2F2", "#404040"),
    "met": ("#D9EAD3", "#1E4620"),
    "partly met": ("#FFF2CC", "#5C4400"),
    "not met": ("#F4CCCC", "#7A0C0C"),
    "not applicable": ("#DDE6EE", "#22384D"),
}
_WIDTHS = {
    "Control": 10, "Audience": 11, "Title": 26, "Category": 22, "Level": 7, "Summary": 36,
    "Requirement": 60, "Quick check": 24,
    "Status": 15, "Reason": 26, "Evidence": 30, "Note": 30, "Owner": 14, "Expires": 12, "Flag": 16,
    "Fingerprint": 14,
}  # fmt: skip
#: Uncompressed; a workbook of ours has about 1 MB.
_MOST_UNPACKED = 200_000_000


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the workbook; the same review gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": f"{catalog.title}: checklist",
            "subject": f"Version {catalog.version}",
            "created": datetime.fromisoformat(catalog.published),
        }
    )
    sheets = {name: book.add_worksheet(name) for name in ("Summary", "Checklist", "About", "Lists")}
    last = _checklist(book, sheets["Checklist"], review, catalog)
    _summary(book, sheets["Summary"], review, catalog, last)
    _about(book, sheets["About"], catalog)
    sheets["Lists"].write_column(0, 0, STATUSES)
    sheets["Lists"].hide()
    book.define_name("Statuses", f"=Lists!$A$1:$A${len(STATUSES)}")
    book.close()
    return out.getvalue()


def _checklist(book: Any, sheet: Any, review: Review, catalog: Catalog) -> int:  # noqa: ANN401
    """Write the flat sheet; return the number of its last row."""
    head = book.add_format(
        {"bold": True, "bg_color": "#17475F", "font_color": "#FFFFFF", "border": 1}
    )
    cell = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    )
    date = book.add_format(
        {"valign": "top", "border": 1, "border_color": "#BFBFBF", "num_format": "@"}
    )
    link = book.add_format(
        {
            "valign": "top",
            "border": 1,
            "font_color": "#0B5F80",
            "underline": 1,
            "border_color": "#BFBFBF",
        }
    )
    names = list(COLUMNS)
    for index, name in enumerate(names):
        sheet.set_column(index, index, _WIDTHS[name], None, {"hidden": name == "Fingerprint"})
    sheet.write_row(0, 0, names, head)
    found = rows(review, catalog)
    known = {control.id for control in catalog.active}
    for number, row in enumerate(found, 1):
        for index, (name, text) in enumerate(zip(names, row, strict=True)):
            if name == "Level" and text:
                sheet.write_number(number, index, int(text), cell)
            elif name == "Control" and text in known:
                sheet.write_url(number, index, catalog.page_of(catalog.control(text)), link, text)
            else:
                sheet.write_string(number, index, text, date if name == "Expires" else cell)
        sheet.set_row(number, _height(row, names))
    last = len(found)
    status, expires = names.index("Status"), names.index("Expires")
    sheet.data_validation(
        1, status, last, status,
        {
            "validate": "list", "source": "=Statuses",
            "error_title": "Status", "error_message": "Choose one of the list.",
        },
    )  # fmt: skip
    sheet.data_validation(
        1, expires, last, expires,
        {
            "validate": "any", "input_title": "Expires",
            "input_message": "Until when the gap is accepted, as in 2026-11-24",
        },
    )  # fmt: skip
    for name, (background, color) in _COLORS.items():
        form = book.add_format({"bg_color": background, "font_color": color})
        rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": form}
        sheet.conditional_format(1, status, last, status, rule)
    sheet.autofilter(0, 0, last, len(names) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{catalog.title.replace('&', '&&')} {catalog.version}&RPage &P of &N")
    return last


def _height(row: list[str], names: list[str]) -> float:
    """Return the height of a row in points: LibreOffice doesn't fit wrapped text by itself."""
    lines = 1
    for name, text in zip(names, row, strict=True):
        room = _WIDTHS[name] * 1.05
        lines = max(lines, sum(1 + int(len(part) / room) for part in text.split("\n")))
    return min(409.0, 15.0 * lines + 3)


def _summary(book: Any, sheet: Any, review: Review, catalog: Catalog, last: int) -> None:  # noqa: ANN401
    bold = book.add_format({"bold": True})
    head = book.add_format(
        {"bold": True, "bg_color": "#17475F", "font_color": "#FFFFFF", "border": 1}
    )
    title = book.add_format({"bold": True, "font_size": 16})
    fill = book.add_format({"bg_color": "#FFFBE6", "border": 1, "num_format": "@"})
    percent = book.add_format({"num_format": "0%"})
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(STATUSES) + 2, 15)
    sheet.write_string(0, 0, f"{catalog.title}", title)
    sheet.write_row(1, 0, ["catalog", catalog.version], bold)
    for number, name in enumerate(HEAD, 2):
        value = getattr(review, name)
        sheet.write_string(number, 0, name.replace("_", " "), bold)
        sheet.write_string(number, 1, "" if value is None else str(value), fill)
    at = {name: _column(list(COLUMNS).index(name)) for name in COLUMNS}
    reach = {name: f"Checklist!${at[name]}$2:${at[name]}${last + 1}" for name in COLUMNS}
    levels = [(f"Level {x.id} {x.title}", "Level", x.id) for x in catalog.levels]
    categories = [(x.title, "Category", x.title) for x in catalog.categories]
    audiences = [(x, "Audience", x) for x in AUDIENCES]
    table = rows(review, catalog)
    number = len(HEAD) + 3
    for group, entries in (("Level", levels), ("Audience", audiences), ("Category", categories)):
        sheet.write_row(number, 0, [group, *STATUSES, "all", "reviewed"], head)
        for label, column, value in entries:
            number += 1
            sheet.write_string(number, 0, label)
            here = [r for r in table if r[list(COLUMNS).index(column)] == str(value)]
            key = (
                str(value) if isinstance(value, int) else '"' + str(value).replace('"', '""') + '"'
            )
            for index, status in enumerate(STATUSES, 1):
                amount = sum(r[list(COLUMNS).index("Status")] == status for r in here)
                formula = f'=COUNTIFS({reach[column]},{key},{reach["Status"]},"{status}")'
                sheet.write_formula(number, index, formula, None, amount)
            _totals(sheet, number, here, percent)
        number += 2
    sheet.write_row(number, 0, ["All", *STATUSES, "all", "reviewed"], head)
    for index, status in enumerate(STATUSES, 1):
        formula = f'=COUNTIF({reach["Status"]},"{status}")'
        sheet.write_formula(number + 1, index, formula, None, counts(review)[status])
    sheet.write_string(number + 1, 0, "All requirements")
    _totals(sheet, number + 1, [r for r in table if APART not in r], percent)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _totals(sheet: Any, number: int, here: list[list[str]], percent: Any) -> None:  # noqa: ANN401
    first, last, total = _column(1), _column(len(STATUSES)), _column(len(STATUSES) + 1)
    row = number + 1
    status = list(COLUMNS).index("Status")
    open_ = sum(r[status] == STATUSES[0] for r in here)
    share = 1 - open_ / len(here) if here else 0
    sheet.write_formula(
        number, len(STATUSES) + 1, f"=SUM({first}{row}:{last}{row})", None, len(here)
    )
    formula = f"=IF({total}{row}=0,0,1-{first}{row}/{total}{row})"
    sheet.write_formula(number, len(STATUSES) + 2, formula, percent, share)


def _column(index: int) -> str:
    return chr(ord("A") + index)


def _about(book: Any, sheet: Any, catalog: Catalog) -> None:  # noqa: ANN401
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrap)
    lines = (
        f"{catalog.title}, version {catalog.version} of {catalog.published}, {catalog.license}.",
        f"The guide itself: {catalog.base_url}",
        "Fill in the yellow cells of the summary, then a status for each row of the checklist. "
        "'not applicable' needs a reason. An accepted gap has a reason and a date until when.",
        "Each control links to its page: why it matters, what to do and how to check it.",
        "Rows can be sorted, filtered and hidden. Do not rename the columns: the workbook can be "
        "read back with `dok-guide review convert checklist.xlsx review.json`.",
        f"The flag '{CHANGED}' means that the requirement is another one in this version.",
    )
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, wrap)
        sheet.set_row(number, 15.0 * (1 + len(line) // 100) + 3)


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a workbook; macros in it are neither run nor kept."""
    problems = _unpackable(data)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"cannot be read as a workbook: {error}") from None
    if "Checklist" not in book.sheetnames:
        raise ValueError("has no sheet Checklist; restore its name")
    lines = [list(line) for line in book["Checklist"].iter_rows(values_only=True)]
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines:
        raise ValueError("the sheet Checklist is empty")
    found, faults = read_rows(lines[0], enumerate(lines[1:], 2))
    taken = take(_head(book), found, catalog)
    return replace(taken, problems=(*problems, *faults, *taken.problems))


def _unpackable(data: bytes) -> list[str]:
    """Return what is left out; raise ValueError if it is no workbook or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise ValueError("is no workbook of the XLSX format; save it as one") from None
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise ValueError("unpacks to more than 200 MB; this is no review")
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        return ["the workbook has macros; they are not run and not kept"]
    return []


def _head(book: Any) -> dict[str, object]:  # noqa: ANN401
    if "Summary" not in book.sheetnames:
        return {}
    labels = {name.replace("_", " "): name for name in ("catalog", *HEAD)}
    pairs = book["Summary"].iter_rows(
        min_row=1, max_row=len(labels) + 2, max_col=2, values_only=True
    )
    return {labels[str(pair[0])]: pair[1] for pair in pairs if str(pair[0]) in labels}
