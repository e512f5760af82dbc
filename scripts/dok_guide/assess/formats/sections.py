"""The parts of an assessment as text, each as lines; `as_text` puts them together."""

from collections import Counter
from collections.abc import Iterable, Iterator

from dok_guide.assess.findings import MET, NOT_MET, NOT_REVIEWED, PARTLY, Assessment, Verdict
from dok_guide.assess.formats.as_reach import headline
from dok_guide.assess.formats.terminal import BOLD, DIM, RED, YELLOW, Line
from dok_guide.assess.formats.view import View
from dok_guide.assess.gaps import NOTHING_JUDGED, NOTHING_READ
from dok_guide.assess.grouping import MOST_TRACED, Group, by_urgency, grouped, grouped_gaps
from dok_guide.assess.spots import Spot

_AUDIENCES = "producer: for the makers of the operator; consumer: for you, who run it"
_ALL = "--verbose shows all"
#: How many notes, and kinds of objects that no check looks at, are shown.
MOST_NOTES = 10
#: How many files that are passed over are named.
MOST_NAMES = 3
#: How many different gaps are shown.
MOST_GAPS = 20


def summary(found: Assessment) -> Iterator[Line]:
    """Yield what a person wants to know first."""
    counts = Counter(verdict.status for verdict in found.verdicts)
    bad = Counter(v.control.level for v in found.verdicts if v.status == NOT_MET)
    if bad:
        levels = ", ".join(f"{count} of level {level}" for level, count in sorted(bad.items()))
        yield Line(f"not met: {levels}", style=RED)
    elif any(gap.kind in (NOTHING_READ, NOTHING_JUDGED) for gap in found.gaps):
        yield Line("nothing was judged: this result says nothing", style=YELLOW)
    else:
        seen = " of what was seen" if found.incomplete else ""
        yield Line(f"not met: none{seen}", style=BOLD)
    rest = ", ".join(f"{counts[status]} {status}" for status in (MET, PARTLY, NOT_REVIEWED))
    yield Line(f"other requirements: {rest}")
    if first := next((v for v in by_urgency(found) if v.counts), None):
        control = first.control
        yield Line(f"do first: {control.id} {control.title} (level {control.level})", style=BOLD)
    if reach := headline(found.install):
        yield Line(reach, style=BOLD)
    workloads = (
        f"{found.counted['operator']} of the operator, {found.counted['database']} of databases, "
        f"{found.unclassified} not classified and not judged"
    )
    yield Line(
        f"read: {len(found.input.objects):,} objects; workloads: {workloads}{resources(found)}"
    )
    if found.absent:
        yield Line(f"not in the input: {', '.join(found.absent)}")
    if found.incomplete:
        yield Line(f"incomplete: {' and '.join(_open(found))} could change it", style=YELLOW)
    if found.findings:
        yield Line(_AUDIENCES, style=DIM)


def resources(found: Assessment) -> str:
    """Return how many custom resources there are beside the workloads, nothing without any."""
    count = len(found.resources)
    return f"; {count:,} custom resource{'s' * (count != 1)}" if count else ""


def _open(found: Assessment) -> Iterator[str]:
    gaps = sum(not gap.accepted for gap in found.gaps)
    undecided = sum(each.undecided and not each.accepted for each in found.findings)
    if gaps:
        yield f'{gaps:,} "not seen" below'
    if undecided:
        yield f'{undecided:,} "not sure" below'


def worst(found: Assessment, view: View) -> list[tuple[Verdict, list[Group]]]:
    """Return the requirements with findings, what is urgent first, and what is equal together."""
    most = None if view.verbose else MOST_TRACED
    return [(verdict, grouped(verdict.findings, most)) for verdict in by_urgency(found)]


def requirements(
    found: Assessment, bad: Iterable[tuple[Verdict, list[Group]]], places: int | None
) -> Iterator[list[Line]]:
    """Yield the lines of each requirement with findings; at most so many places of each value."""
    level = 0
    for verdict, groups in bad:
        lines = list(_requirement(found, verdict, groups, places))
        if verdict.control.level != level:
            level = verdict.control.level
            lines[:0] = [Line(), Line(f"LEVEL {level}", style=BOLD)]
        yield lines


def _requirement(
    found: Assessment, verdict: Verdict, groups: Iterable[Group], places: int | None
) -> Iterator[Line]:
    control = verdict.control
    status = verdict.status if verdict.status == NOT_MET else "not sure"
    style = RED if verdict.counts else YELLOW
    yield Line(f"{control.id} {control.title} ({verdict.audience}): {status}", style=style)
    for group in groups:
        yield from _group(group, places)
    yield Line(f"what to do: {found.catalog.page_of(control)}#remediation", 1, DIM)


