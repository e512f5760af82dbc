"""Whose an object is, and what is seen beside it."""

import pytest

from dok_guide.assess.classes import Classes
from dok_guide.engine.labels import parse_selector
from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object
from dok_guide.engine.trial import objects_of


def whose(objects: list[Object], **options) -> dict[str, str]:
    classes = Classes(objects, Links(objects), **options)
    return {f"{obj.kind} {obj.name}": classes.of(obj) for obj in objects}


def test_each_object_of_the_install(objects: list[Object]) -> None:
    assert whose(objects) == {
        "CustomResourceDefinition databases.db.example.org": "crd",
        "ServiceAccount example-db-operator": "operator",
        "ClusterRole example-db-operator": "operator",
        "ClusterRoleBinding example-db-operator": "operator",
        "Deployment example-db-operator": "operator",
        "Pod example-db-operator": "operator",
        "Deployment dashboard": "not classified",
        "Pod dashboard": "not classified",
        "ClusterRole dashboard": "not classified",
        "ClusterRoleBinding dashboard": "not classified",
        "StatefulSet orders": "database",
        "Pod orders": "database",
    }


def test_without_groups_nobody_is_known(objects: list[Object]) -> None:
    without = [
        obj for obj in objects if obj.kind not in ("CustomResourceDefinition", "ClusterRole")
    ]
    assert set(whose(without).values()) == {"not classified"}
    assert whose(without, groups=["db.example.org"])["Pod orders"] == "database"


def test_groups_that_are_named_replace_those_of_the_definitions(objects: list[Object]) -> None:
    found = whose(objects, groups=["other.example.org"])
    assert found["Pod example-db-operator"] == "not classified"
    assert found["CustomResourceDefinition databases.db.example.org"] == "not classified"


def test_a_selector_says_what_a_database_is(objects: list[Object]) -> None:
    found = whose(objects, selector=parse_selector("app=dashboard"))
    assert found["Pod dashboard"] == "database"
    assert found["ClusterRole dashboard"] == "database"


@pytest.mark.parametrize("words", ["", "=x", "a=", "a=b,"])
def test_a_bad_selector_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="no selector"):
        parse_selector(words)


def pod(metadata: str) -> str:
    return f"apiVersion: v1\nkind: Pod\nmetadata: {metadata}\nspec: {{containers: [{{name: c}}]}}\n"


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (
            "{name: p, ownerReferences: [{apiVersion: db.example.org/v1, kind: D, name: x}]}",
            "database",
        ),
        ("{name: p, labels: {db.example.org/cluster: x}}", "database"),
        ("{name: p, labels: {example.org/cluster: x}}", "database"),
        ("{name: p, labels: {otherexample.org/cluster: x}}", "not classified"),
        ("{name: p, labels: {app.kubernetes.io/name: db}}", "not classified"),
        ("{name: p, labels: {org/cluster: x}}", "not classified"),
        ("{name: p}", "not classified"),
    ],
)
def test_owners_and_labels_tell_a_database(metadata: str, expected: str) -> None:
    assert whose(objects_of(pod(metadata)), groups=["db.example.org"]) == {"Pod p": expected}


@pytest.mark.parametrize(
    "domain", ["kubernetes.io", "k8s.io", "openshift.io", "helm.sh", "x-k8s.io", "olm.io"]
)
def test_a_label_whose_domain_many_share_tells_nothing(domain: str) -> None:
    objects = objects_of(pod(f"{{name: p, labels: {{{domain}/cluster: x}}}}"))
    assert whose(objects, groups=[f"db.{domain}"]) == {"Pod p": "not classified"}


def test_the_owner_of_an_owner_tells_too() -> None:
    text = """
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: s
  namespace: n
  ownerReferences: [{apiVersion: db.example.org/v1, kind: Database, name: x}]
spec: {template: {spec: {containers: [{name: c}]}}}
"""
    assert whose(objects_of(text), groups=["db.example.org"])["Pod s"] == "database"


def test_an_account_may_stand_in_a_namespace_that_the_manifest_leaves_open() -> None:
    text = "".join(
        f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: b, namespace: {where}}}
roleRef: {{kind: ClusterRole, name: r}}
subjects: [{{kind: ServiceAccount, name: a, namespace: {where}}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: r}}
rules: [{{apiGroups: [db.example.org], resources: ["*"], verbs: [get]}}]
---
apiVersion: v1
kind: Pod
metadata: {{name: {name}{pod_space}}}
spec: {{serviceAccountName: a, containers: [{{name: c}}]}}
---"""
        for where, name, pod_space in (("one", "open", ""), ("one", "far", ", namespace: two"))
    )
    found = whose(objects_of(text), groups=["db.example.org"])
    assert (found["Pod open"], found["Pod far"]) == ("operator", "not classified")


def test_beside_an_object_stands_what_it_reaches_and_what_reaches_it(
    objects: list[Object],
) -> None:
    links = Links(objects)
    by_title = {f"{obj.kind} {obj.name}": obj for obj in objects}
    around = links.around(by_title["Pod example-db-operator"])
    assert [f"{obj.kind} {obj.name}" for obj in around] == [
        "ServiceAccount example-db-operator",
        "ClusterRole example-db-operator",
        "ClusterRoleBinding example-db-operator",
        "Pod example-db-operator",
    ]


def test_a_policy_a_service_and_a_webhook_lead_to_their_pod() -> None:
    text = (
        pod("{name: p, namespace: one, labels: {app: x}}")
        + "---"
        + """
