"""What pages show of the settings of operators: sorted by control, with links to their sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from dok_guide.model import LEVELS, Catalog, Control
from dok_guide.operators import Operator, Setting, Source

#: The value of `where` of a setting for which no field was found.
NO_FIELD = "none"


@dataclass(frozen=True)
class Part:
    """What users of an operator set for a control.

    `here` are the settings that are shown with it, `elsewhere` those that are shown with another
    control, `without` those for which no field was found.
    """

    control: Control
    here: tuple[Setting, ...]
    elsewhere: tuple[Setting, ...]
    without: tuple[Setting, ...]


def parts(catalog: Catalog, operator: Operator, level: int) -> list[Part]:
    """Return what to set for each control of one level that some setting is about."""
    controls = (control for control in catalog.active if control.level == level)
    return [
        _part(catalog, control, settings)
        for control in controls
        if (settings := settings_for(operator, control))
    ]


def _part(catalog: Catalog, control: Control, settings: tuple[Setting, ...]) -> Part:
    fields = [each for each in settings if each.where != NO_FIELD]
    return Part(
        control,
        here=tuple(each for each in fields if catalog.shown_with(each) == control),
        elsewhere=tuple(each for each in fields if catalog.shown_with(each) != control),
        without=tuple(each for each in settings if each.where == NO_FIELD),
    )


def settings_for(operator: Operator, control: Control) -> tuple[Setting, ...]:
    """Return the settings of an operator that help to meet a control."""
    return tuple(
        setting
        for setting in operator.settings
        if any(covered.control == control.id for covered in setting.controls)
    )


def unset(catalog: Catalog, operator: Operator) -> list[Setting]:
    """Return the settings for which no field was found, those of the lowest level first."""
    found = [setting for setting in operator.settings if setting.where == NO_FIELD]
    return sorted(found, key=lambda setting: catalog.shown_with(setting).level)


def policy_files(names: Iterable[str], operator: Operator) -> list[str]:
    """Return those files that hold an operator's policies, that of all levels first."""
    begin = f"downloads/policies/{operator.id}"
    mine = (f"{begin}.yaml", *(f"{begin}-level-{level}.yaml" for level in LEVELS))
    return [name for name in mine if name in {*names}]


def by_operator(catalog: Catalog, control: Control) -> list[tuple[Operator, tuple[Setting, ...]]]:
    """Return the operators that have settings for a control, each with these."""
    found = [(operator, settings_for(operator, control)) for operator in catalog.operators]
    return [(operator, settings) for operator, settings in found if settings]


def permalink(operator: Operator, source: Source) -> str:
    """Return the address of the lines of a source, which stay what they are."""
    first, _, last = source.lines.partition("-")
    lines = f"L{first}-L{last}" if last else f"L{first}"
    # rendered text has no lines
    plain = "?plain=1" if source.path.endswith(".md") else ""
    repository = source.repository or operator.repository
    return f"{repository}/blob/{source.commit}/{quote(source.path)}{plain}#{lines}"
