"""A check, compiled, and what it says of an object."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from dok_guide.engine.causes import names_in
from dok_guide.engine.cel import Data, Fault, Program, inlined
from dok_guide.model import Check
from dok_guide.source import Place

#: How many entries of lists are tried one by one to find those that make a validation fail.
MOST_TRIED = 2_000

#: An object, or a part of one.
Fields = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """A validation that is not true for an object, and the places in it that make it so.

    `holds` tries it on another object, among others; `names` are those in its expression.
    """

    message: str
    places: tuple[Place, ...]
    holds: Callable[[Fields, Sequence[Fields]], bool | Fault] | None = field(
        default=None, compare=False, repr=False
    )
    names: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


class CompiledCheck:
    """A check whose expressions are compiled; raises CelError if one can't be.

    What a variable means is put where it is used, so that most objects take one evaluation. Only
    where that has no value, variables are evaluated one by one, and the first without one is named.
    """

    def __init__(self, check: Check) -> None:
        self.check = check
        self._conditions = [Program(each.expression) for each in check.matchConditions]
        meaning: dict[str, str] = {}
        for each in check.variables:
            meaning[each.name] = inlined(each.expression, meaning)
        self._validations = [
            _Validation(each.message, each.expression, meaning) for each in check.validations
        ]
        self._all = Program(" && ".join(f"({each.whole}\n)" for each in self._validations))

    @property
    def bundle(self) -> bool:
        """Whether the check sees other objects beside the one that it judges."""
        return self.check.scope == "bundle"

    def judge(self, obj: Fields, objects: Sequence[Fields] = ()) -> list[Failure | Fault] | None:
        """Return everything that is wrong with an object, or None if it is not meant."""
        data = Data(obj, objects)
        for condition in self._conditions:
            meant = condition.holds(data)
            if isinstance(meant, Fault):
                return [meant]
            if not meant:
                return None
        if self._all.holds(data) is True:
            return []
        parts = Parts(obj)
        found = (self._failure(each, data, parts) for each in self._validations)
        return [each for each in found if each is not None]

    def fails(self, message: str, obj: Fields) -> bool:
        """Whether the validation with a message is false for an object that the check means."""
        data = Data(obj, ())
        mine = (each for each in self._validations if each.message == message)
        return any(self._holds(each, data) is False for each in mine)

    def _failure(
        self, validation: "_Validation", data: Data, parts: "Parts"
    ) -> Failure | Fault | None:
        holds = self._holds(validation, data)
        if isinstance(holds, Fault):
            return holds
        if holds:
            return None
        tried = partial(self._tried, validation)

        def fails(obj: Fields) -> bool:
            return tried(obj, data.objects) is False

        return Failure(validation.message, tuple(locate(parts, fails)), tried, validation.names)

    def _tried(
        self, validation: "_Validation", obj: Fields, objects: Sequence[Fields]
    ) -> bool | Fault:
        return self._holds(validation, Data(obj, objects))

    def _holds(self, validation: "_Validation", data: Data) -> bool | Fault:
        holds = validation.program.holds(data)
        return self._step_by_step(validation, data) if isinstance(holds, Fault) else holds

    def _step_by_step(self, validation: "_Validation", data: Data) -> bool | Fault:
        """Evaluate the variables one by one, each within the limit of steps of its own."""
        faults: dict[str, Fault] = {}
        for each in self.check.variables:
            value = Program(each.expression, boolean=False).value(data)
            if isinstance(value, Fault):
                faults[each.name] = value
            else:
                data = Data(data.obj, data.objects, {**data.variables, each.name: value})
        holds = validation.staged.holds(data)
        return _explained(holds, faults) if isinstance(holds, Fault) else holds


class _Validation:
    """A validation, with the meaning of its variables and with their names."""

    def __init__(self, message: str, expression: str, meaning: dict[str, str]) -> None:
        self.message = message
        self.whole = inlined(expression, meaning)
        self._expression = expression

    @cached_property
    def program(self) -> Program:
        """The program that needs no variables; compiled for what fails."""
        return Program(self.whole)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of what it looks at."""
        return names_in(self.whole)

    @cached_property
    def staged(self) -> Program:
        """The program that sees variables; compiled for what can't be decided."""
        return Program(self._expression)


def _explained(fault: Fault, faults: dict[str, Fault]) -> Fault:
    """Return the fault of the first variable that had none, since it is the cause."""
    for name, cause in faults.items():
        return Fault(f"variable {name}: {cause.message}")
    return fault


class Parts:
    """The entries of an object's lists, and the object without them; worked out when asked for."""

    def __init__(self, obj: Fields) -> None:
        self._obj = obj

    @cached_property
    def entries(self) -> list[tuple[Place, tuple[int, Any]]]:
        """The place of each list with the index and the value of each entry."""
        return [(place, e) for place, items in _lists(self._obj) for e in enumerate(items)]

    @cached_property
    def bare(self) -> Fields:
        """The object with its lists empty."""
        return _emptied(self._obj)


def locate(parts: Parts, fails: Callable[[Fields], bool]) -> Iterator[Place]:
    """Yield the places of the list entries that make an object fail, each by itself.

    Yields the object itself, `()`, if it fails without any entry, or only by several together.
    """
    entries, bare = parts.entries, parts.bare
    found = False
    if entries and len(entries) <= MOST_TRIED and not fails(bare):
        for place, (index, item) in entries:
            # a single one is the cause, since without it nothing fails
            if len(entries) == 1 or fails(_with(bare, place, [item])):
                found = True
                yield (*place, index)
    if not found:
        yield ()


def _lists(data: Fields, place: Place = ()) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the lists of mappings that are reached without going through another list."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _lists(value, (*place, key))
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield (*place, key), value


def _emptied(data: Fields) -> Fields:
    """Return data in which the lists that `_lists` finds have no entries."""
    lists = {place for place, _ in _lists(data)}

    def copy(part: Fields, place: Place) -> Fields:
        return {
            key: []
            if (*place, key) in lists
            else copy(value, (*place, key))
            if isinstance(value, dict)
            else value
            for key, value in part.items()
        }

    return copy(data, ())


def _with(data: Fields, place: Place, value: object) -> Fields:
    """Return data with another value at a place; the rest is shared."""
    key, *rest = place
    return data | {str(key): _with(data[str(key)], tuple(rest), value) if rest else value}
