"""From files to the published catalog: the only way to get one."""

from copy import deepcopy
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dok_guide.data import from_data
from dok_guide.model import Catalog, Control, fill
from dok_guide.source import Document, controls_dir

if TYPE_CHECKING:
    from dok_guide.rules import Files
    from dok_guide.rules.files import OperatorFiles


def load_catalog(root: Path | None = None) -> Catalog:
    """Return the catalog of a folder, by default the guide's own, from its YAML files.

    Raises CatalogError with every problem if any file is bad.
    """
    from dok_guide.check import check

    return _published(_written(check(root or controls_dir())))


def _written(files: "Files") -> Catalog:
    """Return the catalog with its texts as they are written."""
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
        "operators": [_operator(each) for each in files.operators],
        "controls": [],
    }
    return replace(from_data(Catalog, data), controls=tuple(controls))


def _operator(files: "OperatorFiles") -> dict[str, Any]:
    tidy: dict[str, Any] = _tidy(files.operator, "operator")
    return files.data | tidy | {"settings": _tidy(files.settings, "settings")}


def _tidy(document: Document, name: str) -> Any:  # noqa: ANN401 - what YAML holds
    """Return the data of a document without the line breaks that only YAML needs."""
    from dok_guide.rules.schemas import schema
    from dok_guide.rules.texts import texts

    data = deepcopy(document.data)
    for kind, place, text in texts(schema(name), document.data):
        *way, last = place
        holder = reduce(lambda part, key: part[key], way, data)
        lines_count = kind in ("markdown", "literal")
        holder[last] = text.rstrip() if lines_count else " ".join(text.split())
    return data


def _published(written: Catalog) -> Catalog:
    """Return the catalog as readers get it: each `{name}` in a text has become its value."""
    counted = fill(written.controls, written.survey.counts)
    return replace(
        written,
        controls=tuple(fill(control, _values(control)) for control in counted),
        open=tuple(control for control in counted if control.parameters),
    )


def _values(control: Control) -> dict[str, str]:
    """Return what the names in the texts of a control stand for."""
    return {parameter.id: parameter.value for parameter in control.parameters}


def default_root() -> Path:
    """Return `controls/` below the working directory, or the guide's own if there is none."""
    here = Path("controls")
    return here if (here / "catalog.yaml").exists() else controls_dir()
