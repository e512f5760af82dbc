"""What an assessment says: findings, and a verdict per requirement."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dok_guide.assess.classes import DATABASE, UNKNOWN
from dok_guide.assess.gaps import Gap
from dok_guide.assess.given import Input
from dok_guide.assess.install import Install
from dok_guide.assess.reach import reach_of
from dok_guide.assess.spots import Spot, Trace
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import CRD
from dok_guide.model import Audience, Catalog, Check, Control
from dok_guide.operators import Reach
from dok_guide.source import Place, place_name

if TYPE_CHECKING:
    from dok_guide.assess.cluster.answers import Answer

#: The verdicts; *partly reviewed* is no verdict on the requirement, the rest is for a person.
MET, NOT_MET, PARTLY, NOT_REVIEWED = "met", "not met", "partly reviewed", "not reviewed"


@dataclass(frozen=True)
class Finding:
    """What a check found in an object; `undecided` if it could not tell.

    `place` is the entry that fails by itself; the `trace` leads to the very fields in it.
    `example` is the address of an example of what to write, where the guide has one for the kind.
    """

    control: Control
    check: Check
    obj: Object
    place: Place
    message: str
    trace: Trace = field(compare=False, repr=False)
    undecided: bool = False
    accepted: str | None = None
    expires: str | None = None
    example: str | None = None

    @property
    def path(self) -> str:
        """The place in the manifest, `spec.template.spec.containers[0]`; empty for the object."""
        return place_name(self.place)

    def spots(self) -> tuple[Spot, ...]:
        """Return every field that is wrong, here or in an object around it; at least one."""
        return self.trace.spots()

    @property
    def line(self) -> int:
        """The line of what is wrong, if it is in this object, or else of the place in it."""
        return self.line_of(self.spots())

    def line_of(self, spots: tuple[Spot, ...]) -> int:
        """Return the same from the spots, which take time to find."""
        mine = (spot.line for spot in spots if spot.title == self.obj.title)
        return next(mine, self.trace.line)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two findings the same one."""
        obj = self.obj
        return self.check.id, obj.title, obj.source, obj.line, self.place, self.message


@dataclass(frozen=True)
class Verdict:
    """What the manifests say about what a control asks of an audience.

    `unseen` holds the gaps that could hide something that speaks against it.
    """

    control: Control
    audience: Audience
    status: str
    decided: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unseen: tuple[Gap, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether something was found that is sure, and that nobody has accepted."""
        return any(not (each.undecided or each.accepted) for each in self.findings)


@dataclass(frozen=True)
class Workload:
    """A workload, whose it is, and by which link."""

    title: str
    source: str
    line: int
    whose: str
    why: str


@dataclass
class Assessment:
    """The result; verdicts by level, then in the order of the catalog and of the input."""

    catalog: Catalog
    input: Input
    install: Install
    groups: frozenset[str]
    workloads: tuple[Workload, ...]
    unseen: Counter[str]
    gaps: list[Gap] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    answers: "tuple[Answer, ...]" = ()

    @cached_property
    def reach(self) -> tuple[Reach, ...]:
        """What the operator's accounts may do; it takes time with many of them."""
        return reach_of(self.install)

    @property
    def resources(self) -> list[Object]:
        """The resources of the operator's own kinds, such as databases."""
        objects = self.input.objects
        return [each for each in objects if each.group in self.groups and each.kind != CRD]

    @property
    def absent(self) -> tuple[str, ...]:
        """What an install has and the input has not, in the words of a reader."""
        kinds = {obj.kind for obj in self.input.objects}
        there = {
            "definitions": CRD in kinds,
            "namespaces": "Namespace" in kinds,
            "databases": bool(self.counted[DATABASE] or self.resources),
        }
        return tuple(what for what, present in there.items() if kinds and not present)

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
    def counted(self) -> Counter[str]:
        """How many workloads are whose."""
        return Counter(each.whose for each in self.workloads)

    @property
    def unclassified(self) -> int:
        """How many workloads are nobody's that we know, and so were not judged."""
        return self.counted[UNKNOWN]

    @property
    def incomplete(self) -> bool:
        """Whether something was not seen or not decided, and nobody has accepted that."""
        undecided = any(each.undecided and not each.accepted for each in self.findings)
        return undecided or any(not gap.accepted for gap in self.gaps)
