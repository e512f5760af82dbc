"""The flat table that XLSX and CSV share: one row for each control and audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from dok_guide.model import Audience, Catalog, Control
from dok_guide.review.entry import CONFIRMED, MARK, Row
from dok_guide.review.model import Answer, Review, requirements
from dok_guide.review.starting import setting_of
from dok_guide.texts import duration, plain

#: Columns with the field of an answer that they hold; None where they are only for reading.
COLUMNS: dict[str, str | None] = {
    "Control": "control",
    "Audience": "audience",
    "Title": None,
    "Category": None,
    "Level": None,
    "Scope": None,
    "Summary": None,
    "Requirement": None,
    "Setting": None,
    "Quick check": None,
    "Status": "status",
    "Items not met": "items",
    "Reason": "reason",
    "Evidence": "evidence",
    "Note": "note",
    "Owner": "owner",
    "Due": "due",
    "Accepted until": "expires",
    "Flag": "changed",
    "Fingerprint": "fingerprint",
}
#: What columns were called before.
_FORMER = {"expires": "accepted until"}
#: The columns that there were not at that time.
_NEW = ("Items not met", "Due")
#: Without these a table is no review.
NEEDED = ("Control", "Audience", "Status")
#: The words of the column Flag.
CHANGED = "changed since the answer"
FLAGS = (CHANGED, CONFIRMED)
#: The words of the column Scope.
INSIDE, OUTSIDE, APART = "in scope", "outside the scope", "kept apart"
#: How far down a header is looked for.
_MOST_ABOVE = 20


def rows(review: Review, catalog: Catalog) -> list[list[str]]:
    """Return the cells of each row: what is in scope, answers outside of it, then those apart."""
    answers = {answer.key: answer for answer in review.answers}
    inside, outside = [], []
    for control, audience in requirements(catalog):
        key = (control.id, audience)
        answer = answers.get(key) or Answer(control=control.id, audience=audience)
        if review.covers(control, audience):
            inside.append(_row(review, catalog, control, answer, INSIDE))
        elif not answer.empty:
            outside.append(_row(review, catalog, control, answer, OUTSIDE))
    apart = [_cells(answer, {"Scope": APART}) for answer in review.kept_apart]
    return inside + outside + apart


def _row(
    review: Review, catalog: Catalog, control: Control, answer: Answer, scope: str
) -> list[str]:
    audience: Audience = "producer" if answer.audience == "producer" else "consumer"
    shown = {
        "Title": control.title,
        "Category": catalog.category(control.category).title,
        "Level": str(control.level),
        "Scope": scope,
        "Summary": plain(control.summary),
        "Requirement": _requirement(control, audience),
        "Setting": setting_of(review, catalog, control, audience),
        "Quick check": _quick(control, audience),
    }
    return _cells(answer, shown)


def _requirement(control: Control, audience: str) -> str:
    listed = [f"{letter}) {plain(item)}" for letter, item in control.lettered(audience)]
    return "\n".join([plain(getattr(control.requirement, audience)), *listed])


def _quick(control: Control, audience: Audience) -> str:
    ways = control.ways(audience, "quick")
    return "\n".join(f"{plain(way.title)} ({duration(way.minutes)})" for way in ways)


def _cells(answer: Answer, shown: dict[str, str]) -> list[str]:
    return [
        _cell(answer, field) if field else shown.get(column, "")
        for column, field in COLUMNS.items()
    ]


def _cell(answer: Answer, field: str) -> str:
    if field == "changed":
        return CHANGED if answer.changed else ""
    if field == "fingerprint":  # digits alone would become a number
        return f"{MARK}{answer.fingerprint}" if answer.fingerprint else ""
    return answer.text(field)


@dataclass(frozen=True)
class Header:
    """The line that names the columns: which of ours stand where, and which are of others."""

    places: dict[str, int]
    extra: dict[int, str]
    former: bool = False

    @property
    def missing(self) -> list[str]:
        """The columns whose answers cannot be read; a table from before never had some."""
        never = _NEW if self.former else ()
        return [
            column
            for column, field in COLUMNS.items()
            if field and column not in self.places and column not in never
        ]


def header_of(line: Sequence[str | None]) -> Header:
    """Return what a line names; a column that stands twice is one of others the second time."""
    ours = {column.lower(): column for column in COLUMNS}
    places: dict[str, int] = {}
    extra: dict[int, str] = {}
    for index, cell in enumerate(line):
        name = " ".join((cell or "").lower().split())
        column = ours.get(_FORMER.get(name, name))
        if column and column not in places:
            places[column] = index
        elif name:
            extra[index] = (cell or "").strip()
    former = any(" ".join((cell or "").lower().split()) in _FORMER for cell in line)
    return Header(places, extra, former)


Line = tuple[int, Sequence[str | None]]


def read_rows(lines: Sequence[Line]) -> tuple[list[Row], list[str]]:
    """Return the rows of numbered lines below their header, and what is not taken over.

    Raises ValueError if no line is a header.
    """
    at, header = _find_header(lines)
    problems = [
        f"row {number}: stands above the header; left out: {_joined(line)}"
        for number, line in lines[:at]
        if any(line)
    ]
    if header.missing:
        problems.append(f"missing columns {', '.join(header.missing)}; they are taken as empty")
    if header.extra:
        named = ", ".join(header.extra.values())
        problems.append(f"unknown columns {named}; moved into the note")
    rows = [_read_row(number, line, header) for number, line in lines[at + 1 :]]
    problems += [
        f"row {number}: stands beside the columns; left out: {_joined(beside)}"
        for number, line in lines[at + 1 :]
        if any(beside := _beside(line, header))
    ]
    return [row for row in rows if any(row.cells.values())], problems


def _find_header(lines: Sequence[Line]) -> tuple[int, Header]:
    found = [header_of(line) for _, line in lines[:_MOST_ABOVE]] or [Header({}, {})]
    for index, header in enumerate(found):
        if all(column in header.places for column in NEEDED):
            return index, header
    best = max(found, key=lambda header: len(header.places))
    missing = [column for column in NEEDED if column not in best.places]
    raise ValueError(f"the column {', '.join(missing)} is missing; restore the header")


def _read_row(number: int, line: Sequence[str | None], header: Header) -> Row:
    def cell(index: int) -> str | None:
        return line[index] if index < len(line) else None

    cells: dict[str, str | None] = {
        field: cell(header.places[column])
        for column, field in COLUMNS.items()
        if field and column in header.places
    }
    more = [f"{name}: {cell(index)}" for index, name in header.extra.items() if cell(index)]
    if more:
        cells["note"] = "\n".join([*filter(None, [cells.get("note")]), *more])
    scope = (cell(header.places["Scope"]) or "") if "Scope" in header.places else ""
    return Row(f"row {number}", cells, apart=scope.strip().lower() == APART)


def _beside(line: Sequence[str | None], header: Header) -> list[str | None]:
    named = {*header.places.values(), *header.extra}
    return [cell for index, cell in enumerate(line) if index not in named]


def _joined(cells: Sequence[str | None]) -> str:
    return ", ".join(cell.strip() for cell in cells if cell and cell.strip())
