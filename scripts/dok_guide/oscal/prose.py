"""How the texts of a control are written into OSCAL, whose prose is CommonMark."""

import re

#: Code and insertions of parameters, which stay as they are.
_KEPT = re.compile(r"(`[^`]*`|\{\{.*?\}\})")
#: What CommonMark, with OSCAL's sub- and superscripts, would take for markup.
_MARKUP = re.compile(r"[\\*_\[\]<~^`]|&(?=#?\w+;)")
#: What begins a heading, a list or a quotation, or makes a heading or table of the line above.
_START = re.compile(r"(?<=\n)(\s*\d*)([#>=|:]|[-+.)](?=\s|$)|-(?=[-:|\s]*$))", re.MULTILINE)


def prose(text: str) -> str:
    """Return a text in which backticks are the only markup as prose that shows just that."""
    parts = _KEPT.split("\n" + text.strip())  # the first line begins like the others
    parts[::2] = (_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", part)) for part in parts[::2])
    return "".join(parts)[1:]


def titled(title: str, text: str) -> str:
    """Return prose below its title: many tools show the title of the first part of a name alone."""
    return f"**{prose(title)}**\n\n{text}"


def bullets(items: tuple[str, ...]) -> str:
    """Return texts as a list."""
    return "\n".join(f"- {prose(item)}" for item in items)
