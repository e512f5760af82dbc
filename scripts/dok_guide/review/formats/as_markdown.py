"""A review as a task list that GitHub renders. It is read back for its ticks alone."""

import re

from dok_guide.model import Catalog
from dok_guide.render import render_template
from dok_guide.review.model import HEAD, UNANSWERED, Review, Row, Taken, requirements, take

_TASK = re.compile(r"^\s*[-*] \[([ xX])\] \[([A-Z]+-\d+)\]\S* .*?\(level \d, (\w+)\)(?: · (.*))?")


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the list by category; an answer that is met has its box ticked."""
    answers = {answer.key: answer for answer in review.answers}
    in_scope = [
        (control, audience, answers.get((control.id, audience)))
        for control, audience in requirements(catalog, review.level, review.audience)
    ]
    head = [(name.replace("_", " "), getattr(review, name)) for name in HEAD]
    text = render_template(
        "review.md",
        catalog=catalog,
        head=[(name, value) for name, value in head if value is not None],
        in_scope=in_scope,
        kept_apart=review.kept_apart,
        unanswered=UNANSWERED,
    )
    return text.encode()


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a task list: a tick is met, other words for a status are kept."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8: {error}") from None
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TASK.match(line):
            box, control, audience, words = found.groups()
            status = words or UNANSWERED
            if box != " " and status == UNANSWERED:
                status = "met"
            cells: dict[str, object] = {"control": control, "audience": audience, "status": status}
            rows.append(Row(f"line {number}", cells))
    if not rows:
        raise ValueError("has no task such as `- [ ] [UM-1](...) Title (level 1, producer)`")
    taken = take({}, rows, catalog)
    lost = "Markdown is read for status only; evidence, notes, owners and dates stay in the file"
    return Taken(taken.review, (lost, *taken.problems))
