"""The script that collects, and what its file answers, with a stand-in for kubectl."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dok_guide.assess.assessment import assess
from dok_guide.assess.cluster.answers import minutes, quick
from dok_guide.assess.cluster.questions import QUESTIONS
from dok_guide.assess.cluster.script import script
from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.gaps import NOT_COLLECTED
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

Data = dict[str, Any]
#: Writes down how it is called; it knows no routes, and may not list ConfigMaps.
KUBECTL = """#!/bin/sh
echo "$1 $2 $3" >>calls
case "$*" in
*route*) echo "error: the server doesn't have a resource type" >&2; exit 1 ;;
*configmaps*) echo 'Error from server (Forbidden): User "bob" may
not\tlist \\ configmaps' >&2; exit 1 ;;
*secrets*) exit 0 ;;
*) echo '{"apiVersion": "v1", "kind": "List", "items": []}' ;;
esac
"""


@pytest.fixture
def shown(guide: Catalog) -> str:
    return script(guide, ["databases"], ["db-system"], ["things.db.example.org"])


def note(kind: str, name: str, **spec: object) -> Data:
    head = {"apiVersion": "collect.dok-guide/v1", "kind": kind}
    return head | {"metadata": {"name": name, "namespace": "databases"}, "spec": spec}


BEGIN = note("Collection", "begin", databases=["databases"], operators=["db-system"],
             kinds=["things.db.example.org"])  # fmt: skip
END = note("Collection", "end")


def assessed(guide: Catalog, folder: Path, *objects: Data) -> Assessment:
    path = folder / "cluster.json"
    path.write_text("\n".join(map(json.dumps, objects)))
    controls = [control for control in guide.active if control.id in QUESTIONS]
    return assess(guide, read_input([str(path)]), controls)


def lines(found: Assessment) -> dict[str, tuple[str, ...]]:
    return {answer.control.id: answer.lines for answer in found.answers}


def test_the_script_is_clean(shown: str) -> None:
    program = shutil.which("shellcheck")
    assert program, "shellcheck is missing: see tests/programs.sh"
    done = subprocess.run([program, "-"], input=shown, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_only_gets_and_what_it_cannot_is_written_down(
    guide: Catalog, shown: str, tmp_path: Path
) -> None:
    (tmp_path / "kubectl").write_text(KUBECTL)
    (tmp_path / "kubectl").chmod(0o755)
    (tmp_path / "collect.sh").write_text(shown)
    done = subprocess.run(
        ["sh", "collect.sh"], cwd=tmp_path, text=True, capture_output=True, check=True,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    calls = (tmp_path / "calls").read_text().splitlines()
    assert len(calls) > 50
    assert {call.split()[0] for call in calls} == {"get"}
    assert any("things.db.example.org --namespace=databases" in call for call in calls)
    assert {call.split()[1] for call in calls} > {"secrets", "pods", "namespaces"}
    (tmp_path / "cluster.json").write_text(done.stdout)
    found = assess(guide, read_input([str(tmp_path / "cluster.json")]), [])
    said = [gap for gap in found.gaps if gap.kind == NOT_COLLECTED]
    assert [gap.subject for gap in said] == [
        f"kubectl get configmaps --namespace={name}" for name in ("databases", "db-system")
    ]
    assert said[0].message.endswith("(Forbidden): User 'bob' may notlist  configmaps")


def test_it_runs_nothing_but_kubectl_and_the_tools_of_posix(shown: str) -> None:
    lines = [line for line in shown.splitlines() if "kubectl" in line and not line.startswith("#")]
    assert [line.strip() for line in lines if '"kubectl get' not in line] == [
        'kubectl get "$@" 2>"$errors" && return'
    ]
    secrets = next(line for line in shown.splitlines() if "collected secrets" in line)
    assert secrets.endswith('--output=go-template="$keys"')
    assert "$value}}" not in shown


@pytest.mark.parametrize("name", ["", "Databases", "a;b", "$(x)", "-n", "a" * 64])
def test_a_name_that_kubernetes_would_not_take_is_refused(guide: Catalog, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a namespace"):
        script(guide, [name], [])
    with pytest.raises(ValueError, match="no resource with its group"):
        script(guide, ["a"], [], [name])


def test_every_question_is_one_of_the_quick_verifications(guide: Catalog) -> None:
    asked = {control.id for control, _ in quick(guide)}
    assert set(QUESTIONS) <= asked


def test_two_hours_at_most_are_left(guide: Catalog, tmp_path: Path) -> None:
    found = assessed(guide, tmp_path, BEGIN, *WHOLE, END)
    assert {answer.control.id for answer in found.answers if not answer.unknown} == set(QUESTIONS)
    left, whole = minutes(guide, found.answers)
    assert left <= 120 < whole


def test_what_is_as_it_should_be_has_no_line(guide: Catalog, tmp_path: Path) -> None:
    found = lines(assessed(guide, tmp_path, BEGIN, *WHOLE, END))
    assert {id_ for id_, said in found.items() if said} == {"KSI-1"}
    assert found["KSI-1"] == ("RoleBinding databases/operator in databases to Role operator",)


def test_a_file_that_ends_too_early_answers_nothing(guide: Catalog, tmp_path: Path) -> None:
    found = assessed(guide, tmp_path, BEGIN, *WHOLE)
    assert {answer.unknown for answer in found.answers} == {"the script did not come to its end"}
    assert found.incomplete
    assert minutes(guide, found.answers)[0] == minutes(guide, ())[1]


def test_what_was_not_collected_is_no_answer(guide: Catalog, tmp_path: Path) -> None:
    lost = note("NotCollected", "pods", command="kubectl get pods", message="Forbidden")
    found = assessed(guide, tmp_path, BEGIN, *WHOLE, lost, END)
    unknown = {a.control.id for a in found.answers if a.unknown}
    assert unknown == {"CM-2", "KSI-1", "KSI-2", "KSI-5", "SSC-2"}
    assert "not collected, kubectl get pods: Forbidden" in "".join(FORMATS["text"](found))


def test_without_a_workload_of_the_operator_its_bindings_are_not_known(
    guide: Catalog, tmp_path: Path
) -> None:
    rest = [each for each in WHOLE if each["kind"] != "Pod"]
    found = assessed(guide, tmp_path, BEGIN, *rest, END)
    assert {a.control.id for a in found.answers if a.unknown} == {"KSI-1", "KSI-2"}


def test_answers_are_in_every_format(guide: Catalog, tmp_path: Path) -> None:
    found = assessed(guide, tmp_path, BEGIN, *WHOLE, END)
    assert "KSI-1 List the operator's bindings: 1 to compare" in "".join(FORMATS["text"](found))
    assert "RoleBinding databases/operator" in "".join(FORMATS["markdown"](found))
    data = json.loads("".join(FORMATS["json"](found)))
    assert {each["control"] for each in data["answers"]} == set(QUESTIONS)


def obj(
    kind: str, name: str, version: str = "v1", namespace: str = "databases", **rest: object
) -> Data:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **rest}


def space(name: str, level: str = "restricted") -> Data:
    data = obj("Namespace", name, namespace="")
    data["metadata"]["labels"] = {"pod-security.kubernetes.io/enforce": level}
    return data


def deny(namespace: str) -> Data:
    spec = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    return obj("NetworkPolicy", "deny", "networking.k8s.io/v1", namespace, spec=spec)


def pod(name: str, namespace: str, **spec: object) -> Data:
    container = {"name": "main", "image": "example.org/thing:1.2.3"}
    whole = {"serviceAccountName": name, "containers": [container], **spec}
    return obj("Pod", name, "v1", namespace, spec=whole)


RBAC = "rbac.authorization.k8s.io/v1"


def bound(name: str, subject: Data, *rules: Data, namespace: str = "databases") -> list[Data]:
    kind = "Role" if namespace else "ClusterRole"
    return [
        obj(kind, name, RBAC, namespace, rules=list(rules)),
        obj(f"{kind}Binding", name, RBAC, namespace,
            roleRef={"kind": kind, "name": name}, subjects=[subject]),
    ]  # fmt: skip


def rule(group: str, resource: str, *verbs: str) -> Data:
    return {"apiGroups": [group], "resources": [resource], "verbs": list(verbs)}


OPERATOR = {"kind": "ServiceAccount", "name": "operator", "namespace": "db-system"}
BOB = {"kind": "User", "name": "bob"}
WHOLE = [
    space("databases"), space("db-system"), deny("databases"), deny("db-system"),
    pod("operator", "db-system"),
    *bound("operator", OPERATOR, rule("db.example.org", "things/status", "update")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("control", "more", "expected"),
    [
        ("WI-1", [space("databases", "baseline")], "namespace databases enforces baseline"),
        ("NM-15", [obj("NetworkPolicy", "open", "networking.k8s.io/v1",
                       spec={"podSelector": {"matchLabels": {"a": "b"}}, "ingress": [{}]})],
         "NetworkPolicy databases/open: a rule allows every connection"),
        ("KSI-2", bound("wide", OPERATOR, rule("", "secrets", "get"), namespace=""),
         "db-system/operator has rights in all namespaces"),
        ("KSI-2", bound("other", OPERATOR, rule("", "pods", "create"), namespace="shop"),
         "db-system/operator has rights in namespace shop"),
        ("KSI-5", [obj("Service", "db", spec={"type": "LoadBalancer"})],
         "Service databases/db: LoadBalancer, any source"),
        ("KSI-5", [obj("Service", "db", spec={"externalIPs": ["192.0.2.1"]})],
         "Service databases/db: external addresses 192.0.2.1, any source"),
        ("KSI-5", [pod("db", "databases", hostNetwork=True)],
         "Pod databases/db: the node's network"),
        ("KSI-5", [obj("HTTPRoute", "db", "gateway.networking.k8s.io/v1", spec={})],
         "HTTPRoute databases/db: a route from outside"),
        ("KSI-11", bound("bob", BOB, rule("", "pods/exec", "create")),
         "namespace databases: User bob by RoleBinding databases/bob"),
        ("KSI-11", bound("all", {"kind": "Group", "name": "system:authenticated"},
                         rule("batch", "jobs", "create"), namespace=""),
         "namespace databases: Group system:authenticated by ClusterRoleBinding all"),
        ("OA-7", bound("bob", BOB, rule("db.example.org", "things", "patch")),
         "namespace databases: User bob by RoleBinding databases/bob"),
        ("OA-7", bound("bob", BOB, rule("", "secrets", "list")),
         "namespace databases: User bob by RoleBinding databases/bob"),
        ("OA-3", [obj("Thing", "one", "db.example.org/v1",
                      spec={"from": {"namespace": "shop"}, "own": "databases/x"})],
         "Thing databases/one spec.from.namespace: shop"),
        ("SSC-2", [pod("db", "databases", containers=[{"name": "c", "image": "o.org/db:18"}])],
         "Pod databases/db, container c: o.org/db:18"),
        ("UM-7", [obj("ConfigMap", "keys", data={"x": "-----BEGIN PRIVATE KEY-----\nAAAA"})],
         "ConfigMap databases/keys x: -----BEGIN PRIVATE KEY"),
        ("UM-7", [obj("ConfigMap", "users", data={"a.conf": "user x\npassword = hunter2"})],
         "ConfigMap databases/users a.conf: password"),
        ("CM-2", [pod("db", "databases", containers=[
            {"name": "c", "image": "o.org/db:1.2.3", "env": [{"name": "PWD", "value": "x"}]}])],
         "Pod databases/db spec.containers[0].env[0].value"),
        ("CM-2", [obj("Thing", "one", "db.example.org/v1", spec={"admin": {"password": "x"}})],
         "Thing databases/one spec.admin.password"),
        ("CM-2", [obj("ConfigMap", "users", data={"a.conf": "api_key: hunter2"})],
         "ConfigMap databases/users data.a.conf: api_key"),
    ],
)  # fmt: skip
def test_what_stands_against_a_requirement(
    guide: Catalog, tmp_path: Path, control: str, more: list[Data], expected: str
) -> None:
    known = {(each["kind"], each["metadata"]["name"]) for each in more}
    rest = [e for e in WHOLE if (e["kind"], e["metadata"]["name"]) not in known]
    found = lines(assessed(guide, tmp_path, BEGIN, *rest, *more, END))
    assert [line for line in found[control] if line.startswith(expected)], found[control]


def test_no_line_shows_a_value(guide: Catalog, tmp_path: Path) -> None:
    more = obj("ConfigMap", "users", data={"a.conf": "password = hunter2", "token": "hunter2"})
    found = assessed(guide, tmp_path, BEGIN, *WHOLE, more, END)
    assert len(lines(found)["CM-2"]) == 2
    assert "hunter2" not in str(lines(found))


def test_the_name_of_a_secret_is_no_credential(guide: Catalog, tmp_path: Path) -> None:
    thing = obj("Thing", "one", "db.example.org/v1", spec={"secret": "orders-app"})
    known = note("SecretKeys", "orders-app", type="Opaque", keys=["password"])
    assert lines(assessed(guide, tmp_path, BEGIN, *WHOLE, thing, END))["CM-2"]
    assert not lines(assessed(guide, tmp_path, BEGIN, *WHOLE, thing, known, END))["CM-2"]


def test_the_control_plane_is_left_out(guide: Catalog, tmp_path: Path) -> None:
    masters = {"kind": "Group", "name": "system:masters"}
    more = bound("admin", masters, rule("*", "*", "*"), namespace="")
    assert lines(assessed(guide, tmp_path, BEGIN, *WHOLE, *more, END))["KSI-11"] == ()


def test_a_deny_policy_must_be_there(guide: Catalog, tmp_path: Path) -> None:
    rest = [each for each in WHOLE if each["kind"] != "NetworkPolicy"]
    found = lines(assessed(guide, tmp_path, BEGIN, *rest, END))["NM-15"]
    assert len(found) == 4
    assert found[0] == "namespace databases: no policy selects every pod for Egress"
