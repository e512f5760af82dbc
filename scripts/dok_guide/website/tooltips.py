"""A Markdown extension: the words of the glossary get their meaning as a tooltip."""

from markdown.extensions.abbr import AbbrExtension

from dok_guide.load import default_root
from dok_guide.source import read


def makeExtension(**settings: object) -> AbbrExtension:  # noqa: N802 - the name that Markdown wants
    """Return Markdown's own extension for abbreviations, with the glossary filled in."""
    path = default_root() / "glossary.yaml"
    glossary = {term["id"]: term["meaning"] for term in read(path, str(path)).data}
    return AbbrExtension(glossary=glossary, **settings)
