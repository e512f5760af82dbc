"""What a sheet holds beside the values of its cells: comments, links, merged cells."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: Threaded ones stand in a file of this kind, too.
_COMMENTS = re.compile(r"(^|/)comments?\d*\.xml$")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Beside:
    """A text that belongs to a cell."""

    row: int
    column: int
    kind: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: how many cells have a value, merged ones, and what is beside them."""

    values: int
    merged: tuple[tuple[int, int, int], ...]
    beside: tuple[Beside, ...]


def sheet_of(files: dict[str, bytes], name: str) -> Sheet:
    """Return what a sheet of an unpacked workbook holds besides.

    Raises ValueError if it can't be read.
    """
    path = _path_of(files, name)
    targets = _relations(files, path)
    root = _xml(files, path)
    links = [(each.get("ref"), _link(each, targets)) for each in _all(root, "hyperlink")]
    found = [Beside(*at, "link", text) for ref, text in links if text and (at := _cell(ref))]
    for target in targets.values():
        if target in files and _COMMENTS.search(target):
            found += _comments(_xml(files, target))
    merged = [span for each in _all(root, "mergeCell") if (span := _span(each.get("ref")))]
    return Sheet(_values(root), tuple(merged), tuple(found))


def _path_of(files: dict[str, bytes], name: str) -> str:
    book = next((path for path in files if path.endswith("xl/workbook.xml")), "xl/workbook.xml")
    targets = _relations(files, book)
    for sheet in _all(_xml(files, book), "sheet"):
        if sheet.get("name") == name:
            return targets.get(sheet.get(f"{_OFFICE}id", ""), "")
    raise ValueError(f"has no sheet {name}; restore its name")


def _relations(files: dict[str, bytes], path: str) -> dict[str, str]:
    """Return what a file of the workbook refers to, by the ids that it uses."""
    folder, name = posixpath.split(path)
    place = f"{folder}/_rels/{name}.rels"
    if place not in files:
        return {}
    found = {}
    for each in _all(_xml(files, place), "Relationship"):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[each.get("Id", "")] = target
    return found


def _link(element: Any, targets: dict[str, str]) -> str:  # noqa: ANN401 - an element of any parser
    target = targets.get(element.get(f"{_OFFICE}id", ""), "")
    place = element.get("location")
    return f"{target}#{place}" if place else target


def _comments(root: Any) -> Iterator[Beside]:  # noqa: ANN401
    for each in _all(root, "comment"):
        text = "".join(part.text or "" for part in _all(each, "t")).strip()
        if text and (at := _cell(each.get("ref"))):
            yield Beside(*at, "comment", text)


def _values(root: Any) -> int:  # noqa: ANN401
    """Return how many cells hold something."""
    return sum(
        1
        for cell in _all(root, "c")
        if any((part.text or "") for part in cell.iter() if _tag(part) in ("v", "t", "f"))
    )


def _span(reference: str | None) -> tuple[int, int, int] | None:
    """Return column, first and last row of the left edge of merged cells, if it has two rows."""
    first, _, last = (reference or "").partition(":")
    if (start := _cell(first)) and (end := _cell(last)) and end[0] > start[0]:
        return start[1], start[0], end[0]
    return None


def _cell(reference: str | None) -> tuple[int, int] | None:
    """Return row and column of a cell, or of the first of an area, counted from 1."""
    found = _REFERENCE.match((reference or "").upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _xml(files: dict[str, bytes], path: str) -> Any:  # noqa: ANN401
    """Return the root of an XML file; entities, which grow, are refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(files[path])
    except KeyError:
        raise ValueError(f"cannot be read as a workbook: it lacks {path or 'a sheet'}") from None
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValueError(f"cannot be read as a workbook: {path}: {error}") from None


def _all(root: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    return (each for each in root.iter() if _tag(each) == tag)


def _tag(element: Any) -> str:  # noqa: ANN401
    return str(element.tag).rpartition("}")[2]
