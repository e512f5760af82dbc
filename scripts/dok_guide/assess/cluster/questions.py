"""What is asked of a collected cluster, control by control.

Each function yields the lines that a person would otherwise have listed: what stands against the
requirement, or what is to be compared with a record.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dok_guide.assess.cluster.access import Access
from dok_guide.assess.cluster.collected import ANYTHING, Collection
from dok_guide.assess.cluster.exposure import open_ways
from dok_guide.assess.cluster.references import leaving
from dok_guide.assess.cluster.search import credentials, marks
from dok_guide.assess.install import Install
from dok_guide.engine.objects import Object, mapping, mappings, strings, text

_WRITES = ("create", "update", "patch", "delete")
_READS = ("get", "list", "watch")
_PODS = (
    ("", "pods"), ("", "replicationcontrollers"), ("apps", "deployments"), ("apps", "statefulsets"),
    ("apps", "daemonsets"), ("apps", "replicasets"), ("batch", "jobs"), ("batch", "cronjobs"),
)  # fmt: skip
_ENFORCE = "pod-security.kubernetes.io/enforce"


@dataclass(frozen=True)
class Cluster:
    """A collected cluster."""

    collection: Collection
    install: Install
    access: Access

    def of(self, kind: str, namespaces: Iterable[str]) -> list[Object]:
        """Return the objects of a kind in some namespaces."""
        chosen = set(namespaces)
        return [o for o in self.install.objects if o.kind == kind and o.namespace in chosen]


def _marks(cluster: Cluster) -> Iterator[str]:
    """Yield the marks of accounts and keys in ConfigMaps (UM-7)."""
    for obj in cluster.of("ConfigMap", cluster.collection.namespaces):
        yield from marks(obj)


def _credentials(cluster: Cluster) -> Iterator[str]:
    """Yield what may be a credential outside of Secrets (CM-2)."""
    known = {secret.name for secret in cluster.collection.secrets}
    groups = {kind.partition(".")[2] for kind in cluster.collection.kinds}
    for obj in cluster.install.objects:
        if obj.namespace in cluster.collection.databases and obj.origin is None:
            plain = obj.kind in ("ConfigMap", "Pod", "Service", "PersistentVolumeClaim")
            if plain or obj.group in groups:
                yield from credentials(obj, known)


def _denies(cluster: Cluster) -> Iterator[str]:
    """Yield what is missing of a policy that denies, namespace by namespace (NM-15)."""
    for namespace in cluster.collection.namespaces:
        policies = cluster.of("NetworkPolicy", [namespace])
        types = {
            each
            for policy in policies
            if mapping(policy.data, "spec", "podSelector") == {}
            for each in strings(policy.data, "spec", "policyTypes") or ["Ingress"]
        }
        for way in sorted({"Ingress", "Egress"} - types):
            yield f"namespace {namespace}: no policy selects every pod for {way}"
        for policy in policies:
            ways = (mappings(policy.data, "spec", way) for way in ("ingress", "egress"))
            if any({} in rules for rules in ways):
                yield f"{policy.title}: a rule allows every connection"


def _bindings(cluster: Cluster) -> Iterator[str]:
    """Yield the bindings of the operator's accounts (KSI-1)."""
    for pod in cluster.install.pods:
        for binding in cluster.install.links.bindings(pod):
            role = mapping(binding.data, "roleRef")
            where = binding.namespace or "all namespaces"
            yield f"{binding.title} in {where} to {text(role, 'kind')} {text(role, 'name')}"


def _wider(cluster: Cluster) -> Iterator[str]:
    """Yield where the operator has rights and no database is (KSI-2)."""
    known = {*cluster.collection.namespaces}
    for account in cluster.access.accounts(cluster.install.pods):
        for where in cluster.access.reached(account):
            if where not in known:
                shown = "all namespaces" if where == "*" else f"namespace {where}"
                yield f"{account[1]}/{account[2]} has rights in {shown}"


def _ways_in(cluster: Cluster) -> Iterator[str]:
    for namespace in cluster.collection.namespaces:
        for obj in cluster.install.objects:
            if obj.namespace == namespace:
                yield from open_ways(obj)


