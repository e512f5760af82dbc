"""The command `dok-guide new`: a control file to fill in, made from the schema."""

import argparse
import re
import textwrap
from pathlib import Path
from typing import Any

from dok_guide.check import check
from dok_guide.commands import Commands
from dok_guide.rules.schemas import schema
from dok_guide.source import CatalogError, Problem
from dok_guide.writing import write_text

#: Fields that most controls leave out.
_SELDOM = ("first", "replaced_by", "items", "parameters", "checks", "related")

_SKELETON = {
    "level": "1",
    "since": '"{version}"',
    "status": "active",
    "summary": "TODO It holds.",
    "requirement": "\n  producer: |\n    TODO The operator MUST ...",
    "rationale": "|\n  TODO",
    "threats": "[]",
    "default": "|\n  TODO",
    "impact": "|\n  TODO",
    "effort": "medium",
    "needs": "[]",
    "remediation": "\n  producer: |\n    1. TODO",
    "verification": (
        "\n  - for: producer\n    title: TODO It finds out\n    depth: quick\n"
        "    minutes: 15\n    method: test\n    automated: false\n    applies_to: all\n"
        "    steps: |\n      TODO\n    run: |\n      TODO\n    expect: |\n      TODO"
    ),
    "evidence": "\n  - TODO\n  - TODO second",
    "examples": "[]",
    "mappings": "[]",
    "references": "[]",
}


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("new", help="write a control file to fill in")
    parser.add_argument("id", help="category and number, as in KSI-11")
    parser.add_argument("title", help="plain words")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file, and say what is next."""
    path = new_control(options.controls, options.id, options.title)
    print(f"wrote {path}; fill in what says TODO, then run `dok-guide check`")
    return 0


def new_control(root: Path, id_: str, title: str) -> Path:
    """Write the file of a new control and return its path.

    Raises CatalogError if the id is taken or names no category, if the title is not plain words, or
    if the catalog has problems. A released id is always taken: its file is never deleted.
    """
    files = check(root)
    path = root / id_.partition("-")[0] / f"{id_}.yaml"
    if problem := _refusal(id_, title, path, files.ids, list(files.entries("categories"))):
        raise CatalogError([Problem(path.as_posix(), 1, problem)])
    version = files.catalog.data["version"].partition("-")[0]
    write_text(path, skeleton(id_, title, version))
    return path


def _refusal(
    id_: str, title: str, path: Path, ids: frozenset[str], categories: list[str | int]
) -> str | None:
    properties = schema("control")["properties"]
    if not re.fullmatch(schema("control")["$defs"]["control_id"]["pattern"], id_):
        return f"{id_!r} is no id; write category and number, as in KSI-11"
    if path.parent.name not in categories:
        return f"no category {path.parent.name}; use {', '.join(map(str, categories))}"
    if id_ in ids:
        return f"{id_} is taken; take the next number"
    if not re.search(properties["title"]["pattern"], title):
        return f"{title!r}: {properties['title']['description']}"
    return None


def skeleton(id_: str, title: str, version: str) -> str:
    """Return the text of a file that has every field, with what it means above it."""
    known = {"id": id_, "title": title, "category": id_.partition("-")[0]}
    lines = ["# yaml-language-server: $schema=../schemas/control.schema.json"]
    for name, part in schema("control")["properties"].items():
        lines += _comment(name, part)
        if name in known:
            lines.append(f"{name}: {known[name]}")
        elif name not in _SELDOM:
            value = _SKELETON[name].replace("{version}", version)
            lines.append(f"{name}:{'' if value.startswith(chr(10)) else ' '}{value}")
    return "\n".join(lines) + "\n"


def _comment(name: str, part: dict[str, Any]) -> list[str]:
    text = f"{name}: {part['description']}" if name in _SELDOM else part["description"]
    return textwrap.wrap(text, 98, initial_indent="# ", subsequent_indent="# ")
