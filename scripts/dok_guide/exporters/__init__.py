"""Everything that can be downloaded: one module per format, listed in EXPORTERS."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from dok_guide.exporters import (
    catalog_json,
    checklist_markdown,
    checklist_pdf,
    checklist_tables,
    gemara,
    hardened_resources,
    json_schemas,
    operators_json,
    oscal,
    policies,
)
from dok_guide.model import Catalog
from dok_guide.writing import write_bytes


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
    operators_json,
    hardened_resources,
    policies,
    oscal,
    gemara,
    json_schemas,
)


def render_all(catalog: Catalog) -> dict[str, bytes]:
    """Return the files of all exporters; Typst sets the PDF beside the others."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        rendered = pool.map(lambda exporter: exporter.render(catalog), EXPORTERS)
        return {name: data for files in rendered for name, data in files.items()}


def export(catalog: Catalog, folder: Path) -> list[Path]:
    """Write the files of all exporters into a folder; return their paths, sorted."""
    files = render_all(catalog)
    for name, data in files.items():
        write_bytes(folder / name, data)
    return sorted(folder / name for name in files)
