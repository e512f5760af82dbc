"""Where a sentence begins and ends, and how many words it has."""

import pytest

from dok_guide.rules.plain import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", [(0, "One."), (0, "Two!"), (0, "Three?")]),
        ("Version 1.2 of it.\nNext", [(0, "Version 1.2 of it."), (1, "Next")]),
        ("It (so.) goes 'on.' Here.", [(0, "It (so.)"), (0, "goes 'on.'"), (0, "Here.")]),
        ("All of it: two\nlines; no end", [(0, "All of it:"), (0, "two lines; no end")]),
        ("Do:\n\n1. One\n2. Two\n- Three\n* Four", [
            (0, "Do:"), (2, "One"), (3, "Two"), (4, "Three"), (5, "Four"),
        ]),
        ("1. One.\n\n   More.\n\n10. Two", [(0, "One."), (2, "More."), (4, "Two")]),
        ("There are\n3. Four", [(0, "There are"), (1, "Four")]),
        ("There are 3. Four", [(0, "There are 3."), (0, "Four")]),
        ("One\n \nTwo", [(0, "One"), (2, "Two")]),
        ("\nOne", [(1, "One")]),
        ("Set `a. B: c` here.", [(0, "Set `a.·B:·c` here.")]),
        ("Set `a\nb` here.\n`c` too.", [(0, "Set `a·b` here."), (2, "`c` too.")]),
        ("Run\n\n```sh\na b\n\nc. `d`\n```\n\nEnd.", [
            (0, "Run"), (2, "```sh·a·b··c.·`d`·```"), (8, "End."),
        ]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, found: list[tuple[int, str]]) -> None:
    assert list(sentences(text)) == found
