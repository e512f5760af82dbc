"""Whose an object is: the operator's, a database's, a definition's, or nobody's that we know."""

from collections.abc import Collection

from dok_guide.assess.groups import defined_groups, inferred_groups
from dok_guide.assess.release import Release
from dok_guide.engine.labels import selects
from dok_guide.engine.links import BINDINGS, WEBHOOKS, Links
from dok_guide.engine.objects import Object, mappings, owners, strings, text
from dok_guide.engine.resources import CRD
from dok_guide.engine.roles import BUILT_IN

#: The targets of checks; an object that is none of them is not classified and never judged.
OPERATOR, DATABASE, DEFINITION, UNKNOWN = "operator", "database", "crd", "not classified"
#: Domains whose labels say nothing about whose an object is.
_COMMON = ("kubernetes.io", "k8s.io", "openshift.io", "helm.sh", "x-k8s.io", "olm.io")
_BOOTSTRAP = "kubernetes.io/bootstrapping"
_ADMINISTRATOR = "cluster-admin"
Selector = dict[str, object]
#: Whose a workload is, and by which link.
Reason = tuple[str, str]
NOBODY: Reason = (UNKNOWN, "nothing links it to the operator or to a database")


class Classes:
    """Says of each object whose it is, and of each workload by which link.

    `groups` are the API groups of the operator; by default those of the definitions in the input,
    or else those whose controller a workload of the input is. `selector` selects databases and
    `operator` workloads of the operator by their labels, beside what the links tell.
    """

    def __init__(
        self,
        objects: Collection[Object],
        links: Links,
        groups: Collection[str] = (),
        selector: Selector | None = None,
        operator: Selector | None = None,
    ) -> None:
        self._links = links
        self._selector, self._operator = selector, operator
        self._pods = [obj for obj in objects if obj.kind == "Pod"]
        self.inferred = False
        self.groups = frozenset(groups) or defined_groups(objects)
        self._reasons = self._classified()
        if not groups and not any(whose == OPERATOR for whose, _ in self._reasons.values()):
            self._infer(objects)
        self._release(objects)
        self._found = {obj: whose for obj, (whose, _) in self._reasons.items()}
        self._found |= {obj.origin: whose for obj, whose in self._found.items() if obj.origin}
        for obj in objects:
            if obj not in self._found:
                self._found[obj] = self._class(obj)

    def of(self, obj: Object) -> str:
        """Return whose an object is."""
        return self._found[obj]

    def reasons(self) -> list[tuple[Object, str, str]]:
        """Return each workload, as the pods that it makes, with whose it is and why."""
        return [(pod, *self._reasons[pod]) for pod in self._pods]

    def _infer(self, objects: Collection[Object]) -> None:
        """Take the groups from the rules of roles, where no definition leads to an operator."""
        if more := inferred_groups(objects, self._links) - self.groups:
            self.inferred = True
            self.groups |= more
            self._reasons = self._classified()

    def _classified(self) -> dict[Object, Reason]:
        """Return whose each pod is by itself; wildcards tell only where no rule names a group."""
        found = {pod: self._reason(pod, self.groups) for pod in self._pods}
        if self.groups and not any(whose == OPERATOR for whose, _ in found.values()):
            found = {pod: self._reason(pod, self.groups | {"*"}) for pod in self._pods}
        return found

    def _release(self, objects: Collection[Object]) -> None:
        """Add what belongs to the same release as the operator, as long as something is added."""
        mine = [pod for pod, (whose, _) in self._reasons.items() if whose == OPERATOR]
        rest = [pod for pod, (whose, _) in self._reasons.items() if whose == UNKNOWN]
        release = Release(objects, self._links, self.groups, mine)
        while found := {pod: why for pod in rest if (why := release.link(pod))}:
            self._reasons |= {pod: (OPERATOR, why) for pod, why in found.items()}
            rest = [pod for pod in rest if pod not in found]
            release.add(found)

    def _reason(self, pod: Object, groups: frozenset[str]) -> Reason:
        if why := self._database(pod):
            return DATABASE, why
        if self._operator and _selected(self._operator, pod):
            return OPERATOR, "selected by --operator"
        if why := self._grant(pod, groups):
            return OPERATOR, why
        if label := self._label(pod):
            return DATABASE, f"labeled {label}"
        return NOBODY

    def _grant(self, pod: Object, groups: frozenset[str]) -> str:
        """Return by which role a pod has rights on one of the groups."""
        for role in self._links.roles(pod) if self.groups else ():
            named = sorted({g for r in mappings(role.data, "rules") for g in _in(r, groups)})
            built_in = role.source == BUILT_IN
            if named and (not built_in or ("*" in groups and role.name == _ADMINISTRATOR)):
                return f"its account has {role.title}, with a rule on {', '.join(named)}"
        return ""

    def _database(self, obj: Object) -> str:
        """Return why an object is a database's: selected, or owned by a resource of a group."""
        each = [obj, *self._links.owners(obj)]
        if self._selector and any(_selected(self._selector, o) for o in each):
            return "selected by --database"
        for owner in (owner for o in each for owner in owners(o)):
            if text(owner, "apiVersion").rpartition("/")[0] in self.groups:
                return f"owned by {text(owner, 'kind')} {text(owner, 'name')}"
        return ""

    def _label(self, obj: Object) -> str:
        """Return a label whose domain is that of one of the groups."""
        for key in obj.labels:
            domain, slash, _ = key.partition("/")
            telling = slash and "." in domain and not domain.endswith(_COMMON)
            if telling and any(_within(g, domain) or _within(domain, g) for g in self.groups):
                return key
        return ""

    def _class(self, obj: Object) -> str:
        if not self.groups:
            return UNKNOWN
        if obj.kind == CRD:
            return DEFINITION if text(obj.data, "spec", "group") in self.groups else UNKNOWN
        if obj.group in self.groups or self._database(obj):
            return DATABASE
        return UNKNOWN if _BOOTSTRAP in obj.labels else self._shared_class(obj)

    def _shared_class(self, obj: Object) -> str:
        """Return whose an object is that pods have in common; what is nobody's was shipped."""
        if obj.kind in (*BINDINGS, "Role", "ClusterRole", "ServiceAccount"):
            return self._of_pods(self._links.holders(obj), OPERATOR)
        if obj.kind in WEBHOOKS:
            return self._of_pods(self._links.pods(obj), OPERATOR)
        if obj.kind in ("Service", "NetworkPolicy", "PodDisruptionBudget"):
            labeled = DATABASE if self._label(obj) else UNKNOWN
            return self._of_pods(self._links.pods(obj), labeled)
        return OPERATOR

    def _of_pods(self, pods: list[Object], without: str) -> str:
        """Return whose something is that pods have in common, `without` if there are none."""
        whose = {self._found[pod] for pod in pods}
        for each in (OPERATOR, DATABASE, UNKNOWN):
            if each in whose:
                return each
        return without


def _in(rule: dict[str, object], groups: frozenset[str]) -> frozenset[str]:
    return groups & {*strings(rule, "apiGroups")}


def _selected(selector: Selector, obj: Object) -> bool:
    return selects(selector, obj.labels)


def _within(domain: str, other: str) -> bool:
    return domain == other or domain.endswith(f".{other}")
