"""Resources that have to stand beside others, such as the schedule of a cluster's backups."""

from collections.abc import Collection, Iterator

from dok_guide.assess.custom_resources import CustomResources, Judgment
from dok_guide.engine.objects import Object, text
from dok_guide.engine.paths import steps, values
from dok_guide.engine.settings import check_of
from dok_guide.operators import Beside, Covered, Operator, Setting

#: Settings by the items that they cover.
ByItems = dict[tuple[Covered, ...], list[Setting]]


def without_companion(
    resources: CustomResources, objects: Collection[Object]
) -> Iterator[Judgment]:
    """Yield what the input lacks beside a resource; undecided, as it may stand elsewhere."""
    for obj in objects:
        operator = resources.operator_of(obj)
        if operator is None or not obj.name:
            continue
        for settings in _expected(operator, obj.kind).values():
            if not any(_belongs(other, each, obj) for each in settings for other in objects):
                yield _judgment(operator, settings, obj)


def _expected(operator: Operator, kind: str) -> ByItems:
    """Return the settings whose kind stands beside another; one for the same items is enough."""
    found: ByItems = {}
    for setting in operator.settings:
        if setting.beside and setting.beside.kind == kind:
            found.setdefault(setting.controls, []).append(setting)
    return found


def _belongs(other: Object, setting: Setting, obj: Object) -> bool:
    beside = setting.beside
    if beside is None or (other.kind, other.group) != (setting.kind, obj.group):
        return False
    return _names(other, beside, obj) and _counts(other, beside)


def _names(other: Object, beside: Beside, obj: Object) -> bool:
    """Whether a resource holds the name of another, in its namespace unless it names one."""
    *around, last = steps(beside.name)
    namespace = text(other.data, *around, "namespace") or other.namespace
    return (text(other.data, *around, last), namespace) == (obj.name, obj.namespace)


def _counts(other: Object, beside: Beside) -> bool:
    return beside.has is None or any(each for _, each in values(other.data, steps(beside.has)))


def _judgment(operator: Operator, settings: list[Setting], obj: Object) -> Judgment:
    first = settings[0]
    kinds = " or ".join(f"`{each.kind}`" for each in settings)
    message = f"not seen: the input has no {kinds} of it; add its file, or write one. {first.set}"
    check = check_of(operator, first, first.variants[0])
    return Judgment(operator, first, obj, check, (), message, undecided=True)
