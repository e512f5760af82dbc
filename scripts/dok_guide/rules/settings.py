"""Rules about settings: fields and defaults are those of the definitions, checks can be trusted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dok_guide.engine.accepting import refusals
from dok_guide.engine.cel import CelError
from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.definitions import Schema, at
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.paths import EACH, steps, with_value, without
from dok_guide.engine.settings import check_of
from dok_guide.engine.unpack import without_nulls
from dok_guide.operators import Kind, Setting, Variant
from dok_guide.rules.checks import faults_of_expression
from dok_guide.rules.files import Files, OperatorFiles
from dok_guide.source import Document, Place, Problem


@dataclass(frozen=True)
class Part:
    """A variant of a setting, and where it stands."""

    files: OperatorFiles
    setting: Setting
    variant: Variant
    place: Place

    @property
    def document(self) -> Document:
        """The file of the settings."""
        return self.files.settings

    @property
    def kind(self) -> Kind:
        """The custom resource."""
        return self.files.model.kind(self.setting.kind or "")

    @property
    def field(self) -> str:
        """The path in these releases."""
        return self.variant.field or self.setting.field or ""

    @cached_property
    def way(self) -> tuple[str, ...]:
        """The steps of the path; none for one that is none."""
        try:
            return steps(self.field)
        except ValueError:
            return ()

    def schemas(self) -> Iterator[tuple[str, str, Schema | None]]:
        """Yield release, API version and schema of all that it is for."""
        for release in self.files.model.releases:
            if self.variant.holds_for(release.version):
                found = self.files.schemas.kinds(release.version)
                for version in self.variant.versions:
                    name = f"{self.kind.group}/{version}/{self.kind.kind}"
                    yield release.version, version, found.get(name)

    def judge(self, resource: dict[str, Any]) -> list[str]:
        """Return what is wrong with a resource, faults included; raise CelError."""
        check = CompiledCheck(check_of(self.files.model, self.setting, self.variant))
        return [each.message for each in check.judge(without_nulls(resource)) or []]

    def problem(self, message: str, *place: str | int) -> Problem:
        """Return a problem at a place in the variant."""
        return self.document.problem(message, *self.place, *place)


def variants(files: Files) -> Iterator[Problem]:
    """For each release and API version of a kind there is exactly one variant."""
    for operator in files.operators:
        for index, setting in enumerate(operator.model.settings):
            if setting.variants and _known(operator, setting):
                yield from _variants(operator, index, setting)
            elif setting.variants:
                message = f"{setting.kind} is no kind of operator.yaml; add it there"
                yield operator.settings.problem(message, index, "kind")


def _known(operator: OperatorFiles, setting: Setting) -> bool:
    return any(kind.kind == setting.kind for kind in operator.model.kinds)


def _variants(operator: OperatorFiles, index: int, setting: Setting) -> Iterator[Problem]:
    kind = operator.model.kind(setting.kind or "")
    for release in operator.model.releases:
        for version in kind.versions:
            if f"{kind.group}/{version}/{kind.kind}" not in operator.schemas.kinds(release.version):
                continue
            means = [
                number
                for number, variant in enumerate(setting.variants)
                if version in variant.versions and variant.holds_for(release.version)
            ]
            which = f"{version} of {release.version}"
            if not means:
                message = f"no variant for {which}; add one, with `absent` if it has no such field"
                yield operator.settings.problem(message, index, "variants")
            for number in means[1:]:
                message = f"a second variant for {which}; let one of them end before"
                yield operator.settings.problem(message, index, "variants", number)


def fields(files: Files) -> Iterator[Problem]:
    """The definitions have the field, with the default that the setting says."""
    for part in _parts(files):
        found = [*part.schemas()]
        if any(release not in part.files.schemas.releases for release, _, _ in found):
            continue  # reported by another rule
        if not any(schema for _, _, schema in found):
            message = f"no definition of {part.kind.kind} for these releases and versions"
            yield part.problem(f"{message}; correct them", "releases")
        elif part.variant.absent:
            continue
        elif not part.way:
            yield part.document.problem(f"{part.field!r} is no path; write spec.a.b", *_at(part))
        else:
            for release, version, schema in found:
                if schema is not None:
                    yield from _field(part, f"{version} of {release}", schema)


def _field(part: Part, which: str, schema: Schema) -> Iterator[Problem]:
    found = at(schema, part.way)
    if found is None:
        message = f"{part.kind.kind} {which} has no field {part.field}; correct it"
        yield part.document.problem(message, *_at(part))
        return
    try:
        default = json.loads(part.variant.default) if part.variant.default else None
    except ValueError:
        yield part.problem(f"{part.variant.default!r} is no JSON; put text in quotes", "default")
        return
    if "default" in found and found["default"] != default:
        message = f"{which} has the default {json.dumps(found['default'])}; write it down"
        yield part.problem(message, "default")


def _at(part: Part) -> Place:
    """Return the place of the field that counts for a variant."""
    return (*part.place, "field") if part.variant.field else (part.place[0], "field")


def expressions(files: Files) -> Iterator[Problem]:
    """An expression is CEL, of the part that the API server and every library share."""
    for part in _parts(files):
        for field in ("matchConditions", "variables", "validations"):
            for number, entry in enumerate(getattr(part.variant, field)):
                place = (*part.place, field, number, "expression")
                yield from faults_of_expression(part.document, entry.expression, place, field)


def resources(files: Files) -> Iterator[Problem]:
    """The definitions accept both resources; one passes, the other one fails."""
    for part in _parts(files):
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
    for part in _parts(files):
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
        for part in _parts_of(operator):
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


def _parts(files: Files) -> Iterator[Part]:
    for operator in files.operators:
        yield from _parts_of(operator)


def _parts_of(operator: OperatorFiles) -> Iterator[Part]:
    """Yield the variants of all settings whose kind exists; another rule reports the others."""
    for index, setting in enumerate(operator.model.settings):
        if setting.variants and _known(operator, setting):
            for number, variant in enumerate(setting.variants):
                yield Part(operator, setting, variant, (index, "variants", number))
