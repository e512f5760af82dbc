"""JSON data as YAML: the only module that writes it."""

import re
from typing import Any

import yaml

#: What some reader of YAML 1.1 or 1.2 takes for a number, a date, a truth value or an operator,
#: though PyYAML writes it plain: `08` is text to readers of 1.1 and an integer to those of 1.2.
_NOT_PLAIN = re.compile(r"[-+.]?[.\d].*|[yn]", re.IGNORECASE)
#: Ends of a line for readers of 1.1 alone: only escapes mean the same to both.
_OLD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class _Dumper(yaml.CSafeDumper):
    """Shows a text of several lines as such, and everything where it belongs."""

    def ignore_aliases(self, data: object) -> bool:
        """Write what stands twice twice."""
        del data
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> Any:  # noqa: ANN401 - PyYAML has no types
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Return how a text is written, None for plain where YAML 1.1 allows that."""
    if _OLD_LINE_ENDS.search(text):
        return '"'
    if "\n" in text:
        return "|"
    return "'" if _NOT_PLAIN.fullmatch(text) else None


_Dumper.add_representer(str, _text)


def to_yaml(data: object) -> bytes:
    """Return YAML with the keys in their order and no aliases, alike to readers of 1.1 and 1.2."""
    found: bytes = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, encoding="utf-8"
    )
    return found
