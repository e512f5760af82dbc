"""Rules about the resources of settings: definitions accept them, and checks judge as they say."""

import json
from collections.abc import Iterator
from typing import Any

from dok_guide.engine.accepting import refusals
from dok_guide.engine.cel import CelError
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.paths import EACH, with_value, without
from dok_guide.rules.files import Files, OperatorFiles
from dok_guide.rules.parts import Part, parts, parts_of
from dok_guide.source import Problem


def resources(files: Files) -> Iterator[Problem]:
    """The definitions accept both resources; one passes, the other one fails."""
    for part in parts(files):
        if part.variant.absent:
            continue
        for name in ("compliant", "non_compliant"):
            text = getattr(part.variant, name)
            try:
                resource = _resource(part, text)
            except (UnreadableError, ValueError) as error:
                yield part.problem(f"{error}; write one whole resource", name)
                continue
            refused = [*_accepted(part, name, resource)]
            yield from refused or _judged(part, name, resource)


def _resource(part: Part, text: str) -> dict[str, Any]:
    found = [document.data for document in parse_manifests(text)]
    if len(found) != 1 or not isinstance(found[0], dict):
        raise ValueError(f"{len(found)} resources")
    allowed = [f"{part.kind.group}/{version}" for version in part.variant.versions]
    if found[0].get("kind") != part.kind.kind or found[0].get("apiVersion") not in allowed:
        raise ValueError(f"no {part.kind.kind} of {' or '.join(allowed)}")
    return found[0]


def _accepted(part: Part, name: str, resource: dict[str, Any]) -> Iterator[Problem]:
    for release, version, schema in part.schemas():
        if schema and resource["apiVersion"].endswith(f"/{version}"):
            for message in refusals(schema, resource):
                yield part.problem(f"{release} refuses it: {message}", name)


def _judged(part: Part, name: str, resource: dict[str, Any]) -> Iterator[Problem]:
    try:
        found = part.judge(resource)
    except CelError:
        return  # reported by another rule
    if name == "compliant" and found:
        yield part.problem(f"it does not pass: {'; '.join(found)}", name)
    if name == "non_compliant" and not found:
        yield part.problem("it passes; set the field so that it fails", name)
    messages = {validation.message for validation in part.variant.validations}
    if name == "non_compliant" and set(found) - messages:
        yield part.problem(f"it can't be decided: {found[0]}; ask has() first", name)


def defaults(files: Files) -> Iterator[Problem]:
    """A resource is judged alike whether its default stands there or not."""
    for part in parts(files):
        if part.variant.default is None or not part.way or EACH in part.way:
            continue
        try:
            value = json.loads(part.variant.default)
            resource = _resource(part, part.variant.compliant or "")
            bare = part.judge(without(resource, part.way))
            full = part.judge(with_value(resource, part.way, value))
        except (ValueError, UnreadableError, CelError):
            continue  # reported by other rules
        if bare != full:
            message = "absent and written out it is judged differently"
            yield part.problem(f"{message}; let the expression carry the default", "default")


def hardened(files: Files) -> Iterator[Problem]:
    """The newest release accepts the hardened resources, and they pass all of its settings."""
    for operator in files.operators:
        try:
            documents = [*parse_manifests(operator.hardened)]
        except UnreadableError as error:
            yield Problem(operator.hardened_path, error.line, str(error))
            continue
        for document in documents:
            for message in _faults_of(operator, document.data):
                yield Problem(operator.hardened_path, document.line, message)


def _faults_of(operator: OperatorFiles, resource: Any) -> Iterator[str]:  # noqa: ANN401
    newest = operator.model.releases[0].version
    if not isinstance(resource, dict) or not isinstance(resource.get("kind"), str):
        yield "no object; a manifest has kind and apiVersion"
        return
    name = f"{resource.get('apiVersion')}/{resource['kind']}"
    schema = operator.schemas.kinds(newest).get(name)
    if schema is not None:
        yield from (f"{newest} refuses it: {message}" for message in refusals(schema, resource))
        for part in parts_of(operator):
            version = name.split("/")[-2]
            means = part.kind.kind == resource["kind"] and version in part.variant.versions
            if means and part.variant.holds_for(newest) and not part.variant.absent:
                yield from _fails(part, resource)


def _fails(part: Part, resource: dict[str, Any]) -> Iterator[str]:
    try:
        found = part.judge(resource)
    except CelError:
        return  # reported by another rule
    yield from (f"{part.setting.id} does not hold: {message}" for message in found)
