"""Lines for a terminal. What they hold comes from strangers: it is shown, never obeyed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: What a terminal would obey, or takes for the end of a line or the other direction of a text.
_COMMANDS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BREAKS = re.compile(r"[\t\r\n]+")
RED, YELLOW, BOLD, DIM = "31", "33", "1", "2"


def harmless(text: str) -> str:
    """Return a text as one line that a terminal shows as it is."""
    return _COMMANDS.sub("?", _BREAKS.sub(" ", text))


def shown(text: str) -> Iterator[str]:
    """Yield the lines of a text, each as a terminal shows it."""
    for line in text.splitlines(keepends=True):
        yield f"{harmless(line.rstrip())}\n"


def escaped(text: str) -> str:
    """Return JSON in which what a terminal would obey is written as an escape."""
    return _COMMANDS.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    return character if character == "\n" else f"\\u{ord(character):04x}"


@dataclass(frozen=True)
class Line:
    """A line, how far it is indented, and how a terminal shows it; empty for as usual."""

    text: str = ""
    depth: int = 0
    style: str = ""

    def shown(self, *, color: bool) -> str:
        """Return the line for a terminal, with its end."""
        text = f"{'  ' * self.depth}{harmless(self.text)}".rstrip()
        return f"\x1b[{self.style}m{text}\x1b[0m\n" if color and self.style else f"{text}\n"


def written(lines: Iterable[Line], *, color: bool) -> Iterator[str]:
    """Yield the lines as text."""
    return (line.shown(color=color) for line in lines)
