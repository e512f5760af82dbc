"""The checklist as a Markdown task list, to paste into an issue or a wiki."""

from dok_guide.model import Catalog
from dok_guide.render import render_template

TITLE = "Markdown checklist"
DESCRIPTION = "A task list with a box per control and audience, to paste into an issue or a wiki."
# MkDocs would turn a file that ends in .md into a page.
MAIN = ("downloads/checklist.md.txt",)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the checklist of all active controls."""
    return {MAIN[0]: render_template("checklist_download.md", catalog=catalog).encode()}
