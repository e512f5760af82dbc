"""A review as CSV: UTF-8 with a mark for spreadsheets, and no cell that one would calculate."""

import codecs
import csv
import io
import re

from dok_guide.model import Catalog
from dok_guide.review.formats.table import COLUMNS, read_rows, rows
from dok_guide.review.model import HEAD, Review, Taken
from dok_guide.review.taking import take

#: What a spreadsheet takes for the beginning of a formula, and `#`, by which fields of the review
#: are told. An apostrophe is put before it, and before one that was there.
_BEGINNING = r"(?=['=+\-@#\t\r\n])"
#: Also behind what separates cells elsewhere: who opens the file with semicolons gets other cells.
_GUARDED = re.compile(rf"(^|[;,|]){_BEGINNING}")
_UNGUARDED = re.compile(rf"(^|[;,|])'{_BEGINNING}")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the table; the fields of the review stand in lines of their own below it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in row] for row in rows(review, catalog))
    for name in ("catalog", *HEAD):
        value = getattr(review, name)
        if value is not None:
            writer.writerow([f"#{name}", _guarded(str(value))])
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return _GUARDED.sub(r"\1'", cell)


def _plain(cell: str) -> str:
    return _UNGUARDED.sub(r"\1", cell)


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a CSV file, as spreadsheets of any country save it."""
    text, problems = _decoded(data)
    lines = list(enumerate(_lines(text), 1))
    head: dict[str, str | None] = {
        line[0][1:].strip(): _plain(line[1]) for _, line in lines if _is_head(line)
    }
    body = [(number, [_plain(c) for c in line]) for number, line in lines if not _is_head(line)]
    if not any(any(line) for _, line in body):
        raise ValueError("is empty")
    found, said = read_rows(body)
    taken = take(head, found, catalog)
    return Taken(taken.review, (*problems, *said, *taken.problems))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and what was guessed about it."""
    marked = [encoding for mark, encoding in _MARKS.items() if data.startswith(mark)]
    for encoding in [*marked, "utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        guess = "read as Windows-1252; look whether letters with accents are right"
        return text, [guess] if encoding == "cp1252" else []
    raise ValueError("is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8")


def _lines(text: str) -> list[list[str]]:
    told = _SEPARATOR.match(text)
    csv.field_size_limit(1_000_000)
    body = text[told.end() :] if told else text
    separator = told[1] if told else _separator(body)
    try:
        lines = list(csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True))
    except (csv.Error, ValueError) as error:
        raise ValueError(f"cannot be read as CSV: {error}") from None
    return [[], *lines] if told else lines


def _is_head(line: list[str]) -> bool:
    return len(line) > 1 and line[0].startswith("#")


def _separator(text: str) -> str:
    """Return what separates the cells: spreadsheets of some countries write semicolons."""
    lines = text[:100_000].splitlines()
    header = next((line for line in lines if "audience" in line.lower()), "")
    return max(",;\t|", key=header.count)
