"""The guide's own settings: tried on cases, mutated, and each alone on the hardened resources."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
import yaml
from operators.settings_cases import Data, Judged, cases, fixtures, guide, judged, messages

from dok_guide.admission import Validation
from dok_guide.engine.paths import EACH, steps, values
from dok_guide.model import Check

EVERY = judged()
every_variant = pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
every_operator = pytest.mark.parametrize("operator", guide().operators, ids=lambda each: each.id)
_LITERAL = re.compile(r"r?'[^']*'|(?<![\w.])\d+(?![\w.])|\b(?:true|false)\b")


@every_variant
def test_cases_are_judged_as_they_say(each: Judged) -> None:
    texts = {validation.message for validation in each.variant.validations}
    for title, fails, resource in cases(each):
        found = messages(each.check, resource)
        assert bool(found) == fails, title
        assert {*found} <= texts, title


@every_operator
def test_cases_belong_to_a_setting(operator) -> None:
    known = {setting.id for setting in operator.settings}
    assert {case["setting"] for case in fixtures(operator.id)} <= known


@pytest.mark.slow
@every_variant
def test_mutants_are_caught(each: Judged) -> None:
    """Without a validation, or with another literal in an expression, some case tells."""
    resources = [resource for _, _, resource in cases(each)]
    expected = [messages(each.check, resource) for resource in resources]
    survivors = [
        name
        for name, mutant in mutants(each.check)
        if [messages(mutant, resource) for resource in resources] == expected
    ]
    assert not survivors


def mutants(check: Check) -> Iterator[tuple[str, Check]]:
    for index, validation in enumerate(check.validations):
        always = (replace(validation, expression="true"),)
        rest = (*check.validations[:index], *always, *check.validations[index + 1 :])
        yield f"without {validation.message}", replace(check, validations=rest)
    for field in ("matchConditions", "variables", "validations"):
        entries: tuple[Validation, ...] = getattr(check, field)
        for index, entry in enumerate(entries):
            for literal, expression in _with_other_literals(entry.expression):
                other = replace(entry, expression=expression)
                changed = (*entries[:index], other, *entries[index + 1 :])
                yield f"{literal} in {field}[{index}]", replace(check, **{field: changed})


def _with_other_literals(expression: str) -> Iterator[tuple[str, str]]:
    for found in _LITERAL.finditer(expression):
        literal = found[0]
        other = {"true": "false", "false": "true"}.get(literal)
        if literal.isdigit():
            other = str(int(literal) + 7)
        other = other or "'dok-mutant'"
        yield literal, expression[: found.start()] + other + expression[found.end() :]


@every_variant
def test_a_default_is_judged_like_nothing(each: Judged) -> None:
    """What holds when a field is absent does not depend on the resource around it."""
    if each.variant.default is None:
        return
    way = steps(each.variant.field or each.setting.field or "")
    for title, _, resource in cases(each):
        for place, value in values(resource, way):
            if value == yaml.safe_load(each.variant.default):
                bare = deepcopy(resource)
                holder = bare
                for step in place[:-1]:
                    holder = holder[step]
                del holder[place[-1]]
                assert messages(each.check, bare) == messages(each.check, resource), title


@pytest.mark.slow
@every_operator
def test_one_field_changed_fails_exactly_its_setting(operator) -> None:
    """On the hardened resources, which pass, each wrong value is found, and by nothing else."""
    newest = operator.releases[0].version
    current = [e for e in EVERY if e.operator is operator and e.variant.holds_for(newest)]
    resources = [data for data in yaml.safe_load_all(operator.hardened) if data]
    tried = 0
    for each in current:
        for resource in resources:
            if resource["kind"] != each.setting.kind:
                continue
            for place, wrong in _wrong(each):
                changed = _put(resource, place, wrong)
                fails = {e.setting.id for e in current if _fails(e, changed)}
                before = {e.setting.id for e in current if _fails(e, resource)}
                assert not before
                assert each.setting.id in fails
                assert fails <= _neighbors(resource, place, current), each.setting.id
                tried += 1
    assert tried > 10


def _neighbors(resource: Data, place: tuple[str, ...], current: list[Judged]) -> set[str]:
    """Return the settings whose field is, holds or stands in what is made to put a value there."""
    made = 1
    while made < len(place) and [*values(resource, place[:made])]:
        made += 1
    fields = {e.setting.id: steps(e.variant.field or e.setting.field or "") for e in current}
    return {
        id_ for id_, way in fields.items() if way[:made] == place[:made] or place[: len(way)] == way
    }


def _fails(each: Judged, resource: Data) -> bool:
    return each.setting.kind == resource["kind"] and bool(messages(each.check, resource))


def _wrong(each: Judged) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the place up to the first list, and what the non-compliant resource has there."""
    way = steps(each.variant.field or each.setting.field or "")
    to_list = way[: way.index(EACH)] if EACH in way else way
    bad = yaml.safe_load(each.variant.non_compliant or "")
    for _, value in values(bad, to_list):
        yield to_list, value


def _put(resource: Data, place: tuple[str, ...], value: object) -> Data:
    changed = deepcopy(resource)
    holder = changed
    for step in place[:-1]:
        holder = holder.setdefault(step, {})
    holder[place[-1]] = value
    return changed
