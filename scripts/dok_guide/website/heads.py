"""What the heads of the pages of data say: title and description, for search engines and tabs."""

import html
from dataclasses import dataclass

from dok_guide.model import Catalog
from dok_guide.texts import plain


@dataclass(frozen=True)
class Head:
    """The title of a page as plain text, and its description as HTML."""

    title: str
    description: str


def heads(catalog: Catalog) -> dict[str, Head]:
    """Return the heads by the paths of their pages below `docs/`."""
    return {
        name: Head(title, html.escape(plain(about)))  # the theme writes it as it is
        for name, (title, about) in (_indexes() | _pages(catalog)).items()
    }


def _indexes() -> dict[str, tuple[str, str]]:
    return {
        "controls/index.md": (
            "Controls",
            "All controls of the guide, with level and audience.",
        ),
        "threats/index.md": (
            "Threats",
            "What attackers do to databases through their operators, and the controls against it.",
        ),
        "crosswalk/index.md": (
            "Crosswalk",
            "How the controls of this guide relate to other frameworks, in both directions.",
        ),
    }


def _pages(catalog: Catalog) -> dict[str, tuple[str, str]]:
    controls = {
        f"controls/{each.id}.md": (f"{each.id} {each.title}", each.requirement.items()[0][1])
        for each in catalog.controls
    }
    threats = {
        f"threats/{each.id}.md": (f"{each.id} {each.title}", each.description)
        for each in catalog.threats
    }
    frameworks = {
        f"crosswalk/{each.id}.md": (
            each.title,
            f"The controls of this guide and {each.title} {each.version}.",
        )
        for each in catalog.frameworks
    }
    return controls | threats | frameworks
