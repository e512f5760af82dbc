"""The checklist as a Markdown task list, for issues and pull requests."""

from dok_guide.model import Catalog
from dok_guide.review.formats import as_markdown
from dok_guide.review.model import blank

TITLE = "Markdown checklist"
DESCRIPTION = "The requirements as a task list, for an issue or a pull request."
#: The builder would make a page of a name that ends in `.md`.
MAIN = ("downloads/checklist.md.txt",)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the checklist with one task per control and audience."""
    return {MAIN[0]: as_markdown.write(blank(catalog), catalog)}
