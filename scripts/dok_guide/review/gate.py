"""The gate: whatever is not clearly met, not applicable with a reason, or accepted is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dok_guide.model import Catalog
from dok_guide.review.model import (
    GAPS,
    NOT_APPLICABLE,
    UNANSWERED,
    Answer,
    Review,
    in_scope,
)

#: What an acceptance needs, as people call it.
_ACCEPTANCE = {"reason": "a reason", "owner": "an owner", "expires": "an end"}


@dataclass(frozen=True)
class Open:
    """Something that closes the gate; without a control it is the review as a whole."""

    control: str
    audience: str
    why: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.control} ({self.audience}): {self.why}" if self.control else self.why


def open_points(
    review: Review, catalog: Catalog, day: date, level: int, *, require_reviewed: bool = False
) -> tuple[Open, ...]:
    """Return what is open on a day in the scope of a review, up to a level."""
    answers = [
        each for each in in_scope(review, catalog) if catalog.control(each.control).level <= level
    ]
    found = []
    if all(each.status == UNANSWERED for each in answers):
        found.append(Open("", "", "nothing was reviewed"))
    twice = {each.key for each in review.kept_apart}
    for answer in answers:
        why = "contradicted by another answer" if answer.key in twice else why_open(answer, day)
        if why or (require_reviewed and answer.status == UNANSWERED):
            found.append(Open(*answer.key, why or UNANSWERED))
    return (*found, *_unknown(review, catalog))


def why_open(answer: Answer, day: date) -> str:
    """Return why an answer is not clearly fine on a day; nothing if it is, or is just not given."""
    if answer.changed:
        return "changed since the answer"
    if answer.status == UNANSWERED:
        return "" if answer.empty else "something is written, but no verdict"
    if answer.items and answer.status not in GAPS:
        return f"{answer.status}, but items are named that are not met"
    if answer.status == NOT_APPLICABLE:
        return "" if answer.reason else "not applicable without a reason"
    return _why_not_accepted(answer, day) if answer.status in GAPS else ""


def _why_not_accepted(answer: Answer, day: date) -> str:
    if not answer.expires:
        return answer.status
    if missing := [what for name, what in _ACCEPTANCE.items() if not getattr(answer, name)]:
        return f"{answer.status}; its acceptance lacks {' and '.join(missing)}"
    if date.fromisoformat(answer.expires) < day:
        return f"{answer.status}; its acceptance ended on {answer.expires}"
    return ""


def _unknown(review: Review, catalog: Catalog) -> Iterator[Open]:
    """Yield the answers whose level nobody knows; a withdrawn control asks nothing any more."""
    active = {answer.key for answer in review.answers}
    withdrawn = {control.id for control in catalog.controls if not control.active}
    for answer in review.kept_apart:
        if answer.key not in active and answer.control not in withdrawn:
            control, audience = answer.control or "no control", answer.audience or "no audience"
            yield Open(control, audience, "not in this version of the guide")
