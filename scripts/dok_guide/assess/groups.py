"""The API groups of an operator: those that it defines, or those that its roles give away."""

from collections.abc import Collection, Iterator

from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object, mappings, strings, text
from dok_guide.engine.resources import CRD
from dok_guide.engine.roles import BUILT_IN

_KUBERNETES = (".k8s.io", ".openshift.io")
#: Groups of products beside which operators run, and for which they make objects.
_HELPERS = frozenset({
    "monitoring.coreos.com", "operators.coreos.com", "cert-manager.io", "acme.cert-manager.io",
    "external-secrets.io", "networking.istio.io", "security.istio.io", "traefik.io",
    "traefik.containo.us", "projectcontour.io", "keda.sh", "velero.io", "argoproj.io",
    "kyverno.io", "gateway.envoyproxy.io", "cilium.io", "snapshot.storage.k8s.io",
})  # fmt: skip
#: Who changes the state of a resource, or lets go of it, is its controller.
_OF_CONTROLLERS = ("/status", "/finalizers")
_WRITES = frozenset({"update", "patch", "*"})


def defined_groups(objects: Collection[Object]) -> frozenset[str]:
    """Return the groups of the definitions in the input."""
    groups = {text(obj.data, "spec", "group") for obj in objects if obj.kind == CRD}
    return frozenset(groups - {""})


def inferred_groups(objects: Collection[Object], links: Links) -> frozenset[str]:
    """Return the groups whose controller a workload of the input is, by the rules of its roles."""
    pods = [obj for obj in objects if obj.kind == "Pod"]
    roles = dict.fromkeys(role for pod in pods for role in links.roles(pod))
    found = {group for role in roles if role.source != BUILT_IN for group in _controlled(role)}
    return frozenset(found - _HELPERS or found)


def is_foreign(group: str) -> bool:
    """Whether an API group is neither Kubernetes' own nor OpenShift's."""
    return "." in group and not group.endswith(_KUBERNETES)


def _controlled(role: Object) -> Iterator[str]:
    for rule in mappings(role.data, "rules"):
        resources = strings(rule, "resources")
        whole = "*" in resources or any(r.endswith(_OF_CONTROLLERS) for r in resources)
        if whole and _WRITES & {*strings(rule, "verbs")}:
            yield from filter(is_foreign, strings(rule, "apiGroups"))
