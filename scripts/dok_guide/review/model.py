"""One model of a review; every format reads or writes this one.

The fields are the properties of `controls/schemas/review.schema.json`, which says what each means.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from dok_guide.model import AUDIENCES, Audience, Catalog, Control

SCHEMA_VERSION = "1.0"
STATUSES = ("not reviewed", "met", "partly met", "not met", "not applicable")
UNANSWERED = STATUSES[0]
#: The fields of an answer that hold what a person wrote.
WRITTEN = ("reason", "evidence", "note", "owner", "expires")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict on what a control asks of one audience."""

    control: str
    audience: str
    status: str = UNANSWERED
    reason: str | None = None
    evidence: str | None = None
    note: str | None = None
    owner: str | None = None
    expires: str | None = None
    fingerprint: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the answer belongs to."""
        return self.control, self.audience

    @property
    def empty(self) -> bool:
        """Whether nobody has written anything."""
        return self.status == UNANSWERED and not any(getattr(self, name) for name in WRITTEN)


@dataclass(frozen=True, kw_only=True)
class Review:
    """The answers to all requirements that were in scope, in the order of the catalog."""

    catalog: str
    subject: str | None = None
    subject_version: str | None = None
    reviewer: str | None = None
    date: str | None = None
    level: int | None = None
    audience: str | None = None
    answers: tuple[Answer, ...] = ()
    kept_apart: tuple[Answer, ...] = ()


#: The fields of a review that stand once, in the order in which they are shown.
HEAD = ("subject", "subject_version", "reviewer", "date", "level", "audience")


@dataclass(frozen=True)
class Taken:
    """A review that was read, and everything that could not be taken over as it was."""

    review: Review
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """What a format found for one answer: the place to name in messages, and the cells by field."""

    place: str
    cells: dict[str, object]


def requirements(
    catalog: Catalog, level: int | None = None, audience: str | None = None
) -> Iterator[tuple[Control, Audience]]:
    """Yield the active controls with each audience of which they ask something, in scope."""
    for control in catalog.active:
        for each in control.audiences:
            if (level is None or control.level <= level) and audience in (None, each):
                yield control, each


def blank(catalog: Catalog, level: int | None = None, audience: str | None = None) -> Review:
    """Return a review in which nothing is answered yet."""
    answers = tuple(
        Answer(control=control.id, audience=each, fingerprint=control.fingerprint(each))
        for control, each in requirements(catalog, level, audience)
    )
    return Review(catalog=catalog.version, level=level, audience=audience, answers=answers)


def changed(answer: Answer, catalog: Catalog) -> bool:
    """Whether a requirement is another one since it was answered."""
    if answer.empty or answer.fingerprint is None:
        return False
    return answer.fingerprint != _fingerprint(answer, catalog)


def take(head: dict[str, object], rows: Iterable[Row], catalog: Catalog) -> Taken:
    """Return the review that a format has read; nothing of it is lost.

    What fits is taken over. A text in the wrong place moves into the note, an answer to a
    requirement that the catalog doesn't have is kept apart, and each of both is a problem.
    """
    problems: list[str] = []
    review = replace(blank(catalog), **_head(head, problems))  # type: ignore[arg-type]
    found: dict[tuple[str, str], Answer] = {}
    apart: list[Answer] = []
    known = {answer.key for answer in review.answers}
    for row in rows:
        answer = _answer(row, problems)
        if answer.empty:  # the blank row stands, with what is asked today
            continue
        if answer.key in known and answer.key not in found:
            found[answer.key] = answer
            if changed(answer, catalog):
                problems.append(f"{row.place}: {_name(answer)} was answered before it was changed")
        else:
            why = "stands twice" if answer.key in known else "is not in this version of the guide"
            problems.append(f"{row.place}: {_name(answer)} {why}; kept apart")
            apart.append(answer)
    if head.get("catalog") not in (None, catalog.version):
        problems.append(
            f"made for version {head['catalog']} of the guide, read with {catalog.version}"
        )
    answers = tuple(found.get(each.key, each) for each in review.answers)
    answers = tuple(_with_fingerprint(each, catalog) for each in answers)
    return Taken(replace(review, answers=answers, kept_apart=tuple(apart)), tuple(problems))


def _name(answer: Answer) -> str:
    return f"{answer.control} ({answer.audience})"


def _with_fingerprint(answer: Answer, catalog: Catalog) -> Answer:
    if answer.fingerprint is not None:
        return answer
    return replace(answer, fingerprint=_fingerprint(answer, catalog))


def _fingerprint(answer: Answer, catalog: Catalog) -> str:
    return catalog.control(answer.control).fingerprint(answer.audience)


def _head(head: dict[str, object], problems: list[str]) -> dict[str, object]:
    taken: dict[str, object] = {}
    for name in HEAD:
        text = _text(head.get(name))
        if text is None:
            continue
        if name == "level" and not re.fullmatch(r"[1-9]", text):
            problems.append(f"level {text!r} is no number; left out")
        elif name == "audience" and text not in AUDIENCES:
            problems.append(f"audience {text!r} is not {' or '.join(AUDIENCES)}; left out")
        elif name == "date" and not _is_date(text):
            problems.append(f"date {text!r} is not a date such as 2026-11-24; left out")
        else:
            taken[name] = int(text) if name == "level" else text
    return taken


def _answer(row: Row, problems: list[str]) -> Answer:
    cells = {name: _text(row.cells.get(name)) for name in (f.name for f in fields(Answer))}
    notes = [cells["note"]] if cells["note"] else []
    status = " ".join((cells["status"] or UNANSWERED).lower().split())
    if status not in STATUSES:
        problems.append(
            f"{row.place}: status {cells['status']!r} is not one of {', '.join(STATUSES)};"
            " moved into the note"
        )
        notes.append(f"Status was: {cells['status']}")
        status = UNANSWERED
    if cells["expires"] and not _is_date(cells["expires"]):
        problems.append(
            f"{row.place}: {cells['expires']!r} is not a date such as 2026-11-24;"
            " moved into the note"
        )
        notes.append(f"Expires was: {cells['expires']}")
        cells["expires"] = None
    if status == "not applicable" and not cells["reason"]:
        problems.append(f"{row.place}: not applicable needs a reason")
    cells |= {
        "control": cells["control"] or "",
        "audience": (cells["audience"] or "").lower(),
        "status": status,
        "note": "\n".join(notes) or None,
    }
    return Answer(**cells)  # type: ignore[arg-type]


def _text(value: object) -> str | None:
    """Return a cell as text, None if there is nothing in it."""
    if value is None or value is False:
        return None
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    # what XML and a terminal cannot show
    text = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text).strip()
    return text or None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def counts(review: Review) -> dict[str, int]:
    """Return how many answers have each status."""
    return {status: sum(a.status == status for a in review.answers) for status in STATUSES}
