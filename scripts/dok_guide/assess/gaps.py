"""What an assessment did not see, and what to do about it: nothing is quietly green."""

from dataclasses import dataclass, field

from dok_guide.engine.objects import Object
from dok_guide.model import Check

#: No object in the whole input, or in a path that was named.
NOTHING_READ = "nothing-read"
#: Objects, and no check had one to judge.
NOTHING_JUDGED = "nothing-judged"
#: A part of the input that can't be used.
NOT_READ = "not-read"
#: A link that is not followed.
LINK = "link"
#: Two documents without `---` between them, of which the first is lost.
RAN_TOGETHER = "ran-together"
#: Files of Helm or Kustomize that are not what is applied.
NOT_RENDERED = "not-rendered"
#: A workload of which nobody knows whose it is.
WORKLOAD = "workload"
#: A role that a binding refers to and that is not in the input.
ROLE = "role-elsewhere"
#: Resources of the operator's own kinds, which no check of manifests reads.
RESOURCE = "custom-resource"
#: What the script of `dok-guide collect` could not read.
NOT_COLLECTED = "not-collected"
KINDS = (
    NOTHING_READ, NOTHING_JUDGED, NOT_READ, LINK, RAN_TOGETHER, NOT_RENDERED, WORKLOAD, ROLE,
    RESOURCE, NOT_COLLECTED,
)  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """A part that was not seen.

    `subject` is what an exception names: the title of an object, or a path. What it could hide is
    limited by `resources` and `targets` of checks; empty means any.
    """

    kind: str
    subject: str
    source: str
    line: int
    message: str
    resources: frozenset[str] = field(default=frozenset())
    targets: frozenset[str] = field(default=frozenset())
    accepted: str | None = None
    expires: str | None = None

    def __str__(self) -> str:
        """Return `path:line: message`."""
        return f"{self.source}:{self.line}: {self.message}"

    def hides(self, check: Check) -> bool:
        """Whether what was not seen could speak against what a check looks for."""
        if self.targets and check.target not in self.targets:
            return False
        named = {resource for rule in check.match for resource in rule.resources}
        return not self.resources or check.scope == "bundle" or bool(self.resources & named)


def gap_of(kind: str, obj: Object, message: str, *resources: str, target: str = "") -> Gap:
    """Return the gap that an object of the input makes."""
    targets = frozenset({target} - {""})
    return Gap(kind, obj.title, obj.source, obj.line, message, frozenset(resources), targets)
