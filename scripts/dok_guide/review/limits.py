"""How much the fields of a review hold, as its schema says."""

from collections.abc import Iterator

from dok_guide.review.model import HEAD, WRITTEN, Answer, Review

LINE, TEXT = 200, 32_000
_TEXTS = ("reason", "evidence", "note")


def too_long(review: Review) -> list[str]:
    """Return what is longer than the field that it stands in, with what to do."""
    found = [
        _said(name, value, LINE)
        for name in HEAD
        if isinstance(value := getattr(review, name), str) and len(value) > LINE
    ]
    for answer in (*review.answers, *review.kept_apart):
        found += _of(answer)
    return found


def _of(answer: Answer) -> Iterator[str]:
    for name in ("control", "audience", *WRITTEN):
        most = TEXT if name in _TEXTS else LINE
        if len(text := answer.text(name)) > most:
            yield _said(f"{name} of {answer.name[:LINE]}", text, most)


def _said(what: str, text: str, most: int) -> str:
    return f"{what} has {len(text)} characters, more than {most}; shorten it"
