"""JSON data as YAML: the only module that writes it."""

from typing import Any

import yaml


class _Dumper(yaml.CSafeDumper):
    """Shows a text of several lines as such, and everything where it belongs."""

    def ignore_aliases(self, data: object) -> bool:
        """Write what stands twice twice."""
        del data
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> Any:  # noqa: ANN401 - PyYAML has no types
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(data: object) -> bytes:
    """Return YAML with the keys in their order and no aliases."""
    found: bytes = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, encoding="utf-8"
    )
    return found
