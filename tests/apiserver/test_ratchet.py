"""What policies let through where they deny: all that an operator or an emergency needs."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache

import pytest
from apiserver.admission import Requests
from apiserver.enforcing import SOMEBODY, deny, moved
from apiserver.policy_cases import Case, Data, cases, found_by_assess, newest
from operators.settings_cases import guide
from trials import _fields

from dok_guide.operators import Operator

pytestmark = [pytest.mark.slow, pytest.mark.crds]

NAMESPACE = "before-policies"
HOLD = "example.org/hold"
#: What an operator writes; some definitions require these.
STATUS = {"ready": 0, "size": 0}


def kinds() -> Iterator[tuple[Operator, str]]:
    for operator in guide().operators:
        for kind in sorted({policy.setting.kind for policy in newest(operator)}):
            yield operator, kind


def worst(operator: Operator, kind: str) -> Data:
    """Return the resource that breaks most rules, wherever it is."""
    mine = [moved_here(case) for case in _cases(operator) if case.kind == kind]
    return max(mine, key=lambda each: len(found_by_assess(operator, each)))


@cache
def _cases(operator: Operator) -> tuple[Case, ...]:
    return tuple(cases(operator))


def moved_here(case: Case) -> Data:
    return case.resource | {"metadata": case.resource["metadata"] | {"namespace": NAMESPACE}}


@pytest.fixture(scope="module")
def old(enforced: Requests) -> dict[tuple[str, str, str], Data]:
    """Bad resources of each kind for each user, made before the namespace denies anything."""
    found = {}
    for operator, kind in kinds():
        for number, user in enumerate(SOMEBODY):
            resource = moved(enforced, worst(operator, kind), NAMESPACE, f"old-{number}")
            resource["metadata"]["finalizers"] = [HOLD]
            answer = enforced.create(resource)
            assert answer.code == 201, answer.message
            found[operator.id, kind, user] = answer.data
    deny(enforced, NAMESPACE, 3)
    return found


@pytest.fixture(params=SOMEBODY, ids=["a user", "an account"])
def user(request: pytest.FixtureRequest, enforced: Requests) -> Iterator[Requests]:
    found = Requests(enforced.server, request.param)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("operator", "kind"), [pytest.param(o, k, id=f"{o.id} {k}") for o, k in kinds()]
)
def test_an_old_resource_lives_on(old, user: Requests, operator: Operator, kind: str) -> None:
    stored = old[operator.id, kind, user.user]
    broken = found_by_assess(operator, stored)
    assert broken

    new = moved(user, stored, NAMESPACE, "new")
    new["metadata"] = {"name": "new", "namespace": NAMESPACE}
    answer = user.create(new, dry=True)
    assert answer.code == 422, "a new one like it has to be refused"
    assert "denied request" in answer.message

    answer = user.change(stored, {"metadata": {"labels": {"a": "b"}}})
    assert answer.code == 200
    stored = _changed_elsewhere(user, operator, answer.data)
    stored = _with_status_and_scale(user, stored)

    path = user.path(stored, stored["metadata"]["name"])
    assert user.send("DELETE", path).code == 200
    going = user.send("GET", path).data
    assert going["metadata"]["deletionTimestamp"]
    worse = going | {"spec": worst(operator, kind)["spec"]}
    assert user.replace(worse, going).code == 200
    assert user.change(going, {"metadata": {"finalizers": None}}).code == 200
    assert user.send("GET", path).code == 404


def _changed_elsewhere(user: Requests, operator: Operator, stored: Data) -> Data:
    """Change the spec of what is stored so that nothing more breaks; it has to be taken."""
    old = found_by_assess(operator, stored)
    for resource in _otherwise(operator, stored):
        if found_by_assess(operator, resource) == old:
            answer = user.replace(resource, stored)
            assert "denied request" not in answer.message
            if answer.code == 200 and answer.data["spec"] != stored["spec"]:
                return answer.data
    raise AssertionError("no harmless change was found")


def _otherwise(operator: Operator, stored: Data) -> Iterator[Data]:
    """Yield what is stored with another part of the spec, or with another text or number in it."""
    for case in _cases(operator):
        for key, value in case.resource["spec"].items() if case.kind == stored["kind"] else ():
            if stored["spec"].get(key) == value:
                continue
            resource = deepcopy(stored)
            resource["spec"][key] = value
            yield resource
    for place, value in _fields(stored["spec"], ()):
        if isinstance(value, str | int):
            resource = deepcopy(stored)
            holder = resource["spec"]
            for step in place[:-1]:
                holder = holder[step]
            holder[place[-1]] = f"{value}x" if isinstance(value, str) else int(value) + 1
            yield resource


def _with_status_and_scale(user: Requests, stored: Data) -> Data:
    name = stored["metadata"]["name"]
    offered = user.send("GET", f"/apis/{stored['apiVersion']}").data["resources"]
    resource, _ = user.server.resources(stored["apiVersion"])[stored["kind"]]
    subresources = {each["name"].partition("/")[2] for each in offered if "/" in each["name"]
                    and each["name"].startswith(f"{resource}/")}  # fmt: skip
    if "status" in subresources:
        assert user.change(stored, {"status": STATUS}, "status").code == 200
    if "scale" in subresources:
        answer = user.change(stored, {"spec": {"replicas": 5}}, "scale")
        assert answer.code == 200, answer.message
    return user.send("GET", user.path(stored, name)).data
