"""The files of an operator to fill in: each consumer's item of the lowest level is waiting."""

import re
from collections.abc import Iterator
from pathlib import Path

from dok_guide.check import check
from dok_guide.rules.operators import items_of
from dok_guide.rules.schemas import schema
from dok_guide.writing import write_text

_OPERATOR = """\
# yaml-language-server: $schema=../../schemas/operator.schema.json
id: {id}
title: TODO
database: TODO
repository: https://example.org/TODO
license: TODO
documentation: https://example.org/TODO
kinds:
  - {{group: todo.example.org, kind: TODO, plural: todo, versions: [v1]}}
releases:
  - {{version: "0.0", commit: "{zeros}", date: "2000-01-01"}}
install: |
  TODO
embeds: []
"""
_SETTING = """\
- id: {id}-{slug}
  title: TODO
  controls:
    - {{control: {control}, items: [{item}]}}
  where: none
  set: |
    TODO No field was found. Use ...
  source:
    - {{path: TODO, commit: "{zeros}", lines: "1", sha256: "{zeros}{short}"}}
"""


def new_operator(root: Path, id_: str) -> list[Path]:
    """Write the files of a new operator that people fill in, and return their paths.

    Raises ValueError if the id is none or taken, CatalogError if the catalog has problems.
    """
    files = check(root)
    folder = root / "operators" / id_
    if not re.fullmatch(schema("operator")["$defs"]["slug"]["pattern"], id_):
        raise ValueError(f"{id_!r} is no id; write a short name, as in cloudnative-pg")
    if folder.exists():
        raise ValueError(f"{folder} is there already")
    lowest = files.catalog.data["levels"][0]["id"]
    settings = [
        _setting(id_, control.data["id"], item)
        for control in files.controls
        if control.data["level"] == lowest
        for item in items_of(control.data)
    ]
    head = "# yaml-language-server: $schema=../../schemas/settings.schema.json\n"
    texts = {
        "operator.yaml": _OPERATOR.format(id=id_, zeros="0" * 40),
        "settings.yaml": head + "".join(settings),
        "hardened.yaml": "# proven: schema\n# TODO\n",
    }
    return list(_written(folder, texts))


def _setting(id_: str, control: str, item: str) -> str:
    slug = f"{control}-{item}".lower()
    zeros, short = "0" * 40, "0" * 24
    return _SETTING.format(id=id_, slug=slug, control=control, item=item, zeros=zeros, short=short)


def _written(folder: Path, texts: dict[str, str]) -> Iterator[Path]:
    for name, text in texts.items():
        write_text(folder / name, text)
        yield folder / name
