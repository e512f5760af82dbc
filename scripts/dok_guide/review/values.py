"""What a field of a review can hold; what it can't is said, and moved where it can stay."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from dok_guide.model import AUDIENCES, DEPTHS
from dok_guide.review.model import HEAD

#: What neither XML nor a terminal can show.
_UNSHOWN = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: How much of a text a message repeats.
_QUOTED = 60
_A_DATE: Final = "a date such as 2026-11-24"

Problems = list[str]


def clean(text: str | None, name: str, problems: Problems) -> str | None:
    """Return a text without what no file can hold, None if nothing is left."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = _UNSHOWN.sub("", lines)
    if kept != lines:
        problems.append(f"characters that cannot be shown were removed from {name}")
    return kept.strip() or None


def one_line(text: str | None, name: str, problems: Problems) -> str | None:
    """Return a text as one line."""
    if text and re.search(r"[\n\t]", text):
        problems.append(f"{name} had line breaks; they became spaces")
        return " ".join(text.split())
    return text


def quoted(text: str) -> str:
    """Return the beginning of a text for a message."""
    return f'"{text[:_QUOTED]}…"' if len(text) > _QUOTED else f'"{text}"'


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written with hyphens."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


#: Of the fields of the head that hold not any line: what they hold, and whether a text is it.
_HEAD: dict[str, tuple[str, Callable[[str], bool]]] = {
    "level": ("a number from 1 to 9", lambda text: bool(re.fullmatch("[1-9]", text))),
    "audience": (" or ".join(AUDIENCES), lambda text: text in AUDIENCES),
    "depth": (" or ".join(DEPTHS), lambda text: text in DEPTHS),
    **dict.fromkeys(("started", "date", "approved"), (_A_DATE, is_date)),
}


def read_head(head: dict[str, str | None], problems: Problems) -> dict[str, str | int]:
    """Return the fields of the head that can be taken over."""
    taken: dict[str, str | int] = {}
    for name in HEAD:
        text = one_line(clean(head.get(name), name, problems), name, problems)
        if text is None:
            continue
        what, fits = _HEAD.get(name, ("", lambda _: True))
        if not fits(text):
            problems.append(f"{name} {quoted(text)} is not {what}; left out")
        else:
            taken[name] = int(text) if name == "level" else text
    unknown = [name for name in head if name not in (*HEAD, "catalog")]
    for name in unknown:
        problems.append(f"unknown field {quoted(name)} with {quoted(head[name] or '')}; left out")
    return taken


def read_date(text: str | None, name: str, notes: list[str], problems: Problems) -> str | None:
    """Return a date; any other text goes to the notes."""
    if text is None or is_date(text):
        return text
    problems.append(f"{quoted(text)} is not {_A_DATE}; moved into the note")
    notes.append(f"{name.capitalize()} was: {text}")
    return None
