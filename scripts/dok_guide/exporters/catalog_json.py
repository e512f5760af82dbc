"""`controls.json`, and `controls/<ID>.json`: the same document narrowed to one control."""

import hashlib
from dataclasses import replace
from typing import Any

from dok_guide.data import to_bytes, to_data
from dok_guide.model import Catalog, Control

TITLE = "JSON"
DESCRIPTION = "All controls with everything they refer to, for use in other tools."
MAIN = ("controls.json",)

#: Described in `controls/schemas/controls.schema.json`.
SCHEMA_VERSION = "1.2"


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the catalog as JSON, whole and control by control."""
    files = {"controls.json": catalog}
    files |= {f"controls/{c.id}.json": narrowed(catalog, c) for c in catalog.controls}
    return {name: to_bytes(document(part, name)) for name, part in files.items()}


def narrowed(catalog: Catalog, control: Control) -> Catalog:
    """Return the catalog with one control and what it refers to."""
    frameworks = {mapping.framework for mapping in control.mappings}
    return replace(
        catalog,
        levels=tuple(entry for entry in catalog.levels if entry.id == control.level),
        categories=(catalog.category(control.category),),
        frameworks=tuple(entry for entry in catalog.frameworks if entry.id in frameworks),
        threats=tuple(catalog.threat(id_) for id_ in control.threats),
        placeholders=catalog.placeholders_of(control),
        references=tuple(catalog.reference(id_) for id_ in control.references),
        controls=(control,),
    )


def document(catalog: Catalog, name: str) -> dict[str, Any]:
    """Return the data of a file."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": catalog.title,
        "description": catalog.description,
        "version": catalog.version,
        "published": catalog.published,
        "license": catalog.license,
        "url": catalog.base_url + name,
        "levels": to_data(catalog.levels),
        "categories": [
            to_data(entry) | {"url": catalog.page_of(entry)} for entry in catalog.categories
        ],
        "frameworks": to_data(catalog.frameworks),
        "threats": [to_data(entry) | {"url": catalog.page_of(entry)} for entry in catalog.threats],
        "references": to_data(catalog.references),
        "placeholders": to_data(catalog.placeholders),
        "controls": [
            to_data(entry) | {"url": catalog.page_of(entry)} for entry in catalog.controls
        ],
    }


def digest(catalog: Catalog) -> str:
    """Return the SHA-256 of `controls.json`, as `SHA256SUMS` of the site lists it."""
    return hashlib.sha256(to_bytes(document(catalog, MAIN[0]))).hexdigest()
