"""Which object refers to which: what a pod may do, and what lets others reach it.

The links go one way, `webhook -> Service -> Pod -> ServiceAccount -> binding -> role`; policies and
budgets point at the pods that they select. What an object reaches along them, forward or backward,
is what a check of scope `bundle` sees beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dok_guide.engine.labels import selects
from dok_guide.engine.objects import Object, get, mapping, mappings, text

WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
BINDINGS = ("RoleBinding", "ClusterRoleBinding")
_SELECTORS = {
    "NetworkPolicy": ("spec", "podSelector"),
    "PodDisruptionBudget": ("spec", "selector"),
    "Service": ("spec", "selector"),
}
#: Kind, namespace and name; one without namespace fits any.
Key = tuple[str, str, str]
#: Stands for an account that a pod or binding names and no manifest defines.
Node = Object | Key


class Links:
    """The links between the objects of an input."""

    def __init__(self, objects: Iterable[Object]) -> None:
        self._objects = list(objects)
        self._forward: dict[Node, list[Node]] = defaultdict(list)
        self._backward: dict[Node, list[Node]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Object]] = defaultdict(list)
        self._order = {obj: number for number, obj in enumerate(self._objects)}
        for obj in self._objects:
            self._by_name[obj.kind, obj.name].append(obj)
        self._pods: dict[str, list[Object]] = defaultdict(list)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        for obj in self._objects:
            if obj.kind == "Pod":
                self._pods[obj.namespace].append(obj)
                self._accounts[account(obj)].add(obj.namespace)
        for obj in self._objects:
            for target in self._targets(obj):
                self._forward[obj].append(target)
                self._backward[target].append(obj)
            if obj.kind in BINDINGS:
                for subject in self._subjects(obj):
                    self._forward[subject].append(obj)
                    self._backward[obj].append(subject)

    def around(self, obj: Object) -> list[Object]:
        """Return what an object reaches, forward and backward, itself included, in input order."""
        found = {obj, *self._reach(obj, self._forward), *self._reach(obj, self._backward)}
        return sorted((node for node in found if isinstance(node, Object)), key=self._order.get)  # type: ignore[arg-type]

    def roles(self, pod: Object) -> list[Object]:
        """Return the roles that a pod's account is bound to."""
        return _objects(self._reach(pod, self._forward), "Role", "ClusterRole")

    def bindings(self, pod: Object) -> list[Object]:
        """Return the bindings of a pod's account."""
        return _objects(self._reach(pod, self._forward), *BINDINGS)

    def pods(self, obj: Object) -> list[Object]:
        """Return the pods that an object holds for, such as those bound to a role."""
        both = self._reach(obj, self._forward) | self._reach(obj, self._backward)
        return _objects(both, "Pod")

    def holders(self, obj: Object) -> list[Object]:
        """Return the pods that reach an object: those with the account of a binding or role."""
        return _objects(self._reach(obj, self._backward), "Pod")

    def owners(self, obj: Object) -> list[Object]:
        """Return the objects of the input that own an object, its origin and theirs included."""
        found: dict[Object, None] = {}
        waiting = [obj]
        while waiting:
            each = waiting.pop()
            next_ = [each.origin] if each.origin else []
            for owner in mappings(each.data, "metadata", "ownerReferences"):
                next_ += self._named(text(owner, "kind"), each.namespace, text(owner, "name"))
            waiting += [n for n in next_ if n not in found]
            found |= dict.fromkeys(next_)
        return list(found)

    def _reach(self, start: Node, links: dict[Node, list[Node]]) -> dict[Node, None]:
        found: dict[Node, None] = {}
        waiting = [start]
        while waiting:
            for node in links.get(waiting.pop(), ()):
                if node not in found:
                    found[node] = None
                    waiting.append(node)
        return found

    def _named(self, kind: str, namespace: str, name: str) -> list[Object]:
        return [o for o in self._by_name[kind, name] if _same(namespace, o.namespace)]

    def _targets(self, obj: Object) -> Iterator[Node]:
        if obj.kind == "Pod":
            yield ("ServiceAccount", obj.namespace, account(obj))
            yield from self._named("ServiceAccount", obj.namespace, account(obj))
        elif obj.kind in BINDINGS:
            ref = mapping(obj.data, "roleRef")
            within = obj.namespace if text(ref, "kind") == "Role" else ""
            yield from self._named(text(ref, "kind"), within, text(ref, "name"))
        elif obj.kind in WEBHOOKS:
            for webhook in mappings(obj.data, "webhooks"):
                yield from self._service(mapping(webhook, "clientConfig", "service"))
        elif obj.kind == "CustomResourceDefinition":
            way = ("spec", "conversion", "webhook", "clientConfig", "service")
            yield from self._service(mapping(obj.data, *way))
        elif obj.kind in _SELECTORS:
            yield from self._selected(obj)

    def _service(self, named: dict[str, object]) -> list[Object]:
        return self._named("Service", text(named, "namespace"), text(named, "name"))

    def _selected(self, obj: Object) -> Iterator[Object]:
        selector = get(obj.data, *_SELECTORS[obj.kind])
        if not isinstance(selector, dict) or (obj.kind == "Service" and not selector):
            return
        if obj.kind == "Service":
            selector = {"matchLabels": selector}
        for namespace, pods in self._pods.items():
            for pod in pods if _same(obj.namespace, namespace) else ():
                if selects(selector, mapping(pod.data, "metadata", "labels")):
                    yield pod

    def _subjects(self, binding: Object) -> Iterator[Node]:
        """Yield the accounts that a binding grants something to."""
        for subject in mappings(binding.data, "subjects"):
            if text(subject, "kind") != "ServiceAccount":
                continue
            name = text(subject, "name")
            where = text(subject, "namespace") or binding.namespace
            for namespace in sorted(self._accounts.get(name, ())):
                if _same(where, namespace):
                    yield ("ServiceAccount", namespace, name)
            yield from self._named("ServiceAccount", where, name)


def account(pod: Object) -> str:
    """Return the name of the service account that a pod runs as."""
    old = text(pod.data, "spec", "serviceAccount")
    return text(pod.data, "spec", "serviceAccountName") or old or "default"


def _same(first: str, second: str) -> bool:
    """Whether two namespaces can be the same: a manifest may leave its own open."""
    return not first or not second or first == second


def _objects(nodes: Iterable[Node], *kinds: str) -> list[Object]:
    return [node for node in nodes if isinstance(node, Object) and node.kind in kinds]
