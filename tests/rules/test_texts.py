"""What the texts of a catalog file may hold, beyond the cases of fixtures/invalid."""

import pytest

from dok_guide.rules.texts import faults

CURE = "use paragraphs, lists, code and links"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *((f"{'#' * level} Title", f"h{level}") for level in range(1, 7)),
        ("Title\n=====", "h1"),
        ("Title\n-----", "h2"),
        ("Text.\n\n---\n\nMore.", "hr"),
        ("Text.\n\n***", "hr"),
        ("> Quoted.", "blockquote"),
        ("- > Quoted.", "blockquote"),
        ("![x](https://example.org/x.png)", "img"),
    ],
)
def test_markdown_without_a_place_on_the_page(text: str, tag: str) -> None:
    assert list(faults("markdown", text)) == [(0, f"a <{tag}>; {CURE}")]


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph with `code`, *weight* and a [link](https://example.org/).",
        "1. One.\n2. Two:\n\n    - inner.\n\n```sh\n# <b> {: x } --8<-- no text\n```",
        "`> no quotation` and 5 > 3",
    ],
)
def test_markdown_that_is_fine(text: str) -> None:
    assert list(faults("markdown", text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a `b", [(0, "an odd number of backticks; close the code")]),
        ("a\nb `` c", [(1, "two backticks in a row; one before and one after the code")]),
        ("a\n \nb", [(2, "a second paragraph; this field holds one")]),
        ("a\n\n", []),
        ("a\n[b](c)", [(1, "a link; this field knows no markup but backticks")]),
        ("`<b> {: x } [c](d) TODO`", []),
        ("`[[= x =]]`", [(0, "a macro delimiter of the site; leave it out")] * 2),
        ("a\n\u200b", []),
        ("a\n\x9f", [(1, "the character '\\x9f'; remove it")]),
    ],
)
def test_paragraph(text: str, found: list[tuple[int, str]]) -> None:
    assert list(faults("paragraph", text)) == found


def test_literal_holds_anything_but_delimiters_and_what_is_to_be_written() -> None:
    text = "<b> {: x }\n``` --8<--\n[[! x\nTODO"
    assert list(faults("literal", text)) == [
        (2, "a macro delimiter of the site; leave it out"),
        (3, "a part still to be written; write it"),
    ]
