"""A Markdown extension: the words of the glossary get their meaning as a tooltip."""

from functools import lru_cache
from pathlib import Path

from markdown.extensions.abbr import AbbrExtension

from dok_guide.source import read
from dok_guide.website.edition import CONTROLS


def makeExtension(**settings: object) -> AbbrExtension:  # noqa: N802 - the name that Markdown wants
    """Return Markdown's own extension for abbreviations, with the glossary filled in."""
    path = (CONTROLS / "glossary.yaml").absolute()
    return AbbrExtension(glossary=_glossary(path, path.stat().st_mtime_ns), **settings)


@lru_cache(maxsize=1)  # the builder asks for each page
def _glossary(path: Path, _time: int) -> dict[str, str]:
    return {term["id"]: term["meaning"] for term in read(path, str(path)).data}
