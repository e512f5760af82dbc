"""The flat table that XLSX and CSV share: one row for each control and audience."""

from collections.abc import Iterable, Sequence

from dok_guide.model import Audience, Catalog, Control
from dok_guide.review.model import Answer, Review, Row, changed, requirements
from dok_guide.texts import duration, plain

#: Columns with the field of an answer that they hold; None where they are only for reading.
COLUMNS: dict[str, str | None] = {
    "Control": "control",
    "Audience": "audience",
    "Title": None,
    "Category": None,
    "Level": None,
    "Summary": None,
    "Requirement": None,
    "Quick check": None,
    "Status": "status",
    "Reason": "reason",
    "Evidence": "evidence",
    "Note": "note",
    "Owner": "owner",
    "Expires": "expires",
    "Flag": None,
    "Fingerprint": "fingerprint",
}
#: Without these a table is no review.
NEEDED = ("Control", "Audience", "Status")
CHANGED = "changed since the answer"
APART = "not in this version of the guide"


def rows(review: Review, catalog: Catalog) -> list[list[str]]:
    """Return the cells of each row: every requirement, then the answers that are kept apart."""
    answers = {answer.key: answer for answer in review.answers}
    found = []
    for control, audience in requirements(catalog, review.level, review.audience):
        key = (control.id, audience)
        answer = answers.get(key) or Answer(control=control.id, audience=audience)
        shown = {
            "Title": control.title,
            "Category": catalog.category(control.category).title,
            "Level": str(control.level),
            "Summary": plain(control.summary),
            "Requirement": _requirement(control, audience),
            "Quick check": _quick(control, audience),
            "Flag": CHANGED if changed(answer, catalog) else "",
        }
        found.append(_cells(answer, shown))
    return found + [_cells(answer, {"Flag": APART}) for answer in review.kept_apart]


def _requirement(control: Control, audience: str) -> str:
    listed = [f"{letter}) {plain(item)}" for letter, item in control.lettered(audience)]
    return "\n".join([plain(getattr(control.requirement, audience)), *listed])


def _quick(control: Control, audience: Audience) -> str:
    ways = control.ways(audience, "quick")
    return "\n".join(f"{plain(way.title)} ({duration(way.minutes)})" for way in ways)


def _cells(answer: Answer, shown: dict[str, str]) -> list[str]:
    return [
        (getattr(answer, field) or "") if field else shown.get(column, "")
        for column, field in COLUMNS.items()
    ]


def read_rows(
    header: Sequence[object], lines: Iterable[tuple[int, Sequence[object]]]
) -> tuple[list[Row], list[str]]:
    """Return the rows below a header, and which columns are missing or unknown."""
    names = [" ".join(str(cell or "").lower().split()) for cell in header]
    places = {column: names.index(column.lower()) for column in COLUMNS if column.lower() in names}
    if missing := [column for column in NEEDED if column not in places]:
        raise ValueError(f"the column {', '.join(missing)} is missing; restore the header")
    problems = [
        f"the column {column} is missing; its answers are empty"
        for column, field in COLUMNS.items()
        if field and field != "fingerprint" and column not in places
    ]
    extra = {
        index: str(header[index])
        for index, name in enumerate(names)
        if name and name not in {column.lower() for column in COLUMNS}
    }
    if extra:
        problems.append(f"unknown columns {', '.join(extra.values())}; moved into the note")
    found = []
    for number, line in lines:
        cells: dict[str, object] = {
            field: line[places[column]]
            for column, field in COLUMNS.items()
            if field and column in places and places[column] < len(line)
        }
        more = [f"{name}: {line[i]}" for i, name in extra.items() if i < len(line) and line[i]]
        if more:
            cells["note"] = "\n".join([*filter(None, [cells.get("note")]), *more])  # type: ignore[list-item]
        if any(str(value or "").strip() for value in cells.values()):
            found.append(Row(f"row {number}", cells))
    return found, problems
