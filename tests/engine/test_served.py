"""Old versions and defaults: what the API server makes of an object."""

import json
from typing import Any

import pytest

from dok_guide.engine.served import served
from dok_guide.engine.trial import objects_of


def shape(version: str, kind: str, **other: Any) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "x"}} | other


@pytest.mark.parametrize(
    ("version", "kind", "now"),
    [
        ("rbac.authorization.k8s.io/v1beta1", "Role", "rbac.authorization.k8s.io/v1"),
        ("rbac.authorization.k8s.io/v1alpha1", "Role", "rbac.authorization.k8s.io/v1"),
        ("apps/v1beta1", "Deployment", "apps/v1"),
        ("apps/v1beta2", "Deployment", "apps/v1"),
        ("networking.k8s.io/v1beta1", "Ingress", "networking.k8s.io/v1"),
        ("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration",
         "admissionregistration.k8s.io/v1"),
        ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "apiextensions.k8s.io/v1"),
        ("batch/v1beta1", "CronJob", "batch/v1"),
        ("policy/v1beta1", "PodDisruptionBudget", "policy/v1"),
        ("extensions/v1beta1", "Deployment", "apps/v1"),
        ("extensions/v1beta1", "DaemonSet", "apps/v1"),
        ("extensions/v1beta1", "Ingress", "networking.k8s.io/v1"),
        ("extensions/v1beta1", "NetworkPolicy", "networking.k8s.io/v1"),
        ("apps/v1", "Deployment", "apps/v1"),
        ("db.example.org/v1beta1", "Database", "db.example.org/v1beta1"),
        ("v1", "Pod", "v1"),
    ],
)  # fmt: skip
def test_the_version_that_is_served(version: str, kind: str, now: str) -> None:
    assert served(shape(version, kind))["apiVersion"] == now


def test_what_an_absent_field_of_a_webhook_meant() -> None:
    hooks = [{"name": "a"}, {"name": "b", "failurePolicy": "Fail", "timeoutSeconds": 5}, 7]
    kind = "MutatingWebhookConfiguration"
    old = served(shape("admissionregistration.k8s.io/v1beta1", kind, webhooks=hooks))
    assert old["webhooks"] == [
        {"name": "a", "failurePolicy": "Ignore", "timeoutSeconds": 30},
        {"name": "b", "failurePolicy": "Fail", "timeoutSeconds": 5},
        7,
    ]
    now = shape("admissionregistration.k8s.io/v1", kind, webhooks=hooks)
    assert served(now) == now


SCHEMA = {"openAPIV3Schema": {"type": "object"}}


@pytest.mark.parametrize(
    ("spec", "versions"),
    [
        ({"version": "v1"}, [{"name": "v1", "served": True, "storage": True}]),
        ({"version": "v1", "validation": SCHEMA},
         [{"name": "v1", "served": True, "storage": True, "schema": SCHEMA}]),
        ({"versions": [{"name": "a"}, {"name": "b", "schema": {}}], "validation": SCHEMA},
         [{"name": "a", "schema": SCHEMA}, {"name": "b", "schema": {}}]),
        ({"versions": [{"name": "a"}]}, [{"name": "a"}]),
    ],
)  # fmt: skip
def test_versions_of_an_old_definition(
    spec: dict[str, Any], versions: list[dict[str, Any]]
) -> None:
    old = shape("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", spec=spec)
    assert served(old)["spec"] == spec | {"versions": versions}
    now = shape("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec=spec)
    assert served(now) == now


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, {"podSelector": {}}),
        (
            {"podSelector": {"matchLabels": {"a": "b"}}},
            {"podSelector": {"matchLabels": {"a": "b"}}},
        ),
        ({"ingress": []}, {"podSelector": {}, "ingress": []}),
    ],
)
def test_a_policy_without_selector_is_for_all(spec: object, expected: object) -> None:
    policy = shape("networking.k8s.io/v1", "NetworkPolicy", spec=spec)
    assert served(policy)["spec"] == expected


def test_what_a_secret_holds_is_text_where_it_is_text() -> None:
    data = {"a": "aGVsbG8=", "binary": "/////w==", "broken": "?", "b": "eA=="}
    secret = served(shape("v1", "Secret", data=data, stringData={"b": "y", "c": "z"}))
    assert secret["stringData"] == {"a": "hello", "b": "y", "c": "z"}
    assert secret["data"] == data
    assert "stringData" not in served(shape("v1", "ConfigMap", data=data))
    assert "stringData" not in served(shape("v1", "Secret"))


@pytest.mark.parametrize("kind", ["Pod", "Deployment"])
def test_a_volume_without_source_is_empty(kind: str) -> None:
    volumes = [{"name": "a"}, {"name": "b", "secret": {}}, {}, 7]
    spec: dict[str, Any] = {"containers": [{"name": "c"}], "volumes": volumes}
    whole = spec if kind == "Pod" else {"template": {"spec": spec}}
    objects = objects_of(json.dumps(shape("v1", kind, spec=whole)))
    (pod,) = [obj for obj in objects if obj.kind == "Pod"]
    assert pod.data["spec"]["volumes"] == [
        {"name": "a", "emptyDir": {}},
        {"name": "b", "secret": {}},
        {"emptyDir": {}},
        7,
    ]