def _group(group: Group, places: int | None) -> Iterator[Line]:
    first = group.first
    accepted = f" Accepted until {first.expires}: {first.accepted}" if first.accepted else ""
    yield Line(f"{first.check.id} {first.message}{accepted}", 1)
    shown = 0
    for value, spots in group.values[:places]:
        if value:
            yield Line(value, 2, BOLD)
        for spot in spots[:places]:
            shown += 1
            yield Line(_place(spot), 3 if value else 2)
    if more := group.places - shown:
        yield Line(f"and {more:,} more; {_ALL}", 2, DIM)
    if first.example:
        yield Line(f"example: {first.example}", 2, DIM)


def _place(spot: Spot) -> str:
    at = f" at {spot.path}" if spot.path else ""
    name = f" ({spot.name})" if spot.name else ""
    return f"{spot.source}:{spot.line}: {spot.title}{at}{name}"


def not_seen(found: Assessment, view: View, places: int | None) -> Iterator[Line]:
    """Yield what was not seen, with what to do; what is the same once."""
    if found.gaps:
        yield Line()
        yield Line("NOT SEEN", style=BOLD)
    groups = grouped_gaps(found.gaps)
    most = None if view.verbose else MOST_GAPS
    for words, gaps in groups[:most]:
        gap = gaps[0]
        accepted = f". Accepted until {gap.expires}: {gap.accepted}" if gap.accepted else ""
        style = "" if gap.accepted else YELLOW
        if len(gaps) == 1:
            yield Line(f"{gap.kind}: {gap}{accepted}", style=style)
            continue
        yield Line(f"{gap.kind}, {len(gaps):,} times: {words}{accepted}", style=style)
        yield from _some([f"{g.source}:{g.line}: {g.subject}" for g in gaps], places)
    if more := Counter(gap.kind for _, gaps in groups[len(groups[:most]) :] for gap in gaps):
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(more.items()))
        yield Line(f"and {kinds} more; {_ALL}", style=YELLOW)


def _some(texts: list[str], most: int | None) -> Iterator[Line]:
    yield from (Line(text, 1) for text in texts[:most])
    if more := len(texts) - len(texts[:most]):
        yield Line(f"and {more:,} more; {_ALL}", 1, DIM)


def explained(found: Assessment, view: View) -> Iterator[Line]:
    """Yield whose each workload is, and why."""
    if view.explain:
        yield Line()
        yield Line("WORKLOADS", style=BOLD)
        yield Line(f"API groups: {', '.join(sorted(found.groups)) or 'none'}")
        for each in found.workloads:
            yield Line(f"{each.title}: {each.whose}; {each.why}")


def notes(found: Assessment, view: View) -> Iterator[Line]:
    """Yield what else there is to know of the input."""
    lines = noted(found, None if view.verbose else MOST_NAMES)
    most = None if view.verbose else MOST_NOTES
    if lines:
        yield Line()
        yield Line("INPUT", style=BOLD)
    yield from (Line(each.text) for each in _some(lines, most))


def noted(found: Assessment, names: int | None) -> list[str]:
    """Return what else there is to know of the input, with so many names of files."""
    lines = [f"note: {note}" for note in found.input.notes]
    lines += passed_over(found, names)
    if found.unseen:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.unseen.items()))
        lines.append(f"no check is about: {kinds}")
    return lines


def passed_over(found: Assessment, most: int | None) -> Iterator[str]:
    """Yield what was passed over, and some names of what tells of an install."""
    for what, count in (+found.input.passed_over).items():
        names = found.input.passed_names.get(what, [])[:most]
        more = f" and {count - len(names):,} more" if names and count > len(names) else ""
        yield f"passed over: {count:,} {what}{': ' * bool(names)}{', '.join(names)}{more}"


def left(found: Assessment, view: View) -> Iterator[Line]:
    """Yield what is left for a person: how much, and with `verbose` what."""
    open_ = [verdict for verdict in found.verdicts if verdict.status in (PARTLY, NOT_REVIEWED)]
    if not open_:
        return
    counts = left_by_level(open_)
    how = "" if view.verbose else "; --verbose lists them, --format review begins a review"
    yield Line()
    yield Line(f"LEFT FOR A PERSON: {counts}{how}", style=BOLD)
    if view.verbose:
        yield Line("letters are the items of the requirement, as its page has them", 1, DIM)
        yield from _each(open_)


def left_by_level(verdicts: Iterable[Verdict]) -> str:
    """Return how many requirements of each level there are."""
    levels = Counter(verdict.control.level for verdict in verdicts)
    return ", ".join(f"{count} of level {level}" for level, count in sorted(levels.items()))


def _each(verdicts: Iterable[Verdict]) -> Iterator[Line]:
    for verdict in verdicts:
        control = verdict.control
        decided = f"; decided: {', '.join(verdict.decided)}" if verdict.decided else ""
        left_ = f"; left: {', '.join(verdict.open)}" if verdict.open else ""
        unseen = "; not everything was seen" if verdict.unseen else ""
        name = f"{control.id} {control.title} ({verdict.audience}, level {control.level})"
        yield Line(f"{name}: {verdict.status}{decided}{left_}{unseen}", 1)
