"""What the heads of the pages of data say: title and description, for search engines and tabs."""

import html
from dataclasses import dataclass

from dok_guide.model import Catalog
from dok_guide.texts import plain


@dataclass(frozen=True)
class Head:
    """What the head of a page says.

    The title as plain text, the description as HTML, other words for its topic, and the name of
    the file beside the page that has the same as data.
    """

    title: str
    description: str
    tags: tuple[str, ...] = ()
    data: str = ""


def heads(catalog: Catalog) -> dict[str, Head]:
    """Return the heads by the paths of their pages below `docs/`."""
    words = {f"controls/{each.id}.md": catalog.words_first_for(each) for each in catalog.active}
    data = {f"controls/{each.id}.md": f"{each.id}.json" for each in catalog.controls}
    data |= {f"operators/{each.id}.md": f"{each.id}.json" for each in catalog.operators}
    return {
        # the theme writes the description as it is
        name: Head(title, html.escape(plain(about)), words.get(name, ()), data.get(name, ""))
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
        "operators/index.md": (
            "Operators",
            "Database operators that the guide looked at: what to set in their own fields.",
        ),
    }


def _pages(catalog: Catalog) -> dict[str, tuple[str, str]]:
    controls = {
        f"controls/{each.id}.md": (f"{each.id} {each.title}", each.summary)
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
    operators = {
        f"operators/{each.id}.md": (
            each.title,
            f"What users of {each.title} for {each.database} set, in its own fields.",
        )
        for each in catalog.operators
    }
    return controls | threats | frameworks | operators
