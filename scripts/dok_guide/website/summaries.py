"""A Markdown extension: a heading that opens a fold is no link to itself, too."""

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class _Summaries(Treeprocessor):
    def run(self, root: Element) -> None:
        """Take the permalinks out of summaries: a link inside of a button is none for anybody."""
        for summary in root.iter("summary"):
            for heading in summary:
                for link in heading.findall("a[@class='headerlink']"):
                    heading.remove(link)


class _Summary(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Markdown wants
        # after the extension that makes the permalinks
        md.treeprocessors.register(_Summaries(md), "summaries", 1)


def makeExtension(**settings: object) -> Extension:  # noqa: N802 - the name that Markdown wants
    """Return the extension."""
    return _Summary(**settings)
