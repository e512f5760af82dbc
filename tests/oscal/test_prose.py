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
    "## no heading",
    ">no quotation",
    "no heading\n---\nhere",
    "no heading\n===",
    "no heading\n-",
    "no | table\n--- | ---",
    "A &amp; B &#65; C & D",
)


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_the_text(text: str) -> None:
    # Python-Markdown knows fewer escapes than CommonMark
    written = re.sub(r"\\([~^<=&:|])", lambda found: f"&#{ord(found[1])};", prose(text))
    page = markdown.markdown(written)
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert shown == text.replace("`", "")
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "code"}


#: What CommonMark takes for the start of a list, heading or quotation, for what makes a heading or
#: a table of the line above, or for a rule.
STARTS = re.compile(r" *((\d+[.)]|[-+]|#{1,6})(\s|$)|>|=+\s*$|[-|:][-|:\s]*$)")


@pytest.mark.parametrize("mark", ["-", "+", "#", "##", ">", "1.", "1)", "---", "===", "|-", ":-"])
def test_no_line_begins_a_heading_list_quotation_or_table(mark: str) -> None:
    """Said of CommonMark, where a list needs no blank line before it."""
    for text in (f"{mark} x", f"a\n{mark} x", f"a\n  {mark}\nx", f"`a`\n{mark}\n"):
        assert not [line for line in prose(text).split("\n") if STARTS.match(line)]
        assert prose(text).replace("\\", "") == text.strip()


def test_behind_code_no_line_begins() -> None:
    for text in ("`a`: b", "`a` - b", "`a`. b", "`a` = b"):
        assert prose(text) == text


def test_parameters_stay_parameters() -> None:
    assert prose("wait {{ insert: param, dok-ab-1_prm_wait }} _x_") == (
        "wait {{ insert: param, dok-ab-1_prm_wait }} \\_x\\_"
    )
