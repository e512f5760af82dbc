"""What Kubernetes would make of a manifest before anybody judges it."""

import pytest

from dok_guide.engine.labels import selects
from dok_guide.engine.objects import Object, mapping
from dok_guide.engine.resources import Resources, plural
from dok_guide.engine.trial import objects_of

BUNDLE = """
apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: {name: example.v1, namespace: operators}
spec:
  install:
    strategy: deployment
    spec:
      clusterPermissions:
        - serviceAccountName: operator
          rules: [{apiGroups: [db.example.org], resources: [databases], verbs: [get]}]
      permissions:
        - serviceAccountName: operator
          rules: [{apiGroups: [""], resources: [pods], verbs: ["*"]}]
      deployments:
        - name: operator
          spec:
            template:
              metadata: {labels: {app: operator}}
              spec: {serviceAccountName: operator, containers: [{name: m, image: x}]}
"""


def titles(objects: list[Object]) -> list[str]:
    return [f"{obj.kind} {obj.name}" for obj in objects]


def test_lists_are_unpacked_in_order_with_their_places() -> None:
    text = """
    apiVersion: v1
    kind: List
    items:
      - {apiVersion: v1, kind: Secret, metadata: {name: a}}
      - apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleList
        items: [{metadata: {name: b}}, {metadata: {name: c}}]
      - null
    """
    objects = objects_of(text)
    assert titles(objects) == ["Secret a", "Role b", "Role c"]
    assert objects[2].place == ("items", 1, "items", 1)
    assert objects[2].group == "rbac.authorization.k8s.io"


def test_nulls_are_gone_as_after_decoding() -> None:
    (obj,) = objects_of(
        "{apiVersion: v1, kind: Secret, metadata: {name: a}, data: null, x: [{y: ~}]}"
    )
    assert obj.data == {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "x": [{}]}


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("Deployment", ("spec", "template")),
        ("StatefulSet", ("spec", "template")),
        ("DaemonSet", ("spec", "template")),
        ("ReplicaSet", ("spec", "template")),
        ("ReplicationController", ("spec", "template")),
        ("Job", ("spec", "template")),
        ("CronJob", ("spec", "jobTemplate", "spec", "template")),
    ],
)
def test_a_workload_makes_a_pod(kind: str, way: tuple[str, ...]) -> None:
    data: dict = {"metadata": {"labels": {"app": "x"}}, "spec": {"containers": [{"name": "c"}]}}
    for step in reversed(way):
        data = {step: data}
    manifest = {"apiVersion": "v1", "kind": kind, "metadata": {"name": "n", "namespace": "s"}}
    import json

    workload, pod = objects_of(json.dumps(manifest | data))
    assert (pod.kind, pod.name, pod.namespace, pod.place) == ("Pod", "n", "s", way)
    assert pod.origin is workload
    assert pod.title == f"{kind} s/n"


def test_what_a_workload_owns_makes_no_second_pod() -> None:
    template = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c}]}}"
    text = f"""
    apiVersion: apps/v1
    kind: Deployment
    metadata: {{name: d}}
    spec: {{template: {template}}}
---
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {{name: d-1, ownerReferences: [{{kind: Deployment, name: d}}]}}
    spec: {{template: {template}}}
---
    apiVersion: v1
    kind: Pod
    metadata: {{name: d-1-x, ownerReferences: [{{kind: ReplicaSet, name: d-1}}]}}
    spec: {{containers: [{{name: c}}]}}
"""
    assert titles(objects_of(text)) == ["Deployment d", "Pod d", "ReplicaSet d-1"]


def test_a_bundle_of_olm_is_what_olm_installs() -> None:
    objects = objects_of(BUNDLE)
    assert titles(objects) == [
        "ClusterServiceVersion example.v1",
        "Deployment operator",
        "Pod operator",
        "Role example.v1-permissions-0",
        "RoleBinding example.v1-permissions-0",
        "ClusterRole example.v1-clusterPermissions-0",
        "ClusterRoleBinding example.v1-clusterPermissions-0",
    ]
    assert objects[2].place == ("spec", "install", "spec", "deployments", 0, "spec", "template")
    assert [mapping(obj.data, "metadata") for obj in objects[1:4]] == [
        {"name": "operator", "namespace": "operators"},
        {"name": "operator", "namespace": "operators", "labels": {"app": "operator"}},
        {"name": "example.v1-permissions-0", "namespace": "operators"},
    ]
    assert objects[3].data["rules"] == [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}]


def test_an_aggregated_role_has_the_rules_of_its_parts() -> None:
    text = """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: whole}
    aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: whole}}]}
    rules: []
---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: part, labels: {to: whole}}
    rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: other, labels: {to: nobody}}
    rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
"""
    whole, *_ = objects_of(text)
    assert [rule["resources"] for rule in whole.data["rules"]] == [["secrets"]]


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ({}, True),
        ({"matchLabels": {"a": "1"}}, True),
        ({"matchLabels": {"a": "2"}}, False),
        ({"matchExpressions": [{"key": "a", "operator": "In", "values": ["1", "2"]}]}, True),
        ({"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["1"]}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "Exists"}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "DoesNotExist"}]}, True),
        ({"matchExpressions": [{"key": "a", "operator": "Nonsense"}]}, False),
    ],
)
def test_selectors(selector: dict, selected: bool) -> None:
    assert selects(selector, {"a": "1"}) is selected


@pytest.mark.parametrize(
    ("kind", "resource"),
    [
        ("Pod", "pods"),
        ("NetworkPolicy", "networkpolicies"),
        ("StorageClass", "storageclasses"),
        ("Endpoints", "endpoints"),
        ("Ingress", "ingresses"),
        ("Gateway", "gateways"),
    ],
)
def test_resources(kind: str, resource: str) -> None:
    assert plural(kind) == resource


def test_the_resource_of_a_custom_kind_is_that_of_its_definition() -> None:
    text = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: people.db.example.org}
    spec: {group: db.example.org, names: {kind: Person, plural: people}}
---
    {apiVersion: db.example.org/v1, kind: Person, metadata: {name: a}}
---
    {apiVersion: other.example.org/v1, kind: Person, metadata: {name: b}}
"""
    definition, custom, other = objects_of(text)
    resources = Resources([definition, custom, other])
    assert [resources.name(obj) for obj in (definition, custom, other)] == [
        "customresourcedefinitions",
        "people",
        "persons",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{apiVersion: v1, kind: Pod, metadata: [x], spec: 3}",
        "{apiVersion: [v1], kind: {a: b}, metadata: {name: 3, labels: [x], ownerReferences: 7}}",
        "{apiVersion: v1, kind: List, items: {a: b}}",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {template: [1]}}",
        "{apiVersion: v1, kind: ClusterServiceVersion, metadata: {name: x}, spec: {install: 3}}",
        "{apiVersion: v1, kind: ClusterRole, metadata: {name: x}, aggregationRule: 3, rules: 4}",
        "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {selector: [a]}}",
        "{apiVersion: v1, kind: RoleBinding, metadata: {name: x}, roleRef: [], subjects: {a: b}}",
    ],
)
def test_nonsense_is_taken_without_an_error(text: str) -> None:
    from dok_guide.assess.classes import Classes
    from dok_guide.engine.links import Links

    objects = objects_of(text)
    links = Links(objects)
    Classes(objects, links, ["db.example.org"])
    assert all(links.around(obj) for obj in objects)
