"""The manifests that try the checks: the examples of the controls, and fixtures/checks."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from building import FIXTURES, REPOSITORY

from dok_guide.engine.objects import Object
from dok_guide.engine.trial import objects_of
from dok_guide.load import load_catalog
from dok_guide.model import Catalog, Check, Control

#: What a fixture need not write: a role is the most frequent manifest.
ROLE = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {"name": "example-db-operator"},
}


@dataclass(frozen=True)
class Case:
    """A manifest, and whether a check fails it; None where it must not be judged at all."""

    title: str
    objects: tuple[Object, ...]
    fails: bool | None


@cache
def guide() -> Catalog:
    return load_catalog(REPOSITORY / "controls")


def checks() -> list[tuple[Control, Check]]:
    return [(control, check) for control in guide().controls for check in control.checks]


def fixture_files() -> list[Path]:
    return sorted((FIXTURES / "checks").glob("*.yaml"))


@cache
def fixtures() -> dict[str, list[Case]]:
    """The cases of fixtures/checks, by check."""
    found: dict[str, list[Case]] = {}
    for path in fixture_files():
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            case = Case(entry["title"], tuple(_objects(entry["manifest"])), entry["fails"])
            found.setdefault(entry["check"], []).append(case)
    return found


def _objects(manifest: Any) -> list[Object]:
    """A mapping without kind is a role; a list holds several objects."""
    items = manifest if isinstance(manifest, list) else [manifest]
    documents = [item if "kind" in item else ROLE | item for item in items]
    return objects_of(yaml.safe_dump_all(documents))


def examples(control: Control) -> Iterator[Case]:
    for example in control.examples:
        fails = example.verdict == "non-compliant"
        yield Case(example.title, tuple(objects_of(example.manifest)), fails)


#: Fields without which the API server takes no object: a check may rely on them.
REQUIRED = frozenset({
    "apiVersion", "kind", "metadata", "spec", "name", "verbs", "containers", "roleRef", "apiGroup",
    "selector", "template", "group", "names", "versions", "scope", "schema", "openAPIV3Schema",
    "clientConfig", "sideEffects", "admissionReviewVersions", "policyTypes", "served", "storage",
    "mountPath", "path", "port", "type",
})  # fmt: skip


def variants(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the data with each optional field missing, null or empty, and what was done."""
    for place, value in _fields(data, ()):
        if place[-1] in REQUIRED:
            continue
        empty = {"list": [], "dict": {}}.get(type(value).__name__)
        for name, new in (("missing", ...), ("null", None), ("empty", empty)):
            if new is None and name == "empty":
                continue
            changed = copy.deepcopy(data)
            holder = changed
            for step in place[:-1]:
                holder = holder[step]
            if new is ...:
                del holder[place[-1]]
            else:
                holder[place[-1]] = new
            yield f"{'.'.join(map(str, place))} is {name}", changed


def _fields(data: Any, place: tuple) -> Iterator[tuple[tuple, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*place, key), value
            yield from _fields(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _fields(value, (*place, index))
