"""References of custom resources that leave their namespace."""

import re
from collections.abc import Iterator
from typing import Any

from dok_guide.engine.objects import Object
from dok_guide.source import Place, place_name

_NAMESPACE = re.compile(r"(?i)namespaces?$")
_QUALIFIED = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


def leaving(obj: Object) -> Iterator[str]:
    """Yield the texts in the spec of a resource that name another namespace."""
    for place, value in _texts(obj.data.get("spec"), ("spec",)):
        named = any(isinstance(s, str) and _NAMESPACE.search(s) for s in place[-2:])
        other = value not in ("", obj.namespace) and not value.startswith(f"{obj.namespace}/")
        if other and (named or _QUALIFIED.match(value)):
            yield f"{obj.title} {place_name(place)}: {value}"


def _texts(data: Any, place: Place) -> Iterator[tuple[Place, str]]:  # noqa: ANN401
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*place, index))
    elif isinstance(data, str):
        yield place, data
