"""Which role, account and pod a name means, and who is whose."""

from itertools import pairwise

import pytest

from dok_guide.engine.accounts import account, belongs, subject_key
from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object
from dok_guide.engine.trial import objects_of

RBAC = "apiVersion: rbac.authorization.k8s.io/v1"
USER = "system:serviceaccount"


def pod(name: str, namespace: str = "one", spec: str = "", **metadata: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in metadata.items())
    where = f", namespace: {namespace}" if namespace else ""
    return (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}{where}{more}}}\n"
        f"spec: {{{spec}containers: [{{name: c}}]}}\n"
    )


def role(name: str, namespace: str = "") -> str:
    kind = "Role" if namespace else "ClusterRole"
    where = f", namespace: {namespace}" if namespace else ""
    return f"{RBAC}\nkind: {kind}\nmetadata: {{name: {name}{where}}}\nrules: []\n"


def binding(kind: str, name: str, subject: str, namespace: str = "one") -> str:
    return (
        f"{RBAC}\nkind: RoleBinding\nmetadata: {{name: b, namespace: {namespace}}}\n"
        f"roleRef: {{kind: {kind}, name: {name}}}\nsubjects: [{subject}]\n"
    )


def linked(*documents: str) -> tuple[Links, dict[str, Object]]:
    objects = objects_of("---\n".join(documents))
    return Links(objects), {obj.title: obj for obj in objects}


def titles(objects: list[Object]) -> list[str]:
    return [obj.title for obj in objects]


ROLES = (role("r", "one"), role("r", "two"), role("r"))
ACCOUNT = "{kind: ServiceAccount, name: default, namespace: one}"


@pytest.mark.parametrize(
    ("kind", "namespace", "found"),
    [
        ("Role", "one", ["Role one/r"]),
        ("Role", "two", ["Role two/r"]),
        ("Role", "three", []),
        ("ClusterRole", "one", ["ClusterRole r"]),
        ("ClusterRole", "two", ["ClusterRole r"]),
        ("ClusterRole", "four", ["ClusterRole r"]),
    ],
)
def test_a_role_is_that_of_the_namespace_of_its_binding(
    kind: str, namespace: str, found: list[str]
) -> None:
    links, by_title = linked(pod("p"), *ROLES, binding(kind, "r", ACCOUNT, namespace))
    assert titles(links.roles(by_title["Pod one/p"])) == found
    for title in (t for t in by_title if "Role" in t and "Binding" not in t):
        holders = ["Pod one/p"] if title in found else []
        assert titles(links.holders(by_title[title])) == holders


def test_the_namespace_that_somebody_gives_a_cluster_role_means_nothing() -> None:
    spaced = role("c", "two").replace("kind: Role", "kind: ClusterRole")
    links, by_title = linked(pod("p"), spaced, binding("ClusterRole", "c", ACCOUNT))
    assert titles(links.roles(by_title["Pod one/p"])) == ["ClusterRole two/c"]


def test_a_role_of_the_input_stands_for_that_of_kubernetes() -> None:
    links, by_title = linked(pod("p"), role("view"), binding("ClusterRole", "view", ACCOUNT))
    assert links.roles(by_title["Pod one/p"]) == [by_title["ClusterRole view"]]
    links, by_title = linked(pod("p"), binding("ClusterRole", "view", ACCOUNT))
    (found,) = links.roles(by_title["Pod one/p"])
    assert (found.title, found.source) == ("ClusterRole view", "<Kubernetes>")


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        (ACCOUNT, ["Pod one/p"]),
        ("{kind: ServiceAccount, name: default, namespace: two}", ["Pod two/q"]),
        ("{kind: ServiceAccount, name: default}", ["Pod three/r"]),
        ("{kind: ServiceAccount, name: other, namespace: one}", []),
        (f"{{kind: User, name: '{USER}:two:default'}}", ["Pod two/q"]),
        ("{kind: Group, name: 'system:serviceaccounts:two'}", ["Pod two/q"]),
        ("{kind: Group, name: 'system:serviceaccounts:tw'}", []),
    ],
)
def test_a_binding_means_the_account_of_its_subjects_namespace(
    subject: str, found: list[str]
) -> None:
    pods = (pod("p"), pod("q", "two"), pod("r", "three"))
    links, by_title = linked(*pods, role("r"), binding("ClusterRole", "r", subject, "three"))
    assert titles(links.holders(by_title["ClusterRole r"])) == found
    assert titles(links.pods(by_title["RoleBinding three/b"])) == found
    for title in (t for t in by_title if t.startswith("Pod")):
        bindings = ["RoleBinding three/b"] if title in found else []
        assert titles(links.bindings(by_title[title])) == bindings


