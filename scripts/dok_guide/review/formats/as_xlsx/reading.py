"""A workbook that somebody has filled in, read back."""

import io
import zipfile
from dataclasses import replace
from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.table import read_rows
from dok_guide.review.model import HEAD, Taken, take

#: Uncompressed; a workbook of ours has about 1 MB.
_MOST_UNPACKED = 200_000_000


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a workbook; macros in it are neither run nor kept."""
    problems = _unpackable(data)
    head, lines = _content(data)
    if not lines:
        raise ValueError("the sheet Checklist is empty")
    found, faults = read_rows(lines[0], enumerate(lines[1:], 2))
    taken = take(head, found, catalog)
    return replace(taken, problems=(*problems, *faults, *taken.problems))


def _content(data: bytes) -> tuple[dict[str, object], list[list[Any]]]:
    """Return the fields of the summary and the lines of the checklist.

    openpyxl reads XML by defusedxml, since that is installed: entities, which grow, are refused.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"cannot be read as a workbook: {reason}") from None
    if "Checklist" not in book.sheetnames:
        raise ValueError("has no sheet Checklist; restore its name")
    lines = [list(line) for line in book["Checklist"].iter_rows(values_only=True)]
    while lines and not any(lines[-1]):
        lines.pop()
    return _head(book), lines


def _unpackable(data: bytes) -> list[str]:
    """Return what is left out; raise ValueError if it is no workbook or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise ValueError("is no workbook of the XLSX format; save it as one") from None
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise ValueError("unpacks to more than 200 MB; this is no review")
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        return ["the workbook has macros; they are not run and not kept"]
    return []


def _head(book: Any) -> dict[str, object]:  # noqa: ANN401
    if "Summary" not in book.sheetnames:
        return {}
    labels = {name.replace("_", " "): name for name in ("catalog", *HEAD)}
    pairs = book["Summary"].iter_rows(
        min_row=1, max_row=len(labels) + 2, max_col=2, values_only=True
    )
    return {labels[str(pair[0])]: pair[1] for pair in pairs if str(pair[0]) in labels}
