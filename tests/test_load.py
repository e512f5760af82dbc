"""From files to the catalog."""

from pathlib import Path

import pytest

from dok_guide.load import default_root, load_catalog
from dok_guide.model import Catalog
from dok_guide.source import CatalogError, controls_dir


def test_controls_are_in_the_order_of_categories_and_numbers(catalog: Catalog) -> None:
    assert [control.id for control in catalog.controls] == ["AB-1", "AB-2", "AB-10", "CD-1"]


def test_order_does_not_depend_on_the_names_of_categories(copy: Path) -> None:
    path = copy / "controls/catalog.yaml"
    lines = path.read_text().splitlines(keepends=True)
    first, second = (
        index
        for index, line in enumerate(lines)
        if "- {id: " in line and "title" in line and "About" in line
    )
    lines[first], lines[second] = lines[second], lines[first]
    path.write_text("".join(lines))
    ids = [control.id for control in load_catalog(copy / "controls").controls]
    assert ids == ["CD-1", "AB-1", "AB-2", "AB-10"]


def test_paragraphs_are_one_line_and_literals_keep_theirs(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    assert control.requirement.producer == "The operator MUST do all of the following."
    assert control.examples[0].manifest.count("\n") == 7
    assert control.remediation.producer is not None
    assert "\n\n2. Wait" in control.remediation.producer


def test_a_bad_file_gives_no_catalog(copy: Path) -> None:
    (copy / "controls/CD/CD-1.yaml").write_text("id: CD-1\n")
    with pytest.raises(CatalogError):
        load_catalog(copy / "controls")


def test_default_is_the_folder_here_or_else_the_guides_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy)
    assert default_root() == Path("controls")
    monkeypatch.chdir(copy / "controls")
    assert default_root() == controls_dir()
