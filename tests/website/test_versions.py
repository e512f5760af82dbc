"""The published tree: what releases are there, what each page says of them, what leads nowhere."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from building import FIXTURES, build, project

from dok_guide.__main__ import main
from dok_guide.source import CatalogError
from dok_guide.website.versions import assemble

BASE = "https://guide.example.org/"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<link rel="canonical" href="{base}{page}"></head><body>
<div><!-- versions -->{version}<!-- /versions --></div>
<!-- old version -->
<a href="{root}changelog/">changes</a></body></html>
"""


def made(folder: Path, version: str, *pages: str, base: str = BASE, data: str = "") -> Path:
    """Make a site of three pages or more."""
    site = folder / f"site-{version}"
    for page in ("", "changelog/", "controls/AB-1/", *pages):
        (site / page).mkdir(parents=True, exist_ok=True)
        text = PAGE.format(base=base, page=page, version=version, root="../" * page.count("/"))
        (site / page / "index.html").write_text(text)
    content = {
        "version": version,
        "url": f"{base}controls.json",
        "see": data or f"{base}v{version}/",
    }
    (site / "controls.json").write_text(json.dumps(content))
    return site


def test_the_newest_is_on_top_and_each_has_a_folder(tmp_path: Path) -> None:
    sites = [made(tmp_path, version) for version in ("1.9.0", "1.10.0", "1.2.0")]
    releases = assemble(sites, tmp_path / "tree")
    assert [str(release.version) for release in releases] == ["1.10.0", "1.9.0", "1.2.0"]
    for folder, version in (("", "1.10.0"), ("v1.10.0", "1.10.0"), ("v1.2.0", "1.2.0")):
        data = json.loads((tmp_path / "tree" / folder / "controls.json").read_text())
        assert data["version"] == version
    assert json.loads((tmp_path / "tree/versions.json").read_text()) == ["1.10.0", "1.9.0", "1.2.0"]


def test_each_page_leads_to_itself_in_the_other_versions(tmp_path: Path) -> None:
    sites = [made(tmp_path, "1.0.0"), made(tmp_path, "2.0.0", "controls/AB-2/")]
    assemble(sites, tmp_path / "tree")
    page = (tmp_path / "tree/v1.0.0/controls/AB-1/index.html").read_text()
    assert re.findall(r'<a href="(\S+?)"(?: aria-current="true")?>(.*?)</a>', page)[:2] == [
        ("../../../v2.0.0/controls/AB-1/", "2.0.0 (newest)"),
        ("./", "1.0.0"),
    ]
    only_new = (tmp_path / "tree/controls/AB-2/index.html").read_text()
    assert 'href="../../v1.0.0/"' in only_new, "its home where it has no such page"


def test_only_an_old_page_says_that_it_is_old(tmp_path: Path) -> None:
    assemble([made(tmp_path, "1.0.0"), made(tmp_path, "2.0.0")], tmp_path / "tree")
    old = {
        path.relative_to(tmp_path / "tree").parts[0]
        for path in (tmp_path / "tree").rglob("*.html")
        if "This is version 1.0.0" in path.read_text()
    }
    assert old == {"v1.0.0"}
    page = (tmp_path / "tree/v1.0.0/controls/AB-1/index.html").read_text()
    assert '<a href="../../../controls/AB-1/">Read this page in 2.0.0</a>' in page
    assert '<a href="../../../changelog/">what changed</a>' in page


def test_a_page_that_went_is_its_own_canonical(tmp_path: Path) -> None:
    sites = [made(tmp_path, "1.0.0", "gone/"), made(tmp_path, "2.0.0")]
    assemble(sites, tmp_path / "tree")
    page = (tmp_path / "tree/v1.0.0/gone/index.html").read_text()
    assert f'<link rel="canonical" href="{BASE}v1.0.0/gone/">' in page
    kept = (tmp_path / "tree/v1.0.0/controls/AB-1/index.html").read_text()
    assert f'<link rel="canonical" href="{BASE}controls/AB-1/">' in kept


