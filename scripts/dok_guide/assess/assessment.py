"""All checks over all objects: findings, and a verdict per requirement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dok_guide.assess.classes import UNKNOWN, Classes
from dok_guide.assess.reading import Input
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.links import Links
from dok_guide.engine.manifests import lines_of
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import Resources
from dok_guide.engine.trial import prepared
from dok_guide.model import Audience, Catalog, Check, Control
from dok_guide.source import Place, place_name

#: The verdicts; *partly reviewed* is no verdict on the requirement, the rest is for a person.
MET, NOT_MET, PARTLY, NOT_REVIEWED = "met", "not met", "partly reviewed", "not reviewed"


@dataclass(frozen=True)
class Finding:
    """What a check found in an object; `undecided` if it could not tell."""

    control: Control
    check: Check
    obj: Object
    place: Place
    line: int
    message: str
    undecided: bool = False
    accepted: str | None = None
    expires: str | None = None

    @property
    def path(self) -> str:
        """The place in the manifest, `spec.template.spec.containers[0]`; empty for the object."""
        return place_name(self.place)


@dataclass(frozen=True)
class Verdict:
    """What the manifests say about what a control asks of an audience."""

    control: Control
    audience: Audience
    status: str
    decided: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass
class Assessment:
    """The result, in the order of the catalog and of the input."""

    catalog: Catalog
    input: Input
    groups: frozenset[str]
    workloads: Counter[str]
    unseen: Counter[str]
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """All findings that count, and what could not be decided."""
        return [finding for verdict in self.verdicts for finding in verdict.findings]

    def fails(self, level: int) -> bool:
        """Whether something was found that nobody has accepted, up to a level."""
        return any(
            not (each.accepted or each.undecided) and each.control.level <= level
            for each in self.findings
        )

    @property
    def unclassified(self) -> int:
        """How many workloads are nobody's that we know, and so were not judged."""
        return self.workloads[UNKNOWN]

    @property
    def incomplete(self) -> bool:
        """Whether a part of the input or a check's answer is missing."""
        return bool(self.input.problems) or any(each.undecided for each in self.findings)


def assess(
    catalog: Catalog,
    given: Input,
    controls: Iterable[Control],
    groups: Iterable[str] = (),
    selector: dict[str, object] | None = None,
) -> Assessment:
    """Judge the objects of an input by the checks of the controls."""
    objects = prepared(given.objects)
    links, resources = Links(objects), Resources(objects)
    classes = Classes(objects, links, tuple(groups), selector)
    judge = _Judge(objects, links, resources, classes, given)
    verdicts = [verdict for control in controls for verdict in _verdicts(control, judge)]
    seen = judge.seen
    unseen = Counter(o.kind for o in objects if o not in seen and o.origin is None)
    return Assessment(catalog, given, classes.groups, classes.workloads(), unseen, verdicts)


def _verdicts(control: Control, judge: "_Judge") -> Iterator[Verdict]:
    for audience in control.audiences:
        checks = [check for check in control.checks if check.for_ == audience]
        results = {check: judge.run(control, check) for check in checks}
        findings = tuple(f for _, found in results.values() for f in found)
        passed = {check for check, (count, found) in results.items() if count and not found}
        items = control.covers_of(audience)
        decided = tuple(
            item
            for item in items
            if (naming := [c for c in checks if item in c.covers]) and passed.issuperset(naming)
        )
        left = tuple(item for item in items if item not in decided)
        judged = any(count for count, _ in results.values())
        status = _status(findings, judged=judged, whole=not left)
        yield Verdict(control, audience, status, decided, left, findings)


def _status(findings: tuple[Finding, ...], *, judged: bool, whole: bool) -> str:
    if any(not finding.undecided for finding in findings):
        return NOT_MET
    if not judged:
        return NOT_REVIEWED
    return MET if whole and not findings else PARTLY


class _Judge:
    """Runs checks over the objects of their target."""

    def __init__(
        self,
        objects: list[Object],
        links: Links,
        resources: Resources,
        classes: Classes,
        given: Input,
    ) -> None:
        self._by_kind: dict[tuple[str, str, str], list[Object]] = {}
        for obj in objects:
            self._by_kind.setdefault((obj.group, obj.version, obj.kind), []).append(obj)
        self._links = links
        self._resources = resources
        self._classes = classes
        self._given = given
        self._lines: dict[tuple[str, int], dict[Place, int]] = {}
        self.seen: set[Object] = set()

    def run(self, control: Control, check: Check) -> tuple[int, list[Finding]]:
        """Return how many objects a check has judged, and its findings."""
        compiled = CompiledCheck(check)
        judged = 0
        findings: list[Finding] = []
        for obj in self._meant(check):
            self.seen |= {obj, obj.origin or obj}
            if self._classes.of(obj) != check.target:
                continue
            around = [o.data for o in self._links.around(obj)] if compiled.bundle else []
            outcome = compiled.judge(obj.data, around)
            judged += outcome is not None
            for each in outcome or ():
                findings += self._findings(control, check, obj, each)
        return judged, findings

    def _meant(self, check: Check) -> Iterator[Object]:
        """Yield the objects of the kinds that a check means, kind by kind."""
        for objects in self._by_kind.values():
            if self._resources.match(check.match, objects[0]):
                yield from objects

    def _findings(
        self, control: Control, check: Check, obj: Object, outcome: object
    ) -> Iterator[Finding]:
        if isinstance(outcome, Fault):
            line = self._line(obj, obj.place)
            message = f"not decided: {outcome.message}"
            yield Finding(control, check, obj, obj.place, line, message, undecided=True)
            return
        for place in outcome.places:  # type: ignore[attr-defined]
            whole = (*obj.place, *place)
            line, message = self._line(obj, whole), outcome.message  # type: ignore[attr-defined]
            yield Finding(control, check, obj, whole, line, " ".join(message.split()))

    def _line(self, obj: Object, place: Place) -> int:
        """Return the line of a place, or of the nearest one around it."""
        key = (obj.source, obj.line)
        if key not in self._lines:
            self._lines[key] = lines_of(*self._given.texts[key])
        lines = self._lines[key]
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, obj.line)
