"""Same input, same bytes."""

import hashlib
import shutil
from pathlib import Path

import pytest
from building import build, project

CATALOG = Path(__file__).parent / "fixtures/catalog"


def sums(site: Path) -> dict[str, str]:
    """Return the checksum of every file of a site."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_hash_seed_time_zone_locale_and_folder_make_no_difference(
    invented_site: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "another" / "longer name", CATALOG)
    settings = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    assert sums(invented_site) == sums(build(folder, **settings))


@pytest.mark.slow
def test_the_clock_makes_no_difference(invented_site: Path, tmp_path: Path) -> None:
    assert shutil.which("faketime"), "faketime is missing: see tests/programs.sh"
    folder = project(tmp_path, CATALOG)
    assert sums(invented_site) == sums(build(folder, prefix=["faketime", "2031-07-08 09:10:11"]))
