"""All checks over all objects: findings, and a verdict per requirement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dok_guide.assess.classes import Classes, Selector
from dok_guide.assess.custom_resources import CustomResources
from dok_guide.assess.embedded import embedded
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
from dok_guide.assess.groups import defined_groups
from dok_guide.assess.judging import Judge
from dok_guide.assess.settings import Settings, judge_settings
from dok_guide.assess.unseen import gaps_of, nothing_judged
from dok_guide.engine.links import Links
from dok_guide.engine.trial import prepared
from dok_guide.model import Catalog, Control


@dataclass(frozen=True)
class Ownership:
    """What a user says about whose an object is: API groups, and selectors of labels.

    `version` is the operator's release; without it every release that was looked at counts.
    """

    groups: tuple[str, ...] = ()
    database: Selector | None = None
    operator: Selector | None = None
    version: str | None = None


def assess(
    catalog: Catalog,
    given: Input,
    controls: Iterable[Control],
    owns: Ownership = Ownership(),
) -> Assessment:
    """Judge the objects of an input by the checks of the controls."""
    resources = CustomResources(catalog.operators, owns.version)
    objects = prepared([*given.objects, *embedded(catalog.operators, given.objects)])
    links = Links(objects)
    known = resources.groups(objects)
    groups = owns.groups or (known and known | defined_groups(objects))
    classes = Classes(objects, links, groups, owns.database, owns.operator)
    judge = Judge(objects, links, classes, given)
    settings = judge_settings(catalog, resources, given.objects, given)
    given.notes += resources.notes(given.objects)
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
    return Assessment(catalog, given, classes.groups, workloads, unseen, gaps, verdicts)


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
