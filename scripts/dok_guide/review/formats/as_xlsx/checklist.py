"""The sheet to fill in: a line for each requirement."""

from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.as_xlsx.look import HEAD, fit_to_width
from dok_guide.review.formats.table import COLUMNS

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
_NAMES = list(COLUMNS)
_CELL = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}


def write_checklist(book: Any, sheet: Any, table: list[list[str]], catalog: Catalog) -> None:  # noqa: ANN401
    """Write the lines of a table, with lists to choose from, colors and filters."""
    sheet.write_row(0, 0, _NAMES, book.add_format(HEAD))
    for index, name in enumerate(_NAMES):
        sheet.set_column(index, index, _WIDTHS[name], None, {"hidden": name == "Fingerprint"})
    _write_lines(book, sheet, table, catalog)
    _validate(sheet, len(table))
    _color(book, sheet, len(table))
    sheet.autofilter(0, 0, len(table), len(_NAMES) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    fit_to_width(sheet)
    title = catalog.title.replace("&", "&&")  # a footer has commands
    sheet.set_footer(f"&L{title} {catalog.version}&RPage &P of &N")


def _write_lines(book: Any, sheet: Any, table: list[list[str]], catalog: Catalog) -> None:  # noqa: ANN401
    cell = book.add_format({**_CELL, "text_wrap": True})
    date = book.add_format({**_CELL, "num_format": "@"})
    link = book.add_format({**_CELL, "font_color": "#0B5F80", "underline": 1})
    pages = {control.id: catalog.page_of(control) for control in catalog.active}
    for number, row in enumerate(table, 1):
        for index, (name, text) in enumerate(zip(_NAMES, row, strict=True)):
            if name == "Level" and text:
                sheet.write_number(number, index, int(text), cell)
            elif name == "Control" and text in pages:
                sheet.write_url(number, index, pages[text], link, text)
            else:
                sheet.write_string(number, index, text, date if name == "Expires" else cell)
        sheet.set_row(number, _height(row))


def _height(row: list[str]) -> float:
    """Return the height of a row in points: LibreOffice doesn't fit wrapped text by itself."""
    lines = 1
    for name, text in zip(_NAMES, row, strict=True):
        room = _WIDTHS[name] * 1.05
        lines = max(lines, sum(1 + int(len(part) / room) for part in text.split("\n")))
    return min(409.0, 15.0 * lines + 3)


def _validate(sheet: Any, last: int) -> None:  # noqa: ANN401
    """Offer the statuses, and say how a date is written."""
    status, expires = _NAMES.index("Status"), _NAMES.index("Expires")
    choice = {
        "validate": "list", "source": "=Statuses",
        "error_title": "Status", "error_message": "Choose one of the list.",
    }  # fmt: skip
    sheet.data_validation(1, status, last, status, choice)
    hint = {
        "validate": "any", "input_title": "Expires",
        "input_message": "Until when the gap is accepted, as in 2026-11-24",
    }  # fmt: skip
    sheet.data_validation(1, expires, last, expires, hint)


def _color(book: Any, sheet: Any, last: int) -> None:  # noqa: ANN401
    status = _NAMES.index("Status")
    for name, (background, color) in _COLORS.items():
        form = book.add_format({"bg_color": background, "font_color": color})
        rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": form}
        sheet.conditional_format(1, status, last, status, rule)
