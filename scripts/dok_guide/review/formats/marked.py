"""How a text that somebody wrote stands in Markdown: as code, which shows exactly that text."""

import re
from collections.abc import Sequence

_SPAN = re.compile(r"(`+)( ?)(.*?)\2\1\s*")
_FENCE = re.compile(r"(\s*)(`{3,}|~{3,})")


def code(text: str, indent: int) -> str:
    """Return a text to stand behind a label: in the line, or fenced below it if it has lines."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    if "\n" in text or "\t" in text:
        return _fenced(text, "`" * max(3, longest + 1), " " * indent)
    ticks = "`" * (longest + 1)
    pad = " " if longest else ""
    return f" {ticks}{pad}{text}{pad}{ticks}"


def _fenced(text: str, ticks: str, indent: str) -> str:
    lines = [f"{ticks}text", *text.split("\n"), ticks]
    return "\n\n" + "\n".join(f"{indent}{line}" if line else "" for line in lines)


def plain(text: str) -> str:
    """Return what stands behind a label in its line, as code or as somebody typed it."""
    found = _SPAN.fullmatch(text.strip())
    return found[3] if found else text.strip()


def fenced_below(lines: Sequence[str], at: int) -> tuple[str | None, int]:
    """Return the text of a fence that follows a line, and the first line behind it.

    None if there is no fence, or if it has no end.
    """
    start = at + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    opening = _FENCE.match(lines[start]) if start < len(lines) else None
    if opening is None:
        return None, at + 1
    indent, ticks = opening.groups()
    for end in range(start + 1, len(lines)):
        if lines[end].strip() == ticks:
            inside = lines[start + 1 : end]
            return "\n".join(_without(line, len(indent)) for line in inside), end + 1
    return None, at + 1


def _without(line: str, indent: int) -> str:
    """Return a line without up to so many spaces at its beginning."""
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]
