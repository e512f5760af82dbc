"""Plain values of YAML 1.1 as the API server's decoder takes them; dates stay text."""

import re
from collections.abc import Callable
from typing import Any

_CORE = "tag:yaml.org,2002:"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {
    word: value
    for value, words in ((True, ("true", "yes", "on")), (False, ("false", "no", "off")))
    for name in words
    for word in (name, name.title(), name.upper())
}
#: No number is longer, and Python refuses to convert very long ones.
_LONGEST = 40
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?(0|[1-9](_?[0-9])*)"), int),
    (re.compile(r"[-+]?0o?(_?[0-7])+"), lambda text: int(text.replace("o", ""), 8)),
    (re.compile(r"[-+]?0x(_?[0-9a-fA-F])+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?0b(_?[01])+"), lambda text: int(text, 2)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)


def scalar(event: Any) -> Any:  # noqa: ANN401 - PyYAML's events have no types
    """Return the value of a scalar event."""
    text: str = event.value
    plain, _ = event.implicit
    if event.tag == f"{_CORE}str" or not (plain or event.tag):
        return text
    if len(text) > _LONGEST:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    for pattern, convert in _NUMBERS:
        if pattern.fullmatch(text):
            return convert(text)
    return text
