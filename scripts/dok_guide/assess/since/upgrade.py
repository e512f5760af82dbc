"""Two assessments of an operator, an old and a new one, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass

from dok_guide.assess.findings import Assessment, Finding
from dok_guide.assess.since.changes import (
    AREAS,
    REACH,
    SERVICES,
    WEBHOOKS,
    WORKLOADS,
    Change,
    differences,
)
from dok_guide.assess.since.definitions import changed_definitions
from dok_guide.assess.since.facts import services, webhooks, workloads
from dok_guide.assess.since.findings import came_and_went
from dok_guide.assess.since.rights import changed_rights, powers


@dataclass(frozen=True)
class Upgrade:
    """What comes with the new side, what goes with the old one, and what changes."""

    old: Assessment
    new: Assessment
    came: tuple[Finding, ...]
    went: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def same(self) -> int:
        """How many findings both sides have."""
        return len(self.new.findings) - len(self.came)

    @property
    def fails(self) -> bool:
        """Whether a finding came that nobody has accepted."""
        return any(not (finding.accepted or finding.undecided) for finding in self.came)

    @property
    def incomplete(self) -> bool:
        """Whether something was not seen or not decided on either side."""
        return self.old.incomplete or self.new.incomplete

    def of(self, area: str) -> list[Change]:
        """Return the changes of an area."""
        return [change for change in self.changes if change.area == area]


def upgrade(old: Assessment, new: Assessment) -> Upgrade:
    """Compare two assessments."""
    came, went = came_and_went(old.findings, new.findings)
    found = sorted(_changes(old, new), key=lambda change: AREAS.index(change.area))
    return Upgrade(old, new, came, went, tuple(found))


def _changes(old: Assessment, new: Assessment) -> Iterator[Change]:
    before, after = old.install.objects, new.install.objects
    yield from differences(REACH, powers(old.reach), powers(new.reach))
    yield from changed_rights(old.install, new.install)
    yield from differences(WEBHOOKS, webhooks(before), webhooks(after))
    yield from differences(WORKLOADS, workloads(before), workloads(after))
    yield from differences(SERVICES, services(before), services(after))
    yield from changed_definitions(before, after)
