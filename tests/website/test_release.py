"""The bundles of a release."""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest
from building import FIXTURES, TOOLS, project

from dok_guide.website.release import pack


def filled(folder: Path) -> Path:
    (folder / "b").mkdir(parents=True)
    (folder / "b/file.txt").write_text("text")
    (folder / "a.txt").write_text("text")
    return folder


def test_a_bundle_has_no_dates_and_one_folder_at_its_top(tmp_path: Path) -> None:
    pack(filled(tmp_path / "one"), tmp_path / "one.zip", "top")
    other = filled(tmp_path / "two")
    (other / "a.txt").chmod(0o600)
    pack(other, tmp_path / "two.zip", "top")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["top/a.txt", "top/b/file.txt"]
        assert archive.read("top/b/file.txt") == b"text"


@pytest.mark.slow
def test_a_release_of_the_invented_guide(tmp_path: Path) -> None:
    folder = project(tmp_path / "guide", FIXTURES / "catalog")
    (folder / "dist").mkdir()
    (folder / "dist/package.whl").write_text("A package.")
    done = subprocess.run(
        [TOOLS / "dok-guide", "release"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (folder / "dist").iterdir()}
    bundles = {f"dok-guide-2.0.0-dev-{kind}.zip" for kind in ("site", "offline")}
    assert names == {*bundles, "package.whl", "SHA256SUMS"}
    sums = dict(
        line.split("  ")[::-1] for line in (folder / "dist/SHA256SUMS").read_text().splitlines()
    )
    assert sums.keys() == names - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / "dist" / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(folder / "dist/dok-guide-2.0.0-dev-offline.zip") as archive:
        top = "dok-guide-2.0.0-dev-offline"
        assert {f"{top}/index.html", f"{top}/controls/AB-1.html"} <= set(archive.namelist())
