"""How the texts of a control are written into Markdown, one helper for each kind of text.

A `paragraph` and a `line` hold text in which backticks are the only markup, `markdown` is Markdown
that `lint` has found harmless, and a `literal` is shown as it is.
"""

import re

#: What Markdown would take for markup, in Python-Markdown and on GitHub.
_MARKUP = re.compile(r"[\\*_{}\[\]#|!]")
#: The same, where Python-Markdown knows no backslash.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", "~": "&#126;", "$": "&#36;"})
#: What begins a list, a quotation, a tab or a definition at the start of a paragraph.
_START = re.compile(r"^(\d*)([-+>=:.)])")


def inline(text: str) -> str:
    """Return a paragraph or line as one line of Markdown that shows exactly that text."""
    parts = " ".join(text.split()).split("`")
    parts[::2] = map(_escape, parts[::2])
    return _START.sub(lambda found: f"{found[1]}&#{ord(found[2])};", "`".join(parts))


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text).translate(_ENTITIES)


def block(text: str) -> str:
    """Return Markdown of a control, ready to stand between blank lines."""
    return text.strip("\n")


def fence(text: str, language: str) -> str:
    """Return a literal text as a fenced code block that nothing in the text can end."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}"


def anchor(id_: str) -> str:
    """Return the id of another framework as an anchor: `AC-6-10` for `AC-6(10)`."""
    return re.sub(r"[^\w.-]+", "-", id_).strip("-")


def duration(minutes: int) -> str:
    """Return minutes as people say them: `50 min`, `3 h 25 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * (bool(rest) or not hours)
    return " ".join(parts)


def plain(text: str) -> str:
    """Return a paragraph or line without its backticks, for places that know no markup."""
    return " ".join(text.replace("`", "").split())


def spaces(where: tuple[str, ...]) -> str:
    """Return where something holds: `*` is the whole cluster, an empty namespace is left open."""
    words = {"*": "the whole cluster", "": "the namespace of the install"}
    return ", ".join(words.get(each, f"namespace {each}") for each in where)
