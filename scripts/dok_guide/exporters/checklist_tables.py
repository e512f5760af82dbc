"""The checklist as a workbook and as CSV, to fill in."""

from dok_guide.model import Catalog
from dok_guide.review.formats import as_csv, as_xlsx
from dok_guide.review.model import blank

TITLE = "Spreadsheet"
DESCRIPTION = "The checklist to fill in, as a workbook with a summary or as CSV."
MAIN = ("downloads/checklist.xlsx", "downloads/checklist.csv")
_FORMS = (as_xlsx, as_csv)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return an empty review of all requirements in both formats."""
    review = blank(catalog)
    return {name: form.write(review, catalog) for name, form in zip(MAIN, _FORMS, strict=True)}
