"""How a review is taken over from a format: what fits is kept, the rest is said and stays."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dok_guide.model import Catalog
from dok_guide.review.entry import CONFIRMED, Entry, Row
from dok_guide.review.model import GAPS, NOT_APPLICABLE, PARTLY, Answer, Taken, blank
from dok_guide.review.values import Problems, clean, quoted, read_head

__all__ = ["CONFIRMED", "MOST_ANSWERS", "Row", "lacking", "take"]

#: The most answers of a file; the guide has some 200 requirements.
MOST_ANSWERS = 5_000


def take(head: dict[str, str | None], rows: Iterable[Row], catalog: Catalog) -> Taken:
    """Return the review that a format has read; nothing of it is lost.

    What fits is taken over. A text in the wrong place moves into the note, an answer to a
    requirement that the catalog doesn't have, or a second one, is kept apart, and each of both is
    a problem. Raises ValueError if there are more answers than a review can have.
    """
    rows = sorted(rows, key=lambda row: row.apart)
    if len(rows) > MOST_ANSWERS:
        raise ValueError(f"holds {len(rows)} answers, more than {MOST_ANSWERS}; this is no review")
    problems: Problems = []
    review = replace(blank(catalog), **read_head(head, problems))  # type: ignore[arg-type]
    taking = _Taking({answer.key: answer for answer in review.answers}, catalog)
    problems += [each for row in rows for each in taking.add(row)]
    if head.get("catalog") not in (None, catalog.version):
        made = quoted(clean(head["catalog"], "catalog", problems) or "")
        problems.append(f"made for version {made} of the guide, read with {catalog.version}")
    answers = tuple(taking.found.get(each.key, each) for each in review.answers)
    return Taken(replace(review, answers=answers, kept_apart=tuple(taking.apart)), tuple(problems))


class _Taking:
    """The answers that were found so far, and those kept apart."""

    def __init__(self, asked: dict[tuple[str, str], Answer], catalog: Catalog) -> None:
        self._asked = asked
        self._catalog = catalog
        self.found: dict[tuple[str, str], Answer] = {}
        self.apart: list[Answer] = []

    def add(self, row: Row) -> Iterator[str]:
        """Take a row over; yield what is to be said of it."""
        entry = Entry(row, self._asked, self._catalog)
        answer = entry.answer()
        if not answer.empty:  # where nobody wrote, the blank row stands with what is asked today
            entry.problems += self._place(answer)
            yield from (f"{row.place}: {each}" for each in entry.problems)

    def _place(self, answer: Answer) -> list[str]:
        known = answer.key in self._asked
        if known and answer.key not in self.found:
            self.found[answer.key] = answer
            return list(lacking(answer, self._catalog))
        if answer == self.found.get(answer.key):
            return [f"{answer.name} stands twice with the same answer; left out"]
        self.apart.append(answer)
        why = "stands twice" if known else "is not in this version of the guide"
        return [f"{answer.name} {why}; kept apart"]


def lacking(answer: Answer, catalog: Catalog) -> Iterator[str]:
    """Yield what an answer to a known requirement needs besides to be clear."""
    if answer.changed:
        yield f"{answer.name} was answered before it was changed"
    if answer.status == NOT_APPLICABLE and not answer.reason:
        yield "not applicable needs a reason"
    lettered = catalog.control(answer.control).lettered(answer.audience)
    if answer.status == PARTLY and lettered and not answer.items:
        yield "partly met needs the items that are not met"
    if answer.items and answer.status != PARTLY:
        yield f"{answer.status}, but items are named that are not met"
    if answer.status in GAPS and answer.expires and not (answer.reason and answer.owner):
        yield "an accepted gap needs a reason, an owner and an end"
