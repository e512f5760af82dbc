"""What the texts of a catalog file may hold.

Whether a character is text or code is not guessed: Markdown is rendered with raw HTML switched off,
and what remains as text in the result is looked at.
"""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import markdown

from dok_guide.source import Place

#: What no text may hold, and what to do instead; literal texts only the last two.
_FORBIDDEN = (
    (r"<[A-Za-z/!?]", "HTML; put it in backticks or write it in words"),
    (r"\{:", "an attribute list; leave it out"),
    (r"--8<--", "a snippet include; leave it out"),
    (r"\[\[[=%!]|[=%!]\]\]", "a macro delimiter of the site; leave it out"),
    (r"\bTODO\b", "a part still to be written; write it"),
)
#: A line of a paragraph that was meant to be the entry of a list.
RUN_TOGETHER = re.compile(r"(?<=\S)\n *(?:\d+\.|[-*+]) .*")
_DELIMITER = re.compile(_FORBIDDEN[3][0])
_CONTROL_CHARACTER = re.compile(r"[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def texts(schema: dict[str, Any], data: object) -> Iterator[tuple[str, Place, str]]:
    """Yield kind, place and text of every text that the schema calls one of the four kinds."""
    yield from _texts(schema, schema, data, ())


def _texts(
    root: dict[str, Any], schema: dict[str, Any], data: object, place: Place
) -> Iterator[tuple[str, Place, str]]:
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    if isinstance(data, str) and name in FAULTS:
        yield name, place, data
    if name:
        schema = root["$defs"][name]
    if isinstance(data, dict):
        for key, value in data.items():
            inner = schema.get("properties", {}).get(key, {})
            yield from _texts(root, inner, value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(root, schema.get("items", {}), value, (*place, index))


def faults(kind: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield line offset and message of everything that a text of this kind may not hold."""
    if found := _CONTROL_CHARACTER.search(text):
        yield text.count("\n", 0, found.start()), f"the character {found[0]!r}; remove it"
    yield from FAULTS[kind](text)


def _paragraph_faults(text: str) -> Iterator[tuple[int, str]]:
    if text.count("`") % 2:
        yield _offset(text, "`"), "an odd number of backticks; close the code"
    if "``" in text:
        yield _offset(text, "``"), "two backticks in a row; one before and one after the code"
    if found := re.search(r"\n[ \t]*\n\s*\S", text):
        offset = text.count("\n", 0, found.end())
        yield offset, "a second paragraph; this field holds one"
    prose = "".join(text.split("`")[::2])
    if found := re.search(r"\]\([^)]*\)?", prose):
        yield _offset(text, found[0]), "a link; this field knows no markup but backticks"
    yield from _forbidden(text, prose)


def _markdown_faults(text: str) -> Iterator[tuple[int, str]]:
    parser = _Rendered()
    parser.feed(renderer().reset().convert(text))
    for link in parser.links:
        if not re.fullmatch(r"https://\S+", link):
            # `javascript&#58;` is refused as well: the renderer has resolved it
            yield _offset(text, link), f"a link to {link!r}; link to an https address"
    for line in RUN_TOGETHER.findall(parser.prose):
        yield _offset(text, line.strip()), "a list runs into the text above; leave a line blank"
    for tag in parser.refused:
        yield 0, f"a <{tag}>; use paragraphs, lists, code and links"
    yield from _forbidden(text, parser.prose)


def _literal_faults(text: str) -> Iterator[tuple[int, str]]:
    for pattern, message in _FORBIDDEN[3:]:
        for found in re.finditer(pattern, text):
            yield _offset(text, found[0]), message


FAULTS = {
    "line": _paragraph_faults,
    "paragraph": _paragraph_faults,
    "markdown": _markdown_faults,
    "literal": _literal_faults,
}


def _forbidden(text: str, prose: str) -> Iterator[tuple[int, str]]:
    """Yield the faults of what stands outside code; delimiters are refused inside it, too."""
    for pattern, message in _FORBIDDEN:
        for found in re.finditer(pattern, text if pattern == _DELIMITER.pattern else prose):
            yield _offset(text, found[0]), message


def _offset(text: str, snippet: str) -> int:
    """Return how many lines below the first the snippet stands; 0 where it can't be found."""
    return text.count("\n", 0, max(text.find(snippet), 0))


class _Rendered(HTMLParser):
    """The rendered Markdown: its text outside code, its links, and elements it may not have."""

    def __init__(self) -> None:
        super().__init__()
        self.prose = ""
        self.links: list[str] = []
        self.refused: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag == "code"
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag in ("img", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"):
            self.refused.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.prose += data


@cache
def renderer(*more: str) -> markdown.Markdown:
    """Return Markdown, with more extensions if they are named, in which raw HTML is text."""
    renderer = markdown.Markdown(extensions=["fenced_code", "sane_lists", *more])
    renderer.preprocessors.deregister("html_block")
    renderer.inlinePatterns.deregister("html")
    return renderer
