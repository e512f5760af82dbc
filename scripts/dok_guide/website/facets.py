"""The ways in which the index of controls can be narrowed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dok_guide.model import AUDIENCES, EFFORTS, Catalog, Category, Control, Threat


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
            "level", "Level", ((str(x.id), f"{x.id} {x.title}") for x in catalog.levels), _level
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


def _level(control: Control) -> tuple[str, ...]:
    return (str(control.level),)


def _frameworks(control: Control) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mapping.framework for mapping in control.mappings))


def _in_use(facet: Facet, controls: tuple[Control, ...]) -> Facet:
    used = {value for control in controls for value in facet.values(control)}
    options = tuple(option for option in facet.options if option[0] in used)
    return Facet(facet.name, facet.title, options, facet.values)


def words(control: Control) -> str:
    """Return the words by which a control is found, each once, safe inside an attribute."""
    texts = (
        control.title,
        *(text for _, text in control.requirement.items()),
        *control.items,
        control.rationale,
    )
    found = re.findall(r"[a-z0-9][a-z0-9-]+", " ".join(texts).lower())
    return " ".join(dict.fromkeys(found))
