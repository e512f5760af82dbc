"""Where exactly something is wrong, and the value that is: worked out when it is asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dok_guide.assess.given import Input
from dok_guide.assess.values import name_of_entry, value_of
from dok_guide.engine.causes import Cause, causes, culprits
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import Failure, Parts, locate
from dok_guide.engine.manifests import line_of
from dok_guide.engine.objects import Object
from dok_guide.engine.roles import BUILT_IN
from dok_guide.source import Place, place_name

Fields = dict[str, Any]
#: Kinds that can be what is wrong with another object, the most telling first.
_KINDS = (
    "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding", "NetworkPolicy", "ServiceAccount",
    "Service", "Deployment", "Pod",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """The very field that is wrong, or the nearest thing around it if it is missing.

    `value` is the field with its value on one line, empty if something is missing; `name` is that
    of the container, variable or other entry in which it stands.
    """

    title: str
    source: str
    line: int
    place: Place = ()
    value: str = ""
    name: str = ""

    @property
    def path(self) -> str:
        """The place in the manifest, `spec.template.spec.containers[0].image`."""
        return place_name(self.place)


@dataclass(frozen=True, eq=False)
class Trace:
    """How to find what makes an object fail: the object as checks see it, and those around it.

    `place` is where the check found it. Without a failure the place itself is all that can be
    said; `known` tells that its value is what is wrong.
    """

    given: Input
    obj: Object
    place: Place
    message: str
    failure: Failure | None = None
    around: Sequence[Object] = ()
    known: bool = False

    def spots(self) -> tuple[Spot, ...]:
        """Return every field that is wrong; at least one. None is kept, they would add up."""
        found = dict.fromkeys(self._found())
        return tuple(found) or (self._spot(self.obj, Cause(self.place), known=self.known),)

    @property
    def line(self) -> int:
        """The line of the place."""
        where, place = self.obj.locate(self.place)
        return line_of(self.given.documents[where.source, where.line], place)

    def _found(self) -> Iterator[Spot]:
        if self.failure is None or self.failure.holds is None:
            return
        others = [each.data for each in self.around]
        holds = partial(_alone, self.failure.holds, others)
        mine = causes(self.obj.data, self.place, holds, self.failure.names)
        if mine == [Cause(())] and others:
            yield from self._elsewhere(partial(self.failure.holds, self.obj.data), others)
            return
        for cause in mine:
            yield self._spot(self.obj, cause, known=cause != Cause(self.place))

    def _elsewhere(
        self, holds: Callable[[Sequence[Fields]], bool | Fault], others: list[Fields]
    ) -> Iterator[Spot]:
        """Yield the fields of other objects that are wrong, such as rules of a role."""
        names = self.failure.names if self.failure else frozenset()
        for index in culprits(others, holds, _KINDS):
            other = self.around[index]
            rest = [each for each in others if each.get("kind") != other.kind]
            alone = partial(_among, holds, rest)
            for place in locate(Parts(other.data), partial(_fails, alone)):
                for cause in causes(other.data, place, alone, names):
                    yield self._spot(other, cause, known=True)

    def _spot(self, obj: Object, cause: Cause, *, known: bool) -> Spot:
        where, place = obj.locate(cause.place)
        if len(cause.keys) == 1:
            place = (*place, *cause.keys)
        value = value_of(obj.data, cause, self.message, known=known)
        name = name_of_entry(obj.data, cause.place)
        if where.source == BUILT_IN:
            return Spot(where.title, where.source, 1, place, value, name)
        line = line_of(self.given.documents[where.source, where.line], place)
        return Spot(where.title, where.source, line, place, value, name)


def _alone(holds: Any, others: list[Fields], obj: Fields) -> bool | Fault:  # noqa: ANN401
    return holds(obj, others)  # type: ignore[no-any-return]


def _among(holds: Any, rest: list[Fields], obj: Fields) -> bool | Fault:  # noqa: ANN401
    return holds([*rest, obj])  # type: ignore[no-any-return]


def _fails(holds: Any, obj: Fields) -> bool:  # noqa: ANN401
    return holds(obj) is False
