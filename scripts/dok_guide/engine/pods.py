"""The pods that Kubernetes makes of workloads."""

from dok_guide.engine.helm import CHART
from dok_guide.engine.objects import Object, get, mapping, mappings, owners, text
from dok_guide.engine.served import with_volumes
from dok_guide.engine.unpack import without_nulls
from dok_guide.source import Place

#: Where each kind of workload keeps the template of its pods; some are of OpenShift, Argo, Kruise.
TEMPLATES: dict[str, Place] = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "PodTemplate": ("template",),
    "DeploymentConfig": ("spec", "template"),
    "Rollout": ("spec", "template"),
    "CloneSet": ("spec", "template"),
    "BroadcastJob": ("spec", "template"),
    "AdvancedCronJob": ("spec", "template", "jobTemplate", "spec", "template"),
}
_USUAL: Place = ("spec", "template", "spec", "containers")


def with_pods(objects: list[Object]) -> list[Object]:
    """Return the objects, and for each workload the pod that Kubernetes makes from its template.

    What a workload of the input owns, such as the ReplicaSet of a Deployment, makes none. A pod
    that it owns is left out, unless somebody has added an ephemeral container to it.
    """
    present = {(obj.kind, obj.namespace, obj.name) for obj in objects if obj.kind in TEMPLATES}
    found: list[Object] = []
    for obj in objects:
        owned = any(
            (text(o, "kind"), obj.namespace, text(o, "name")) in present for o in owners(obj)
        )
        if obj.kind == "Pod" and owned and not get(obj.data, "spec", "ephemeralContainers"):
            continue
        found.append(obj)
        if obj.kind in TEMPLATES and not owned and get(obj.data, *TEMPLATES[obj.kind]):
            found.append(_pod(obj))
    return found


def makes_unknown_pods(obj: Object) -> bool:
    """Whether an object of a kind that isn't known has what looks like the template of a pod."""
    return obj.kind not in TEMPLATES and bool(mappings(obj.data, *_USUAL))


def _pod(workload: Object) -> Object:
    way = TEMPLATES[workload.kind]
    template = mapping(workload.data, *way)
    metadata = mapping(template, "metadata") | {"name": workload.name}
    if workload.namespace:
        metadata["namespace"] = workload.namespace
    if workload.chart:
        metadata["labels"] = {CHART: workload.chart} | mapping(metadata, "labels")
    spec = without_nulls(template.get("spec"))
    data = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": with_volumes(spec)}
    place = (*workload.place, *way)
    pod = without_nulls(data)
    return Object(pod, workload.source, workload.line, place, workload, workload.chart)
