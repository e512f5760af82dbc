"""A review that begins with an operator: what to set stands beside each requirement."""

from dataclasses import replace

from dok_guide.model import Catalog, Control
from dok_guide.operators import Operator, Setting
from dok_guide.review.model import Review, blank
from dok_guide.texts import plain


def start(
    catalog: Catalog, operator: str, level: int | None = None, audience: str | None = None
) -> Review:
    """Return a review of an operator in which nothing is answered yet.

    Raises KeyError if the catalog doesn't have the operator.
    """
    known = catalog.operator(operator)
    empty = blank(catalog, level, audience)
    return replace(empty, operator=operator, subject=known.title)


def setting_of(review: Review, catalog: Catalog, control: Control, audience: str) -> str:
    """Return what the user of the operator sets for a requirement; nothing without an operator."""
    found = [each for each in catalog.operators if each.id == review.operator]
    if audience != "consumer" or not found:
        return ""
    return "\n".join(plain(line(setting)) for setting in settings_for(found[0], control))


def settings_for(operator: Operator, control: Control) -> list[Setting]:
    """Return the settings that cover items of a control."""
    return [
        setting
        for setting in operator.settings
        if any(each.control == control.id for each in setting.controls)
    ]


def line(setting: Setting) -> str:
    """Return what a setting is and what to write there, with its field in backticks."""
    field = f"`{setting.field}`: " if setting.field else ""
    return f"{setting.title}. {field}{setting.set}"
