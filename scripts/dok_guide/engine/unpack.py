"""The objects of a document: Lists, Templates and bundles are unpacked, nulls removed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dok_guide.engine.objects import Object, get, mappings, text
from dok_guide.engine.olm import BUNDLE, installed
from dok_guide.engine.served import served

_TEMPLATE = "Template"
_PARAMETER = re.compile(r"\$\{\{?(\w+)\}?\}")


def without_nulls(data: Any) -> Any:  # noqa: ANN401
    """Return data without the keys whose value is null, as the API server decodes it.

    What holds none is returned as it is, not copied.
    """
    if isinstance(data, dict):
        if any(value is None for value in data.values()):
            data = {key: value for key, value in data.items() if value is not None}
        changed = {key: new for key, value in data.items() if (new := _clean(value)) is not value}
        return data | changed if changed else data
    return _clean(data)


def _clean(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return without_nulls(value)
    if isinstance(value, list):
        new = [_clean(item) for item in value]
        return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
    return value


def unpacked(data: dict[str, Any], source: str, line: int) -> Iterator[Object]:
    """Yield the objects of a document: itself, or the items of a List, or those of a bundle."""
    waiting = [Object(without_nulls(data), source, line)]
    while waiting:
        obj = waiting.pop()
        items = get(obj.data, "items")
        if obj.kind == "List" and items is None:
            continue
        if obj.kind.endswith("List") and isinstance(items, list):
            waiting += reversed(list(_items(obj, items)))
        elif obj.kind == _TEMPLATE and isinstance(get(obj.data, "objects"), list):
            waiting += reversed(list(_instances(obj)))
        else:
            yield replace(obj, data=served(obj.data))
            if obj.kind == BUNDLE:
                yield from installed(obj)


def _items(obj: Object, items: list[Any]) -> Iterator[Object]:
    """Yield the items of a List; those of a typed one take kind and version from it."""
    known = {"apiVersion": get(obj.data, "apiVersion"), "kind": obj.kind.removesuffix("List")}
    for index, item in enumerate(items):
        if isinstance(item, dict):
            data = item if obj.kind == "List" else known | item
            yield Object(data, obj.source, obj.line, (*obj.place, "items", index))


def _instances(template: Object) -> Iterator[Object]:
    """Yield the objects of an OpenShift Template, made with the values of its parameters."""
    values = {text(p, "name"): text(p, "value") for p in mappings(template.data, "parameters")}
    for index, item in enumerate(get(template.data, "objects")):
        if isinstance(item, dict):
            place = (*template.place, "objects", index)
            yield Object(_instance(item, values), template.source, template.line, place)


def _instance(data: Any, values: dict[str, str]) -> Any:  # noqa: ANN401
    if isinstance(data, dict):
        return {key: _instance(value, values) for key, value in data.items()}
    if isinstance(data, list):
        return [_instance(item, values) for item in data]
    if isinstance(data, str):
        return _PARAMETER.sub(lambda found: values.get(found[1], found[0]), data)
    return data
