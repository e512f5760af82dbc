"""Profiles: what a level or an audience selects, and the values of its parameters."""

from dataclasses import dataclass
from typing import Any

from dok_guide.model import AUDIENCES, Catalog, Control
from dok_guide.oscal.document import document, metadata
from dok_guide.oscal.ids import oscal_id, param_id


@dataclass(frozen=True)
class Selection:
    """A profile's file name without ending, its title and its controls."""

    name: str
    title: str
    controls: tuple[Control, ...]


def selections(guide: Catalog) -> tuple[Selection, ...]:
    """Return the levels, each with those below, then the audiences."""
    levels = (
        Selection(
            f"level-{level.id}",
            f"{guide.title}: level {level.id} {level.title}",
            guide.up_to(level.id),
        )
        for level in guide.levels
    )
    audiences = (
        Selection(
            audience,
            f"{guide.title}: {audience}",
            tuple(entry for entry in guide.active if audience in entry.audiences),
        )
        for audience in AUDIENCES
    )
    # OSCAL has no empty selection
    return tuple(each for each in (*levels, *audiences) if each.controls)


def profile(guide: Catalog, selection: Selection) -> dict[str, Any]:
    """Return a profile: one import with every id, since resolvers group chains differently."""
    ids = [oscal_id(entry.id) for entry in selection.controls]
    values = [
        {"param-id": param_id(entry, parameter.id), "values": [parameter.value]}
        for entry in selection.controls
        for parameter in entry.parameters
    ]
    body = {
        "metadata": metadata(guide, f"{selection.name}.json", selection.title),
        "imports": [{"href": "catalog.json", "include-controls": [{"with-ids": ids}]}],
        # no `combine`: the JSON Schema of 1.2.3 has lost its method
        "merge": {"as-is": True},
        **({"modify": {"set-parameters": values}} if values else {}),
    }
    return document(guide, "profile", body)
