"""The ways in which the index of controls can be narrowed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dok_guide.model import AUDIENCES, EFFORTS, LEVELS, Catalog, Category, Control, Threat
from dok_guide.texts import plain


@dataclass(frozen=True)
class Facet:
    """A property by which controls are chosen: its options with labels, and a control's values."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    values: Callable[[Control], tuple[str, ...]]

    def count(self, value: str, controls: tuple[Control, ...]) -> int:
        """Return how many controls have a value."""
        return sum(value in self.values(control) for control in controls)


def facets(catalog: Catalog) -> tuple[Facet, ...]:
    """Return the facets of a catalog, with the options that some control has."""
    every = (
        _facet(
            "level",
            "Up to level",
            ((str(x.id), f"{x.id} {x.title}") for x in catalog.levels),
            _levels,
        ),
        _facet("audience", "Audience", ((x, x) for x in AUDIENCES), lambda c: c.audiences),
        _facet("effort", "Effort", ((x, x) for x in EFFORTS), lambda c: (c.effort,)),
        _facet("first", "Start", [("yes", "start here")], lambda c: ("yes",) if c.first else ()),
        _facet("category", "Category", _titled(catalog.categories), lambda c: (c.category,)),
        _facet("threat", "Threat", _titled(catalog.threats), lambda c: c.threats),
        _facet(
            "framework", "Mapped to", ((x.id, x.title) for x in catalog.frameworks), _frameworks
        ),
    )
    return tuple(_in_use(facet, catalog.active) for facet in every)


def _facet(
    name: str,
    title: str,
    options: Iterable[tuple[str, str]],
    values: Callable[[Control], tuple[str, ...]],
) -> Facet:
    return Facet(name, title, tuple(options), values)


def _titled(entries: tuple[Category, ...] | tuple[Threat, ...]) -> Iterable[tuple[str, str]]:
    return ((x.id, f"{x.id} {x.title}") for x in entries)


def _levels(control: Control) -> tuple[str, ...]:
    return tuple(str(level) for level in LEVELS if level >= control.level)


def _frameworks(control: Control) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mapping.framework for mapping in control.mappings))


def _in_use(facet: Facet, controls: tuple[Control, ...]) -> Facet:
    used = {value for control in controls for value in facet.values(control)}
    options = tuple(option for option in facet.options if option[0] in used)
    return Facet(facet.name, facet.title, options, facet.values)


def words(catalog: Catalog, control: Control) -> str:
    """Return the words by which a control is found, each once: `pods/exec` stays one."""
    texts = (
        *catalog.words_for(control),
        control.summary,
        *(text for _, text in control.requirement.items()),
        *control.items,
        control.rationale,
    )
    found = re.findall(r"[^\W_][\w./:@-]*[^\W_]", plain(" ".join(texts)).lower())
    return " ".join(dict.fromkeys(found))
