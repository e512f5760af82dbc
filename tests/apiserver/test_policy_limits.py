"""Hostile, half-empty and very large resources: what policies say of them, within all limits."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from apiserver.admission import Answer, Requests
from apiserver.enforcing import moved
from apiserver.policy_cases import Data, judged_by_assess, newest
from operators.settings_cases import guide
from trials import variants

from dok_guide.engine.paths import EACH, steps
from dok_guide.operators import Operator

pytestmark = [pytest.mark.slow, pytest.mark.crds]

every_operator = pytest.mark.parametrize("operator", guide().operators, ids=lambda each: each.id)
MANY = 1_000
#: What the API server reads of a request, in bytes. It hangs up on a larger one while the client
#: still writes, so there is no answer to look at.
LONGEST = 3 * 1024 * 1024
#: Failures that the API server writes into its audit log; the others are cut.
LOGGED = 50
#: Operators whose definitions take a resource without `spec`, of which expressions then have no
#: value, and `assess` has no verdict. Refusing is right: the operator can make nothing of it.
WITHOUT_SPEC = {"percona-mongodb"}


@dataclass(frozen=True)
class Verdict:
    """What was found by setting and message, and the settings whose expressions have no value."""

    found: frozenset[tuple[str, str]]
    undecided: frozenset[str]

    @property
    def settings(self) -> frozenset[str]:
        """The settings that deny the resource."""
        return frozenset(setting for setting, _ in self.found) | self.undecided


def by_server(requests: Requests, operator: Operator, answer: Answer) -> Verdict:
    known = {policy.name: policy for policy in newest(operator)}
    found, undecided = set(), set()
    for each in requests.failures(answer):
        policy = known[each["policy"]]
        validation = policy.variant.validations[each["expressionIndex"]]
        if each["message"].startswith(" ".join(validation.message.split())):
            found.add((policy.setting.id, validation.message.strip()))
        else:
            assert "resulted in error" in each["message"]
            assert "budget" not in each["message"]
            undecided.add(policy.setting.id)
    return Verdict(frozenset(found), frozenset(undecided))


def by_assess(operator: Operator, resource: Data) -> Verdict:
    found, undecided = judged_by_assess(operator, resource)
    return Verdict(frozenset(found), frozenset(undecided))


def bad(operator: Operator) -> Iterator[Data]:
    for policy in newest(operator):
        yield yaml.safe_load(policy.variant.non_compliant or "") | {"metadata": {}}


def half_empty(operator: Operator) -> Iterator[Data]:
    """Yield bad resources with a field missing, null or empty, each only once."""
    seen = set()
    for resource in bad(operator):
        for _, changed in variants(resource["spec"]):
            found = resource | {"spec": changed}
            if (text := json.dumps(found, sort_keys=True)) not in seen:
                seen.add(text)
                yield found


@every_operator
def test_half_empty_resources_are_decided(enforced: Requests, operator: Operator) -> None:
    """As by `assess`; a null that an open field keeps is refused at least as often.

    `assess` takes a null for nothing, as most operators do. For the API server it is a value, of
    the wrong type: what breaks a rule without it must not pass with it.
    """
    differences, with_null, others = [], 0, 0
    for resource in half_empty(operator):
        whole = moved(enforced, resource, "half-empty", "half-empty")
        answer = enforced.create(whole, dry=True)
        if answer.code != 201:
            continue
        server, assess = by_server(enforced, operator, answer), by_assess(operator, whole)
        if _holds_null(answer.data["spec"]):
            with_null += 1
            fine = server.settings >= assess.settings and not assess.undecided
        else:
            others += 1
            fine = server == assess and not assess.undecided
        if not fine:
            differences.append((resource, server, assess))
    assert not differences
    assert others > 100
    assert (with_null > 10) == (operator.id in ("altinity-clickhouse", "strimzi"))


def _holds_null(data: Any) -> bool:
    if isinstance(data, dict | list):
        return any(map(_holds_null, data.values() if isinstance(data, dict) else data))
    return data is None


@every_operator
def test_a_resource_without_spec(enforced: Requests, operator: Operator) -> None:
    taken = set()
    for resource in {each["kind"]: each for each in bad(operator)}.values():
        bare = {name: value for name, value in resource.items() if name != "spec"}
        whole = moved(enforced, bare, "half-empty", "half-empty")
        answer = enforced.create(whole, dry=True)
        if answer.code != 201:
            assert answer.code == 422
            continue
        server, assess = by_server(enforced, operator, answer), by_assess(operator, whole)
        if assess.undecided:
            taken.add(operator.id)
            assert server.undecided
            assert server.settings <= assess.settings
            assert len(enforced.failures(answer)) <= LOGGED
        else:
            assert server == assess
    assert taken == WITHOUT_SPEC & {operator.id}


@every_operator
def test_lists_of_a_thousand_stay_within_the_limits(enforced: Requests, operator: Operator) -> None:
    taken = found = 0
    for resource in large(operator):
        whole = moved(enforced, resource, "large", "large")
        assert len(json.dumps(whole)) < LONGEST
        answer = enforced.try_strictly(whole)
        if answer.code == 201:
            taken += 1
            verdict = by_server(enforced, operator, answer)
            assert not verdict.undecided
            found += bool(verdict.found)
    assert taken > 5
    assert found > taken / 2


def large(operator: Operator) -> Iterator[Data]:
    """Yield bad resources with a list, or a mapping of texts, on the way of the setting's field."""
    seen = set()
    for policy in newest(operator):
        resource = yaml.safe_load(policy.variant.non_compliant or "") | {"metadata": {}}
        field = steps(policy.variant.field or policy.setting.field or "")
        way = [step for step in field if step != EACH]
        for place, value in _places(resource["spec"], ()):
            names = ["spec", *(step for step in place if isinstance(step, str))]
            if names[: len(way)] == way[: len(names)]:
                found = resource | {"spec": _with_many(resource["spec"], place, value)}
                if (text := json.dumps(found, sort_keys=True)) not in seen:
                    seen.add(text)
                    yield found


def _with_many(spec: Data, place: tuple, value: Any) -> Data:
    """Return a spec with a thousand entries like those at a place."""
    changed = deepcopy(spec)
    holder = changed
    for step in place[:-1]:
        holder = holder[step]
    if isinstance(value, list):
        holder[place[-1]] = [_renamed(value[n % len(value)], n) for n in range(MANY)]
    else:
        more = {f"dok-{n}": next(iter(value.values())) for n in range(MANY)}
        holder[place[-1]] = value | more
    return changed


def _renamed(entry: Any, number: int) -> Any:
    named = isinstance(entry, dict) and isinstance(entry.get("name"), str)
    return entry | {"name": f"{entry['name']}-{number}"} if named else entry


def _places(data: Any, place: tuple) -> Iterator[tuple[tuple, Any]]:
    if isinstance(data, dict):
        if place and data and all(isinstance(value, str) for value in data.values()):
            yield place, data
        for key, value in data.items():
            yield from _places(value, (*place, key))
    elif isinstance(data, list) and data:
        yield place, data
        for index, value in enumerate(data):
            yield from _places(value, (*place, index))
