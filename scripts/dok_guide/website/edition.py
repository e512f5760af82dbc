"""What the site is made of: one edition for each state of the data, loaded and rendered once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dok_guide.check import releases
from dok_guide.diff import Difference, difference
from dok_guide.exporters import catalog_json, render_all
from dok_guide.load import load_catalog
from dok_guide.model import Catalog
from dok_guide.website.heads import Head, heads
from dok_guide.website.signposts import NAMES, signposts
from dok_guide.website.stubs import GENERATED, stubs, write_stubs
from dok_guide.writing import write_bytes

#: Where the data and the prose of the guide lie, from the folder in which the site is built.
CONTROLS, DOCS = Path("controls"), Path("docs")
#: What stands below `docs/` only because an edition was written there.
WRITTEN = (
    *GENERATED, *NAMES, "controls.json", "operators.json", "schemas", "oscal", "downloads",
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """The catalog with what was released before it, and everything that is made of both."""

    catalog: Catalog
    releases: tuple[dict[str, Any], ...]

    @cached_property
    def downloads(self) -> dict[str, bytes]:
        """The files to download, by their paths below the site's address."""
        return render_all(self.catalog)

    @cached_property
    def heads(self) -> dict[str, Head]:
        """Title and description of each page of data, by its path below `docs/`."""
        return heads(self.catalog)

    @cached_property
    def steps(self) -> tuple[Difference, ...]:
        """What changed from release to release, and from the last one to now; the oldest first."""
        now = catalog_json.document(self.catalog, "controls.json")
        before = [release for release in self.releases if release["version"] != now["version"]]
        return tuple(difference(old, new) for old, new in pairwise([*before, now]))

    def write(self, docs: Path) -> int:
        """Bring all that is made in a folder up to date; return how many files changed."""
        changed = write_stubs(stubs(self.catalog), docs)
        files = self.downloads | signposts(self)
        return changed + sum(write_bytes(docs / name, data) for name, data in files.items())


def edition(root: Path = CONTROLS) -> Edition:
    """Return the edition of a folder as it is now; raise CatalogError if a file in it is bad.

    Who asks again before a file has changed gets the same one.
    """
    return _edition(root.absolute(), tuple(_state(root)))


@lru_cache(maxsize=1)
def _edition(root: Path, state: tuple[tuple[str, int], ...]) -> Edition:
    del state
    return Edition(load_catalog(root), tuple(release.data for release in releases(root)))


def _state(root: Path) -> Iterator[tuple[str, int]]:
    """Yield the files with their modification times: what an edition depends on."""
    for path in sorted(root.absolute().rglob("*.*")):
        yield str(path), path.stat().st_mtime_ns
