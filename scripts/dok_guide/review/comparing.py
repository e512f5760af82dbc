"""What differs between two reviews, answer by answer."""

from collections.abc import Iterator
from dataclasses import fields

from dok_guide.review.model import HEAD, Answer, Review
from dok_guide.review.values import quoted

_OF_ANSWER = tuple(f.name for f in fields(Answer) if f.name not in ("control", "audience"))


def differences(old: Review, new: Review) -> Iterator[str]:
    """Yield each field and answer that is not the same."""
    for name in HEAD:
        if getattr(old, name) != getattr(new, name):
            yield f"{name}: {_shown(getattr(old, name))} would be {_shown(getattr(new, name))}"
    after = {answer.key: answer for answer in new.answers}
    for answer in old.answers:
        if answer.key not in after:
            yield f"{answer.name} would be missing"
        elif names := changed_fields(answer, after[answer.key]):
            yield f"{answer.name}: {', '.join(names)}"
    if old.kept_apart != new.kept_apart:
        yield f"{len(old.kept_apart)} answers kept apart"


def changed_fields(old: Answer, new: Answer) -> list[str]:
    """Return the names of the fields that differ."""
    return [name for name in _OF_ANSWER if getattr(old, name) != getattr(new, name)]


def _shown(value: object) -> str:
    return quoted("" if value is None else str(value))
