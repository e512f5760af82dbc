"""The input of an assessment, as far as it could be read."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dok_guide.assess.gaps import NOT_READ, Gap
from dok_guide.engine.manifests import Manifest
from dok_guide.engine.objects import Object

#: Is told what is being done, for a person who waits.
Tell = Callable[[str], None]


def _nobody(what: str) -> None:
    """Tell nobody."""


@dataclass
class Input:
    """The objects that were read, and everything about the input that a person should know.

    `passed_names` names the files that were passed over though they tell of an install, by what
    they are. `documents` holds each document by the source and line of its objects. `tell` is told
    what is being done.
    """

    objects: list[Object] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    passed_names: dict[str, list[str]] = field(default_factory=dict)
    documents: dict[tuple[str, int], Manifest] = field(default_factory=dict)
    tell: Tell = _nobody

    def gap(self, source: str, line: int, message: str, kind: str = NOT_READ) -> None:
        """Note that a part of the input was not seen."""
        self.gaps.append(Gap(kind, source, source, line, message))


def name_of(path: Path) -> str:
    """Return a path as text; what is no text in the name is escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
