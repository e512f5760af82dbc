"""How cells look that more than one sheet has."""

from typing import Any

#: The line above a table.
HEAD = {"bold": True, "bg_color": "#17475F", "font_color": "#FFFFFF", "border": 1}
_A4 = 9


def fit_to_width(sheet: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Print a sheet across, as wide as the paper."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
