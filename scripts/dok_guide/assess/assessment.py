"""All checks over all objects: findings, and a verdict per requirement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dok_guide.assess.classes import Classes, Selector
from dok_guide.assess.findings import (
    MET,
    NOT_MET,
    NOT_REVIEWED,
    PARTLY,
    Assessment,
    Finding,
    Verdict,
    Workload,
)
from dok_guide.assess.gaps import Gap
from dok_guide.assess.given import Input
from dok_guide.assess.judging import Judge
from dok_guide.assess.unseen import gaps_of, nothing_judged
from dok_guide.engine.links import Links
from dok_guide.engine.trial import prepared
from dok_guide.model import Catalog, Control


@dataclass(frozen=True)
class Ownership:
    """What a user says about whose an object is: API groups, and selectors of labels."""

    groups: tuple[str, ...] = ()
    database: Selector | None = None
    operator: Selector | None = None


def assess(
    catalog: Catalog,
    given: Input,
    controls: Iterable[Control],
    owns: Ownership = Ownership(),
) -> Assessment:
    """Judge the objects of an input by the checks of the controls."""
    objects = prepared(given.objects)
    links = Links(objects)
    classes = Classes(objects, links, owns.groups, owns.database, owns.operator)
    judge = Judge(objects, links, classes, given)
    gaps = [*given.gaps, *gaps_of(objects, links, classes)]
    by_level = sorted(controls, key=lambda control: control.level)
    verdicts = [verdict for control in by_level for verdict in _verdicts(control, judge, gaps)]
    if not judge.judged:
        left = tuple(nothing_judged(objects, classes))
        gaps += left
        verdicts = [replace(v, unseen=(*v.unseen, *left)) for v in verdicts]
    if classes.inferred:
        given.notes.append(f"the API groups {', '.join(sorted(classes.groups))} are read off roles")
    workloads = tuple(
        Workload(pod.title, pod.source, pod.line, whose, why)
        for pod, whose, why in classes.reasons()
    )
    return Assessment(catalog, given, classes.groups, workloads, judge.unseen, gaps, verdicts)


def _verdicts(control: Control, judge: Judge, gaps: list[Gap]) -> Iterator[Verdict]:
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
        unseen = tuple(gap for gap in gaps if any(gap.hides(check) for check in checks))
        judged = any(count for count, _ in results.values())
        status = _status(findings, judged=judged, whole=not left and not unseen)
        yield Verdict(control, audience, status, decided, left, findings, unseen)


def _status(findings: tuple[Finding, ...], *, judged: bool, whole: bool) -> str:
    if any(not finding.undecided for finding in findings):
        return NOT_MET
    if not judged:
        return NOT_REVIEWED
    return MET if whole and not findings else PARTLY
