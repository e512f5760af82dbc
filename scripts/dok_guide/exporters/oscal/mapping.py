"""The mapping collection: how controls relate to each framework, and what has no counterpart."""

import re
from typing import Any

from dok_guide.exporters.oscal.catalog import sources
from dok_guide.model import Catalog, Control, Framework, Mapping
from dok_guide.oscal.document import (
    MAPPING_VERSION,
    acting,
    back_matter,
    document,
    metadata,
    publisher,
)
from dok_guide.oscal.ids import entry_id, namespace, oscal_id, subject_uuid
from dok_guide.oscal.prose import prose

_HOW = (
    "Written control by control by the authors of the guide and reviewed. A relationship is read "
    "from the guide's control to the entry of the framework, and compares what both ask."
)
#: TokenDatatype of OSCAL.
_TOKEN = re.compile(r"[^\W\d][\w.-]*")


def mapping_collection(guide: Catalog) -> dict[str, Any]:
    """Return one mapping for each framework that a control maps to."""
    frameworks = [each for each in guide.frameworks if guide.mapped(each.id)]
    linked = (each for each in sources(guide, guide.active) if each in frameworks)
    head = metadata(guide, "mapping.json", f"{guide.title}: mappings")
    body = {
        "metadata": head | {"oscal-version": MAPPING_VERSION},
        "provenance": {
            "method": "human",
            "matching-rationale": "semantic",
            "status": "draft" if "-" in guide.version else "complete",
            "mapping-description": _HOW,
            "responsible-parties": [acting("creator", publisher(guide))],
        },
        "mappings": [_mapping(guide, framework) for framework in frameworks],
        **back_matter(each for each in linked if isinstance(each, Framework) and not each.oscal),
    }
    return document(guide, "mapping-collection", body)


def _mapping(guide: Catalog, framework: Framework) -> dict[str, Any]:
    pairs = [pair for pairs in guide.mapped(framework.id).values() for pair in pairs]
    without = [oscal_id(entry.id) for entry in guide.unmapped(framework.id)]
    absent = [entry_id(framework, id_) for id_ in guide.without_control(framework.id)]
    return {
        "uuid": subject_uuid(guide, "mapping", framework.id),
        "source-resource": {"type": "catalog", "href": "catalog.json"},
        "target-resource": _target(guide, framework),
        "maps": [_map(guide, framework, *pair) for pair in pairs],
        **_gap(guide, framework, "source", without),
        **_gap(guide, framework, "target", absent),
    }


def _target(guide: Catalog, framework: Framework) -> dict[str, Any]:
    if framework.oscal:
        return {"type": "catalog", "href": framework.oscal}
    return {"ns": namespace(guide), "type": "document", "href": f"#{framework.uuid}"}


def _map(guide: Catalog, framework: Framework, entry: Control, pair: Mapping) -> dict[str, Any]:
    return {
        "uuid": subject_uuid(guide, "map", framework.id, entry.id, pair.target),
        "relationship": pair.relationship,
        "sources": [{"type": "control", "id-ref": oscal_id(entry.id)}],
        "targets": [{"type": "control", "id-ref": entry_id(framework, pair.target)}],
        **({"remarks": prose(pair.note)} if pair.note else {}),
    }


def _gap(guide: Catalog, framework: Framework, side: str, ids: list[str]) -> dict[str, Any]:
    if not ids:
        return {}
    uuid = subject_uuid(guide, "gap", framework.id, side)
    return {f"{side}-gap-summary": {"uuid": uuid, "unmapped-controls": [_selected(ids)]}}


def _selected(ids: list[str]) -> dict[str, Any]:
    """Return a selection of ids; one that is no token can only be a pattern, as `K06:2025`."""
    if all(_TOKEN.fullmatch(id_) for id_ in ids):
        return {"with-ids": ids}
    return {"matching": [{"pattern": id_} for id_ in ids]}
