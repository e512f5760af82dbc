"""The sheet that says what the workbook is and how it is filled in."""

from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.table import CHANGED
from dok_guide.review.taking import CONFIRMED


def write_about(book: Any, sheet: Any, catalog: Catalog) -> None:  # noqa: ANN401 - no types
    """Write one line below the other."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrap)
    for number, line in enumerate(_lines(catalog)):
        sheet.write_string(number, 0, line, wrap)
        sheet.set_row(number, 15.0 * (1 + len(line) // 100) + 3)


def _lines(catalog: Catalog) -> tuple[str, ...]:
    return (
        f"{catalog.title}, version {catalog.version} of {catalog.published}, {catalog.license}.",
        f"The guide itself: {catalog.base_url}",
        "Fill in the yellow cells of the summary, then a status for each row of the checklist. "
        "'partly met' names the items that are not met, 'not applicable' needs a reason. An "
        "accepted gap has a reason, an owner and the day until which it is accepted; 'due' accepts "
        "nothing.",
        "Each control links to its page: why it matters, what to do and how to check it.",
        "Rows can be sorted, filtered and hidden. Do not rename the columns: the workbook can be "
        "read back with `dok-guide review convert checklist.xlsx review.json`.",
        f"The flag '{CHANGED}' means that the requirement is another one in this version. Choose "
        f"'{CONFIRMED}' if the answer still holds.",
        "A plus sign above the columns opens those that are folded: category, scope, summary, "
        "setting, flag.",
    )
