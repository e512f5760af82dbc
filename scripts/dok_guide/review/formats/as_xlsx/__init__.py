"""A review as a workbook: a summary that calculates, one flat sheet to fill in, and what it is."""

import io
from datetime import datetime
from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.as_xlsx.about import write_about
from dok_guide.review.formats.as_xlsx.checklist import write_checklist
from dok_guide.review.formats.as_xlsx.reading import read
from dok_guide.review.formats.as_xlsx.summary import write_summary
from dok_guide.review.formats.table import rows
from dok_guide.review.model import STATUSES, Review

__all__ = ["read", "write"]

_SHEETS = ("Summary", "Checklist", "About", "Lists")


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the workbook; the same review gives the same bytes."""
    out = io.BytesIO()
    book = _workbook(out, catalog)
    sheets = {name: book.add_worksheet(name) for name in _SHEETS}
    table = rows(review, catalog)
    write_checklist(book, sheets["Checklist"], table, catalog)
    write_summary(book, sheets["Summary"], review, table, catalog)
    write_about(book, sheets["About"], catalog)
    sheets["Lists"].write_column(0, 0, STATUSES)
    sheets["Lists"].hide()
    book.define_name("Statuses", f"=Lists!$A$1:$A${len(STATUSES)}")
    book.close()
    return out.getvalue()


def _workbook(out: io.BytesIO, catalog: Catalog) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    import xlsxwriter

    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        # a font that every system has, or one as wide
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": f"{catalog.title}: checklist",
            "subject": f"Version {catalog.version}",
            "created": datetime.fromisoformat(catalog.published),
        }
    )
    return book
