"""Rules about settings: fields and defaults are those of the definitions, expressions are CEL."""

import json
from collections.abc import Iterator

from dok_guide.engine.definitions import Schema, at
from dok_guide.engine.paths import steps
from dok_guide.operators import Setting
from dok_guide.rules.checks import faults_of_expression
from dok_guide.rules.files import Files, OperatorFiles
from dok_guide.rules.parts import Part, is_known, parts
from dok_guide.source import Place, Problem


def variants(files: Files) -> Iterator[Problem]:
    """For each release and API version of a kind there is exactly one variant."""
    for operator in files.operators:
        for index, setting in enumerate(operator.model.settings):
            if setting.variants and is_known(operator, setting):
                yield from _variants(operator, index, setting)
            elif setting.variants:
                message = f"{setting.kind} is no kind of operator.yaml; add it there"
                yield operator.settings.problem(message, index, "kind")


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
    for part in parts(files):
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


def companions(files: Files) -> Iterator[Problem]:
    """What stands beside a resource names it by a field that the definitions have."""
    for part in parts(files):
        beside = part.setting.beside
        if beside is None or part.place[-1]:
            continue  # said once for a setting
        place = (part.place[0], "beside")
        if all(kind.kind != beside.kind for kind in part.files.model.kinds):
            message = f"{beside.kind} is no kind of operator.yaml; add it there"
            yield part.document.problem(message, *place, "kind")
        for field in ("name", "has"):
            if (path := getattr(beside, field)) and not _is_known(part, path):
                message = f"{part.kind.kind} has no field {path}; correct it"
                yield part.document.problem(message, *place, field)


def _is_known(part: Part, path: str) -> bool:
    """Whether a field is in the definitions of every release and version of a part."""
    try:
        way = steps(path)
    except ValueError:
        return False
    return all(schema is None or at(schema, way) is not None for _, _, schema in part.schemas())


def expressions(files: Files) -> Iterator[Problem]:
    """An expression is CEL, of the part that the API server and every library share."""
    for part in parts(files):
        for field in ("matchConditions", "variables", "validations"):
            for number, entry in enumerate(getattr(part.variant, field)):
                place = (*part.place, field, number, "expression")
                yield from faults_of_expression(part.document, entry.expression, place, field)