def test_zip_files_make_the_same_tree(tmp_path: Path) -> None:
    sites = [made(tmp_path, "1.0.0"), made(tmp_path, "2.0.0")]
    bundles = [Path(shutil.make_archive(str(site), "zip", site)) for site in sites]
    assemble(sites, tmp_path / "tree")
    assemble(bundles, tmp_path / "same")
    files = [path for path in (tmp_path / "tree").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert (tmp_path / "same" / path.relative_to(tmp_path / "tree")).read_bytes() == (
            path.read_bytes()
        )


def test_everything_wrong_is_said_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/versions.json").write_text("[]")
    (tmp_path / "no.zip").write_text("no")
    (tmp_path / "empty").mkdir()
    twin = shutil.copytree(made(tmp_path, "1.0.0"), tmp_path / "twin")
    with pytest.raises(CatalogError) as caught:
        assemble(
            [made(tmp_path, "1.0.0"), twin, tmp_path / "no.zip", tmp_path / "empty",
             made(tmp_path, "2.0.0-dev"), made(tmp_path, "3.0.0", base="https://other.example/")],
            tmp_path / "tree",
        )  # fmt: skip
    text = str(caught.value)
    for part in (
        "twin:1: is 1.0.0 as well", "no.zip:1: is no site", "empty:1: is no site",
        "2.0.0.dev0 is no release", "other addresses",
    ):  # fmt: skip
        assert part in text
    assert [path.name for path in (tmp_path / "tree").iterdir()] == ["versions.json"]


@pytest.mark.parametrize("address", ["v1.0.0/controls/AB-9/", "v9.0.0/", "nothing.json"])
def test_an_address_that_leads_nowhere_stops_it(tmp_path: Path, address: str) -> None:
    site = made(tmp_path, "1.0.0", data=BASE + address)
    with pytest.raises(CatalogError, match="where nothing is"):
        assemble([site], tmp_path / "tree")


def test_no_bundle_writes_outside_its_folder(tmp_path: Path) -> None:
    bundle = Path(shutil.make_archive(str(tmp_path / "b"), "zip", made(tmp_path, "1.0.0")))
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr("../../outside.txt", "no")
    assemble([bundle], tmp_path / "deep/er/tree")
    assert not list(tmp_path.rglob("deep/outside.txt"))
    assert not (tmp_path / "outside.txt").exists()


def test_the_command_keeps_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("mine")
    assert main(["versions", str(tmp_path / "mine"), str(made(tmp_path, "1.0.0"))]) == 2
    assert "something else" in capsys.readouterr().err
    assert main(["versions", str(tmp_path / "tree"), str(made(tmp_path, "1.0.0"))]) == 0
    assert capsys.readouterr().out.endswith("holds 1 version, 1.0.0 on top\n")


@pytest.mark.slow
def test_three_releases_of_the_invented_guide(tmp_path: Path) -> None:
    """Every canonical link, and every address in OSCAL and JSON, leads somewhere in the tree."""
    sites = []
    for version in ("1.0.0", "2.0.0", "2.1.0"):
        folder = project(tmp_path / version, FIXTURES / "catalog")
        settings = folder / "controls/catalog.yaml"
        settings.write_text(settings.read_text().replace("2.0.0-dev", version))
        sites.append(build(folder))
    assemble(sites, tmp_path / "tree")
    oscal = json.loads((tmp_path / "tree/v1.0.0/oscal/catalog.json").read_text())
    assert "/v1.0.0/oscal/catalog.json" in json.dumps(oscal["catalog"]["metadata"]["links"])
    page = (tmp_path / "tree/v2.0.0/controls/AB-1/index.html").read_text()
    assert "This is version 2.0.0" in page
    assert page.count("(newest)") == 1
