"""Which fields make a validation fail: the value that is wrong, not just the entry around it.

A part is left out, and the validation is tried again. What mends it when it is gone is the cause.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dok_guide.engine.cel import Fault
from dok_guide.engine.objects import get
from dok_guide.source import Place

Fields = dict[str, Any]
#: Tries a validation on an object in which something is changed.
Holds = Callable[[Fields], bool | Fault]

#: How many entries of a list or mapping are tried one by one, and how many causes are named.
MOST_TRIED, MOST_NAMED = 200, 20
#: What says which object it is, and so is never what is wrong with it.
_IDENTITY = frozenset({"apiVersion", "kind"})
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")


@dataclass(frozen=True)
class Cause:
    """A part of an object that is wrong, or with `keys` only these fields of it, together."""

    place: Place
    keys: tuple[str, ...] = ()


def names_in(expression: str) -> frozenset[str]:
    """Return every name and text in an expression: the fields that it can look at."""
    quoted = (first or second for first, second in _QUOTED.findall(expression))
    return frozenset(re.findall(r"\w+", expression)) | frozenset(quoted)


def causes(obj: Fields, place: Place, holds: Holds, names: frozenset[str]) -> list[Cause]:
    """Return what makes an object fail below a place; the place itself if nothing smaller does.

    The place is an entry of a list that fails by itself, or `()`. What is missing has no place.
    """
    if not place:
        return list(_below(obj, (), holds, names))[:MOST_NAMED]
    *around, index = place
    alone = replaced(obj, tuple(around), [get(obj, *place)])
    found = _below(alone, (*around, 0), holds, names)
    return [_moved(each, len(around), index) for _, each in zip(range(MOST_NAMED), found)]  # noqa: B905


def _moved(cause: Cause, depth: int, index: str | int) -> Cause:
    return Cause((*cause.place[:depth], index, *cause.place[depth + 1 :]), cause.keys)


def _below(obj: Fields, place: Place, holds: Holds, names: frozenset[str]) -> Iterator[Cause]:
    part = get(obj, *place)
    if isinstance(part, dict):
        yield from _in_mapping(obj, place, part, holds, names)
    elif isinstance(part, list):
        yield from _in_list(obj, place, part, holds, names)
    else:
        yield Cause(place)


def _in_mapping(
    obj: Fields, place: Place, part: Fields, holds: Holds, names: frozenset[str]
) -> Iterator[Cause]:
    mending = _mending(obj, place, part, holds, names)
    if len(mending) == 1:
        yield from _below(obj, (*place, mending[0]), holds, names)
    elif mending:
        yield Cause(place, mending)
    elif switch := _switch(obj, place, part, holds, names):
        yield Cause(switch)
    else:
        yield from _among_others(obj, place, part, holds, names) or [Cause(place)]


def _mending(
    obj: Fields, place: Place, part: Fields, holds: Holds, names: frozenset[str]
) -> tuple[str, ...]:
    """Return the keys without which the object passes, or else without which nothing is decided."""
    tried = [key for key in part if key in names and (place or key not in _IDENTITY)]
    results = {key: holds(replaced(obj, place, _without(part, key))) for key in tried[:MOST_TRIED]}
    sure = tuple(key for key, result in results.items() if result is True)
    return sure or tuple(key for key, result in results.items() if isinstance(result, Fault))


def _switch(
    obj: Fields, place: Place, part: Fields, holds: Holds, names: frozenset[str]
) -> Place | None:
    """Return the place of a true or false whose opposite would pass."""
    for key, value in part.items():
        if key not in names:
            continue
        here = (*place, key)
        if isinstance(value, bool) and holds(replaced(obj, here, not value)) is True:
            return here
        if isinstance(value, dict) and (found := _switch(obj, here, value, holds, names)):
            return found
    return None


def _among_others(
    obj: Fields, place: Place, part: Fields, holds: Holds, names: frozenset[str]
) -> list[Cause]:
    """Return the causes in a mapping whose keys anybody chooses, such as data of a Secret."""
    for known in (names, frozenset[str]()):  # a key may be called as a text in the expression
        base = {key: value for key, value in part.items() if key in known}
        others = [key for key in part if key not in known]
        if 0 < len(others) <= MOST_TRIED and holds(replaced(obj, place, base)) is True:
            alone = {key: replaced(obj, place, base | {key: part[key]}) for key in others}
            wrong = [key for key, each in alone.items() if holds(each) is False][:MOST_NAMED]
            return [c for key in wrong for c in _below(alone[key], (*place, key), holds, names)]
    return []


def _in_list(
    obj: Fields, place: Place, part: list[Any], holds: Holds, names: frozenset[str]
) -> Iterator[Cause]:
    if len(part) > MOST_TRIED or holds(replaced(obj, place, [])) is not True:
        yield Cause(place)
        return
    alone = {index: replaced(obj, place, [item]) for index, item in enumerate(part)}
    wrong = [index for index, each in alone.items() if holds(each) is False]
    if not wrong or (len(wrong) > 1 and not any(isinstance(part[i], dict) for i in wrong)):
        yield Cause(place)
        return
    for index in wrong:
        for cause in _below(alone[index], (*place, 0), holds, names):
            yield _moved(cause, len(place), index)


def culprits(objects: Sequence[Fields], holds: Callable[[Sequence[Fields]], bool | Fault],
             kinds: Iterable[str]) -> list[int]:  # fmt: skip
    """Return which of the objects around another make it fail, each without others of its kind.

    Only the first of the kinds counts without which it would pass.
    """
    for kind in kinds:
        mine = [index for index, each in enumerate(objects) if each.get("kind") == kind]
        rest = [each for each in objects if each.get("kind") != kind]
        if mine and holds(rest) is True:
            return [i for i in mine if holds([*rest, objects[i]]) is False]
    return []


def replaced(data: Any, place: Place, value: object) -> Any:  # noqa: ANN401
    """Return data with another value at a place that is there; the rest is shared."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    inner = replaced(data[step], rest, value)
    if isinstance(data, list):
        return [*data[: int(step)], inner, *data[int(step) + 1 :]]
    return data | {step: inner}


def _without(part: Fields, key: str) -> Fields:
    return {name: value for name, value in part.items() if name != key}
