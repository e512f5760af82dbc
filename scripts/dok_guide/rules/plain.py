"""Rules about plain words: short sentences, no riddles, summaries, titles, quick before deep."""

import re
from collections.abc import Iterator
from typing import Any

from dok_guide.model import AUDIENCES
from dok_guide.rules.files import Files
from dok_guide.rules.schemas import schema
from dok_guide.rules.texts import texts
from dok_guide.source import Document, Place, Problem

#: No sentence has more words, and only this share has more than the second number.
MOST_WORDS, MANY_WORDS, MANY_SHARE = 35, 25, 0.03
#: The longest quick verification, in minutes, that the lowest level may ask of a consumer.
MOST_MINUTES = 15

_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
#: Where a sentence ends; what follows a colon, and each entry of a list, counts by itself.
_END = re.compile(r"(?:[.!?]['\")]*|:)(?=\s|$)|\n\s*\n|\n\s*(?=(?:-+|\*)\s)")
_ENTRY = re.compile(r"^\s*(?:-+|\*)\s+", re.MULTILINE)
_NUMBER = re.compile(r"^ *\d+\.(?=\s)", re.MULTILINE)
_BANNED = (
    (
        re.compile(r"\b(?:decides?|shows?|proves?|says?|tells?) nothing\b"),
        "say in `unclear` what makes it inconclusive",
    ),
    (re.compile(r"(?:^|(?<=[.!?:;]\s))Who(?:ever)?\s[^?.!]*(?:[.!]|$)"), "name the subject"),
    (re.compile(r"\bwhoever\b", re.IGNORECASE), "name the subject"),
    (re.compile(r"\btakes? (?:them|it) along\b"), "say what is stolen"),
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield line offset and text of each sentence; code in backticks is one word."""
    joined = _CODE.sub(lambda found: re.sub(r"\s", "·", found[0]), text)
    joined = _NUMBER.sub(lambda found: "-" * len(found[0]), joined)  # its dot ends no sentence
    start = 0
    for end in [found.end() for found in _END.finditer(joined)] + [len(joined)]:
        sentence = joined[start:end]
        offset = text.count("\n", 0, start + len(sentence) - len(sentence.lstrip()))
        if sentence.strip():
            yield offset, " ".join(_ENTRY.sub("", sentence).split())
        start = end


def lengths(files: Files) -> Iterator[Problem]:
    """No sentence is over 35 words long, and at most 3 in 100 are over 25."""
    counted: list[tuple[int, Problem]] = []
    for document, place, text in _prose(files):
        for offset, sentence in sentences(text):
            count = len(sentence.split())
            message = f"a sentence of {count} words ({sentence[:40]}...); write two"
            problem = document.problem_in_text(message, offset, *place)
            counted.append((count, problem))
            if count > MOST_WORDS:
                yield problem
    long = [problem for count, problem in counted if MANY_WORDS < count <= MOST_WORDS]
    if len(long) > len(counted) * MANY_SHARE:
        yield from long


def riddles(files: Files) -> Iterator[Problem]:
    """No text has a phrase that readers stumbled over."""
    for document, place, text in _prose(files):
        for pattern, cure in _BANNED:
            for found in pattern.finditer(text):
                message = f"{' '.join(found[0].split())[:50]!r} is hard to read; {cure}"
                offset = text.count("\n", 0, found.start())
                yield document.problem_in_text(message, offset, *place)


def summaries(files: Files) -> Iterator[Problem]:
    """A summary says what holds, without pointing elsewhere, and no two are equal."""
    seen: dict[str, str] = {}
    for control in files.controls:
        text = control.data["summary"]
        if found := re.search(r"\bMUST\b|the following", text):
            yield control.problem(f"{found[0]!r} in a summary; say what holds", "summary")
        if text.lower() in seen:
            message = f"the summary of {seen[text.lower()]}; say what sets this control apart"
            yield control.problem(message, "summary")
        seen.setdefault(text.lower(), control.data["id"])


def titles(files: Files) -> Iterator[Problem]:
    """No two verifications of a control have the same title."""
    for control in files.controls:
        seen = set()
        for index, way in enumerate(control.data["verification"]):
            if way["title"].lower() in seen:
                message = f"a second verification {way['title']!r}; say what it finds out"
                yield control.problem(message, "verification", index, "title")
            seen.add(way["title"].lower())


def quick(files: Files) -> Iterator[Problem]:
    """Each audience has one quick verification, before its deep ones and short at level 1."""
    lowest = files.catalog.data["levels"][0]["id"]
    for control in files.controls:
        ways = list(enumerate(control.data["verification"]))
        for audience in AUDIENCES:
            own = [(index, way) for index, way in ways if way["for"] == audience]
            if own:
                yield from _quick(control, audience, own)
        for index, way in ways:
            short = way["depth"] == "deep" or way["minutes"] <= MOST_MINUTES
            if control.data["level"] == lowest and way["for"] == "consumer" and not short:
                message = f"quick takes a consumer {MOST_MINUTES} minutes at most at level {lowest}"
                yield control.problem(f"{message}; cut it", "verification", index, "minutes")


def _quick(
    control: Document, audience: str, own: list[tuple[int, dict[str, Any]]]
) -> Iterator[Problem]:
    found = [index for index, way in own if way["depth"] == "quick"]
    if not found:
        message = f"no quick verification for the {audience}; add one"
        yield control.problem(message, "verification", own[0][0])
    for index in found[1:]:
        message = f"a second quick verification for the {audience}; make one deep"
        yield control.problem(message, "verification", index, "depth")
    if found and found[0] != own[0][0]:
        message = f"a quick verification after a deep one for the {audience}; put it first"
        yield control.problem(message, "verification", found[0])


def _prose(files: Files) -> Iterator[tuple[Document, Place, str]]:
    """Yield document, place and text of everything that people read as sentences."""
    documents = [(control, "control") for control in files.controls]
    documents += [(getattr(files, name), name) for name in ("threats", "glossary", "questions")]
    documents += [(operator.settings, "settings") for operator in files.operators]
    for document, name in documents:
        for kind, place, text in texts(schema(name), document.data):
            if kind in ("paragraph", "markdown"):
                yield document, place, text
