"""What whoever takes over an operator's pod may do, read off the roles bound to its account."""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from dok_guide.assess.abilities import ABILITIES, EVERYTHING, Ability, Need, Right
from dok_guide.assess.install import Install
from dok_guide.assess.rights import (
    ANY,
    EVERYWHERE,
    Grant,
    grants_of,
    harmless_roles,
    missing_roles,
    places,
    within,
)
from dok_guide.engine.accounts import account
from dok_guide.engine.objects import Object
from dok_guide.operators import Power, Reach, Rest


def reach_of(install: Install, most: int | None = None) -> tuple[Reach, ...]:
    """Return the reach of each account with which a workload of the operator runs, or of some."""
    others = _holders(install)
    accounts = islice(accounts_of(install).items(), most)
    return tuple(_reach(name, pods, install, others) for name, pods in accounts)


def accounts_of(install: Install) -> dict[str, list[Object]]:
    """Return the operator's pods by the name of their account."""
    accounts: dict[str, list[Object]] = {}
    for pod in install.pods:
        accounts.setdefault(_name(pod), []).append(pod)
    return accounts


def _reach(name: str, pods: list[Object], install: Install, others: dict[str, str]) -> Reach:
    grants = list(grants_of(pods[0], install.links))
    near = {other: where for other, where in others.items() if other != name}
    powers = tuple(_powers(grants, near))
    return Reach(
        account=name,
        workloads=tuple(dict.fromkeys(pod.title for pod in pods)),
        cluster=tuple(_taking_over(powers)),
        powers=powers,
        rest=tuple(_rest(grants, powers)),
        harmless=tuple(dict.fromkeys(harmless_roles(pods[0], install.links))),
        missing=tuple(dict.fromkeys(missing_roles(pods[0], install.links))),
    )


def _name(pod: Object) -> str:
    named = account(pod)
    return f"{pod.namespace}/{named}" if pod.namespace else named


def _holders(install: Install) -> dict[str, str]:
    """Return the accounts of the input to which a role is bound, and the namespace of each."""
    pods = (obj for obj in install.objects if obj.kind == "Pod")
    return {_name(pod): pod.namespace for pod in pods if install.links.bindings(pod)}


def _powers(grants: list[Grant], others: dict[str, str]) -> Iterator[Power]:
    """Yield what the grants come to; what everything in a place includes is not said again."""
    full = {grant.where for grant in grants if _meets(grant, EVERYTHING.needs[0])}
    yield from _power(EVERYTHING, grants, others, set())
    for ability in ABILITIES:
        yield from _power(ability, grants, others, full)


def _power(
    ability: Ability, grants: list[Grant], others: dict[str, str], full: set[str]
) -> Iterator[Power]:
    """Yield an ability once for all places where it means the same objects."""
    found: dict[tuple[str, ...], list[tuple[str, list[Grant]]]] = {}
    done = set(full)
    for where in places(grants):
        if any(within(each, where) for each in done) or (ability.cluster and where != EVERYWHERE):
            continue
        used = _used(ability, [grant for grant in grants if within(grant.where, where)])
        if any(grant.where == where for grant in used):
            names = _names(ability, used)
            found.setdefault(names, []).append((where, used))
            done |= set() if names else {where}
    for names, each in found.items():
        known = tuple(where for where, _ in each)
        through = [o for o, ns in others.items() if any(within(w, ns) for w in known)]
        used = [grant for _, some in each for grant in some]
        held = _held(ability, used)
        yield Power(
            ability=ability.id, does=ability.words(held), means=ability.means,
            verbs=tuple(dict.fromkeys(verb for *_, verb in held)), where=known, names=names,
            by=tuple(dict.fromkeys(grant.source for grant in used)),
            through=tuple(through) if ability.accounts and not names else (),
        )  # fmt: skip


def _used(ability: Ability, grants: list[Grant]) -> list[Grant]:
    """Return the grants by which an ability is there, none if something is lacking."""
    met = [[grant for grant in grants if _meets(grant, need)] for need in ability.needs]
    return list(dict.fromkeys(g for each in met for g in each)) if all(met) else []


def _meets(grant: Grant, need: Need) -> bool:
    return any(grant.allows(*right) for right in need.single)


def _held(ability: Ability, used: list[Grant]) -> list[tuple[str, str, str]]:
    """Return what is granted of the rights that an ability needs."""
    wanted = (right for need in ability.needs for right in need.single)
    return [right for right in wanted if any(grant.allows(*right) for grant in used)]


def _names(ability: Ability, used: list[Grant]) -> tuple[str, ...]:
    """Return the names to which an ability is limited: those of what it needs first."""
    first = [grant for grant in used if _meets(grant, ability.needs[0])]
    if any(not grant.names for grant in first):
        return ()
    return tuple(sorted({name for grant in first for name in grant.names}))


def _taking_over(powers: Iterable[Power]) -> Iterator[str]:
    """Yield the abilities that are enough to take over the whole cluster."""
    whole = {ability.id for ability in (EVERYTHING, *ABILITIES) if ability.whole}
    for power in powers:
        if power.ability in whole and EVERYWHERE in power.where and not power.names:
            yield power.ability


def _rest(grants: list[Grant], powers: tuple[Power, ...]) -> Iterator[Rest]:
    """Yield the rights of which no power speaks, those of the same verbs together."""
    cells: dict[tuple[str, str], set[str]] = {}
    for grant in grants:
        said = [right for power in powers for right in _said(power, grant.where)]
        for group, resource in product(sorted(grant.groups), sorted(grant.resources)):
            known = {verb for right in said if _about(group, resource, right) for verb in right[2]}
            verbs = set() if _void(grant.where, group, resource) else grant.verbs - known
            cells.setdefault((grant.where, _shown(group, resource)), set()).update(verbs)
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (where, name), verbs in sorted(cells.items()):
        wider = cells.get((EVERYWHERE, name), set()) if where != EVERYWHERE else set()
        if left := tuple(sorted(verbs - wider)):
            together.setdefault((where, left), []).append(name)
    for (where, left), names in together.items():
        yield Rest(where=where, verbs=left, resources=tuple(names))


_RIGHTS = {
    ability.id: tuple(right for need in ability.needs for right in need.rights)
    for ability in (EVERYTHING, *ABILITIES)
}
#: Resources that belong to no namespace.
_OF_CLUSTER = {right[:2] for a in ABILITIES if a.cluster for right in _RIGHTS[a.id]}


def _said(power: Power, where: str) -> Iterator[Right]:
    """Yield the rights that a power speaks of in a place; it means `*` of their verbs, too."""
    if any(within(each, where) for each in power.where):
        for group, resource, verbs in _RIGHTS[power.ability]:
            yield group, resource, (*verbs, ANY)


def _about(group: str, resource: str, right: Right) -> bool:
    """Whether a rule on a group and a resource is about those of a right, and no others."""
    return (group, resource) == right[:2] or right[:2] == (ANY, ANY)


def _void(where: str, group: str, resource: str) -> bool:
    """Whether a RoleBinding cannot grant a right."""
    return where != EVERYWHERE and (group, resource) in _OF_CLUSTER


def _shown(group: str, resource: str) -> str:
    return f"{resource}.{group}" if group else resource
