"""The OSCAL catalog: all controls, withdrawn ones as tombstones."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from dok_guide.model import Catalog, Control, Framework, Reference
from dok_guide.oscal.document import back_matter, document, metadata
from dok_guide.oscal.ids import oscal_id
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import prop

#: The controls of all documents in OSCAL, by the ids of the guide.
Made: TypeAlias = dict[str, dict[str, Any]]


def catalog(guide: Catalog, made: Made) -> dict[str, Any]:
    """Return the catalog."""
    body = {
        "metadata": metadata(guide, "catalog.json", guide.title),
        "groups": groups(guide, guide.controls, made),
        **back_matter(sources(guide, guide.active)),
    }
    return document(guide, "catalog", body)


def groups(guide: Catalog, selected: Iterable[Control], made: Made) -> list[dict[str, Any]]:
    """Return the categories that have controls among the selected ones, with these."""
    found: dict[str, list[Control]] = {}
    for entry in selected:
        found.setdefault(entry.category, []).append(entry)
    return [
        {
            "id": oscal_id(category.id),
            "class": "category",
            "title": category.title,
            "props": [prop("label", category.id), prop("sort-id", f"{number:02}")],
            "parts": [
                {
                    "id": f"{oscal_id(category.id)}_ovw",
                    "name": "overview",
                    "prose": prose(category.description),
                }
            ],
            "controls": [made[entry.id] for entry in found[category.id]],
        }
        for number, category in enumerate(guide.categories, 1)
        if category.id in found
    ]


def sources(guide: Catalog, selected: Iterable[Control]) -> list[Reference | Framework]:
    """Return the frameworks and references that controls link to, in the guide's order."""
    entries = tuple(selected)
    mapped = {mapping.framework for entry in entries for mapping in entry.mappings}
    cited = {id_ for entry in entries for id_ in entry.references}
    return [
        *(framework for framework in guide.frameworks if framework.id in mapped),
        *(reference for reference in guide.references if reference.id in cited),
    ]