def _makers(cluster: Cluster) -> Iterator[str]:
    """Yield who may make or enter pods where databases are (KSI-11)."""
    wanted = [(g, r, v) for g, r in _PODS for v in ("create", "update", "patch")]
    wanted += [("", f"pods/{part}", v) for part in ("exec", "attach") for v in ("get", "create")]
    wanted += [("", "pods/ephemeralcontainers", v) for v in ("update", "patch")]
    claims = ("persistentvolumeclaims", "persistentvolumes")
    wanted += [("", claim, verb) for claim in claims for verb in ("create", "update", "patch")]
    snapshots = ("volumesnapshots", "volumesnapshotcontents")
    group = "snapshot.storage.k8s.io"
    wanted += [(group, each, v) for each in snapshots for v in ("create", "update", "patch")]
    wanted += [("", "serviceaccounts/token", "create"), ("", "serviceaccounts", "impersonate")]
    return cluster.access.subjects(cluster.collection.databases, wanted)


def _writers(cluster: Cluster) -> Iterator[str]:
    """Yield who may write custom resources, or touch Secrets, where databases are (OA-7)."""
    wanted = [("", "secrets", verb) for verb in (*_WRITES, *_READS)]
    for kind in cluster.collection.kinds:
        plural, _, group = kind.partition(".")
        wanted += [(group, plural, verb) for verb in _WRITES]
    return cluster.access.subjects(cluster.collection.databases, wanted)


def _labels(cluster: Cluster) -> Iterator[str]:
    """Yield the namespaces that do not enforce `restricted` (WI-1)."""
    found = {obj.name: obj for obj in cluster.install.objects if obj.kind == "Namespace"}
    for name in cluster.collection.namespaces:
        if name not in found:
            yield f"namespace {name} was not read"
        elif (level := found[name].labels.get(_ENFORCE, "nothing")) != "restricted":
            yield f"namespace {name} enforces {level}"


def _references(cluster: Cluster) -> Iterator[str]:
    groups = {kind.partition(".")[2] for kind in cluster.collection.kinds}
    for obj in cluster.install.objects:
        if obj.group in groups and obj.namespace:
            yield from leaving(obj)


def _images(cluster: Cluster) -> Iterator[str]:
    """Yield the images without digest or full version (SSC-2)."""
    for pod in cluster.of("Pod", cluster.collection.namespaces):
        for key in ("initContainers", "containers"):
            for container in mappings(pod.data, "spec", key):
                image = text(container, "image")
                tag = image.rpartition("/")[2].partition(":")[2]
                if "@sha256:" not in image and len(tag.split(".")) < 3:  # noqa: PLR2004 - 1.2.3
                    yield f"{pod.title}, container {text(container, 'name')}: {image}"


@dataclass(frozen=True)
class Question:
    """How a control's quick verification is answered, and the resources that must have been read.

    `*` means the custom resources of all operators. `compare`: the lines are to be compared with a
    record, or to be read. `operator`: without a workload of the operator nothing can be said.
    """

    make: Callable[[Cluster], Iterable[str]]
    needs: tuple[str, ...]
    compare: bool = False
    operator: bool = False


_RBAC = ("roles", "rolebindings", "clusterroles", "clusterrolebindings")
#: By control.
QUESTIONS = {
    "UM-7": Question(_marks, ("configmaps",), compare=True),
    "CM-2": Question(
        _credentials,
        ("configmaps", "pods", "services", "persistentvolumeclaims", "secrets", ANYTHING),
        compare=True,
    ),
    "NM-15": Question(_denies, ("networkpolicies",)),
    "KSI-1": Question(_bindings, (*_RBAC, "pods"), compare=True, operator=True),
    "KSI-2": Question(_wider, (*_RBAC, "pods"), compare=True, operator=True),
    "KSI-5": Question(
        _ways_in,
        ("services", "pods", "ingresses", "gateways", "httproutes", "routes"),
        compare=True,
    ),
    "KSI-11": Question(_makers, _RBAC, compare=True),
    "SSC-2": Question(_images, ("pods",)),
    "WI-1": Question(_labels, ("namespaces",), compare=True),
    "OA-3": Question(_references, (ANYTHING,), compare=True),
    "OA-7": Question(_writers, _RBAC, compare=True),
}
