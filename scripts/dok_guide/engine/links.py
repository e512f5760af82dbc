"""Which object refers to which: what a pod may do, and what lets others reach it.

The links go one way, `webhook -> Service -> Pod -> ServiceAccount -> binding -> role`, and on to
the parts of an aggregated role; policies and budgets point at the pods that they select. What an
object reaches along them, forward or backward, is what a check of scope `bundle` sees beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dok_guide.engine.accounts import ACCOUNT, GROUP, Key, account, belongs, subject_key
from dok_guide.engine.labels import Selected
from dok_guide.engine.objects import Object, get, mapping, mappings, text
from dok_guide.engine.roles import built_in_roles

WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
BINDINGS = ("RoleBinding", "ClusterRoleBinding")
_SELECTORS = {
    "NetworkPolicy": ("spec", "podSelector"),
    "PodDisruptionBudget": ("spec", "selector"),
    "Service": ("spec", "selector"),
}
#: An object, or what one names and no manifest defines.
Node = Object | Key


class Links:
    """The links between the objects of an input, and the roles that Kubernetes brings along."""

    def __init__(self, objects: Iterable[Object]) -> None:
        given = list(objects)
        self._objects = [*given, *built_in_roles(given)]
        self._forward: dict[Node, list[Node]] = defaultdict(list)
        self._backward: dict[Node, list[Node]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Object]] = defaultdict(list)
        self._order = {obj: number for number, obj in enumerate(self._objects)}
        self._selected = Selected(obj for obj in given if obj.kind == "Pod")
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self._groups: dict[Key, None] = {}
        for obj in self._objects:
            self._by_name[obj.kind, obj.name].append(obj)
            if obj.kind == "Pod":
                self._accounts[account(obj)].add(obj.namespace)
            elif obj.kind in BINDINGS:
                self._groups |= dict.fromkeys(k for k in _subjects(obj) if k[0] == GROUP)
        for obj in self._objects:
            self._link(obj)

    def _link(self, obj: Object) -> None:
        for target in self._targets(obj):
            self._forward[obj].append(target)
            self._backward[target].append(obj)
        if obj.kind in BINDINGS:
            for subject in self._holders(obj):
                self._forward[subject].append(obj)
                self._backward[obj].append(subject)

    def around(self, obj: Object) -> list[Object]:
        """Return what an object reaches, forward and backward, itself included, in input order."""
        found = {obj, *self._reach(obj, self._forward), *self._reach(obj, self._backward)}
        return sorted((node for node in found if isinstance(node, Object)), key=self._order.get)  # type: ignore[arg-type]

    def roles(self, pod: Object) -> list[Object]:
        """Return the roles that are bound to a pod's account by its name, and to no group."""
        return _objects(self._reach(pod, self._forward, groups=False), "Role", "ClusterRole")

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

    def role_of(self, binding: Object) -> list[Object]:
        """Return the role that a binding refers to, nothing if it is elsewhere."""
        ref = mapping(binding.data, "roleRef")
        within = binding.namespace if text(ref, "kind") == "Role" else ""
        return self._named(text(ref, "kind"), within, text(ref, "name"))

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

    def _reach(
        self, start: Node, links: dict[Node, list[Node]], *, groups: bool = True
    ) -> dict[Node, None]:
        found: dict[Node, None] = {}
        waiting = [start]
        while waiting:
            for node in links.get(waiting.pop(), ()):
                if node not in found and (groups or isinstance(node, Object) or node[0] != GROUP):
                    found[node] = None
                    waiting.append(node)
        return found

    def _named(self, kind: str, namespace: str, name: str) -> list[Object]:
        return [o for o in self._by_name[kind, name] if _same(namespace, o.namespace)]

    def _targets(self, obj: Object) -> Iterator[Node]:
        if obj.kind == "Pod":
            yield (ACCOUNT, obj.namespace, account(obj))
            yield from self._named(ACCOUNT, obj.namespace, account(obj))
            yield from (group for group in self._groups if belongs(obj.namespace, group))
        elif obj.kind in BINDINGS:
            yield from self.role_of(obj)
        elif obj.kind == "ClusterRole":
            parts = dict.fromkeys(part.obj for part in obj.elsewhere if part.obj)
            yield from (part for part in parts if part is not obj and part in self._order)
        elif obj.kind in WEBHOOKS:
            for webhook in mappings(obj.data, "webhooks"):
                yield from self._service(mapping(webhook, "clientConfig", "service"))
        elif obj.kind == "CustomResourceDefinition":
            way = ("spec", "conversion", "webhook", "clientConfig", "service")
            yield from self._service(mapping(obj.data, *way))
        elif obj.kind in _SELECTORS:
            yield from self._selected_by(obj)

    def _service(self, named: dict[str, object]) -> list[Object]:
        return self._named("Service", text(named, "namespace"), text(named, "name"))

    def _selected_by(self, obj: Object) -> list[Object]:
        selector = get(obj.data, *_SELECTORS[obj.kind])
        if not isinstance(selector, dict) or (obj.kind == "Service" and not selector):
            return []
        if obj.kind == "Service":
            selector = {"matchLabels": selector}
        return self._selected.by(selector, obj.namespace)

    def _holders(self, binding: Object) -> Iterator[Node]:
        """Yield the accounts and groups that a binding grants something to."""
        for key in _subjects(binding):
            if key[0] == GROUP:
                yield key
                continue
            _, where, name = key
            for namespace in sorted(self._accounts.get(name, ())):
                if _same(where, namespace):
                    yield (ACCOUNT, namespace, name)
            yield from self._named(ACCOUNT, where, name)


def _subjects(binding: Object) -> Iterator[Key]:
    for subject in mappings(binding.data, "subjects"):
        if key := subject_key(subject, binding.namespace):
            yield key


def _same(first: str, second: str) -> bool:
    """Whether two namespaces can be the same: a manifest may leave its own open."""
    return not first or not second or first == second


def _objects(nodes: Iterable[Node], *kinds: str) -> list[Object]:
    return [node for node in nodes if isinstance(node, Object) and node.kind in kinds]
