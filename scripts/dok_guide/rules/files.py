"""The files of a catalog, as the rules see them."""

from dataclasses import dataclass
from typing import Any

from dok_guide.source import Document, Problem


@dataclass(frozen=True)
class Release:
    """A published `controls.json`, with the text that it was read from."""

    path: str
    text: str
    data: dict[str, Any]

    def problem(self, message: str, id_: str) -> Problem:
        """Return a problem at the line of a control's id."""
        before = self.text.partition(f'"id": "{id_}"')[0]
        return Problem(self.path, before.count("\n") + 1, message)


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
    questions: Document
    survey: Document
    controls: tuple[Document, ...]
    ids: frozenset[str]
    frameworks: dict[str, dict[str, str]]
    releases: tuple[Release, ...]

    def entries(self, field: str) -> dict[str | int, Any]:
        """Return the entries of a list in `catalog.yaml` by their ids."""
        return {entry["id"]: entry for entry in self.catalog.data[field]}
