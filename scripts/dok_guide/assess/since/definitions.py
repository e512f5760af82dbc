"""What the definitions of an operator's kinds differ in: versions, fields, defaults."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dok_guide.assess.since.changes import CHANGED, DEFINITIONS, GAINED, LOST, Change
from dok_guide.engine.definitions import Schema, fields, without_prose
from dok_guide.engine.objects import Object, get, mapping, mappings, text
from dok_guide.engine.resources import CRD

Path = tuple[str, ...]
_OF_ALL = ("apiVersion", "kind", "metadata")


def changed_definitions(old: Iterable[Object], new: Iterable[Object]) -> Iterator[Change]:
    """Yield what differs between the definitions of two installs."""
    before, after = _kinds(old), _kinds(new)
    for name, versions in after.items():
        if name not in before:
            shown = f"versions {', '.join(versions)}"
            yield Change(area=DEFINITIONS, how=GAINED, subject=name, new=shown)
        else:
            yield from _versions(name, before[name], versions)
    for name in before:
        if name not in after:
            yield Change(area=DEFINITIONS, how=LOST, subject=name)


def _kinds(objects: Iterable[Object]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the served versions of each kind, written `Cluster.db.example.org`."""
    return {
        f"{text(obj.data, 'spec', 'names', 'kind')}.{text(obj.data, 'spec', 'group')}": {
            text(version, "name"): version
            for version in mappings(obj.data, "spec", "versions")
            if get(version, "served")
        }
        for obj in objects
        if obj.kind == CRD
    }


def _versions(
    name: str, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]
) -> Iterator[Change]:
    for version in dict.fromkeys((*new, *old)):
        subject = f"{name} {version}"
        if version not in old:
            yield Change(area=DEFINITIONS, how=GAINED, subject=subject)
        elif version not in new:
            yield Change(area=DEFINITIONS, how=LOST, subject=subject)
        else:
            yield from _fields(subject, _schema(old[version]), _schema(new[version]))


def _schema(version: dict[str, Any]) -> Schema:
    return without_prose(mapping(version, "schema", "openAPIV3Schema"))


def _fields(subject: str, old: Schema, new: Schema) -> Iterator[Change]:
    before, after = _own(old), _own(new)
    for path, part in after.items():
        about = f"{subject} {_shown(path)}"
        if path not in before:
            if path[:-1] in before or len(path) == 1:  # what is in a new field is not listed
                default = _value(part, "default")
                shown = f"default {default}" if default else ""
                yield Change(area=DEFINITIONS, how=GAINED, subject=about, new=shown)
        else:
            yield from _field(about, before[path], part)
    for path in before:
        if path not in after and (path[:-1] in after or len(path) == 1):
            about = f"{subject} {_shown(path)}"
            yield Change(area=DEFINITIONS, how=LOST, subject=about)


def _own(schema: Schema) -> dict[Path, Schema]:
    """Return the fields of a kind, without those that every object has."""
    return {path: part for path, part in fields(schema) if path[0] not in _OF_ALL}


def _field(about: str, old: Schema, new: Schema) -> Iterator[Change]:
    for key in ("type", "default", "required", "enum"):
        was, is_ = _value(old, key), _value(new, key)
        if was != is_:
            yield Change(area=DEFINITIONS, how=CHANGED, subject=f"{about}, {key}", old=was, new=is_)


def _value(schema: Schema, key: str) -> str:
    """Return a part of a schema as text; the order of lists means nothing."""
    value = schema.get(key)
    if isinstance(value, list) and key != "default":
        value = sorted(value, key=str)
    return json.dumps(value, sort_keys=True) if key in schema else ""


def _shown(path: Path) -> str:
    return ".".join(path).replace(".[]", "[]")
