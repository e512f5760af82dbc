"""The files of a catalog, as the rules see them."""

from dataclasses import dataclass
from typing import Any

from dok_guide.source import Document


@dataclass(frozen=True)
class Files:
    """The documents of a catalog that keep to their schemas.

    `ids` are the ids of all control files, those with problems included, so that one bad file
    doesn't make every control that names it look bad.
    """

    catalog: Document
    threats: Document
    references: Document
    glossary: Document
    controls: tuple[Document, ...]
    ids: frozenset[str]
    frameworks: dict[str, dict[str, str]]
    released: Document | None

    def entries(self, field: str) -> dict[str | int, Any]:
        """Return the entries of a list in `catalog.yaml` by their ids."""
        return {entry["id"]: entry for entry in self.catalog.data[field]}
