"""What the Operator Lifecycle Manager makes of a ClusterServiceVersion."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dok_guide.engine.objects import Elsewhere, Object, mapping, mappings, text
from dok_guide.source import Place

BUNDLE = "ClusterServiceVersion"
_RBAC = "rbac.authorization.k8s.io/v1"
_INSTALL: Place = ("spec", "install", "spec")
_WEBHOOKS = {
    "ValidatingAdmissionWebhook": "ValidatingWebhookConfiguration",
    "MutatingAdmissionWebhook": "MutatingWebhookConfiguration",
}


def installed(bundle: Object) -> Iterator[Object]:
    """Yield accounts, roles, bindings, Deployments, webhooks and their Services."""
    yield from _deployments(bundle)
    for field, cluster in (("permissions", ""), ("clusterPermissions", "Cluster")):
        for index, granted in enumerate(mappings(bundle.data, *_INSTALL, field)):
            yield from _granted(bundle, granted, (*_INSTALL, field, index), cluster)
    for index, webhook in enumerate(mappings(bundle.data, "spec", "webhookdefinitions")):
        yield from _webhook(bundle, webhook, ("spec", "webhookdefinitions", index))


def _deployments(bundle: Object) -> Iterator[Object]:
    for index, deployment in enumerate(mappings(bundle.data, *_INSTALL, "deployments")):
        data = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": mapping(deployment, "spec")}
        labels = mapping(deployment, "label")
        place = (*_INSTALL, "deployments", index)
        yield _derived(bundle, data, place, text(deployment, "name"), labels)


def _granted(
    bundle: Object, granted: dict[str, Any], place: Place, cluster: str
) -> Iterator[Object]:
    account = text(granted, "serviceAccountName")
    role = {"kind": f"{cluster}Role", "name": f"{bundle.name}-{place[-2]}-{place[-1]}"}
    subject = {"kind": "ServiceAccount", "name": account, "namespace": bundle.namespace}
    rules = {"apiVersion": _RBAC, "kind": role["kind"], "rules": granted.get("rules", [])}
    binding = {"kind": f"{cluster}RoleBinding", "roleRef": role, "subjects": [subject]}
    yield _derived(bundle, rules, place, role["name"])
    yield _derived(bundle, {"apiVersion": _RBAC, **binding}, place, role["name"])


def _webhook(bundle: Object, webhook: dict[str, Any], place: Place) -> Iterator[Object]:
    """Yield the Service of a webhook and, unless it converts, its configuration."""
    deployment = text(webhook, "deploymentName")
    name = f"{deployment}-service"
    for each in mappings(bundle.data, *_INSTALL, "deployments"):
        if text(each, "name") == deployment:
            selector = mapping(each, "spec", "selector", "matchLabels")
            service = {"apiVersion": "v1", "kind": "Service", "spec": {"selector": selector}}
            yield _derived(bundle, service, place, name)
    kind = _WEBHOOKS.get(text(webhook, "type"))
    if not kind:
        return
    client = {"service": {"name": name, "namespace": bundle.namespace}}
    one = webhook | {"name": text(webhook, "generateName"), "clientConfig": client}
    data = {"apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "webhooks": [one]}
    made = _derived(bundle, data, place, text(webhook, "generateName"))
    yield replace(made, elsewhere=(Elsewhere(("webhooks", 0), None, place),))


def _derived(
    bundle: Object,
    data: dict[str, Any],
    place: Place,
    name: str,
    labels: dict[str, Any] | None = None,
) -> Object:
    metadata: dict[str, Any] = {"name": name, "namespace": bundle.namespace}
    if labels:
        metadata["labels"] = labels
    return Object({**data, "metadata": metadata}, bundle.source, bundle.line, place)
