"""The published catalog as a file: equal when it is read, used only while it is fresh."""

from pathlib import Path

import pytest

from dok_guide import load, published
from dok_guide.model import Catalog
from dok_guide.published import NAME, publish, published_catalog
from dok_guide.source import CatalogError


@pytest.fixture
def root(copy: Path, catalog: Catalog) -> Path:
    """The invented catalog, published."""
    publish(catalog, copy / "controls")
    return copy / "controls"


def test_what_is_read_is_equal(guide: Catalog, copy: Path) -> None:
    publish(guide, copy / "controls")
    assert published_catalog(copy / "controls") == guide


def test_nothing_is_checked_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "load_catalog", None)
    assert published_catalog(root).control("AB-1").items[1] == "Wait 30 days."


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_another_file_makes_it_stale(root: Path, change: str) -> None:
    path = root / "CD/CD-1.yaml"
    text = path.read_text()
    if change == "edited":
        path.write_text(text.replace("It stands alone.", "It stands."))
    elif change == "added":
        (root / "CD/CD-2.yaml").write_text(
            text.replace("CD-1", "CD-2").replace("not stop.", "go on.")
        )
    else:
        (root / "AB/AB-2.yaml").unlink()
    assert published_catalog(root) == load.load_catalog(root)


def test_a_bad_file_is_reported_although_a_catalog_was_published(root: Path) -> None:
    (root / "CD/CD-1.yaml").write_text("id: CD-1\n")
    with pytest.raises(CatalogError):
        published_catalog(root)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"sources": null}', None])
def test_without_a_readable_file_the_yaml_counts(
    root: Path, catalog: Catalog, content: str | None
) -> None:
    path = root.parent / NAME
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert published_catalog(root) == catalog
