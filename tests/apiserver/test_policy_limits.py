"""Hostile, half-empty and very large resources: no expression fails, no limit is reached."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml
from apiserver.admission import Requests
from apiserver.enforcing import found_by_server, moved
from apiserver.policy_cases import Data, found_by_assess, newest
from operators.settings_cases import guide
from trials import variants

from dok_guide.operators import Operator

pytestmark = [pytest.mark.slow, pytest.mark.crds]

every_operator = pytest.mark.parametrize("operator", guide().operators, ids=lambda each: each.id)
MANY = 1_000
#: Those that the API server's own limits refuse, of all: requests have at most 3 MB.
TOO_LARGE = 413


def bad(operator: Operator) -> Iterator[Data]:
    for policy in newest(operator):
        yield yaml.safe_load(policy.variant.non_compliant or "")


def half_empty(operator: Operator) -> Iterator[Data]:
    """Yield resources with a field missing, null or empty, each only once."""
    seen = set()
    for resource in bad(operator):
        for _, changed in variants(resource["spec"]):
            found = {**resource, "spec": changed, "metadata": {}}
            if (text := json.dumps(found, sort_keys=True)) not in seen:
                seen.add(text)
                yield found
        yield {key: value for key, value in resource.items() if key != "spec"} | {"metadata": {}}


@every_operator
def test_half_empty_resources_are_decided(enforced: Requests, operator: Operator) -> None:
    taken, differences = 0, []
    for resource in half_empty(operator):
        whole = moved(enforced, resource, "half-empty", "half-empty")
        answer = enforced.create(whole, dry=True)
        if answer.code == 201:
            taken += 1
            server = found_by_server(enforced, operator, answer)
            if server != found_by_assess(operator, whole):
                differences.append((whole, server ^ found_by_assess(operator, whole)))
    assert not differences
    assert taken > 100


@every_operator
def test_lists_of_a_thousand_stay_within_the_limits(enforced: Requests, operator: Operator) -> None:
    taken = 0
    for resource in bad(operator):
        for large in _larger(resource["spec"]):
            whole = moved(enforced, {**resource, "spec": large, "metadata": {}}, "large", "large")
            answer = enforced.create(whole, dry=True)
            if answer.code == 201:
                taken += 1
                found = found_by_server(enforced, operator, answer)
                assert found == found_by_assess(operator, whole)
    assert taken > 5


def _larger(spec: Any) -> Iterator[Data]:
    """Yield a spec with each list, and each mapping of texts, a thousand entries long."""
    for place, value in _places(spec, ()):
        changed = deepcopy(spec)
        holder = changed
        for step in place[:-1]:
            holder = holder[step]
        if isinstance(value, list):
            holder[place[-1]] = [_renamed(value[n % len(value)], n) for n in range(MANY)]
        else:
            more = {f"dok-{n}": next(iter(value.values())) for n in range(MANY)}
            holder[place[-1]] = value | more
        yield changed


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
