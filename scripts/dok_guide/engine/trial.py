"""One check on one manifest, whoever's it is: how examples and fixtures try a check."""

from dataclasses import dataclass

from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck, Failure
from dok_guide.engine.links import Links
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.objects import Object
from dok_guide.engine.pods import with_pods
from dok_guide.engine.resources import Resources
from dok_guide.engine.roles import with_aggregated_rules
from dok_guide.engine.unpack import unpacked


@dataclass(frozen=True)
class Trial:
    """How many objects of a manifest a check has judged, and what it says of them."""

    judged: int
    found: tuple[Failure | Fault, ...]

    @property
    def fails(self) -> bool:
        """Whether a validation is not true."""
        return any(isinstance(each, Failure) for each in self.found)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What could not be decided."""
        return tuple(each for each in self.found if isinstance(each, Fault))


def prepared(objects: list[Object]) -> list[Object]:
    """Return objects as checks see them: pods made of workloads, aggregated roles filled."""
    return with_aggregated_rules(with_pods(objects))


def objects_of(manifest: str) -> list[Object]:
    """Return the objects of a manifest; raise UnreadableError if it can't be read."""
    found: list[Object] = []
    for document in parse_manifests(manifest):
        if document.fault:
            raise UnreadableError(*document.fault)
        found += unpacked(document.data, "", document.line)
    return prepared(found)


def try_check(check: CompiledCheck, objects: list[Object]) -> Trial:
    """Judge all objects that the check means."""
    resources, links = Resources(objects), Links(objects)
    judged, found = 0, []
    for obj in objects:
        if not resources.match(check.check.match, obj):
            continue
        around = [each.data for each in links.around(obj)] if check.bundle else []
        outcome = check.judge(obj.data, around)
        judged += outcome is not None
        found += outcome or []
    return Trial(judged, tuple(found))
