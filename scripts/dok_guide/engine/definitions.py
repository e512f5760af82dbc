"""What an operator's definitions say of its custom resources, release by release.

A definition is an `openAPIV3Schema` without descriptions. Kinds are named as `group/version/Kind`.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from dok_guide.engine.objects import Object, get, mapping, mappings, text
from dok_guide.engine.paths import EACH
from dok_guide.engine.resources import CRD

Schema = dict[str, Any]

#: What explains a field to people.
_PROSE = ("description", "title", "example", "externalDocs")
#: A schema that takes anything.
ANYTHING: Schema = {"x-kubernetes-preserve-unknown-fields": True}


class Definitions:
    """The schemas of an operator's kinds, by release."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._releases: dict[str, dict[str, Schema | str]] = data["releases"]

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases, newest first."""
        return tuple(self._releases)

    def kinds(self, release: str) -> dict[str, Schema]:
        """Return the schemas of a release, by `group/version/Kind`; none for an unknown one."""
        return {
            name: self.kinds(schema)[name] if isinstance(schema, str) else schema
            for name, schema in self._releases.get(release, {}).items()
        }


#: How Kubernetes names versions that it sorts by age.
_VERSION = re.compile(r"v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?")


def definitions_of(
    objects: Iterable[Object], wanted: Collection[tuple[str, str]]
) -> dict[str, Schema]:
    """Return the schemas of each served version of the wanted kinds, (group, kind) each.

    Left out are versions that no user writes any more: those whose names Kubernetes does not sort
    by age, such as `v1-10-0`.
    """
    found = {}
    for obj in objects:
        group = text(obj.data, "spec", "group")
        kind = text(obj.data, "spec", "names", "kind")
        if obj.kind != CRD or (group, kind) not in wanted:
            continue
        for version in mappings(obj.data, "spec", "versions"):
            name = text(version, "name")
            if get(version, "served") and _VERSION.fullmatch(name):
                schema = mapping(version, "schema", "openAPIV3Schema")
                found[f"{group}/{name}/{kind}"] = without_prose(schema)
    return dict(sorted(found.items()))


def without_prose(schema: Schema) -> Schema:
    """Return a schema without what explains it to people; fields of these names stay."""
    found: Schema = {}
    for key, value in schema.items():
        if key in ("properties", "patternProperties"):
            found[key] = {name: without_prose(part) for name, part in value.items()}
        elif key in ("allOf", "anyOf", "oneOf"):
            found[key] = [without_prose(part) for part in value]
        elif key in ("items", "additionalProperties", "not") and isinstance(value, dict):
            found[key] = without_prose(value)
        elif key not in _PROSE:
            found[key] = value
    return found


def with_release(
    data: dict[str, Any], release: str, kinds: dict[str, Schema], order: Iterable[str]
) -> bytes:
    """Return the content of `definitions.json` with a release added or replaced.

    Releases stand in the given order, newest first; a schema that a newer one has is named, not
    repeated. One kind stands on a line, keys are sorted: same input, same bytes.
    """
    known = Definitions(data)
    whole = {name: known.kinds(name) for name in known.releases} | {release: kinds}
    lines = []
    first: dict[str, tuple[str, str]] = {}
    for name in (each for each in order if each in whole):
        entries = [
            f"    {json.dumps(kind)}: {_shared(first, kind, name, schema)}"
            for kind, schema in sorted(whole[name].items())
        ]
        lines.append(f"  {json.dumps(name)}: {{\n" + ",\n".join(entries) + "\n  }")
    return ('{"releases": {\n' + ",\n".join(lines) + "\n}}\n").encode()


def _shared(first: dict[str, tuple[str, str]], kind: str, release: str, schema: Schema) -> str:
    """Return the newest release that has the same schema as JSON, or else the schema."""
    written = json.dumps(schema, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    named, same = first.get(kind, ("", ""))
    if written == same:
        return json.dumps(named)
    first[kind] = (release, written)
    return written


def at(schema: Schema, way: tuple[str, ...]) -> Schema | None:
    """Return the schema of what stands at a path, None if the definition has no such field."""
    for number, step in enumerate(way):
        if number == 0 and step == "metadata":
            return ANYTHING
        found = _step(schema, step)
        if found is None:
            return None
        schema = found
    return schema


def _step(schema: Schema, step: str) -> Schema | None:
    if step == EACH:
        items = schema.get("items")
        return items if isinstance(items, dict) else None
    found = schema.get("properties", {}).get(step)
    if found is None and isinstance(schema.get("additionalProperties"), dict):
        found = schema["additionalProperties"]
    if found is None and schema.get("x-kubernetes-preserve-unknown-fields"):
        found = ANYTHING
    return found if isinstance(found, dict) else None


def fields(schema: Schema, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Yield the path and schema of every field."""
    for name, part in schema.get("properties", {}).items():
        yield (*way, name), part
        yield from fields(part, (*way, name))
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from fields(schema[key], (*way, EACH) if key == "items" else (*way, "*"))
