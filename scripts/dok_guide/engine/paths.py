"""Paths into custom resources: `spec.listeners[].tls`, `spec.parameters["a.b"]`.

`[]` stands for each entry of a list, quotes hold a key with dots. A path becomes steps, which are
keys and `EACH`.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from dok_guide.source import Place

#: The step to each entry of a list.
EACH = "[]"

_FIRST = re.compile(r"([A-Za-z_]\w*)()()")
_NEXT = re.compile(r'\.([A-Za-z_$][\w$-]*)|(\[\])|\["([^"]+)"\]')


def steps(path: str) -> tuple[str, ...]:
    """Return the steps of a path; raise ValueError if it is none."""
    found, at = [], 0
    while at < len(path):
        step = (_NEXT if at else _FIRST).match(path, at)
        if not step:
            raise ValueError(f"{path!r} is no path; write spec.a.b, [] for entries of a list")
        found.append(step[1] or step[2] or step[3])
        at = step.end()
    if not found:
        raise ValueError("an empty path")
    return tuple(found)


def written(way: Iterable[str | int]) -> str:
    """Return steps as a path, `spec.listeners[0].tls`; those of a list may be its indexes."""
    return "".join(map(_written, way)).removeprefix(".")


def _written(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if step == EACH:
        return EACH
    return f".{step}" if _NEXT.fullmatch(f".{step}") else f'["{step}"]'


def values(data: Any, way: tuple[str, ...], place: Place = ()) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401
    """Yield place and value of everything that stands at a path."""
    if not way:
        yield place, data
    elif way[0] == EACH:
        for index, item in enumerate(data if isinstance(data, list) else ()):
            yield from values(item, way[1:], (*place, index))
    elif isinstance(data, dict) and way[0] in data:
        yield from values(data[way[0]], way[1:], (*place, way[0]))


def without(data: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
    """Return a copy of data without what stands at a path."""
    found = deepcopy(data)
    for holder in _holders(found, way):
        holder.pop(way[-1], None)
    return found


def with_value(data: dict[str, Any], way: tuple[str, ...], value: object) -> dict[str, Any]:
    """Return a copy of data with a value at a path; mappings on the way are made."""
    found = deepcopy(data)
    for holder in _holders(found, way, make=True):
        holder[way[-1]] = deepcopy(value)
    return found


def _holders(data: Any, way: tuple[str, ...], *, make: bool = False) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the mappings that hold, or may hold, the last step of a path."""
    if len(way) == 1:
        if isinstance(data, dict):
            yield data
    elif way[0] == EACH:
        for item in data if isinstance(data, list) else ():
            yield from _holders(item, way[1:], make=make)
    elif isinstance(data, dict):
        if make and way[1] != EACH:
            data.setdefault(way[0], {})
        yield from _holders(data.get(way[0]), way[1:], make=make)
