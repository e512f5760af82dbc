"""Text for a terminal: names in manifests come from strangers."""

import re

#: What a terminal would obey instead of showing it.
_COMMANDS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Return a text in which nothing is a command to the terminal."""
    return _COMMANDS.sub("?", text)
