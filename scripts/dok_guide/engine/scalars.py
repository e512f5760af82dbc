"""Plain values of YAML 1.1 as the API server's decoder takes them; dates stay text."""

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any

_CORE = "tag:yaml.org,2002:"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {
    word: value
    for value, words in ((True, ("true", "yes", "on", "y")), (False, ("false", "no", "off", "n")))
    for name in words
    for word in (name, name.title(), name.upper())
}
#: Python refuses to convert very long numbers, and no number that Kubernetes takes is longer.
_LONGEST = 40
#: How what is no text begins; most values don't.
_TELLING = frozenset("+-.0123456789~nNyYtTfFoO") | {""}
#: What has no place in 64 bits, the decoder takes as a number with a point.
_LARGEST = 2**63
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?(0|[1-9](_?[0-9])*)"), int),
    (re.compile(r"[-+]?0o?(_?[0-7])+"), lambda text: int(text.replace("o", ""), 8)),
    (re.compile(r"[-+]?0x(_?[0-9a-fA-F])+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?0b(_?[01])+"), lambda text: int(text, 2)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
#: What a value has to be where the tag says so; an integer does for `!!float`.
_TAGGED: dict[str, tuple[type, ...]] = {
    f"{_CORE}bool": (bool,),
    f"{_CORE}int": (int,),
    f"{_CORE}float": (int, float),
    f"{_CORE}null": (type(None),),
}


class ScalarError(ValueError):
    """The decoder refuses the value, as `!!int x`."""


def scalar(event: Any) -> Any:  # noqa: ANN401 - PyYAML's events have no types
    """Return the value of a scalar event; raise ScalarError if the decoder refuses it."""
    text: str = event.value
    tag: str | None = event.tag
    if tag is None:
        return _plain(text) if event.implicit[0] else text
    if tag == f"{_CORE}binary":
        return _decoded(text)
    if tag not in _TAGGED:
        return text
    value = _plain(text)
    if type(value) not in _TAGGED[tag]:
        raise ScalarError(f"{text[:_LONGEST]!r} is no {tag.removeprefix(_CORE)}")
    return float(value) if tag == f"{_CORE}float" else value


def _plain(text: str) -> Any:  # noqa: ANN401
    """Return what a text without quotes means."""
    if text[:1] not in _TELLING or len(text) > _LONGEST:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INFINITE.fullmatch(text):
        raise ScalarError(f"{text} is no number that JSON has")
    for pattern, convert in _NUMBERS:
        if pattern.fullmatch(text):
            return bounded(convert(text))
    return text


def bounded(number: float) -> int | float:
    """Return a number as the decoder takes it."""
    return float(number) if abs(number) >= _LARGEST else number


def _decoded(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        raise ScalarError("!!binary is followed by something that is no base64") from None
