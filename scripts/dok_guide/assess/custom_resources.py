"""Custom resources of known operators, judged by what their users set."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck, Failure
from dok_guide.engine.objects import Object, get
from dok_guide.engine.paths import EACH, steps, values
from dok_guide.engine.settings import check_of
from dok_guide.model import Check
from dok_guide.operators import Operator, Setting, Variant
from dok_guide.source import Place

#: The longest value that a message shows.
_LONGEST = 60


@dataclass(frozen=True)
class Judgment:
    """What a setting says of a resource.

    `undecided` where the releases of the operator differ, or an expression has no value.
    """

    operator: Operator
    setting: Setting
    obj: Object
    check: Check
    place: Place
    message: str
    undecided: bool


class CustomResources:
    """Judges the resources of known operators, for one release of each or for all of them."""

    def __init__(self, operators: Iterable[Operator], version: str | None = None) -> None:
        self._operators = tuple(operators)
        self._version = version

    def operator_of(self, obj: Object) -> Operator | None:
        """Return the operator whose kind an object is."""
        for operator in self._operators:
            for kind in operator.kinds:
                if kind.kind == obj.kind and obj.group in kind.groups:
                    return operator
        return None

    def judge(self, obj: Object) -> tuple[list[Setting], list[Judgment]]:
        """Return the settings that mean an object, and what they say of it."""
        operator = self.operator_of(obj)
        if operator is None:
            return [], []
        mine = [setting for setting in operator.settings if setting.kind == obj.kind]
        results = [_Trial(operator, setting, obj, self._version).run() for setting in mine]
        found = [judgment for result in results for judgment in result or ()]
        meant = [each for each, said in zip(mine, results, strict=True) if said is not None]
        return meant, found

    def means(self, obj: Object) -> bool:
        """Whether a setting of a known operator means an object."""
        return bool(self.judge(obj)[0])

    def groups(self, objects: Iterable[Object]) -> frozenset[str]:
        """Return the API groups of those objects that are resources of known operators."""
        return frozenset(obj.group for obj in objects if self.operator_of(obj))

    def notes(self, objects: Iterable[Object]) -> Iterator[str]:
        """Yield a note for each operator whose named version is none that was looked at."""
        for operator in dict.fromkeys(map(self.operator_of, objects)):
            versions = [each.version for each in operator.releases] if operator else []
            if operator and self._version and self._version not in versions:
                looked = ", ".join(versions)
                yield f"{operator.title} {self._version} was not looked at, but {looked} were"


@dataclass(frozen=True)
class _Trial:
    """A setting on a resource, for a release of the operator or for all that were looked at."""

    operator: Operator
    setting: Setting
    obj: Object
    version: str | None

    def run(self) -> list[Judgment] | None:
        """Return what the setting says of the resource, None if it does not mean it."""
        meant = [v for v in self.setting.variants if self._means(v)]
        results: dict[Variant, list[Failure | Fault]] = {}
        for variant in meant:
            said = None if variant.absent else self._check(variant).judge(self.obj.data)
            if said is not None:
                results[variant] = said
        failing = [variant for variant, said in results.items() if said]
        if not failing:
            return [] if results else None
        sure = len(failing) == len(meant)
        return [
            self._judgment(variant, each, sure=sure)
            for variant in (failing[:1] if sure else failing)
            for each in results[variant]
        ]

    def _means(self, variant: Variant) -> bool:
        releases = self.version is None or variant.holds_for(self.version)
        return releases and self.obj.version in variant.versions

    def _check(self, variant: Variant) -> CompiledCheck:
        return _compiled(check_of(self.operator, self.setting, variant))

    def _judgment(self, variant: Variant, each: Failure | Fault, *, sure: bool) -> Judgment:
        field = variant.field or self.setting.field or ""
        hint = each.places[0] if isinstance(each, Failure) else ()
        place, state = _state(self.obj, field, variant, hint)
        message = f"{each.message.strip()} `{field}` {state}. {self.setting.set}"
        if isinstance(each, Fault):
            message = f"not decided: {each.message}"
        elif not sure:
            whose = f"{self.operator.title} {variant.releases}"
            message = f"depends on the version; with {whose}: {message}"
        undecided = isinstance(each, Fault) or not sure
        check = self._check(variant).check
        return Judgment(self.operator, self.setting, self.obj, check, place, message, undecided)


@cache
def _compiled(check: Check) -> CompiledCheck:
    return CompiledCheck(check)


def _state(obj: Object, field: str, variant: Variant, hint: Place) -> tuple[Place, str]:
    """Return the place of a field, or of the nearest thing around it, and what it is set to.

    `hint` is the entry of a list that fails a validation; empty if none does by itself.
    """
    whole = steps(field)
    start, way = _entry(whole, hint)
    if start or EACH not in whole:
        for place, value in values(get(obj.data, *start), way, start):
            return place, f"is {_shown(value)}"
    elif any(values(obj.data, whole)):  # no entry is to blame by itself
        return way, "is not set right everywhere"
    while way and not [*values(get(obj.data, *start), way)]:
        way = way[:-1]
    default = f", which means {variant.default}" if variant.default else ""
    return (*start, *way), f"is not set{default}"


def _entry(way: tuple[str, ...], hint: Place) -> tuple[Place, tuple[str, ...]]:
    """Return where to begin, and the steps from there up to the next list."""
    start: Place = ()
    if EACH in way and hint[:-1] == way[: way.index(EACH)]:
        start, way = hint, way[len(hint) :]
    return start, way[: way.index(EACH)] if EACH in way else way


def _shown(value: object) -> str:
    """Return a value on one line; a long one is cut."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
