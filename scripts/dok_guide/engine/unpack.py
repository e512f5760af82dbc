"""What Kubernetes makes of manifests before anybody judges them.

Lists and bundles are unpacked, nulls removed, pods made of workloads, aggregated roles filled: a
check reads an object as the API server would see it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dok_guide.engine.labels import selects
from dok_guide.engine.objects import Object, get, mapping, mappings, owners, text
from dok_guide.source import Place

#: Where each kind of workload keeps the template of its pods.
TEMPLATES: dict[str, Place] = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
_RBAC = "rbac.authorization.k8s.io/v1"


def without_nulls(data: Any) -> Any:  # noqa: ANN401
    """Return data without the keys whose value is null, as the API server decodes it."""
    if isinstance(data, dict):
        return {key: without_nulls(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_nulls(item) for item in data]
    return data


def unpacked(data: dict[str, Any], source: str, line: int) -> Iterator[Object]:
    """Yield the objects of a document: itself, or the items of a List, or those of a bundle."""
    waiting = [Object(without_nulls(data), source, line)]
    while waiting:
        obj = waiting.pop()
        items = get(obj.data, "items")
        if obj.kind.endswith("List") and isinstance(items, list):
            waiting += reversed(list(_items(obj, items)))
        else:
            yield obj
            if obj.kind == "ClusterServiceVersion":
                yield from _installed(obj)


def _items(obj: Object, items: list[Any]) -> Iterator[Object]:
    """Yield the items of a List; those of a typed one take kind and version from it."""
    known = {"apiVersion": get(obj.data, "apiVersion"), "kind": obj.kind.removesuffix("List")}
    for index, item in enumerate(items):
        if isinstance(item, dict):
            data = item if obj.kind == "List" else known | item
            yield Object(data, obj.source, obj.line, (*obj.place, "items", index))


def _installed(bundle: Object) -> Iterator[Object]:
    """Yield what OLM makes of a ClusterServiceVersion: accounts, roles, bindings, Deployments."""
    way: Place = ("spec", "install", "spec")
    for index, deployment in enumerate(mappings(bundle.data, *way, "deployments")):
        data = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": mapping(deployment, "spec")}
        place = (*way, "deployments", index)
        yield _derived(bundle, data, place, text(deployment, "name"))
    for field, cluster in (("permissions", ""), ("clusterPermissions", "Cluster")):
        for index, granted in enumerate(mappings(bundle.data, *way, field)):
            account = text(granted, "serviceAccountName")
            role = {"kind": f"{cluster}Role", "name": f"{bundle.name}-{field}-{index}"}
            subject = {"kind": "ServiceAccount", "name": account, "namespace": bundle.namespace}
            rules = {"apiVersion": _RBAC, "kind": role["kind"], "rules": granted.get("rules", [])}
            binding = {
                "apiVersion": _RBAC,
                "kind": f"{cluster}RoleBinding",
                "roleRef": role,
                "subjects": [subject],
            }
            place = (*way, field, index)
            yield _derived(bundle, rules, place, role["name"])
            yield _derived(bundle, binding, place, role["name"])


def _derived(bundle: Object, data: dict[str, Any], place: Place, name: str) -> Object:
    metadata = {"name": name, "namespace": bundle.namespace}
    return Object({**data, "metadata": metadata}, bundle.source, bundle.line, place)


def with_pods(objects: list[Object]) -> list[Object]:
    """Return the objects, and for each workload the pod that Kubernetes makes from its template.

    What a workload of the input owns, such as the ReplicaSet of a Deployment, makes none.
    """
    present = {(obj.kind, obj.name) for obj in objects if obj.kind in TEMPLATES}
    found: list[Object] = []
    for obj in objects:
        owned = any((text(o, "kind"), text(o, "name")) in present for o in owners(obj))
        if obj.kind == "Pod" and owned:
            continue
        found.append(obj)
        if obj.kind in TEMPLATES and not owned and get(obj.data, *TEMPLATES[obj.kind]):
            found.append(_pod(obj))
    return found


def _pod(workload: Object) -> Object:
    way = TEMPLATES[workload.kind]
    template = mapping(workload.data, *way)
    metadata = mapping(template, "metadata") | {"name": workload.name}
    if workload.namespace:
        metadata["namespace"] = workload.namespace
    data = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template.get("spec")}
    place = (*workload.place, *way)
    return Object(without_nulls(data), workload.source, workload.line, place, workload)


def with_aggregated_rules(objects: list[Object]) -> list[Object]:
    """Return the objects; an aggregated ClusterRole has the rules of all that it selects."""
    roles = [obj for obj in objects if obj.kind == "ClusterRole"]
    return [_aggregated(obj, roles) if "aggregationRule" in obj.data else obj for obj in objects]


def _aggregated(role: Object, roles: list[Object]) -> Object:
    selectors = mappings(role.data, "aggregationRule", "clusterRoleSelectors")
    parts = [r for r in roles if r is not role and any(selects(s, r.labels) for s in selectors)]
    rules = [rule for part in parts for rule in mappings(part.data, "rules")]
    return replace(role, data=role.data | {"rules": rules}) if rules else role
