"""Kubernetes' own types inside custom resources: pods and Services that an operator makes of them.

An operator merges what a user writes into what it makes itself. So a field that the user leaves out
counts as well set, and only what stands there can be found.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from dok_guide.engine.objects import Elsewhere, Object, mapping, mappings
from dok_guide.engine.paths import steps, values
from dok_guide.operators import Embedded, Operator
from dok_guide.source import Place

Data = dict[str, Any]

#: Where a part stands in the object that is made of it, if that is not the whole object.
_PARTS: dict[str, Place] = {"PodSpec": ("spec",), "Container": ("spec", "containers", 0)}
_CONTAINER: Data = {
    "name": "embedded",
    "image": "registry.example.org/embedded:1.0@sha256:" + "0" * 64,
    "resources": {
        "requests": {"cpu": "1", "memory": "1Gi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    },
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    },
}
_POD: Data = {
    "automountServiceAccountToken": False,
    "serviceAccountName": "embedded",
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
}


def embedded(operators: Iterable[Operator], objects: Iterable[Object]) -> Iterator[Object]:
    """Yield a Pod or Service for each of Kubernetes' own types in the resources of operators."""
    known = {
        (group, kind.kind): operator
        for operator in operators
        for kind in operator.kinds
        for group in kind.groups
    }
    for obj in objects:
        operator = known.get((obj.group, obj.kind))
        for each in operator.embeds if operator else ():
            if each.kind == obj.kind:
                for place, part in values(obj.data, steps(each.path)):
                    if isinstance(part, dict):
                        yield _made(obj, each, place, part)


def _made(obj: Object, each: Embedded, place: Place, part: Data) -> Object:
    """Return the object that an embedded part becomes; its places are those in the resource."""
    owner = {"apiVersion": obj.data["apiVersion"], "kind": obj.kind, "name": obj.name}
    metadata = {**mapping(part, "metadata"), "name": obj.name, "ownerReferences": [owner]}
    if obj.namespace:
        metadata["namespace"] = obj.namespace
    kind, spec = _spec(each, part)
    data = {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec}
    way = (*obj.place, *place)
    elsewhere = (Elsewhere(_PARTS[each.type], None, way),) if each.type in _PARTS else ()
    return Object(data, obj.source, obj.line, way, obj, elsewhere=elsewhere)


def _spec(each: Embedded, part: Data) -> tuple[str, Data]:
    if each.type == "Service":
        return "Service", mapping(part, "spec")
    if each.type == "Container":
        return "Pod", _pod({"containers": [part]})
    return "Pod", _pod(mapping(part, "spec") if each.type == "PodTemplateSpec" else part)


def _pod(spec: Data) -> Data:
    found = _over(_POD, spec)
    for key in ("containers", "initContainers"):
        if mappings(spec, key):
            found[key] = [_over(_CONTAINER, each) for each in mappings(spec, key)]
    return found | {"containers": found.get("containers") or [_CONTAINER]}


def _over(base: Data, part: Data) -> Data:
    """Return a mapping over another one: what stands in it wins, mappings are merged."""
    found = dict(base)
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            found[key] = _over(base[key], value)
        else:
            found[key] = value
    return found
