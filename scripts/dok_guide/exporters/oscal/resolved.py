"""The catalog that a profile resolves to, for tools that don't resolve profiles."""

from typing import Any

from dok_guide.exporters.oscal.catalog import groups, sources
from dok_guide.exporters.oscal.profiles import Selection
from dok_guide.model import Catalog
from dok_guide.oscal.document import back_matter, document, metadata
from dok_guide.oscal.ids import oscal_id
from dok_guide.oscal.vocabulary import prop


def resolved(guide: Catalog, selection: Selection) -> dict[str, Any]:
    """Return the selected controls, without links to controls that are not among them."""
    head = metadata(guide, f"resolved/{selection.name}.json", selection.title)
    head["props"].append(prop("resolution-tool", "dok-guide"))
    head["links"].append({"href": f"../{selection.name}.json", "rel": "source-profile"})
    body = {
        "metadata": head,
        "groups": groups(guide, selection.controls),
        **back_matter(sources(guide, selection.controls)),
    }
    outside = {f"#{oscal_id(e.id)}" for e in guide.controls} - {
        f"#{oscal_id(e.id)}" for e in selection.controls
    }
    for group in body["groups"]:
        for entry in group["controls"]:
            entry["links"] = [link for link in entry["links"] if link["href"] not in outside]
    return document(guide, "catalog", body)
