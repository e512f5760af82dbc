"""The site while it is being written: the whole build again after each edit."""

import hashlib
import logging
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from dok_guide.source import CatalogError
from dok_guide.website.build import SETTINGS, make_pages, show_log
from dok_guide.website.checking import Page, check_site, read_page
from dok_guide.website.edition import CONTROLS, DOCS, WRITTEN

#: What the site is made from, apart from the code.
WATCHED = (CONTROLS, DOCS, Path("overrides"), SETTINGS, Path(str(files("dok_guide") / "templates")))

log = logging.getLogger("mkdocs.dok_guide")


def serve(host: str, port: int) -> None:
    """Show the site of the folder that we are in until somebody stops it.

    Raises CatalogError if a file is bad at the start, OSError if the address can't be used. What
    goes wrong later is shown, and the site stays as it was.
    """
    show_log(logging.INFO)
    from mkdocs.livereload import LiveReloadServer

    with TemporaryDirectory(prefix="dok-guide-") as folder:
        preview = Preview(Path(folder), f"http://{host}:{port}/")
        preview.build()

        def rebuild() -> None:
            preview.update()
            server.root = str(preview.site)

        server = LiveReloadServer(rebuild, host, port, root=str(preview.site))
        server.error_handler = lambda _code: (preview.site / "404.html").read_bytes()
        for path in WATCHED:
            server.watch(str(path))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()


class Preview:
    """The newest site that could be built, without policy and checksums.

    The policy would block the script that reloads a page.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._address = address
        self._state: list[tuple[str, int]] = []
        self._pages: dict[str, tuple[bytes, Page]] = {}
        self._number = 0
        self.site = folder

    def build(self) -> None:
        """Build the site into a folder of its own; raise CatalogError if that can't be done."""
        self._state = list(state())
        self._remove_old()
        self._number += 1
        site = self._folder / str(self._number) / "site"
        make_pages(site, preview=self._address)
        for problem in check_site(site, self._page):
            log.warning(str(problem))
        self.site = site

    def _remove_old(self) -> None:
        """Remove what is no longer shown; the newest site is, until there is another one."""
        for folder in self._folder.iterdir():
            if folder != self.site.parent:
                shutil.rmtree(folder)

    def _page(self, path: str, content: bytes) -> Page:
        """Return what the check knows of a page; most pages stay the same in an edit."""
        digest = hashlib.sha256(content).digest()
        if path not in self._pages or self._pages[path][0] != digest:
            self._pages[path] = digest, read_page(path, content)
        return self._pages[path][1]

    def update(self) -> None:
        """Build again if something has changed, and show what is wrong with it.

        Who watches the files hears of stubs and downloads, too, which the build itself writes.
        """
        if list(state()) == self._state:
            return
        try:
            self.build()
        except CatalogError as error:
            log.error(str(error))


def state() -> Iterator[tuple[str, int]]:
    """Yield the files from which the site is made, with their times; not those that we write."""
    for place in WATCHED:
        for path in sorted(place.rglob("*") if place.is_dir() else [place]):
            ours = path.is_relative_to(DOCS) and path.relative_to(DOCS).parts[0] in WRITTEN
            if path.is_file() and not ours:
                yield str(path), path.stat().st_mtime_ns
