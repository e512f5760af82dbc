"""One model of a review; every format reads or writes this one.

The fields are the properties of `controls/schemas/review.schema.json`, which says what each means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dok_guide.model import Audience, Catalog, Control

SCHEMA_VERSION = "1.1"
#: The versions that are read; what 1.0 doesn't have is empty.
READ_VERSIONS = ("1.0", "1.1")
STATUSES = ("not reviewed", "met", "partly met", "not met", "not applicable")
UNANSWERED = STATUSES[0]
PARTLY = "partly met"
NOT_APPLICABLE = "not applicable"
#: The verdicts that can be accepted for a time.
GAPS = (PARTLY, "not met")
#: The fields of an answer that hold what a person wrote, in the order in which they are shown.
WRITTEN = ("items", "reason", "evidence", "note", "owner", "due", "expires")
DATES = ("due", "expires")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict on what a control asks of one audience."""

    control: str
    audience: str
    status: str = UNANSWERED
    items: tuple[str, ...] = ()
    reason: str | None = None
    evidence: str | None = None
    note: str | None = None
    owner: str | None = None
    due: str | None = None
    expires: str | None = None
    fingerprint: str | None = None
    changed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What the answer belongs to."""
        return self.control, self.audience

    @property
    def name(self) -> str:
        """What the answer belongs to, as people say it."""
        return f"{self.control or 'no control'} ({self.audience or 'no audience'})"

    @property
    def empty(self) -> bool:
        """Whether nobody has written anything."""
        return self.status == UNANSWERED and not any(getattr(self, name) for name in WRITTEN)

    def text(self, field: str) -> str:
        """Return a field that somebody wrote as a text; the letters of items with commas."""
        return ", ".join(self.items) if field == "items" else getattr(self, field) or ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """The answers to all requirements, in the order of the catalog, whether in scope or not."""

    catalog: str
    subject: str | None = None
    subject_version: str | None = None
    operator: str | None = None
    level: int | None = None
    audience: str | None = None
    depth: str | None = None
    reviewer: str | None = None
    approver: str | None = None
    started: str | None = None
    date: str | None = None
    approved: str | None = None
    answers: tuple[Answer, ...] = ()
    kept_apart: tuple[Answer, ...] = ()

    def covers(self, control: Control, audience: str) -> bool:
        """Whether a requirement is in the scope of the review."""
        in_level = self.level is None or control.level <= self.level
        return in_level and self.audience in (None, audience)


#: The fields of a review that stand once, in the order in which they are shown.
HEAD = (
    "subject",
    "subject_version",
    "operator",
    "level",
    "audience",
    "depth",
    "reviewer",
    "approver",
    "started",
    "date",
    "approved",
)


@dataclass(frozen=True)
class Taken:
    """A review that was read, and everything that could not be taken over as it was."""

    review: Review
    problems: tuple[str, ...]


def requirements(
    catalog: Catalog, level: int | None = None, audience: str | None = None
) -> Iterator[tuple[Control, Audience]]:
    """Yield the active controls with each audience of which they ask something, in scope."""
    for control in catalog.active:
        for each in control.audiences:
            if (level is None or control.level <= level) and audience in (None, each):
                yield control, each


def blank(catalog: Catalog, level: int | None = None, audience: str | None = None) -> Review:
    """Return a review of this scope in which nothing is answered yet."""
    answers = tuple(
        Answer(control=control.id, audience=each, fingerprint=control.fingerprint(each))
        for control, each in requirements(catalog)
    )
    return Review(catalog=catalog.version, level=level, audience=audience, answers=answers)


def in_scope(review: Review, catalog: Catalog) -> tuple[Answer, ...]:
    """Return the answers to the requirements in scope."""
    return tuple(
        each
        for each in review.answers
        if review.covers(catalog.control(each.control), each.audience)
    )


def counts(answers: tuple[Answer, ...]) -> dict[str, int]:
    """Return how many answers have each status."""
    return {status: sum(a.status == status for a in answers) for status in STATUSES}
