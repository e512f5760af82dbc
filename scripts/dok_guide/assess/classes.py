"""Whose an object is: the operator's, a database's, a definition's, or nobody's that we know."""

from collections import Counter
from collections.abc import Collection

from dok_guide.engine.labels import selects
from dok_guide.engine.links import BINDINGS, WEBHOOKS, Links
from dok_guide.engine.objects import Object, mappings, owners, strings, text
from dok_guide.engine.resources import CRD

#: The targets of checks; an object that is none of them is not classified and never judged.
OPERATOR, DATABASE, DEFINITION, UNKNOWN = "operator", "database", "crd", "not classified"
#: Domains whose labels say nothing about whose an object is.
_COMMON = ("kubernetes.io", "k8s.io", "openshift.io", "helm.sh", "x-k8s.io", "olm.io")
_BOOTSTRAP = "kubernetes.io/bootstrapping"


class Classes:
    """Says of each object whose it is.

    `groups` are the API groups of the operator; by default those of the definitions in the input.
    `selector` selects databases by their labels, beside what owners and labels tell.
    """

    def __init__(
        self,
        objects: Collection[Object],
        links: Links,
        groups: Collection[str] = (),
        selector: dict[str, object] | None = None,
    ) -> None:
        self._links = links
        self._selector = selector
        defined = {text(obj.data, "spec", "group") for obj in objects if obj.kind == CRD}
        self.groups = frozenset(groups or defined)
        self._found = {obj: self._pod_class(obj) for obj in objects if obj.kind == "Pod"}
        self._found |= {obj.origin: whose for obj, whose in self._found.items() if obj.origin}
        for obj in objects:
            if obj not in self._found:
                self._found[obj] = self._class(obj)

    def of(self, obj: Object) -> str:
        """Return whose an object is."""
        return self._found[obj]

    def workloads(self) -> Counter[str]:
        """Return how many workloads are whose; a workload counts as the pods that it makes."""
        return Counter(whose for obj, whose in self._found.items() if obj.kind == "Pod")

    def _pod_class(self, pod: Object) -> str:
        if self._is_database(pod):
            return DATABASE
        if any(self._grants(role) for role in self._links.roles(pod)) or self._is_admin(pod):
            return OPERATOR
        return DATABASE if self._labeled(pod) else UNKNOWN

    def _grants(self, role: Object) -> bool:
        """Whether a role has a rule on one of the operator's API groups."""
        wanted = self.groups | {"*"}
        rules = mappings(role.data, "rules")
        return bool(self.groups) and any(wanted & {*strings(r, "apiGroups")} for r in rules)

    def _is_admin(self, pod: Object) -> bool:
        """Whether a pod is bound to the role that Kubernetes has for administrators."""
        names = (text(b.data, "roleRef", "name") for b in self._links.bindings(pod))
        return bool(self.groups) and "cluster-admin" in names

    def _is_database(self, obj: Object) -> bool:
        """Whether an object is selected as a database's, or owned by a resource of the operator."""
        each = [obj, *self._links.owners(obj)]
        if self._selector and any(selects(self._selector, o.labels) for o in each):
            return True
        return any(
            text(owner, "apiVersion").rpartition("/")[0] in self.groups
            for o in each
            for owner in owners(o)
        )

    def _labeled(self, obj: Object) -> bool:
        """Whether a label's domain is that of one of the operator's API groups."""
        domains = {key.partition("/")[0] for key in obj.labels if "/" in key}
        domains = {d for d in domains if "." in d and not d.endswith(_COMMON)}
        return any(
            _within(group, domain) or _within(domain, group)
            for domain in domains
            for group in self.groups
        )

    def _class(self, obj: Object) -> str:
        if not self.groups:
            return UNKNOWN
        if obj.kind == CRD:
            return DEFINITION if text(obj.data, "spec", "group") in self.groups else UNKNOWN
        if obj.group in self.groups or self._is_database(obj):
            return DATABASE
        return UNKNOWN if _BOOTSTRAP in obj.labels else self._shared_class(obj)

    def _shared_class(self, obj: Object) -> str:
        """Return whose an object is that pods have in common; what is nobody's was shipped."""
        if obj.kind in (*BINDINGS, "Role", "ClusterRole", "ServiceAccount"):
            return self._of_pods(self._links.holders(obj), OPERATOR)
        if obj.kind in WEBHOOKS:
            return self._of_pods(self._links.pods(obj), OPERATOR)
        if obj.kind in ("Service", "NetworkPolicy", "PodDisruptionBudget"):
            labeled = DATABASE if self._labeled(obj) else UNKNOWN
            return self._of_pods(self._links.pods(obj), labeled)
        return OPERATOR

    def _of_pods(self, pods: list[Object], without: str) -> str:
        """Return whose something is that pods have in common, `without` if there are none."""
        whose = {self._found[pod] for pod in pods}
        for each in (OPERATOR, DATABASE, UNKNOWN):
            if each in whose:
                return each
        return without


def _within(domain: str, other: str) -> bool:
    return domain == other or domain.endswith(f".{other}")