apiVersion: v1
kind: Service
metadata: {name: s, namespace: one}
spec: {selector: {app: x}}
---
apiVersion: v1
kind: Service
metadata: {name: none, namespace: one}
spec: {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all, namespace: one}
spec: {podSelector: {}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: elsewhere, namespace: two}
spec: {podSelector: {}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: w}
webhooks: [{clientConfig: {service: {name: s, namespace: one}}}]
"""
    )
    objects = objects_of(text)
    around = [f"{obj.kind} {obj.name}" for obj in Links(objects).around(objects[0])]
    assert around == ["Pod p", "Service s", "NetworkPolicy all", "ValidatingWebhookConfiguration w"]


def bound(role: str, *names: str) -> str:
    subjects = ", ".join(f"{{kind: ServiceAccount, name: {name}, namespace: n}}" for name in names)
    return (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
        f"metadata: {{name: {names[0]}}}\nroleRef: {{kind: ClusterRole, name: '{role}'}}\n"
        f"subjects: [{subjects}]\n"
    )


def runs(name: str, account: str, more: str = "") -> str:
    return (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: n{more}}}\n"
        f"spec: {{serviceAccountName: {account}, containers: [{{name: c}}]}}\n"
    )


OWN_ROLE = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: own}
rules: [{apiGroups: [db.example.org], resources: [databases], verbs: [get]}]
"""
ALL_ROLE = OWN_ROLE.replace("own", "all").replace("[db.example.org]", '["*"]')
OWNED = ", ownerReferences: [{apiVersion: db.example.org/v1, kind: Database, name: x}]"
LABELED = ", labels: {example.org/cluster: x}"


def of(name: str, *documents: str) -> str:
    return whose(objects_of("\n---\n".join(documents)), groups=["db.example.org"])[name]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("cluster-admin", "operator"),
        ("all", "operator"),
        ("system:controller:namespace-controller", "not classified"),
        ("edit", "not classified"),
    ],
)
def test_who_may_do_all_is_the_operator_where_no_rule_names_its_group(
    role: str, expected: str
) -> None:
    alone = (runs("p", "wide"), ALL_ROLE, bound(role, "wide"))
    assert of("Pod p", *alone) == expected
    named = (OWN_ROLE, bound("own", "own"), runs("q", "own"))
    assert of("Pod p", *alone, *named) == "not classified"
    assert of("Pod q", *alone, *named) == "operator"


def test_a_role_of_kubernetes_makes_no_operator_of_its_groups() -> None:
    objects = objects_of("---\n".join([runs("p", "a"), bound("edit", "a")]))
    assert whose(objects, groups=["apps"])["Pod p"] == "not classified"


def test_what_a_resource_owns_is_a_database_whatever_its_account_may_do() -> None:
    rights = (OWN_ROLE, bound("own", "own"))
    assert of("Pod p", *rights, runs("p", "own", OWNED)) == "database"
    assert of("Pod p", *rights, runs("p", "own", LABELED)) == "operator"


POLICY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all, namespace: n}
spec: {podSelector: {}}
"""


@pytest.mark.parametrize(
    ("pods", "expected"),
    [
        (("operator", "database", "other"), "operator"),
        (("database", "operator"), "operator"),
        (("other", "database"), "database"),
        (("other", "operator"), "operator"),
        (("other",), "not classified"),
        ((), "not classified"),
    ],
)
def test_what_several_share_is_the_operators_before_the_databases(
    pods: tuple[str, ...], expected: str
) -> None:
    made = {
        "operator": runs("operator", "own"),
        "database": runs("database", "own", OWNED),
        "other": runs("other", "other"),
    }
    shared = (OWN_ROLE, bound("own", "own"), POLICY)
    assert of("NetworkPolicy all", *shared, *(made[pod] for pod in pods)) == expected


def test_a_role_of_nobody_was_shipped_with_the_operator() -> None:
    assert of("ClusterRole own", OWN_ROLE) == "operator"
    assert of("ClusterRole own", OWN_ROLE, bound("own", "a"), runs("p", "a", OWNED)) == "database"
    policy = POLICY.replace("namespace: n", "namespace: n, labels: {db.example.org/x: y}")
    assert of("NetworkPolicy all", policy) == "database"
