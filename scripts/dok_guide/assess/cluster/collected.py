"""What the script of `dok-guide collect` notes beside the objects: what was asked, what failed."""

from dataclasses import dataclass

from dok_guide.assess.gaps import NOT_COLLECTED, Gap
from dok_guide.assess.given import Input
from dok_guide.engine.objects import Object, strings, text

#: The group of these notes; no API server has it.
_GROUP = "collect.dok-guide"
#: Stands for every resource.
ANYTHING = "*"
_UNFINISHED = "the script did not come to its end, so objects are missing; run it again"


@dataclass(frozen=True)
class SecretKeys:
    """What is known of a Secret: its namespace, name, type and the names of its keys."""

    namespace: str
    name: str
    type: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Collection:
    """What was collected: the namespaces that were chosen, and the Secrets in them.

    `kinds` are resources with their groups.
    """

    databases: tuple[str, ...]
    operators: tuple[str, ...]
    kinds: tuple[str, ...]
    secrets: tuple[SecretKeys, ...]

    @property
    def namespaces(self) -> tuple[str, ...]:
        """All namespaces that were chosen."""
        return tuple(dict.fromkeys((*self.databases, *self.operators)))


def take_collection(given: Input) -> Collection | None:
    """Take the notes of the script out of the objects; None if no script has made them.

    What could not be collected becomes a gap.
    """
    notes = [obj for obj in given.objects if obj.group == _GROUP]
    given.objects = [obj for obj in given.objects if obj.group != _GROUP]
    begin = next((obj for obj in notes if obj.kind == "Collection" and obj.name == "begin"), None)
    given.gaps += [_gap(obj) for obj in notes if obj.kind == "NotCollected"]
    if begin is None:
        return None
    if not any(obj.kind == "Collection" and obj.name == "end" for obj in notes):
        whole = frozenset({ANYTHING})
        gap = Gap(NOT_COLLECTED, "end", begin.source, begin.line, _UNFINISHED, whole)
        given.gaps.append(gap)
    databases, operators, kinds = (
        tuple(strings(begin.data, "spec", key)) for key in ("databases", "operators", "kinds")
    )
    secrets = tuple(_secret(obj) for obj in notes if obj.kind == "SecretKeys")
    return Collection(databases, operators, kinds, secrets)


def _gap(note: Object) -> Gap:
    command, why = text(note.data, "spec", "command"), text(note.data, "spec", "message").strip()
    resource = note.name.partition(".")[0]
    message = f"not collected, {command}: {why}"
    return Gap(NOT_COLLECTED, command, note.source, note.line, message, frozenset({resource}))


def _secret(note: Object) -> SecretKeys:
    type_, keys = text(note.data, "spec", "type"), tuple(strings(note.data, "spec", "keys"))
    return SecretKeys(note.namespace, note.name, type_, keys)
