"""What is wrong with built pages: links, ids, and what the policy forbids."""

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urldefrag, urlsplit

from dok_guide.rules.texts import RUN_TOGETHER
from dok_guide.source import Problem

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d+);")
_DELIMITER = re.compile(r"\[\[[=%!]|[=%!]\]\]")
#: Attributes from which the browser loads at once.
_LOADS = {
    ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"),
    ("audio", "src"), ("embed", "src"), ("object", "data"), ("form", "action"), ("base", "href"),
}  # fmt: skip
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}


#: From how many pages on it pays to start processes that read them.
MANY = 400


def check_site(site: Path, read: "Reader | None" = None) -> Iterator[Problem]:
    """Yield everything that is wrong with the pages of a built site.

    `read` is for whoever checks often and remembers the pages that haven't changed.
    """
    pages = _pages(site, read or read_page)
    targets = Targets(site, {path.resolve(): page.ids for path, page in pages.items()})
    for path, page in pages.items():
        yield from page.problems
        if path.name != "404.html":  # its links are absolute
            yield from _broken_links(path, page, targets)


def _pages(site: Path, read: "Reader") -> "dict[Path, Page]":
    paths = sorted(site.rglob("*.html"))
    names = [path.relative_to(site.parent).as_posix() for path in paths]
    contents = (path.read_bytes() for path in paths)
    if len(paths) < MANY or read is not read_page:
        return dict(zip(paths, map(read, names, contents), strict=True))
    # none is forked: the exporters and the server have threads
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return dict(zip(paths, pool.map(read, names, contents, chunksize=50), strict=True))


@dataclass
class Page(HTMLParser):
    """What the check needs to know of a page."""

    path: str
    ids: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._program = False
        self._code = self._paragraph = 0

    def report(self, message: str) -> None:
        """Note a problem on the current line."""
        self.problems.append(Problem(self.path, self.getpos()[0], message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and links; report what a page may not have."""
        values = {name: value or "" for name, value in attrs}
        self._program = tag in ("script", "style")
        self._code += tag == "code"
        self._paragraph += tag == "p"
        for name, value in values.items():
            self._attribute(tag, name, value, values.get("rel", ""))
        if id_ := values.get("id", values.get("name", "") if tag == "a" else ""):
            if id_ in self.ids:
                self.report(f"a second element with the id {id_!r}")
            self.ids.add(id_)
        if tag in ("a", "area") and "href" in values:
            self.links.append((self.getpos()[0], values["href"]))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a script."""
        self._program = self._program and tag not in ("script", "style")
        self._code -= tag == "code"
        self._paragraph -= tag == "p"

    def handle_data(self, data: str) -> None:
        """Report what should not be left in a text."""
        if not self._program and (found := _DELIMITER.search(data)):
            self.report(f"the macro delimiter {found[0]} was not rendered")
        if not self._program and not self._code and (found := _ENTITY.search(data)):
            self.report(f"{found[0]} was escaped twice")
        if self._paragraph and not self._code and RUN_TOGETHER.search(data):
            self.report("a list runs into the text above; leave a line blank before it")

    def _attribute(self, tag: str, name: str, value: str, rel: str) -> None:
        if name.startswith("on"):
            self.report(f"the script-like attribute {name}")
        if name == "style":
            self.report("an inline style, which the policy blocks")
        if re.match(r"\s*(javascript|vbscript|data)\s*:", value, re.IGNORECASE) and tag != "img":
            self.report(f"{name} begins a program: {value[:40]!r}")
        loads = (tag, name) in _LOADS or (
            tag == "link" and name == "href" and _LOADING_LINKS & set(rel.split())
        )
        if loads and urlsplit(value).netloc:
            self.report(f"loads from elsewhere: {value}")


def read_page(path: str, content: bytes) -> Page:
    """Return what the check needs to know of a page, `path` being its name in messages."""
    page = Page(path)
    page.feed(content.decode())
    return page


#: Returns what there is to know of a page by its name in messages and its content.
Reader: TypeAlias = Callable[[str, bytes], Page]


class Targets:
    """What links of a site can lead to; each address is looked up once."""

    def __init__(self, site: Path, ids: dict[Path, set[str]]) -> None:
        self._site = site.resolve()
        self._ids = ids
        self._found: dict[str, Path | None] = {}

    def find(self, folder: Path, address: str) -> Path | None:
        """Return the file at an address, relative to a folder; None if there is none."""
        address = os.path.normpath(folder / address)
        if address not in self._found:
            self._found[address] = self._look(Path(address).resolve())
        return self._found[address]

    def _look(self, target: Path) -> Path | None:
        if target.is_dir():
            target /= "index.html"
        return target if target.exists() and target.is_relative_to(self._site) else None

    def has_part(self, target: Path, fragment: str) -> bool:
        """Whether a file has a part of this name; only pages have parts."""
        return target.suffix != ".html" or fragment in self._ids[target]


def _broken_links(path: Path, page: Page, targets: Targets) -> Iterator[Problem]:
    for line, link in page.links:
        url, fragment = urldefrag(link)
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            continue
        target = targets.find(path.parent, unquote(parts.path) or path.name)
        if target is None:
            yield Problem(page.path, line, f"a link to {link!r}, which is not there")
        elif fragment and not targets.has_part(target, unquote(fragment)):
            yield Problem(page.path, line, f"a link to {link!r}, which has no such part")
