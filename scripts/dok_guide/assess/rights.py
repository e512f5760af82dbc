"""What is granted to an account: rules of the roles bound to it, read as the API server does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object, mappings, strings, text
from dok_guide.engine.roles import HARMLESS
from dok_guide.source import Place, place_name

#: The whole cluster, beside the names of namespaces; an empty name is one that is left open.
EVERYWHERE = "*"
ANY = "*"


@dataclass(frozen=True)
class Grant:
    """A rule of a bound role and where it holds; without `names` it is about all objects."""

    where: str
    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    role: Object
    place: Place

    def allows(self, group: str, resource: str, verb: str) -> bool:
        """Whether the rule allows a verb on a resource, or on its part as in `pods/exec`.

        `*` of a rule means everything, and `*/scale` that part of everything. No name restricts
        what creates an object, so a rule with names does not allow it.
        """
        nameless = verb == "deletecollection" or (verb == "create" and "/" not in resource)
        if self.names and nameless:
            return False
        part = f"*/{resource.partition('/')[2]}" if "/" in resource else ANY
        return (
            not self.groups.isdisjoint((group, ANY))
            and not self.resources.isdisjoint((resource, part, ANY))
            and not self.verbs.isdisjoint((verb, ANY))
        )

    @property
    def source(self) -> str:
        """The role and the place of the rule, `ClusterRole example rules[2]`."""
        role, place = self.role.locate(self.place)
        return f"{role.title} {place_name(place)}"


def grants_of(pod: Object, links: Links) -> Iterator[Grant]:
    """Yield what is granted to the account of a pod, by its name or by a group."""
    for binding in links.bindings(pod):
        yield from grants_by(binding, links)


def grants_by(binding: Object, links: Links) -> Iterator[Grant]:
    """Yield what a binding grants to its subjects."""
    where = EVERYWHERE if binding.kind == "ClusterRoleBinding" else binding.namespace
    for role in links.role_of(binding):
        for index, rule in enumerate(mappings(role.data, "rules")):
            yield Grant(
                where,
                frozenset(strings(rule, "apiGroups")),
                frozenset(strings(rule, "resources")),
                frozenset(strings(rule, "verbs")),
                frozenset(strings(rule, "resourceNames")),
                role,
                ("rules", index),
            )


def missing_roles(pod: Object, links: Links) -> Iterator[str]:
    """Yield the roles that are bound to a pod's account and that the input does not show whole."""
    for binding in links.bindings(pod):
        kind, name = (text(binding.data, "roleRef", key) for key in ("kind", "name"))
        roles = links.role_of(binding)
        if not roles and name not in HARMLESS:
            yield f"{kind} {name}"
        yield from (role.title for role in roles if _unfilled(role))


def harmless_roles(pod: Object, links: Links) -> Iterator[str]:
    """Yield Kubernetes' own roles that are bound to a pod's account and let it do no harm."""
    names = (text(binding.data, "roleRef", "name") for binding in links.bindings(pod))
    yield from (name for name in names if name in HARMLESS)


def _unfilled(role: Object) -> bool:
    return "aggregationRule" in role.data and not mappings(role.data, "rules")


def within(first: str, second: str) -> bool:
    """Whether what holds in one place holds in another."""
    return first in (EVERYWHERE, second)


def places(grants: Iterable[Grant]) -> tuple[str, ...]:
    """Return where grants hold, the whole cluster first."""
    return tuple(sorted({grant.where for grant in grants}, key=lambda w: (w != EVERYWHERE, w)))
