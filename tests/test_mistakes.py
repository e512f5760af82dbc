"""Each mistake that people make in YAML is named with its line and its cure."""

import pytest
import yaml

from dok_guide.mistakes import mistake
from dok_guide.source import CatalogError, parse

INDENTED = "indented like no line above that it could belong to; align it with its neighbors"
BEHIND_QUOTE = "text behind a closing quote; use the other quotes, or close one above"
NO_KEY = "neither `key: value` nor part of a text; add the colon, or indent it below its text"
SECOND_COLON = "a second colon in an unquoted text; put the text in quotes, or below `|`"
DEEPER = "indented deeper than a line above that is complete; align it, or put both in quotes"
UNCLOSED = "a mapping opened with `{` has no end, or a comma is missing; close it"
CASES = [
    ("a: b\nc: Text: more\n", 2, SECOND_COLON),
    ("a:\n  - b: Text: more\n", 2, SECOND_COLON),
    ("a: 1\n  b: 2\n", 2, DEEPER),
    ("a: x\n  y: z\n", 2, DEEPER),
    ("a:\n\tb: 1\n", 2, "a tab; indent with spaces"),
    ("a:\n  b: 1\n\tc: 1\n", 3, "a tab; indent with spaces"),
    ("a:\n  b: 1\n c: 2\n", 3, INDENTED),
    ("a: |\n  b\n c: d\n", 3, INDENTED),
    ("a:\n  - x\n - y\n", 3, "a list entry where a key has to stand; align it with its list"),
    ("a: 1\n- b\n", 2, "a list entry where a key has to stand; align it with its list"),
    ('a: "b\nc: d\n', 1, "a quote is opened here and never closed; close it"),
    ("a: 1\nb: 'c\nd: e\n", 2, "a quote is opened here and never closed; close it"),
    ('a: "b\nc: "d"\n', 2, BEHIND_QUOTE),
    ("a: 'it's'\nb: 1\n", 1, BEHIND_QUOTE),
    ('a: "x" y\nb: 1\n', 1, BEHIND_QUOTE),
    ("a: @x\n", 1, "a text begins with '@'; put it in quotes"),
    ("a: `x`\n", 1, "a text begins with '`'; put it in quotes"),
    ("a: 1\nb: %x\n", 2, "a text begins with '%'; put it in quotes"),
    ("a: [b, c\nd: e\n", 1, "a list opened with `[` has no end, or a comma is missing; close it"),
    ("a: {b: c\nd: e\n", 1, UNCLOSED),
    ("a: {b} c\n", 1, "text behind a closing bracket; put the whole text in quotes"),
    ("a: 1\nb:2\nc: 3\n", 2, "no space behind the colon; add one"),
    ("a: 1\nb\nc: 3\n", 2, NO_KEY),
    ("a: |\nb\nc: d\n", 2, NO_KEY),
    ("a: |x\n  b\n", 1, "text behind `|` or `>`; begin it on the next line, indented"),
    ("a: b\rc: Text: more", 2, SECOND_COLON),
    ("a: b\r\nc: 'd\r\n", 2, "a quote is opened here and never closed; close it"),
    ("a: b\u2028c: Text: more\n", 2, SECOND_COLON),
    ("a: {b: c", 1, UNCLOSED),
    ('a: "\\d"\n', 1, "a backslash in double quotes; use single quotes"),
]


@pytest.mark.parametrize(("text", "line", "message"), CASES)
def test_mistake(text: str, line: int, message: str) -> None:
    with pytest.raises(CatalogError) as caught:
        parse(text, "file.yaml")
    assert [str(each) for each in caught.value.problems] == [f"file.yaml:{line}: {message}"]


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (yaml.MarkedYAMLError(problem="odd"), (1, "not YAML: odd")),
        (yaml.MarkedYAMLError(context="while odd"), (1, "not YAML: while odd")),
        (yaml.MarkedYAMLError(), (1, "not YAML: unreadable")),
    ],
)
def test_what_is_said_of_no_place_is_said_of_the_first_line(
    error: yaml.MarkedYAMLError, found: tuple[int, str]
) -> None:
    assert mistake(error, "a\nb") == found
