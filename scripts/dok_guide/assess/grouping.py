"""Equal findings side by side, by what is wrong and by its value; and equal gaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dok_guide.assess.findings import Assessment, Finding, Verdict
from dok_guide.assess.gaps import WORKLOAD, Gap
from dok_guide.assess.spots import Spot

#: Of how many equal findings the value is looked up; the others are counted.
MOST_TRACED = 20
_WORKLOADS = (
    "nobody knows whose these workloads are, so they are not judged; say so with --operator or "
    "--database, or except them"
)


@dataclass(frozen=True)
class Group:
    """Findings of one check that say the same, with the spots of each value that is wrong.

    `more` counts findings whose value was not looked up.
    """

    findings: tuple[Finding, ...]
    values: tuple[tuple[str, tuple[Spot, ...]], ...]
    more: int = 0

    @property
    def first(self) -> Finding:
        """The finding that speaks for all."""
        return self.findings[0]

    @property
    def places(self) -> int:
        """How many places there are, as far as they were looked up."""
        return sum(len(spots) for _, spots in self.values) + self.more


def grouped(findings: Iterable[Finding], most: int | None = MOST_TRACED) -> list[Group]:
    """Return the groups in the order of their first findings, what counts before the rest."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        key = (each.check.id, each.message, each.accepted, each.expires, each.undecided)
        found.setdefault(key, []).append(each)
    groups = (_group(each, most) for each in found.values())
    return sorted(groups, key=lambda group: (bool(group.first.accepted), group.first.undecided))


def _group(findings: list[Finding], most: int | None) -> Group:
    values: dict[str, dict[Spot, None]] = {}
    for finding in findings[:most]:
        for spot in finding.spots():
            values.setdefault(spot.value, {})[spot] = None
    more = len(findings) - len(findings[:most])
    return Group(tuple(findings), tuple((v, tuple(s)) for v, s in values.items()), more)


def by_urgency(found: Assessment) -> Iterator[Verdict]:
    """Yield the verdicts with findings: level 1 first, in it what counts and where to start."""
    verdicts = [verdict for verdict in found.verdicts if verdict.findings]
    return iter(sorted(verdicts, key=_urgency))


def _urgency(verdict: Verdict) -> tuple[int, bool, bool]:
    control = verdict.control
    return control.level, not verdict.counts, not control.first


def grouped_gaps(gaps: Iterable[Gap]) -> list[tuple[str, list[Gap]]]:
    """Return the gaps that say the same of different things, each group with what it says."""
    found: dict[tuple[object, ...], list[Gap]] = {}
    for gap in gaps:
        words = gap.message.replace(gap.subject, "")
        found.setdefault((gap.kind, words, gap.accepted, gap.expires), []).append(gap)
    return [(_words(each), each) for each in found.values()]


def _words(gaps: list[Gap]) -> str:
    return _WORKLOADS if len(gaps) > 1 and gaps[0].kind == WORKLOAD else gaps[0].message
