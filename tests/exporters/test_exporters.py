"""The registry."""

from pathlib import Path

from dok_guide.exporters import EXPORTERS, export, render_all
from dok_guide.model import Catalog


def test_every_exporter_writes_what_it_announces(guide: Catalog) -> None:
    for exporter in EXPORTERS:
        assert set(exporter.MAIN) <= set(exporter.render(guide))


def test_no_two_exporters_write_the_same_file(catalog: Catalog) -> None:
    counts = [len(exporter.render(catalog)) for exporter in EXPORTERS]
    assert sum(counts) == len(render_all(catalog))


def test_export_writes_all_files(catalog: Catalog, tmp_path: Path) -> None:
    written = export(catalog, tmp_path)
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in written}
    assert found == render_all(catalog)
