"""Stub pages follow the data."""

from dataclasses import replace
from pathlib import Path

import yaml

from dok_guide.model import Catalog
from dok_guide.website import stubs


def test_every_control_has_a_stub_with_front_matter_and_one_macro_call(catalog: Catalog) -> None:
    stub = stubs.stubs(catalog)["controls/AB-1.md"]
    _, head, body = stub.split("---\n")
    assert yaml.safe_load(head) == {
        "title": "AB-1 First Control (with brackets)",
        "description": "The operator MUST do all of the following.",
        "source": "controls/AB/AB-1.yaml",
    }
    assert body == '\n[[= control_page("AB-1") =]]\n'


def test_write_changes_only_what_changed(catalog: Catalog, tmp_path: Path) -> None:
    assert stubs.write(catalog, tmp_path) == len(stubs.stubs(catalog)) == 10
    assert stubs.write(catalog, tmp_path) == 0
    changed = replace(catalog.control("AB-1"), title="Other")
    others = catalog.controls[1:]
    assert stubs.write(replace(catalog, controls=(changed, *others)), tmp_path) == 1


def test_write_removes_the_stub_of_a_control_that_is_gone(catalog: Catalog, tmp_path: Path) -> None:
    stubs.write(catalog, tmp_path)
    (tmp_path / "controls/AB-1.json").write_text("{}")
    stubs.write(replace(catalog, controls=catalog.controls[1:]), tmp_path)
    assert not (tmp_path / "controls/AB-1.md").exists()
    assert (tmp_path / "controls/AB-1.json").exists(), "exports are not ours to remove"


def test_stale_names_missing_changed_and_left_over_stubs(catalog: Catalog, tmp_path: Path) -> None:
    stubs.write(catalog, tmp_path)
    (tmp_path / "controls/AB-1.md").unlink()
    (tmp_path / "controls/CD-1.md").write_text("edited by hand")
    (tmp_path / "threats/TH-99.md").write_text("left over")
    assert stubs.stale(catalog, tmp_path) == [
        "controls/AB-1.md",
        "controls/CD-1.md",
        "threats/TH-99.md",
    ]
