"""All checks over all objects: findings, and a verdict per requirement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dok_guide.assess.cluster.collected import take_collection
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
from dok_guide.assess.install import NOTHING_SAID, Ownership, install_of
from dok_guide.assess.judging import Judge
from dok_guide.assess.settings import Settings, judge_settings
from dok_guide.assess.unseen import gaps_of, nothing_judged
from dok_guide.model import Catalog, Control

__all__ = ["Ownership", "assess"]


def assess(
    catalog: Catalog,
    given: Input,
    controls: Iterable[Control],
    owns: Ownership = NOTHING_SAID,
) -> Assessment:
    """Judge the objects of an input by the checks of the controls."""
    collection = take_collection(given)
    install = install_of(catalog, given, owns)
    objects, links, classes = install.objects, install.links, install.classes
    judge = Judge(objects, links, classes, given)
    settings = judge_settings(catalog, install.resources, given.objects, given)
    given.notes += install.resources.notes(given.objects)
    gaps = [*given.gaps, *gaps_of(objects, links, classes, settings.judged)]
    by_level = sorted(controls, key=lambda control: control.level)
    verdicts = [v for control in by_level for v in _verdicts(control, judge, settings, gaps)]
    if not judge.judged | settings.judged:
        left = tuple(nothing_judged(objects, classes))
        gaps += left
        verdicts = [replace(v, unseen=(*v.unseen, *left)) for v in verdicts]
    if classes.inferred:
        given.notes.append(f"the API groups {', '.join(sorted(classes.groups))} are read off roles")
    workloads = tuple(
        Workload(pod.title, pod.source, pod.line, whose, why)
        for pod, whose, why in classes.reasons()
    )
    unseen = judge.unseen - Counter(obj.kind for obj in settings.judged)
    found = Assessment(
        catalog, given, install, classes.groups, workloads, unseen, gaps, verdicts)  # fmt: skip
    if collection:
        from dok_guide.assess.cluster.answers import answers

        found.answers = answers(catalog, given, collection, install)
    return found


def _verdicts(
    control: Control, judge: Judge, settings: Settings, gaps: list[Gap]
) -> Iterator[Verdict]:
    judge.tell(control)
    for audience in control.audiences:
        checks = [check for check in control.checks if check.for_ == audience]
        results = {check: judge.run(control, check) for check in checks}
        findings = tuple(f for _, found in results.values() for f in found)
        findings += settings.of(control.id, audience)
        passed = {check for check, (count, found) in results.items() if count and not found}
        items = control.covers_of(audience)
        decided = tuple(
            item
            for item in items
            if (naming := [c for c in checks if item in c.covers]) and passed.issuperset(naming)
        )
        left = tuple(item for item in items if item not in decided)
        unseen = tuple(gap for gap in gaps if any(gap.hides(check) for check in checks))
        judged = any(count for count, _ in results.values()) or settings.mean(control.id, audience)
        status = _status(findings, judged=judged, whole=not left and not unseen)
        yield Verdict(control, audience, status, decided, left, findings, unseen)


def _status(findings: tuple[Finding, ...], *, judged: bool, whole: bool) -> str:
    if any(not finding.undecided for finding in findings):
        return NOT_MET
    if not judged:
        return NOT_REVIEWED
    return MET if whole and not findings else PARTLY
