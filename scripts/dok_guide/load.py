"""From files to the catalog: the only way to get one."""

from copy import deepcopy
from functools import reduce
from pathlib import Path
from typing import Any

from dok_guide.check import check
from dok_guide.data import from_data
from dok_guide.model import Catalog, Control
from dok_guide.rules import Files
from dok_guide.rules.schemas import schema
from dok_guide.rules.texts import texts
from dok_guide.source import Document, controls_dir


def load_catalog(root: Path | None = None) -> Catalog:
    """Return the catalog of a folder, by default the guide's own.

    Raises CatalogError with every problem if any file is bad.
    """
    return _catalog(check(root or controls_dir()))


def _catalog(files: Files) -> Catalog:
    categories = [category["id"] for category in files.catalog.data["categories"]]
    controls = [from_data(Control, _tidy(d, "control")) for d in files.controls]
    controls.sort(key=lambda control: (categories.index(control.category), control.number))
    data = _tidy(files.catalog, "catalog") | {
        "threats": _tidy(files.threats, "threats"),
        "references": _tidy(files.references, "references"),
        "glossary": _tidy(files.glossary, "glossary"),
        "questions": _tidy(files.questions, "questions"),
        "survey": _tidy(files.survey, "survey"),
        "entries": [
            {"framework": name, "id": id_, "title": title}
            for name, ids in files.frameworks.items()
            for id_, title in ids.items()
        ],
        "controls": [],
    }
    return from_data(Catalog, data).with_controls(tuple(controls))


def _tidy(document: Document, name: str) -> Any:  # noqa: ANN401 - what YAML holds
    """Return the data of a document without the line breaks that only YAML needs."""
    data = deepcopy(document.data)
    for kind, place, text in texts(schema(name), document.data):
        *way, last = place
        holder = reduce(lambda part, key: part[key], way, data)
        lines_count = kind in ("markdown", "literal")
        holder[last] = text.rstrip() if lines_count else " ".join(text.split())
    return data


def default_root() -> Path:
    """Return `controls/` below the working directory, or the guide's own if there is none."""
    here = Path("controls")
    return here if (here / "catalog.yaml").exists() else controls_dir()
