"""The policies on a real API server: they find what `assess` finds, and let through what they must."""

import json
from collections.abc import Iterator
from copy import deepcopy

import pytest
from apiserver.admission import Answer, Requests
from apiserver.policy_cases import (
    Case,
    Data,
    Finding,
    cases,
    found_by_assess,
    hardened,
    newest,
)
from apiserver.serving import Server
from operators.settings_cases import guide

from dok_guide.operators import Operator
from dok_guide.policies.policy import Policy

pytestmark = [pytest.mark.slow, pytest.mark.crds]

OPERATORS = guide().operators
every_operator = pytest.mark.parametrize("operator", OPERATORS, ids=lambda each: each.id)
#: The policy that fails whatever it sees: once it is heard, so are those that were made before it.
LAST = "dok-last"


@pytest.fixture(scope="session")
def enforced(defined: Server) -> Requests:
    """The API server with the policies of all operators for their newest release."""
    requests = Requests(defined)
    for operator in OPERATORS:
        for policy in newest(operator):
            requests.apply(policy.manifests(["Warn", "Audit", "Deny"]))
    requests.apply(_last())
    _wait_for_last(requests)
    return requests


def _last() -> Iterator[Data]:
    rule = {
        "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
        "resources": ["configmaps"],
    }  # fmt: skip
    spec = {
        "matchConstraints": {"resourceRules": [rule]},
        "validations": [{"expression": "false"}],
    }
    kind = "ValidatingAdmissionPolicy"
    head = {"apiVersion": "admissionregistration.k8s.io/v1", "metadata": {"name": LAST}}
    yield {**head, "kind": kind, "spec": spec}
    spec = {"policyName": LAST, "validationActions": ["Warn"]}
    yield {**head, "kind": f"{kind}Binding", "spec": spec}


def _wait_for_last(requests: Requests) -> None:
    metadata = {"name": "probe", "namespace": "default"}
    probe = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}
    for _ in range(600):
        path = "/api/v1/namespaces/default/configmaps?dryRun=All"
        if any(LAST in each for each in requests.send("POST", path, probe).warnings):
            return
    raise AssertionError("the policies are not heard")


def found_by_server(requests: Requests, operator: Operator, answer: Answer) -> set[Finding]:
    """Return what the policies of an operator have found; no expression has failed."""
    known = {policy.name: policy for policy in newest(operator)}
    found = set()
    for each in requests.failures(answer):
        policy = known[each["policy"]]
        validation = policy.variant.validations[each["expressionIndex"]]
        text = " ".join(validation.message.split())
        assert each["message"].startswith(text), each
        found.add((policy.setting.id, validation.message.strip()))
    return found


def ready(requests: Requests, case: Case, number: int) -> Data:
    """Return the resource of a case with a name of its own, in a namespace that is there."""
    resource = deepcopy(case.resource)
    resource["metadata"]["name"] = f"{resource['metadata']['name'][:20]}-{number}"
    requests.server.ensure_namespace(resource["metadata"].setdefault("namespace", "default"))
    return resource


@every_operator
def test_a_new_resource_is_judged_as_by_assess(enforced: Requests, operator: Operator) -> None:
    differences, found = [], 0
    for number, case in enumerate(cases(operator)):
        resource = ready(enforced, case, number)
        answer = enforced.create(resource, dry=True)
        if answer.code != 201:
            differences.append((case.title, answer.code, answer.message))
            continue
        server = found_by_server(enforced, operator, answer)
        assess = found_by_assess(operator, resource)
        found += len(server)
        if server != assess:
            differences.append((case.title, server - assess, assess - server))
    assert not differences, json.dumps(differences, default=list, indent=1)
    assert found > 100
