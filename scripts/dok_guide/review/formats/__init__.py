"""The formats in which a review is passed on, by the ending of a file's name."""

from pathlib import Path
from typing import Protocol

from dok_guide.model import Catalog
from dok_guide.review.comparing import differences
from dok_guide.review.formats import (
    as_csv,
    as_json,
    as_markdown,
    as_oscal,
    as_pdf,
    as_xlsm,
    as_xlsx,
)
from dok_guide.review.limits import too_long
from dok_guide.review.model import Review, Taken
from dok_guide.source import CatalogError, Problem
from dok_guide.writing import write_bytes

#: A filled review of 90 controls has some 100 KB; whoever sends more sends something else.
MOST_BYTES = 20_000_000
#: How many differences a message has room for.
_MOST_NAMED = 10


class Format(Protocol):
    """What a module in this package offers."""

    def write(self, review: Review, catalog: Catalog) -> bytes:
        """Return a review as a file; raise ValueError if the format can't hold it."""
        ...

    def read(self, data: bytes, catalog: Catalog) -> Taken:
        """Return what a file holds; raise ValueError if no review can be read from it."""
        ...


#: The formats that lose nothing, which is seen by reading back.
READ_BACK: dict[str, Format] = {
    ".json": as_json,
    ".xlsx": as_xlsx,
    ".csv": as_csv,
    ".md": as_markdown,
}
#: All endings; a longer one stands before that in which it ends.
FORMATS: dict[str, Format] = {
    ".oscal.json": as_oscal, **READ_BACK, ".xlsm": as_xlsm, ".pdf": as_pdf,
}  # fmt: skip


def format_of(path: Path) -> Format:
    """Return the format of a file; raise CatalogError if its ending is of none."""
    for ending, form in FORMATS.items():
        if path.name.lower().endswith(ending):
            return form
    message = f"the ending {path.suffix!r} is of no format; use {', '.join(FORMATS)}"
    raise CatalogError([Problem(str(path), 1, message)])


def read_review(path: Path, catalog: Catalog) -> Taken:
    """Return the review that a file holds.

    Raises CatalogError if it holds none, OSError if it can't be read.
    """
    form = format_of(path)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ValueError(f"has {size:,} bytes, more than {MOST_BYTES:,}; this is no review")
        return form.read(path.read_bytes(), catalog)
    except ValueError as error:
        raise CatalogError([Problem(str(path), 1, str(error))]) from None


def write_review(path: Path, review: Review, catalog: Catalog) -> None:
    """Write a review in the format of the file's ending, if that holds all of it.

    Raises CatalogError if the ending is of none, or the format can't hold the review; OSError if
    the file can't be written.
    """
    form = format_of(path)
    try:
        write_bytes(path, whole(form, review, catalog))
    except ValueError as error:
        raise CatalogError([Problem(str(path), 1, str(error))]) from None


def whole(form: Format, review: Review, catalog: Catalog) -> bytes:
    """Return a review as a file from which the same review is read.

    Raises ValueError, with what would be lost, if there is none.
    """
    if found := too_long(review):
        raise ValueError("; ".join(found[:_MOST_NAMED]))
    data = form.write(review, catalog)
    if form in READ_BACK.values():
        lost = list(differences(review, form.read(data, catalog).review))
        if lost:
            named = "; ".join(lost[:_MOST_NAMED])
            raise ValueError(f"{len(lost)} answers or fields cannot stand in this format: {named}")
    return data
