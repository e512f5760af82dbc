"""Everything that can be downloaded: one module per format, listed in EXPORTERS."""

from pathlib import Path
from typing import Protocol

from dok_guide.exporters import (
    catalog_json,
    checklist_markdown,
    checklist_pdf,
    checklist_tables,
    gemara,
    json_schemas,
    oscal,
)
from dok_guide.model import Catalog


class Exporter(Protocol):
    """What a module in this package offers."""

    @property
    def TITLE(self) -> str:  # noqa: N802 - a constant of the module
        """What the format is called on the downloads page."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802
        """What it is for, in one sentence."""

    @property
    def MAIN(self) -> tuple[str, ...]:  # noqa: N802
        """The files to show there; the others are reached by their names."""

    def render(self, catalog: Catalog) -> dict[str, bytes]:
        """Return the files, by their paths below the site's address."""
        ...


EXPORTERS: tuple[Exporter, ...] = (
    checklist_pdf,
    checklist_tables,
    checklist_markdown,
    catalog_json,
    oscal,
    gemara,
    json_schemas,
)


def render_all(catalog: Catalog) -> dict[str, bytes]:
    """Return the files of all exporters."""
    return {name: data for exporter in EXPORTERS for name, data in exporter.render(catalog).items()}


def export(catalog: Catalog, folder: Path) -> list[Path]:
    """Write the files of all exporters into a folder; return their paths, sorted."""
    written = []
    for name, data in sorted(render_all(catalog).items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written
