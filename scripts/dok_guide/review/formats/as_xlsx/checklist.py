"""The sheet to fill in: a line for each requirement."""

from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.as_xlsx.look import HEAD, fit_to_width
from dok_guide.review.formats.table import COLUMNS, FLAGS, INSIDE

#: Of each status the color of its cell; the text says the same.
_COLORS = {
    "not reviewed": ("#F2F2F2", "#404040"),
    "met": ("#D9EAD3", "#1E4620"),
    "partly met": ("#FFF2CC", "#5C4400"),
    "not met": ("#F4CCCC", "#7A0C0C"),
    "not applicable": ("#DDE6EE", "#22384D"),
}
#: Widths in letters; that of the requirement is what the others leave.
_WIDTHS = {
    "Control": 9, "Audience": 10, "Title": 10, "Category": 22, "Level": 5, "Scope": 10,
    "Summary": 36, "Requirement": 0, "Setting": 17, "Quick check": 12, "Status": 12,
    "Items not met": 7, "Reason": 11, "Evidence": 14, "Note": 11, "Owner": 9, "Due": 10,
    "Accepted until": 10, "Flag": 9, "Fingerprint": 14,
}  # fmt: skip
#: As many fit on A4 across with letters of 8 points.
_ROOM = 165
#: With less the longest requirements would be higher than a row can be.
_LEAST = 27
#: Folded; one click on the plus sign above opens them.
_FOLDED = ("Category", "Scope", "Summary", "Setting", "Flag")
_NAMES = list(COLUMNS)
_TYPED = [name for name, field in COLUMNS.items() if field not in (None, "control", "audience")]
_CELL = {"valign": "top", "border": 1, "border_color": "#BFBFBF", "align": "left"}
_HINTS = {
    "Items not met": "The letters of the items that are not met, as in a, c; for 'partly met'",
    "Due": "Until when the gap is to be closed, as in 2026-11-24. It accepts nothing.",
    "Accepted until": "Until when the gap is accepted, as in 2026-11-24; with reason and owner",
}


def write_checklist(book: Any, sheet: Any, table: list[list[str]], catalog: Catalog) -> None:  # noqa: ANN401
    """Write the lines of a table, with lists to choose from, colors and filters."""
    wrapped = book.add_format({**HEAD, "text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, _NAMES, wrapped)
    sheet.set_row(0, 33)
    widths = _set_columns(book, sheet, table)
    _write_lines(book, sheet, table, catalog)
    for number, row in enumerate(table, 1):
        sheet.set_row(number, _height(row, widths))
    _validate(sheet, len(table))
    _color(book, sheet, len(table))
    sheet.autofilter(0, 0, len(table), len(_NAMES) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    fit_to_width(sheet)
    title = catalog.title.replace("&", "&&")  # a footer has commands
    sheet.set_footer(f"&L{title} {catalog.version}&RPage &P of &N")


def _set_columns(book: Any, sheet: Any, table: list[list[str]]) -> dict[str, int]:  # noqa: ANN401
    """Set widths, and return those of the columns that are shown.

    What is typed below the table stays text, too.
    """
    text = book.add_format({"num_format": "@"})
    used = {name: {row[index] for row in table} - {"", INSIDE} for index, name in enumerate(_NAMES)}
    hidden = {name for name in _FOLDED if not used[name] or name in ("Category", "Summary")}
    hidden |= {"Fingerprint"} | ({"Quick check"} if used["Setting"] else set())
    widths = dict(_WIDTHS)
    taken = sum(width for name, width in widths.items() if name not in hidden)
    widths["Requirement"] = max(_LEAST, _ROOM - taken)
    for index, name in enumerate(_NAMES):
        options = {"hidden": name in hidden, "level": int(name in hidden or name in _FOLDED)}
        sheet.set_column(index, index, widths[name], text if name in _TYPED else None, options)
    return {name: width for name, width in widths.items() if name not in hidden}


def _write_lines(book: Any, sheet: Any, table: list[list[str]], catalog: Catalog) -> None:  # noqa: ANN401
    cell = book.add_format({**_CELL, "text_wrap": True})
    typed = book.add_format({**_CELL, "text_wrap": True, "num_format": "@"})
    link = book.add_format({**_CELL, "font_color": "#0B5F80", "underline": 1})
    pages = {control.id: catalog.page_of(control) for control in catalog.active}
    for number, row in enumerate(table, 1):
        for index, (name, text) in enumerate(zip(_NAMES, row, strict=True)):
            if name == "Level" and text:
                sheet.write_number(number, index, int(text), cell)
            elif name == "Control" and text in pages:
                sheet.write_url(number, index, pages[text], link, text)
            elif text:
                sheet.write_string(number, index, text, typed if name in _TYPED else cell)
            else:
                sheet.write_blank(number, index, None, typed if name in _TYPED else cell)


def _height(row: list[str], widths: dict[str, int]) -> float:
    """Return the height of a row in points: LibreOffice doesn't fit wrapped text by itself."""
    lines = 1
    for name, text in zip(_NAMES, row, strict=True):
        if name in widths:
            parts = text.split("\n")
            room = widths[name] * 1.15
            lines = max(lines, sum(1 + int(len(part) / room) for part in parts))
    return min(409.0, 13.0 * lines + 3)


def _validate(sheet: Any, last: int) -> None:  # noqa: ANN401
    """Offer the statuses and flags, and say what is written where."""
    for name, source in (("Status", "=Statuses"), ("Flag", list(FLAGS))):
        index = _NAMES.index(name)
        choice = {
            "validate": "list", "source": source,
            "error_title": name, "error_message": "Choose one of the list.",
        }  # fmt: skip
        sheet.data_validation(1, index, last, index, choice)
    for name, message in _HINTS.items():
        index = _NAMES.index(name)
        hint = {"validate": "any", "input_title": name, "input_message": message}
        sheet.data_validation(1, index, last, index, hint)


def _color(book: Any, sheet: Any, last: int) -> None:  # noqa: ANN401
    status = _NAMES.index("Status")
    for name, (background, color) in _COLORS.items():
        form = book.add_format({"bg_color": background, "font_color": color})
        rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": form}
        sheet.conditional_format(1, status, last, status, rule)
