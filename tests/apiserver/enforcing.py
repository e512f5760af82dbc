"""Policies on the API server: made, heard, and what they say of an answer."""

from collections.abc import Iterable, Iterator
from copy import deepcopy

from apiserver.admission import Answer, Requests
from apiserver.policy_cases import Case, Data, Finding, newest
from operators.settings_cases import guide

from dok_guide.operators import Operator
from dok_guide.policies.exempting import Exempt
from dok_guide.policies.policy import Policy, policies

#: The policy that fails whatever it sees: once it is heard, so is what was made before it.
LAST = "dok-last"
#: An operator's account that the policies know, one that they don't, and a person.
KNOWN = "operators/operator"
ACCOUNT = "system:serviceaccount:{}"
SOMEBODY = ("author", ACCOUNT.format("elsewhere:operator"))
#: The label with which an administrator chooses a namespace for refusing.
KEY = "dokc.github.io/deny"
_POLICIES = "admissionregistration.k8s.io/v1"


def with_account(operator: Operator) -> Iterator[Policy]:
    """Yield the policies for the newest release, which are not about the known account."""
    release = operator.releases[0].version
    return policies(guide(), operator, release=release, exempt=Exempt(accounts=(KNOWN,)))


def enforce(requests: Requests, documents: Iterable[Data]) -> None:
    """Make policies and bindings, and wait until they are heard."""
    requests.apply(documents)
    requests.apply(_last())
    for _ in range(3_000):
        if any(LAST in each for each in requests.create(_probe("default"), dry=True).warnings):
            return
    raise AssertionError("the policies are not heard")


def deny(requests: Requests, namespace: str, level: int) -> None:
    """Choose a namespace for refusing, and wait until the server knows."""
    requests.label(namespace, {KEY: f"level-{level}"})
    for _ in range(3_000):
        if requests.create(_probe(namespace), dry=True).code == 422:
            return
    raise AssertionError("the label is not heard")


def _probe(namespace: str) -> Data:
    metadata = {"name": "probe", "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}


def _last() -> Iterator[Data]:
    rule = {
        "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
        "resources": ["configmaps"],
    }  # fmt: skip
    spec = {"matchConstraints": {"resourceRules": [rule]}, "validations": [{"expression": "false"}]}
    chosen = {"matchExpressions": [{"key": KEY, "operator": "Exists"}]}
    warn = {"policyName": LAST, "validationActions": ["Warn"]}
    refuse = {
        **warn,
        "validationActions": ["Deny"],
        "matchResources": {"namespaceSelector": chosen},
    }
    for kind, name, each in (
        ("", LAST, spec), ("Binding", f"{LAST}-deny", refuse), ("Binding", LAST, warn),
    ):  # fmt: skip
        yield {
            "apiVersion": _POLICIES,
            "kind": f"ValidatingAdmissionPolicy{kind}",
            "metadata": {"name": name},
            "spec": each,
        }


def allow(requests: Requests, users: Iterable[str]) -> None:
    """Let users do everything: what is refused is then refused by a policy."""
    for number, user in enumerate(users):
        subject = {"kind": "User", "name": user, "apiGroup": "rbac.authorization.k8s.io"}
        role = {"kind": "ClusterRole", "name": "cluster-admin", "apiGroup": subject["apiGroup"]}
        binding = {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": f"somebody-{number}"},
            "roleRef": role,
            "subjects": [subject],
        }
        requests.apply([binding])


def found_by_server(requests: Requests, operator: Operator, answer: Answer) -> set[Finding]:
    """Return what the policies of an operator have found; no expression has failed."""
    known = {policy.name: policy for policy in newest(operator)}
    found = set()
    for each in requests.failures(answer):
        policy = known[each["policy"]]
        validation = policy.variant.validations[each["expressionIndex"]]
        assert each["message"].startswith(" ".join(validation.message.split())), each
        found.add((policy.setting.id, validation.message.strip()))
    return found


def ready(requests: Requests, case: Case, number: int) -> Data:
    """Return the resource of a case with a name of its own, in a namespace that is there."""
    resource = deepcopy(case.resource)
    resource["metadata"]["name"] = f"{resource['metadata']['name'][:20]}-{number}"
    requests.ensure_namespace(resource["metadata"].setdefault("namespace", "default"))
    return resource


def moved(requests: Requests, resource: Data, namespace: str, name: str) -> Data:
    """Return a resource as it would be in a namespace that is there, under a name."""
    requests.ensure_namespace(namespace)
    return deepcopy(resource) | {
        "metadata": resource["metadata"] | {"namespace": namespace, "name": name}
    }
