"""A text with backticks as its only markup, read as Markdown, shows just that text."""

import html
import re

import markdown
import pytest

from dok_guide.oscal.prose import prose

TEXTS = (
    "Plain.",
    "a*b*c, _d_ and `e*f*`",
    "[x](y) <b>z</b> \\ 1^2^ ~s~",
    "- no list",
    "# no heading",
    "12. no list",
    "`a` - b",
    "> no quotation\n+ nor list",
)


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_the_text(text: str) -> None:
    # Python-Markdown knows fewer escapes than CommonMark
    written = re.sub(r"\\([~^<])", lambda found: f"&#{ord(found[1])};", prose(text))
    page = markdown.markdown(written)
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert shown == text.replace("`", "")
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "code"}


def test_parameters_stay_parameters() -> None:
    assert prose("wait {{ insert: param, dok-ab-1_prm_wait }} _x_") == (
        "wait {{ insert: param, dok-ab-1_prm_wait }} \\_x\\_"
    )
