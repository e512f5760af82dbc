"""A check, compiled, and what it says of an object."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dok_guide.engine.cel import Fault, Program
from dok_guide.model import Check
from dok_guide.source import Place

#: How many entries of lists are tried one by one to find those that make a validation fail.
MOST_TRIED = 2_000

Data = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """A validation that is not true for an object, and the places in it that make it so."""

    message: str
    places: tuple[Place, ...]


class CompiledCheck:
    """A check whose expressions are compiled; raises CelError if one can't be."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self._conditions = [Program(each.expression) for each in check.matchConditions]
        self._variables = [
            (each.name, Program(each.expression, boolean=False)) for each in check.variables
        ]
        self._validations = [(each.message, Program(each.expression)) for each in check.validations]

    @property
    def bundle(self) -> bool:
        """Whether the check sees other objects beside the one that it judges."""
        return self.check.scope == "bundle"

    def judge(self, obj: Data, objects: Sequence[Data] = ()) -> list[Failure | Fault] | None:
        """Return everything that is wrong with an object, or None if it is not meant."""
        data = self._data(obj, objects)
        for condition in self._conditions:
            meant = condition.holds(data)
            if isinstance(meant, Fault):
                return [_explained(meant, data)]
            if not meant:
                return None
        return [
            found for each in self._validations if (found := self._failure(each, data)) is not None
        ]

    def _failure(self, validation: tuple[str, Program], data: Data) -> Failure | Fault | None:
        message, program = validation
        holds = program.holds(data)
        if isinstance(holds, Fault):
            return _explained(holds, data)
        if holds:
            return None

        def fails(obj: Data) -> bool:
            return program.holds(self._data(obj, data["objects"])) is False

        return Failure(message, tuple(locate(data["object"], fails)))

    def _data(self, obj: Data, objects: Sequence[Data]) -> Data:
        """Return what the expressions see; a variable without a value is left out."""
        data: Data = {"object": obj, "objects": list(objects), "variables": {}}
        faults = {}
        for name, program in self._variables:
            value = program.value(data)
            if isinstance(value, Fault):
                faults[name] = value
            else:
                data["variables"][name] = value
        return data | {"faults": faults} if faults else data


def _explained(fault: Fault, data: Data) -> Fault:
    """Return the fault of the first variable that had none, since it is the cause."""
    for name, cause in data.get("faults", {}).items():
        return Fault(f"variable {name}: {cause.message}")
    return fault


def locate(obj: Data, fails: Callable[[Data], bool]) -> Iterator[Place]:
    """Yield the places of the list entries that make an object fail, each by itself.

    Yields the object itself, `()`, if it fails without any entry, or only by several together.
    """
    entries = [
        (place, entry) for place, items in _lists(obj) for entry in enumerate(items) if items
    ]
    bare = _emptied(obj)
    found = False
    if len(entries) <= MOST_TRIED and not fails(bare):
        for place, (index, item) in entries:
            if fails(_with(bare, place, [item])):
                found = True
                yield (*place, index)
    if not found:
        yield ()


def _lists(data: Data, place: Place = ()) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the lists of mappings that are reached without going through another list."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _lists(value, (*place, key))
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield (*place, key), value


def _emptied(data: Data) -> Data:
    """Return data in which the lists that `_lists` finds have no entries."""
    lists = {place for place, _ in _lists(data)}

    def copy(part: Data, place: Place) -> Data:
        return {
            key: []
            if (*place, key) in lists
            else copy(value, (*place, key))
            if isinstance(value, dict)
            else value
            for key, value in part.items()
        }

    return copy(data, ())


def _with(data: Data, place: Place, value: object) -> Data:
    """Return data with another value at a place; the rest is shared."""
    key, *rest = place
    return data | {str(key): _with(data[str(key)], tuple(rest), value) if rest else value}