def test_a_group_of_accounts_is_no_right_of_an_account_by_its_name() -> None:
    group = "{kind: Group, name: 'system:serviceaccounts'}"
    links, by_title = linked(pod("p"), role("r"), binding("ClusterRole", "r", group))
    assert links.roles(by_title["Pod one/p"]) == []
    assert titles(links.holders(by_title["ClusterRole r"])) == ["Pod one/p"]


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("", "default"),
        ("serviceAccount: old, ", "old"),
        ("serviceAccount: old, serviceAccountName: new, ", "new"),
    ],
)
def test_the_account_of_a_pod(spec: str, name: str) -> None:
    assert account(objects_of(pod("p", spec=spec))[0]) == name


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("ServiceAccount", "a", ("ServiceAccount", "here", "a")),
        ("User", f"{USER}:n:a", ("ServiceAccount", "n", "a")),
        ("User", "a", None),
        ("User", "system:serviceaccounts:n", None),
        ("Group", f"{USER}:n:a", None),
        ("Group", "system:serviceaccounts", ("Group", "", "system:serviceaccounts")),
        ("Group", "system:serviceaccounts:n", ("Group", "", "system:serviceaccounts:n")),
        ("Group", "system:authenticated", ("Group", "", "system:authenticated")),
        ("Group", "system:masters", None),
        ("Robot", "a", None),
    ],
)
def test_whom_a_subject_means(kind: str, name: str, key: tuple[str, str, str] | None) -> None:
    assert subject_key({"kind": kind, "name": name}, "here") == key


@pytest.mark.parametrize(
    ("namespace", "name", "expected"),
    [
        ("n", "system:serviceaccounts:n", True),
        ("m", "system:serviceaccounts:n", False),
        ("", "system:serviceaccounts:n", True),
        ("m", "system:serviceaccounts", True),
        ("m", "system:authenticated", True),
    ],
)
def test_who_belongs_to_a_group(namespace: str, name: str, expected: bool) -> None:
    assert belongs(namespace, ("Group", "", name)) is expected


def test_owners_are_those_of_the_same_namespace_and_theirs() -> None:
    owned = "[{kind: Pod, name: top}]"
    documents = [pod("top", "two"), pod("top")]
    for above, name in pairwise(("top", "middle", "low")):
        documents.append(pod(name, ownerReferences=owned.replace("top", above)))
    documents.append(pod("alone"))
    links, by_title = linked(*documents)
    assert titles(links.owners(by_title["Pod one/low"])) == ["Pod one/middle", "Pod one/top"]
    assert links.owners(by_title["Pod one/alone"]) == []


def test_a_service_that_a_webhook_names_is_of_its_namespace() -> None:
    services = [
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: s, namespace: {where}}}\n"
        "spec: {selector: {a: b}}\n"
        for where in ("one", "two")
    ]
    webhook = (
        "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n"
        "metadata: {name: w}\n"
        "webhooks: [{clientConfig: {service: {name: s, namespace: two}}}]\n"
    )
    pods = [pod("p", labels="{a: b}"), pod("q", "two", labels="{a: b}"), pod("r", "two")]
    links, by_title = linked(*pods, *services, webhook)
    assert titles(links.pods(by_title["MutatingWebhookConfiguration w"])) == ["Pod two/q"]
