"""Where the field of a setting stands in a resource that fails, and what it is set to."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dok_guide.engine.checks import MOST_TRIED
from dok_guide.engine.paths import EACH, values, written
from dok_guide.source import Place

#: The longest value that a message shows.
_LONGEST = 60
#: Names of fields with values that nobody else should read.
_SECRET_NAME = re.compile(r"(?i)(passw(or)?d|secret|token|credentials?|key|identity)(_\w*hex)?$")
#: What a value has that may hold such a one: a word, an address with a password, several lines.
_SECRET_VALUE = re.compile(r"(?i)passw|secret|token|credential|//[^/@\s]+:[^/@\s]+@|\n")

#: Whether a resource still fails with another value in a place.
Fails = Callable[[Any], bool]


@dataclass(frozen=True)
class Field:
    """A field, or the entry or key of it that makes a resource fail.

    `rest` are the steps that the resource lacks; `value` is what stands there, if `rest` is empty.
    """

    place: Place
    rest: tuple[str, ...] = ()
    value: Any = None

    def state(self, default: str | None) -> str:
        """Return the field and what it is set to, as the middle of a message."""
        name = written((*self.place, *self.rest))
        if self.rest:
            return f"`{name}` is not set" + (f", which means {default}" if default else "")
        shown = _shown(self.place, self.value)
        return f"`{name}` is {shown or 'set'}"


def failing(data: Any, way: tuple[str, ...], fails: Fails) -> list[Field]:  # noqa: ANN401
    """Return what stands at a path and makes a resource fail, entry by entry of its lists.

    Where no entry fails by itself, it is the list, or what all its entries have there.
    """
    return [*_failing(data, way, fails, ())]


def _failing(
    value: Any,  # noqa: ANN401
    way: tuple[str, ...],
    fails: Fails,
    place: Place,
) -> Iterator[Field]:
    if not way:
        yield from _parts(value, fails, place)
    elif way[0] == EACH and isinstance(value, list) and value:
        alone = _alone(value, fails) or ([0] if len(value) == 1 else [])
        for index in alone:
            yield from _failing(value[index], way[1:], lambda v: fails([v]), (*place, index))
        if not alone:
            yield _together(value, way, place)
    elif isinstance(value, dict) and way[0] in value:
        key = way[0]
        inner = (*place, key)
        yield from _failing(value[key], way[1:], lambda v: fails({**value, key: v}), inner)
    else:
        yield Field(place, way)


def _parts(value: Any, fails: Fails, place: Place) -> Iterator[Field]:  # noqa: ANN401
    """Yield the entries or keys that fail by themselves, or the whole value."""
    alone: list[str | int] = []
    if isinstance(value, list):
        alone = [*_alone(value, fails)]
    elif isinstance(value, dict) and len(value) <= MOST_TRIED and not fails({}):
        alone = [key for key, each in value.items() if fails({key: each})]
        # where each fails, it may be for want of the others, as in a security context
        alone = alone if len(alone) < len(value) else []
    for step in alone:
        yield Field((*place, step), value=value[step])
    if not alone:
        yield Field(place, value=value)


def _alone(entries: list[Any], fails: Fails) -> list[int]:
    """Return which entries make it fail that would pass without any."""
    if len(entries) > MOST_TRIED or fails([]):
        return []
    return [index for index, each in enumerate(entries) if fails([each])]


def _together(entries: list[Any], way: tuple[str, ...], place: Place) -> Field:
    """Return the list, or the leaf that none of its entries has."""
    return Field(place, () if [*values(entries, way)] else way, entries)


def _shown(place: Place, value: Any) -> str:  # noqa: ANN401
    """Return a plain value on one line, cut where it is long; nothing for what may be secret."""
    plain = value if isinstance(value, list) else [value]
    if any(isinstance(each, dict | list) for each in plain):
        return ""
    if any(isinstance(each, str) and _is_secret(place, each) for each in plain):
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _is_secret(place: Place, text: str) -> bool:
    """Whether a text may be what a message, which many can read, must not repeat."""
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    return bool(text and (_SECRET_NAME.search(name) or _SECRET_VALUE.search(text)))
