"""Two reviews of the same thing become one; where they contradict each other, both answers stay."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dok_guide.review.model import HEAD, WRITTEN, Answer, Review
from dok_guide.review.values import quoted


@dataclass(frozen=True)
class Merged:
    """A review, the answers that differ, and what was decided about its head."""

    review: Review
    conflicts: tuple[str, ...]
    notes: tuple[str, ...]


def merge(one: Review, other: Review) -> Merged:
    """Return the answers of both; of two that differ, the second is kept apart."""
    conflicts, answers, apart = [], [], []
    theirs = {answer.key: answer for answer in other.answers}
    for answer in one.answers:
        second = theirs[answer.key]
        both = _both(answer, second)
        answers.append(both or answer)
        if both is None:
            apart.append(second)
            conflicts.append(f"{answer.name}: {answer.status} and {second.status}")
    kept = [e for e in (*one.kept_apart, *other.kept_apart, *apart) if e not in answers]
    fields, notes = _head(one, other)
    review = replace(one, **fields, answers=tuple(answers), kept_apart=tuple(dict.fromkeys(kept)))  # type: ignore[arg-type]
    return Merged(review, tuple(conflicts), tuple(notes))


def _both(one: Answer, other: Answer) -> Answer | None:
    """Return what two answers say together; None if they contradict each other."""
    if other.empty or one == other:
        return one
    if one.empty:
        return other
    if one.status != other.status or any(_differ(one, other, name) for name in WRITTEN):
        return None
    older = other if other.changed else one
    texts = {name: getattr(one, name) or getattr(other, name) for name in WRITTEN}
    return replace(older, **texts)


def _differ(one: Answer, other: Answer, name: str) -> bool:
    mine, theirs = getattr(one, name), getattr(other, name)
    return bool(mine and theirs and mine != theirs)


def _head(one: Review, other: Review) -> tuple[dict[str, object], list[str]]:
    """Return the fields of the head, and what is to be said of those that differ."""
    fields: dict[str, object] = {}
    notes: list[str] = []
    for name in HEAD:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine == theirs:
            continue
        fields[name] = _together(name, mine, theirs)
        if name in ("level", "audience") or (mine is not None and theirs is not None):
            notes += _note(name, mine, theirs, fields[name])
    return fields, notes


def _note(name: str, mine: object, theirs: object, taken: object) -> Iterator[str]:
    shown = [quoted("" if each is None else str(each)) for each in (mine, theirs, taken)]
    yield f"{name}: {shown[0]} and {shown[1]}; {shown[2]} is taken"


def _together(name: str, mine: object, theirs: object) -> object:
    """Return the wider scope, the weaker depth, both reviewers, the longer time; or the first."""
    known = [each for each in (mine, theirs) if each is not None]
    if name in ("level", "audience"):
        return max(known) if len(known) > 1 and name == "level" else None  # type: ignore[type-var]
    if name == "reviewer" and len(known) > 1:
        return ", ".join(map(str, known))
    if name == "depth" and len(known) > 1:
        return "quick"
    if name in ("started", "date"):
        return (min if name == "started" else max)(map(str, known))
    return known[0]
