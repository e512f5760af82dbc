"""Runs checks over the objects of their target."""

from collections import Counter
from collections.abc import Iterator

from dok_guide.assess.classes import Classes
from dok_guide.assess.findings import Finding
from dok_guide.assess.given import Input
from dok_guide.assess.spots import Trace
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck, Failure
from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import Resources
from dok_guide.model import Check, Control


class Judge:
    """Judges the objects of an input; `judged` are those that a check had something to say of."""

    def __init__(self, objects: list[Object], links: Links, classes: Classes, given: Input) -> None:
        self._by_kind: dict[tuple[str, str, str], list[Object]] = {}
        for obj in objects:
            self._by_kind.setdefault((obj.group, obj.version, obj.kind), []).append(obj)
        self._of: dict[tuple[str, str, str], dict[str, list[Object]]] = {}
        for kind, each in self._by_kind.items():
            for obj in each:
                self._of.setdefault(kind, {}).setdefault(classes.of(obj), []).append(obj)
        self._links = links
        self._resources = Resources(objects)
        self._given = given
        self._kinds: set[tuple[str, str, str]] = set()
        self.judged: set[Object] = set()

    def tell(self, control: Control) -> None:
        """Tell a person who waits which control is being judged."""
        self._given.tell(f"judging {len(self._given.objects):,} objects by {control.id}")

    def run(self, control: Control, check: Check) -> tuple[int, list[Finding]]:
        """Return how many objects a check has judged, and its findings."""
        compiled = CompiledCheck(check)
        judged = 0
        findings: dict[tuple[object, ...], Finding] = {}
        for obj in self._meant(check):
            around = self._links.around(obj) if compiled.bundle else []
            outcome = compiled.judge(obj.data, [each.data for each in around])
            if outcome is None:
                continue
            judged += 1
            self.judged.add(obj)
            for finding in self._findings(control, check, obj, outcome, around):
                findings.setdefault(finding.key, finding)
        return judged, list(findings.values())

    def _meant(self, check: Check) -> Iterator[Object]:
        """Yield the objects of the kinds that a check means and of its target, kind by kind."""
        for kind, objects in self._by_kind.items():
            if self._resources.match(check.match, objects[0]):
                self._kinds.add(kind)
                yield from self._of[kind].get(check.target, ())

    @property
    def unseen(self) -> Counter[str]:
        """How many objects of each kind no check meant, be it as the pods that they make."""
        seen = {obj for kind in self._kinds for obj in self._by_kind[kind]}
        seen |= {obj.origin for obj in seen if obj.origin}
        every = (obj for objects in self._by_kind.values() for obj in objects)
        return Counter(o.kind for o in every if o not in seen and o.origin is None)

    def _findings(
        self,
        control: Control,
        check: Check,
        obj: Object,
        outcome: list[Failure | Fault],
        around: list[Object],
    ) -> Iterator[Finding]:
        for each in outcome:
            failure = None if isinstance(each, Fault) else each
            message = f"{'' if failure else 'not decided: '}{each.message}"
            shown = " ".join(message.split())
            for place in failure.places if failure else ((),):
                where, whole = obj.locate(place)
                trace = Trace(self._given, obj, place, shown, failure, around)
                yield Finding(control, check, where, whole, shown, trace, undecided=not failure)
