"""What changed from one review to the next: which verdicts, and how many there are of each."""

import json
from dataclasses import asdict, dataclass

from dok_guide.model import Catalog
from dok_guide.render import render_template
from dok_guide.review.comparing import changed_fields
from dok_guide.review.model import STATUSES, Answer, Review, counts, in_scope


@dataclass(frozen=True)
class Change:
    """An answer that is not what it was."""

    control: str
    audience: str
    title: str
    level: int | None
    old: str
    new: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """The changes between two reviews, and how many answers in scope have each status."""

    subject: str
    old: dict[str, int]
    new: dict[str, int]
    verdicts: tuple[Change, ...]
    texts: tuple[Change, ...]
    gone: tuple[Change, ...]
    came: tuple[Change, ...]


def trend(old: Review, new: Review, catalog: Catalog) -> Trend:
    """Compare two reviews answer by answer, in the order of the catalog."""
    before = {answer.key: answer for answer in old.answers}
    changes = [
        _change(before[answer.key], answer, catalog)
        for answer in new.answers
        if changed_fields(before[answer.key], answer)
    ]
    return Trend(
        subject=new.subject or old.subject or "",
        old=counts(in_scope(old, catalog)),
        new=counts(in_scope(new, catalog)),
        verdicts=tuple(each for each in changes if each.old != each.new),
        texts=tuple(each for each in changes if each.old == each.new),
        gone=_apart(old, new),
        came=_apart(new, old),
    )


def _change(old: Answer, new: Answer, catalog: Catalog) -> Change:
    control = catalog.control(new.control)
    names = tuple(name for name in changed_fields(old, new) if name != "status")
    return Change(*new.key, control.title, control.level, old.status, new.status, names)


def _apart(of: Review, beside: Review) -> tuple[Change, ...]:
    """Return the answers kept apart of one review that the other doesn't have."""
    return tuple(
        Change(each.control, each.audience, "kept apart", None, each.status, each.status, ())
        for each in of.kept_apart
        if each not in beside.kept_apart
    )


def to_markdown(found: Trend) -> str:
    """Return the changes as Markdown."""
    return render_template("trend.md", trend=found, statuses=STATUSES)


def to_text(found: Trend) -> str:
    """Return a line for each change."""
    lines = [f"{status}: {found.old[status]} -> {found.new[status]}" for status in STATUSES]
    lines += [f"{_name(each)}: {each.old} -> {each.new}" for each in found.verdicts]
    lines += [f"{_name(each)}: {', '.join(each.fields)}" for each in found.texts]
    lines += [f"{_name(each)}: {each.new}, no longer kept apart" for each in found.gone]
    lines += [f"{_name(each)}: {each.new}, kept apart" for each in found.came]
    return "\n".join(lines) + "\n"


def _name(change: Change) -> str:
    shown = f"{change.control} ({change.audience})"
    return "".join(each if each.isprintable() else "?" for each in shown)


def to_json(found: Trend) -> str:
    """Return everything as JSON."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n"


FORMATS = {"text": to_text, "markdown": to_markdown, "json": to_json}
