"""The files of a catalog, as the rules see them."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dok_guide.data import from_data
from dok_guide.engine.definitions import Definitions
from dok_guide.operators import Operator
from dok_guide.source import Document, Problem

#: The first line of `hardened.yaml`: how far the resources are proven.
PROVEN = re.compile(r"# proven: (schema|webhook|started)\n")


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
class JsonFile:
    """A file that a command has written: its path in messages, and its data."""

    path: str
    data: dict[str, Any]

    def problem(self, message: str) -> Problem:
        """Return a problem with the file; a command mends it, so no line is needed."""
        return Problem(self.path, 1, message)


@dataclass(frozen=True)
class OperatorFiles:
    """The folder of an operator, its files as they keep to their schemas."""

    id: str
    operator: Document
    settings: Document
    hardened_path: str
    hardened: str
    definitions: JsonFile
    assessment: JsonFile | None

    @property
    def data(self) -> dict[str, Any]:
        """What `Operator` is made from."""
        data: dict[str, Any] = self.operator.data | {"settings": self.settings.data}
        found = PROVEN.match(self.hardened)
        data |= {"hardened": self.hardened, "proven": found[1] if found else "schema"}
        if self.assessment:
            data["assessment"] = self.assessment.data
        return data

    @cached_property
    def model(self) -> Operator:
        """The operator, its texts as they are written."""
        return from_data(Operator, self.data)

    @cached_property
    def schemas(self) -> Definitions:
        """What the operator's definitions say."""
        return Definitions(self.definitions.data)


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
    operators: tuple[OperatorFiles, ...]

    def entries(self, field: str) -> dict[str | int, Any]:
        """Return the entries of a list in `catalog.yaml` by their ids."""
        return {entry["id"]: entry for entry in self.catalog.data[field]}
