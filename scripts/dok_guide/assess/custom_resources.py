"""Custom resources of known operators, judged by what their users set."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from dok_guide.assess.fields import Field, failing
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import CompiledCheck, Failure
from dok_guide.engine.objects import Object
from dok_guide.engine.paths import steps
from dok_guide.engine.settings import check_of
from dok_guide.model import Check
from dok_guide.operators import Operator, Setting, Variant
from dok_guide.source import Place


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
            judgment
            for variant in (failing[:1] if sure else failing)
            for each in results[variant]
            for judgment in self._judgments(variant, each, sure=sure)
        ]

    def _means(self, variant: Variant) -> bool:
        releases = self.version is None or variant.holds_for(self.version)
        return releases and self.obj.version in variant.versions

    def _check(self, variant: Variant) -> CompiledCheck:
        return _compiled(check_of(self.operator, self.setting, variant))

    def _judgments(
        self, variant: Variant, each: Failure | Fault, *, sure: bool
    ) -> Iterator[Judgment]:
        """Yield what is wrong, once for each entry of a list that makes it so."""
        check = self._check(variant)
        for field in self._fields(check, variant, each):
            message = f"{each.message.strip()} {field.state(variant.default)}. {self.setting.set}"
            if isinstance(each, Fault):
                message = f"not decided: {each.message}"
            elif not sure:
                whose = f"{self.operator.title} {variant.releases}"
                message = f"depends on the version; with {whose}: {message}"
            undecided = isinstance(each, Fault) or not sure
            yield Judgment(
                self.operator, self.setting, self.obj, check.check, field.place, message, undecided
            )

    def _fields(self, check: CompiledCheck, variant: Variant, each: Failure | Fault) -> list[Field]:
        way = steps(variant.field or self.setting.field or "")
        if isinstance(each, Fault):
            return failing(self.obj.data, way, lambda _: False)
        return failing(self.obj.data, way, partial(check.fails, each.message))


@cache
def _compiled(check: Check) -> CompiledCheck:
    return CompiledCheck(check)
