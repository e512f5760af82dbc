"""A review as CSV: UTF-8 with a mark for spreadsheets, and no cell that one would calculate."""

import csv
import io
from dataclasses import replace

from dok_guide.model import Catalog
from dok_guide.review.formats.table import COLUMNS, read_rows, rows
from dok_guide.review.model import HEAD, Review, Taken, take

#: A spreadsheet takes a cell that begins with one of these for a formula. The apostrophe itself is
#: in the list so that reading can take away what writing has added, and nothing else.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the table; the fields of the review stand in lines of their own below it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in rows(review, catalog))
    for name in ("catalog", *HEAD):
        value = getattr(review, name)
        if value is not None:
            writer.writerow([f"#{name}", _safe(str(value))])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell.removeprefix("'")


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a CSV file, with commas, semicolons or tabs between the cells."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8: {error}") from None
    csv.field_size_limit(1_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ValueError(f"cannot be read as CSV: {error}") from None
    lines = [[_plain(cell) for cell in line] for line in lines]
    head: dict[str, object] = {line[0][1:]: line[1] for line in lines if _is_head(line)}
    body = [(number, line) for number, line in enumerate(lines, 1) if line and not _is_head(line)]
    if not body:
        raise ValueError("is empty")
    found, problems = read_rows(body[0][1], body[1:])
    taken = take(head, found, catalog)
    return replace(taken, problems=(*problems, *taken.problems))


def _is_head(line: list[str]) -> bool:
    return len(line) > 1 and line[0].startswith("#")


def _delimiter(text: str) -> str:
    """Return what separates the cells: spreadsheets of some countries write semicolons."""
    header = next((line for line in text.splitlines() if line.lower().count("control")), "")
    return max(",;\t", key=header.count)
