"""A reader of YAML 1.2, whose core schema resolves plain scalars unlike PyYAML's 1.1."""

import re

import yaml


class CoreLoader(yaml.CSafeLoader):
    """Reads with the tags of the core schema; how lines are broken stays that of PyYAML."""

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012 - PyYAML's own name


#: Tag and pattern of YAML 1.2.2, section 10.3.2.
CORE = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN",
}
for _name, _pattern in CORE.items():
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_pattern})\\Z"), None
    )


def _integer(_loader: CoreLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return sign * (int(digits, 0) if digits[:2] in ("0o", "0x") else int(digits))


def _float(_loader: CoreLoader, node: yaml.ScalarNode) -> str:
    return f"float {node.value}"


CoreLoader.add_constructor("tag:yaml.org,2002:int", _integer)
CoreLoader.add_constructor("tag:yaml.org,2002:float", _float)


def load_core(text: str | bytes) -> object:
    """Return what a reader of YAML 1.2 makes of a text; a number with a point is told as text."""
    return yaml.load(text, CoreLoader)
