"""A workbook with macros is read as one without; it is never written."""

from dok_guide.model import Catalog
from dok_guide.review.formats.as_xlsx import read
from dok_guide.review.model import Review

__all__ = ["read", "write"]


def write(_review: Review, _catalog: Catalog) -> bytes:
    """Refuse: a file with this ending has macros."""
    raise ValueError("a workbook with macros is only read; use the ending .xlsx")
