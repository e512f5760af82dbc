"""Manifests in JSON: one value after the other, as the API server's decoder takes them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from dok_guide.engine.scalars import bounded
from dok_guide.source import Place

#: Longer ones have no place in 64 bits, and Python refuses to convert very long ones.
_LONGEST = 21
_SPACE = re.compile(r"[ \t\r\n]*")
#: A surrogate that stands alone is no character; the decoder puts U+FFFD in its place.
_SURROGATES = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n', re.DOTALL)


class TooDeepError(ValueError):
    """The values are nested deeper than the bound."""


def json_values(text: str, deepest: int) -> Iterator[tuple[Any, int, int]]:
    """Yield each value, and where its text begins and ends.

    Raises ValueError where something stands that is no JSON, and TooDeepError.
    """
    decoder = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)
    if "\\u" in text:
        text = _SURROGATES.sub(lambda found: "\\ufffd" if found[1] else found[0], text)
    begin = _skip(text, 0)
    while begin < len(text):
        try:
            data, end = decoder.raw_decode(text, begin)
        except RecursionError:
            raise TooDeepError from None
        if _deeper(data, deepest):
            raise TooDeepError
        yield data, begin, end
        begin = _skip(text, end)


def _skip(text: str, index: int) -> int:
    found = _SPACE.match(text, index)
    return found.end() if found else index


def _integer(digits: str) -> int | float:
    return bounded(int(digits)) if len(digits) < _LONGEST else float(digits)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _deeper(data: Any, deepest: int) -> bool:  # noqa: ANN401
    """Whether lists and mappings are nested deeper than a bound, found without recursion."""
    level = [data]
    for _ in range(deepest + 1):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def json_lines(text: str) -> dict[Place, int]:
    """Return the line of each value in one JSON text, the first line being 1."""
    places = _Places()
    line = 1
    for found in _TOKENS.finditer(text):
        word = found[0]
        if word == "\n":
            line += 1
        else:
            places.add(word, line)
    return places.lines


class _Places:
    """Follows the words of a JSON text, and notes the line of each value."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self._way: list[str | int] = []
        self._open: list[str] = []
        self._is_key = False

    def add(self, word: str, line: int) -> None:
        """Take the next word, which stands on a line."""
        if word in "]}":
            self._open.pop()
            self._way.pop()
            self._is_key = False
        elif word == ",":
            self._next()
        elif word != ":" and self._is_key:
            self._way[-1], self._is_key = json.loads(word), False
        elif word != ":":
            self._value(word, line)

    def _next(self) -> None:
        self._is_key = self._open[-1] == "{"
        if not self._is_key:
            self._way[-1] = int(self._way[-1]) + 1

    def _value(self, word: str, line: int) -> None:
        self.lines.setdefault(tuple(self._way), line)
        if word in "[{":
            self._open.append(word)
            self._way.append(0)
            self._is_key = word == "{"
