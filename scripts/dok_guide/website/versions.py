"""The tree that is published: the newest release at its top, and each release in its own folder.

A release's site is frozen: a page keeps its text for ever. Only what a page could not know when it
was built is filled in here: which other releases there are, and whether a newer one is out.
"""

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from dok_guide.render import render_template
from dok_guide.source import CatalogError, Problem
from dok_guide.website.checking import check_site
from dok_guide.writing import replacing, write_bytes, write_text

#: Where a page takes the menu of versions, and the notice that it is an old one.
MENU, NOTICE = re.compile(rb"<!-- versions -->.*?<!-- /versions -->"), b"<!-- old version -->"
#: What tells a page's address in the newest release.
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)">')
#: What files of data say of their own addresses.
_ADDRESSES = re.compile(r'"(https://[^"\s]+)"')


@dataclass(frozen=True)
class Release:
    """A built site with the version that its `controls.json` names."""

    version: Version
    base: str
    site: Path

    @property
    def folder(self) -> str:
        """The name of its folder in the tree."""
        return f"v{self.version}"


def assemble(sites: Sequence[Path], tree: Path) -> tuple[Release, ...]:
    """Make the published tree of the sites of all releases, folders or zip files of them.

    Returns the releases, the newest first. Raises CatalogError with everything that is wrong with
    the sites or with the tree that they make; then the tree that was there stays.
    """
    with TemporaryDirectory() as scratch, replacing(tree) as new:
        releases = _releases(sites, Path(scratch))
        shutil.copytree(releases[0].site, new, dirs_exist_ok=True)
        for release in releases:
            shutil.copytree(release.site, new / release.folder)
        _fill_in(new, releases)
        versions = [str(release.version) for release in releases]
        write_text(new / "versions.json", json.dumps(versions, indent=2) + "\n")
        if problems := [*check_site(new), *_lost(new, releases[0].base)]:
            raise CatalogError(sorted(set(problems)))
    return releases


def _releases(sites: Sequence[Path], scratch: Path) -> tuple[Release, ...]:
    problems: list[Problem] = []
    found: dict[Version, Release] = {}
    for number, given in enumerate(sites):
        try:
            release = _release(given, scratch / str(number))
        except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile) as error:
            problems.append(Problem(str(given), 1, f"is no site of a release: {error}"))
            continue
        if release.version.is_prerelease:
            problems.append(Problem(str(given), 1, f"{release.version} is no release; build a tag"))
        if release.version in found:
            problems.append(Problem(str(given), 1, f"is {release.version} as well; leave one out"))
        found[release.version] = release
    if len({release.base for release in found.values()}) > 1:
        bases = ", ".join(sorted({release.base for release in found.values()}))
        problems.append(Problem("controls.json", 1, f"the sites have other addresses: {bases}"))
    if problems or not found:
        raise CatalogError(problems or [Problem("versions", 1, "no site was given; name one")])
    return tuple(found[version] for version in sorted(found, reverse=True))


def _release(given: Path, scratch: Path) -> Release:
    site = given if given.is_dir() else _unpacked(given, scratch)
    data: dict[str, Any] = json.loads((site / "controls.json").read_bytes())
    try:
        version = Version(data["version"])
    except InvalidVersion as error:
        raise ValueError(str(error)) from None
    return Release(version, data["url"].removesuffix("controls.json"), site)


def _unpacked(bundle: Path, folder: Path) -> Path:
    """Unpack a zip file; `zipfile` keeps what is in it inside the folder."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    tops = sorted(folder.iterdir())
    return tops[0] if len(tops) == 1 and tops[0].is_dir() else folder


def _fill_in(tree: Path, releases: Sequence[Release]) -> None:
    """Write into each page which versions of it there are."""
    names = {release.folder for release in releases}
    for path in sorted(tree.rglob("*.html")):
        top, _, rest = path.relative_to(tree).as_posix().partition("/")
        here = next((r for r in releases if r.folder == top), None)
        page = rest if here and top in names else f"{top}/{rest}".strip("/")
        write_bytes(path, _filled(path.read_bytes(), tree, page, releases, here))


def _filled(
    content: bytes, tree: Path, page: str, releases: Sequence[Release], here: Release | None
) -> bytes:
    newest = releases[0]
    folder = (tree / (here.folder if here else "") / page).parent
    links = [(r.version, _link(tree, folder, r.folder, page)) for r in releases]
    menu = render_template(
        "versions.html", current=(here or newest).version, links=links, newest=newest.version
    )
    content = MENU.sub(lambda _: menu.encode(), content)
    if here and here != newest:
        target = _link(tree, folder, "", page)
        changes = os.path.relpath(tree / "changelog", folder) + "/"
        notice = render_template(
            "old_version.html", version=here.version, newest=newest.version,
            page=target, changes=changes,
        )  # fmt: skip
        content = content.replace(NOTICE, notice.encode())
    if here and not (tree / page).is_file():
        own = escape(f"{newest.base}{here.folder}/{page.removesuffix('index.html')}").encode()
        content = _CANONICAL.sub(b'<link rel="canonical" href="' + own + b'">', content)
    return content


def _link(tree: Path, folder: Path, version: str, page: str) -> str:
    """Return the address of a page in a version, or of the version where it has no such page."""
    there = tree / version / page
    target = there if there.is_file() else tree / version / "index.html"
    relative = os.path.relpath(target.parent, folder)
    return f"{relative}/" if target.name == "index.html" else f"{relative}/{target.name}"


def _lost(tree: Path, base: str) -> Iterator[Problem]:
    """Yield the addresses of ours, in canonical links and in data, at which nothing lies."""
    for path in sorted(tree.rglob("*.html")):
        for address in _CANONICAL.findall(path.read_bytes()):
            yield from _missing(tree, base, path, address.decode())
    for path in sorted(tree.rglob("*.json")):
        if path.name == "search_index.json":
            continue
        for address in sorted(set(_ADDRESSES.findall(path.read_text(encoding="utf-8")))):
            yield from _missing(tree, base, path, address)


def _missing(tree: Path, base: str, path: Path, address: str) -> Iterator[Problem]:
    if not address.startswith(base):
        return
    target = tree / urlsplit(address.removeprefix(base)).path
    if not target.is_file() and not (target / "index.html").is_file():
        name = path.relative_to(tree.parent).as_posix()
        yield Problem(name, 1, f"names {address}, where nothing is")
