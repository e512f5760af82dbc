"""What a collected cluster answers of a quick review, to read or for other tools."""

from collections.abc import Iterator
from typing import Any

from dok_guide.assess.cluster.answers import Answer, minutes
from dok_guide.assess.formats.terminal import BOLD, Line
from dok_guide.model import Catalog
from dok_guide.texts import inline

#: How many lines of an answer are shown, unless somebody asks for all.
MOST = 5


def answered(catalog: Catalog, known: tuple[Answer, ...], *, verbose: bool) -> Iterator[Line]:
    """Yield the answers for a terminal; nothing if no script has collected the input."""
    if known:
        yield Line()
        yield Line("READ OFF THE CLUSTER, FOR THE QUICK REVIEW OF LEVEL 1", style=BOLD)
    for answer in known:
        yield Line(f"{answer.control.id} {answer.way.title}: {said(answer)}")
        for line in answer.lines if verbose else answer.lines[:MOST]:
            yield Line(line, 1)
        if (more := len(answer.lines) - MOST) > 0 and not verbose:
            yield Line(f"and {more} more; --verbose", 1)
    if known:
        yield Line(left(catalog, known), style=BOLD)


def markdown(catalog: Catalog, known: tuple[Answer, ...]) -> Iterator[str]:
    """Yield the answers as lines of Markdown."""
    if known:
        yield from ("", "## Read off the cluster, for the quick review of level 1", "")
    for answer in known:
        yield f"- {answer.control.id} {inline(answer.way.title)}: {inline(said(answer))}"
        yield from (f"    - {inline(line)}" for line in answer.lines)
    if known:
        yield from ("", left(catalog, known))


def data(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON holds it."""
    found = {
        "control": answer.control.id,
        "question": answer.way.title,
        "compare": answer.compare,
        "lines": answer.lines,
    }
    return found | ({"unknown": answer.unknown} if answer.unknown else {})


def said(answer: Answer) -> str:
    """Return what an answer means in a few words."""
    count = len(answer.lines)
    if answer.unknown:
        return f"not known, {answer.unknown}"
    if not count:
        return "nothing stands against it"
    return f"{count} to compare with your record" if answer.compare else f"{count} against it"


def left(catalog: Catalog, known: tuple[Answer, ...]) -> str:
    """Return how many minutes of the quick review are left for a person."""
    rest, whole = minutes(catalog, known)
    return f"left for a person: {rest} of {whole} minutes, and the lines to compare"
