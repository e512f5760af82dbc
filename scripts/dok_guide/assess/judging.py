"""Runs checks over the objects of their target."""

from collections.abc import Iterator

from dok_guide.assess.classes import Classes
from dok_guide.assess.findings import Finding
from dok_guide.assess.given import Input
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck, Failure
from dok_guide.engine.links import Links
from dok_guide.engine.manifests import lines_of
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import Resources
from dok_guide.model import Check, Control
from dok_guide.source import Place


class Judge:
    """Judges the objects of an input; `seen` are those of the kinds that a check means."""

    def __init__(self, objects: list[Object], links: Links, classes: Classes, given: Input) -> None:
        self._by_kind: dict[tuple[str, str, str], list[Object]] = {}
        for obj in objects:
            self._by_kind.setdefault((obj.group, obj.version, obj.kind), []).append(obj)
        self._links = links
        self._resources = Resources(objects)
        self._classes = classes
        self._given = given
        self._lines: dict[tuple[str, int], dict[Place, int]] = {}
        self.seen: set[Object] = set()
        self.judged: set[Object] = set()

    def run(self, control: Control, check: Check) -> tuple[int, list[Finding]]:
        """Return how many objects a check has judged, and its findings."""
        compiled = CompiledCheck(check)
        judged = 0
        findings: dict[tuple[object, ...], Finding] = {}
        for obj in self._meant(check):
            self.seen |= {obj, obj.origin or obj}
            if self._classes.of(obj) != check.target:
                continue
            around = [o.data for o in self._links.around(obj)] if compiled.bundle else []
            outcome = compiled.judge(obj.data, around)
            if outcome is None:
                continue
            judged += 1
            self.judged.add(obj)
            for each in self._findings(control, check, obj, outcome):
                findings.setdefault(each.key, each)
        return judged, list(findings.values())

    def _meant(self, check: Check) -> Iterator[Object]:
        """Yield the objects of the kinds that a check means, kind by kind."""
        for objects in self._by_kind.values():
            if self._resources.match(check.match, objects[0]):
                yield from objects

    def _findings(
        self, control: Control, check: Check, obj: Object, outcome: list[Failure | Fault]
    ) -> Iterator[Finding]:
        for each in outcome:
            undecided = isinstance(each, Fault)
            message = f"not decided: {each.message}" if undecided else each.message
            for place in ((),) if isinstance(each, Fault) else each.places:
                where, whole = obj.locate(place)
                line = self._line(where, whole)
                shown = " ".join(message.split())
                yield Finding(control, check, where, whole, line, shown, undecided=undecided)

    def _line(self, obj: Object, place: Place) -> int:
        """Return the line of a place, or of the nearest one around it."""
        key = (obj.source, obj.line)
        if key not in self._lines:
            self._lines[key] = lines_of(*self._given.texts[key])
        lines = self._lines[key]
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, obj.line)
