"""The catalog that a profile resolves to, for tools that don't resolve profiles."""

from typing import Any

from dok_guide.exporters.oscal.catalog import Made, groups, sources
from dok_guide.exporters.oscal.profiles import Selection
from dok_guide.model import Catalog
from dok_guide.oscal.document import back_matter, document, metadata
from dok_guide.oscal.ids import oscal_id
from dok_guide.oscal.vocabulary import prop


def resolved(guide: Catalog, selection: Selection, made: Made) -> dict[str, Any]:
    """Return the selected controls, without links to controls that are not among them."""
    head = metadata(guide, f"resolved/{selection.name}.json", selection.title)
    head["props"].append(prop("resolution-tool", "dok-guide"))
    head["links"].append({"href": f"../{selection.name}.json", "rel": "source-profile"})
    inside = {entry.id for entry in selection.controls}
    outside = {f"#{oscal_id(entry.id)}" for entry in guide.controls if entry.id not in inside}
    found = {id_: _without_links(made[id_], outside) for id_ in inside}
    body = {
        "metadata": head,
        "groups": groups(guide, selection.controls, found),
        **back_matter(sources(guide, selection.controls)),
    }
    return document(guide, "catalog", body)


def _without_links(control: dict[str, Any], targets: set[str]) -> dict[str, Any]:
    return control | {"links": [e for e in control["links"] if e["href"] not in targets]}
