"""An assessment to read in a terminal: what matters first, equal things once."""

from collections.abc import Iterator

from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats.as_reach import short, why_open
from dok_guide.assess.formats.sections import (
    explained,
    left,
    not_seen,
    notes,
    requirements,
    summary,
    worst,
)
from dok_guide.assess.formats.terminal import BOLD, Line, written
from dok_guide.assess.formats.view import USUAL, View

#: More lines than that nobody reads; what is cut is counted.
MOST_LINES = 200
#: How many places of the same are shown, as long as all fits.
PLACES = (3, 2, 1)


def to_text(found: Assessment, view: View = USUAL) -> Iterator[str]:
    """Yield an assessment as lines, at most `MOST_LINES` unless the view asks for everything."""
    head, bad = list(summary(found)), worst(found, view)
    for places in (None,) if view.verbose else PLACES:
        foot = list(_foot(found, view, places))
        blocks = list(requirements(found, bad, places))
        room = MOST_LINES - len(head) - len(foot)
        if sum(map(len, blocks)) <= room:
            break
    blocks = blocks if view.verbose else _cut(blocks, room)
    lines = [*head, *(line for block in blocks for line in block), *foot]
    return written(lines, color=view.color)


def _foot(found: Assessment, view: View, places: int | None) -> Iterator[Line]:
    yield from not_seen(found, view, places)
    if found.answers:
        from dok_guide.assess.formats.as_answers import answered

        yield from answered(found.catalog, found.answers, verbose=view.verbose)
    yield from short(found.install)
    if why := why_open(found):
        yield Line(why)
    yield from explained(found, view)
    yield from notes(found, view)
    yield from left(found, view)


def _cut(blocks: list[list[Line]], room: int) -> list[list[Line]]:
    """Return as many requirements as there is room for, and how many more there are."""
    if sum(map(len, blocks)) <= room:
        return blocks
    kept: list[list[Line]] = []
    while blocks and sum(map(len, [*kept, blocks[len(kept)]])) < room:
        kept.append(blocks[len(kept)])
    more = len(blocks) - len(kept)
    return [*kept, [Line(f"and {more} more requirements with findings; --verbose", style=BOLD)]]
