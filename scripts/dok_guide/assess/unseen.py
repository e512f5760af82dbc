"""What the objects that were read leave open: whose a workload is, and what a role grants."""

from collections import Counter
from collections.abc import Collection, Iterator

from dok_guide.assess.classes import DATABASE, UNKNOWN, Classes
from dok_guide.assess.gaps import NOTHING_JUDGED, RESOURCE, ROLE, WORKLOAD, Gap, gap_of
from dok_guide.assess.groups import is_foreign
from dok_guide.engine.links import BINDINGS, Links
from dok_guide.engine.objects import Object, mappings, owners, text
from dok_guide.engine.pods import makes_unknown_pods
from dok_guide.engine.resources import CRD
from dok_guide.engine.roles import HARMLESS

_RBAC = ("roles", "clusterroles", "rolebindings", "clusterrolebindings")
_SELECT = "say so with --operator or --database, or except it"
_NO_GROUPS = (
    "nothing was judged, because no definition and no role tells the API groups of the operator; "
    "add its definitions and roles, or name a group with --group"
)
_NO_CHECKS = "nothing was judged: this guide has no checks for {}; add the operator's install"
_NO_OBJECT = (
    "nothing was judged, because no check that was asked for has an object of the operator or of a "
    "database; add the rest of the install"
)


def gaps_of(
    objects: list[Object], links: Links, classes: Classes, judged: Collection[Object] = ()
) -> Iterator[Gap]:
    """Yield what the objects leave open, in their order; what is the same counts once.

    `judged` are custom resources that settings of a known operator mean.
    """
    yield from _workloads(links, classes)
    for obj in objects:
        if makes_unknown_pods(obj) and obj.group not in classes.groups:
            yield gap_of(WORKLOAD, obj, f"{obj.title} makes pods, and how is not known; {_SELECT}")
        elif obj.kind in BINDINGS and classes.of(obj) != UNKNOWN:
            yield from _elsewhere(obj, links)
        elif "aggregationRule" in obj.data and classes.of(obj) != UNKNOWN:
            yield from _unfilled(obj)
    yield from _resources([obj for obj in objects if obj not in judged], classes)


def nothing_judged(objects: list[Object], classes: Classes) -> Iterator[Gap]:
    """Yield the gap that there is if no check had an object to judge."""
    if objects:
        source = objects[0].source
        foreign = sorted({obj.group for obj in objects if is_foreign(obj.group)})
        message = _NO_OBJECT if classes.groups else _NO_GROUPS
        if foreign and not classes.groups:
            message = _NO_CHECKS.format(", ".join(foreign))
        yield Gap(NOTHING_JUDGED, source, source, objects[0].line, message)


def _workloads(links: Links, classes: Classes) -> Iterator[Gap]:
    said = set()
    for pod, whose, _ in classes.reasons():
        if whose == UNKNOWN and (pod.title, pod.source) not in said:
            said.add((pod.title, pod.source))
            message = f"nobody knows whose {pod.title} is, so it is not judged; {_SELECT}"
            yield gap_of(WORKLOAD, pod.origin or pod, message + _ownerless(pod, links))


def _ownerless(pod: Object, links: Links) -> str:
    """Return what to add where the owner of a pod is not in the input."""
    present = {(each.kind, each.name) for each in links.owners(pod)}
    for owner in owners(pod):
        kind, name = text(owner, "kind"), text(owner, "name")
        if (kind, name) not in present:
            return f"; its owner {kind} {name} is not in the input and could tell"
    return ""


def _elsewhere(binding: Object, links: Links) -> Iterator[Gap]:
    """Yield the gap of a binding whose role is neither in the input nor Kubernetes' own."""
    kind = text(binding.data, "roleRef", "kind")
    name = text(binding.data, "roleRef", "name")
    if name in HARMLESS or links.role_of(binding):
        return
    message = f"{binding.title} binds {kind} {name}, which is not in the input; add it"
    yield gap_of(ROLE, binding, message, *_RBAC)


def _unfilled(role: Object) -> Iterator[Gap]:
    """Yield the gap of an aggregated role into which no role of the input goes."""
    if not role.elsewhere and not mappings(role.data, "rules"):
        message = f"{role.title} is filled from roles that are not in the input; add them"
        yield gap_of(ROLE, role, message, *_RBAC)


def _resources(objects: list[Object], classes: Classes) -> Iterator[Gap]:
    """Yield one gap for each kind of the operator, of which no check reads the resources."""
    kinds: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Object] = {}
    for obj in objects:
        if obj.group in classes.groups and obj.kind != CRD:
            kinds[obj.group, obj.kind] += 1
            first.setdefault((obj.group, obj.kind), obj)
    for (group, kind), count in kinds.items():
        what = f"{count} {kind} of {group}: no check reads settings in the operator's own kinds"
        message = f"{what}; review them by the controls"
        yield gap_of(RESOURCE, first[group, kind], message, target=DATABASE)
