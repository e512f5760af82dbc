"""What the operator's accounts may do more or less than before, whatever they are called."""

from collections.abc import Iterable, Iterator
from itertools import product

from dok_guide.assess.abilities import ABILITIES, EVERYTHING
from dok_guide.assess.install import Install
from dok_guide.assess.rights import ANY, EVERYWHERE, Grant, grants_of, within
from dok_guide.assess.since.changes import GAINED, LOST, RIGHTS, Change
from dok_guide.operators import Reach
from dok_guide.texts import spaces

#: Namespace, API group, resource, name or nothing, and verb.
Cell = tuple[str, str, str, str, str]
#: What a power is called whichever of its verbs are granted, so that a verb more is a change of it.
_GENERAL = {ability.id: ability.general for ability in (EVERYTHING, *ABILITIES)}


def changed_rights(old: Install, new: Install) -> Iterator[Change]:
    """Yield the rights that were gained or lost; what a wildcard allowed is not gained."""
    before, after = _grants(old), _grants(new)
    for subject, verbs in _together(_beyond(after, before)).items():
        yield Change(area=RIGHTS, how=GAINED, subject=subject, new=", ".join(verbs))
    for subject, verbs in _together(_beyond(before, after)).items():
        yield Change(area=RIGHTS, how=LOST, subject=subject, old=", ".join(verbs))


def powers(reach: Iterable[Reach]) -> dict[str, dict[str, str]]:
    """Return what the accounts may do in plain words, with the verbs that allow it."""
    found: dict[str, dict[str, str]] = {}
    for power in (power for account in reach for power in account.powers):
        only = f", only {', '.join(power.names)}" if power.names else ""
        for where in power.where:
            subject = f"{_GENERAL.get(power.ability, power.does)}{only} in {spaces((where,))}"
            found.setdefault(subject, {})["verbs"] = ", ".join(sorted(power.verbs))
    return found


def _grants(install: Install) -> list[Grant]:
    return [grant for pod in install.pods for grant in grants_of(pod, install.links)]


def _beyond(grants: list[Grant], others: list[Grant]) -> Iterator[Cell]:
    """Yield what grants allow and others don't; what they allow everywhere, once."""
    cells = dict.fromkeys(cell for grant in grants for cell in _cells(grant))
    for cell in cells:
        everywhere = cell[0] != EVERYWHERE and (EVERYWHERE, *cell[1:]) in cells
        if not everywhere and not any(_covers(other, cell) for other in others):
            yield cell


def _cells(grant: Grant) -> Iterator[Cell]:
    of = product(sorted(grant.groups), sorted(grant.resources), sorted(grant.names) or [""])
    for (group, resource, name), verb in product(of, sorted(grant.verbs)):
        yield grant.where, group, resource, name, verb


def _covers(grant: Grant, cell: Cell) -> bool:
    where, group, resource, name, verb = cell
    part = f"*/{resource.partition('/')[2]}" if "/" in resource else ANY
    return (
        within(grant.where, where)
        and not grant.groups.isdisjoint((group, ANY))
        and not grant.resources.isdisjoint((resource, part, ANY))
        and not grant.verbs.isdisjoint((verb, ANY))
        and (not grant.names or name in grant.names)
    )


def _together(cells: Iterable[Cell]) -> dict[str, list[str]]:
    """Return the verbs by what they are granted on, resources of the same verbs together."""
    verbs: dict[tuple[str, str, str, str], list[str]] = {}
    for *of, verb in cells:
        where, group, resource, name = of
        verbs.setdefault((where, group, resource, name), []).append(verb)
    same: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (where, group, resource, name), known in verbs.items():
        shown = f"{resource}.{group}" if group else resource
        same.setdefault((where, tuple(known)), []).append(f"{shown} {name}".rstrip())
    return {
        f"{', '.join(names)} in {spaces((where,))}": list(known)
        for (where, known), names in same.items()
    }
