"""The mistakes that people make in YAML, and the cure of each."""

import re
from typing import Protocol


class Mark(Protocol):
    """A place in a text, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The character in the line."""


class YamlError(Protocol):
    """What PyYAML says of a text that is no YAML: of a place, and of what began at another."""

    problem: str | None
    context: str | None

    @property
    def problem_mark(self) -> Mark | None:
        """Where it can't be read any further."""

    @property
    def context_mark(self) -> Mark | None:
        """Where the value began that can't be read."""


#: What ends a line for YAML, by which the lines of a mark are counted.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def mistake(error: YamlError, text: str) -> tuple[int, str]:
    """Return the line, from 1, on which a text stops being YAML, what is wrong and what to do."""
    mark = error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    begun = error.context_mark.line if error.context_mark else number
    lines = [*_BREAK.split(text), ""]  # the end of a text without a last line break is a line more
    problem = error.problem or error.context or "unreadable"
    if message := _here(problem, lines[number], column):
        return number + 1, message
    if message := _begun(f"{error.context} {problem}", lines[begun]):
        return begun + 1, message
    return number + 1, f"not YAML: {problem}"


def _here(problem: str, line: str, column: int) -> str | None:
    """Return what is wrong at the place where reading stopped."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab; indent with spaces"
    if "mapping values" in problem:
        return _colon(line[:column])
    if "cannot start" in problem:
        return f"a text begins with {line[column : column + 1]!r}; put it in quotes"
    if "did not find expected key" in problem or "'-' indicator" in problem:
        return _neighbor(line, column)
    return None


def _begun(words: str, line: str) -> str | None:
    """Return what is wrong with a value that began on a line and has no end."""
    if "expected ':'" in words:
        return _no_key(line)
    return next((message for part, message in _OPENED if part in words), None)


#: Words of PyYAML about something that begins on an earlier line, and what to do.
_OPENED = (
    ("scalar found unexpected end", "a quote is opened here and never closed; close it"),
    ("unknown escape", "a backslash in double quotes; use single quotes"),
    ("',' or ']'", "a list opened with `[` has no end, or a comma is missing; close it"),
    ("',' or '}'", "a mapping opened with `{` has no end, or a comma is missing; close it"),
    ("block scalar did not", "text behind `|` or `>`; begin it on the next line, indented"),
)


def _colon(before: str) -> str:
    """Return what is wrong where a colon may not stand, from the line before it."""
    if ": " in before:
        return "a second colon in an unquoted text; put the text in quotes, or below `|`"
    return "indented deeper than a line above that is complete; align it, or put both in quotes"


def _neighbor(line: str, column: int) -> str:
    """Return what is wrong where a key or list entry had to begin."""
    before = line[:column].rstrip()
    if before.endswith(("'", '"')):
        return "text behind a closing quote; use the other quotes, or close one above"
    if before.endswith(("}", "]")):
        return "text behind a closing bracket; put the whole text in quotes"
    if line[column:].startswith("-"):
        return "a list entry where a key has to stand; align it with its list"
    return "indented like no line above that it could belong to; align it with its neighbors"


def _no_key(line: str) -> str:
    """Return what is wrong with a line that has no key."""
    if re.match(r"\s*(- )?[\w-]+:\S", line):
        return "no space behind the colon; add one"
    return "neither `key: value` nor part of a text; add the colon, or indent it below its text"
