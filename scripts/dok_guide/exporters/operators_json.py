"""`operators.json`, and `operators/<id>.json`: the same document narrowed to one operator."""

from collections.abc import Sequence
from typing import Any

from dok_guide.data import to_bytes, to_data
from dok_guide.model import Catalog
from dok_guide.operators import Operator

TITLE = "Operators as JSON"
DESCRIPTION = "What to set with each operator, with hardened resources, for use in other tools."
MAIN = ("operators.json",)

#: Described in `controls/schemas/operators.schema.json`.
SCHEMA_VERSION = "1.1"


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return what is known of the operators as JSON, whole and operator by operator."""
    files = {"operators.json": catalog.operators}
    files |= {f"operators/{each.id}.json": (each,) for each in catalog.operators}
    return {name: to_bytes(document(catalog, of, name)) for name, of in files.items()}


def document(catalog: Catalog, operators: Sequence[Operator], name: str) -> dict[str, Any]:
    """Return the data of a file."""
    base = catalog.base_url
    return {
        "schema_version": SCHEMA_VERSION,
        "title": catalog.title,
        "version": catalog.version,
        "published": catalog.published,
        "license": catalog.license,
        "url": base + name,
        "operators": [to_data(each) | {"url": f"{base}operators/{each.id}/"} for each in operators],
    }
