"""Manifests in JSON: one value after the other, as the API server's decoder takes them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from dok_guide.source import Place

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
    decoder = json.JSONDecoder(parse_constant=_refuse)
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
    lines: dict[Place, int] = {}
    way: list[str | int] = []
    kinds: list[str] = []
    line, is_key = 1, False
    for found in _TOKENS.finditer(text):
        word = found[0]
        if word == "\n":
            line += 1
        elif word in "]}":
            kinds.pop()
            way.pop()
            is_key = False
        elif word == ",":
            is_key = kinds[-1] == "{"
            if not is_key:
                way[-1] = int(way[-1]) + 1
        elif is_key and word != ":":
            way[-1] = json.loads(word)
            is_key = False
        elif word != ":":
            lines.setdefault(tuple(way), line)
            if word in "[{":
                kinds.append(word)
                way.append(0)
                is_key = word == "{"
    return lines
