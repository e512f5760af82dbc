"""Texts come out of Markdown as they went in."""

import html
import re

import markdown
import pytest

from dok_guide.texts import fence, inline, plain

EXTENSIONS = ["attr_list", "md_in_html", "tables", "sane_lists", "pymdownx.superfences"]


def shown(text: str) -> str:
    """Return what a reader sees of Markdown, code included."""
    rendered = markdown.markdown(text, extensions=EXTENSIONS)
    return html.unescape(re.sub(r"<[^>]+>", "", rendered)).strip()


@pytest.mark.parametrize(
    "text",
    [
        "a *b* _c_ **d** __e__ ~~f~~ ^g^",
        "[a](b) ![c](d) [e][f] [^1] *[g]: h",
        "a < b > c & d &amp; e &lt;",
        "1. not a list",
        "10) not a list",
        "- not a list",
        "+ not a list",
        "> not a quotation",
        "# not a heading",
        "=== not a tab",
        "a {: .b } {c}",
        r"back\slash \* \\",
        "a | b | c",
        "$x$ snake_case_name __init__",
        "{{ .Values.x }} {% if %}",
        "it's \"quoted\" and 'so'",
        "!!! note",
        ": not a definition",
    ],
)
def test_inline_shows_the_text_itself(text: str) -> None:
    assert text == shown(inline(text))


def test_inline_keeps_code() -> None:
    assert markdown.markdown(inline("a `<b> *c* | d` e"), extensions=EXTENSIONS) == (
        "<p>a <code>&lt;b&gt; *c* | d</code> e</p>"
    )


def test_inline_stays_in_its_table_cell() -> None:
    table = f"| a | b |\n| --- | --- |\n| {inline('x | `y | z`')} | {inline('w')} |\n"
    cells = re.findall(r"<td>(.*?)</td>", markdown.markdown(table, extensions=EXTENSIONS))
    assert cells == ["x | <code>y | z</code>", "w"]


@pytest.mark.parametrize("text", ["a\n```\nb", "````", "{{ .x }}", "<b>\n\n&amp;", "    a"])
def test_fence_shows_the_text_itself(text: str) -> None:
    assert text.strip() == shown(fence(text, ""))


def test_plain_drops_backticks_and_line_breaks() -> None:
    assert plain("a `b`\n  c") == "a b c"
