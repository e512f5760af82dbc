"""The commands of `dok-guide operator`: what is known of an operator, and how it is kept."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dok_guide.check import checked_document
from dok_guide.commands.new_operator import new_operator
from dok_guide.engine.definitions import Definitions, Schema, definitions_of, with_release
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.objects import Object
from dok_guide.engine.unpack import unpacked
from dok_guide.load import load_catalog
from dok_guide.renewal import changes
from dok_guide.source import CatalogError, Problem
from dok_guide.writing import write_bytes


def add_operator(commands: Any) -> None:  # noqa: ANN401 - argparse hides its type
    """Add the commands to those of `dok-guide`."""
    parser = commands.add_parser("operator", help="add an operator, or renew what is known of it")
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    new = tasks.add_parser("new", help="write the files of an operator to fill in")
    new.add_argument("id", help="a short name, as in cloudnative-pg")
    new.set_defaults(command=_new)
    for name, command, text in (
        ("definitions", _definitions, "write definitions.json from the operator's definitions"),
        ("renew", _renew, "say what another release changes for the settings"),
    ):
        task = tasks.add_parser(name, help=text)
        task.add_argument("id", help="the operator's folder")
        task.add_argument(
            "--definitions",
            type=Path,
            required=True,
            metavar="DIR",
            help="folder or file with the CustomResourceDefinitions of the release",
        )
        task.set_defaults(command=command)
    definitions, renew = tasks.choices["definitions"], tasks.choices["renew"]
    definitions.add_argument(
        "--release", metavar="VERSION", help="one of operator.yaml (default: the newest)"
    )
    renew.add_argument(
        "--repository",
        type=Path,
        metavar="DIR",
        help="the operator's source at that release, to compare the quoted lines",
    )


def _new(options: argparse.Namespace) -> int:
    for path in new_operator(options.controls, options.id):
        print(f"wrote {path}")
    print("fill in what says TODO, then run `dok-guide operator definitions` for each release")
    return 0


def _definitions(options: argparse.Namespace) -> int:
    folder = _folder(options.controls, options.id)
    path = folder / "operator.yaml"
    operator = checked_document(path, "operator").data
    order = [release["version"] for release in operator["releases"]]
    release = options.release or order[0]
    if release not in order:
        message = f"no release {release}; write it down with commit and date first"
        raise CatalogError([Problem(path.as_posix(), 1, message)])
    kinds = _kinds(operator, options.definitions)
    file = folder / "definitions.json"
    data = json.loads(file.read_bytes()) if file.exists() else {"releases": {}}
    write_bytes(file, with_release(data, release, kinds, order))
    print(f"wrote {len(kinds)} definitions of {release} to {file}")
    return 0


def _renew(options: argparse.Namespace) -> int:
    operator = load_catalog(options.controls).operator(_folder(options.controls, options.id).name)
    data = json.loads((options.controls / f"operators/{operator.id}/definitions.json").read_bytes())
    newest = operator.releases[0].version
    old = Definitions(data).kinds(newest)
    wanted = {"kinds": [{"group": k.group, "kind": k.kind} for k in operator.kinds]}
    found = [*changes(operator, old, _kinds(wanted, options.definitions), options.repository)]
    for change in found:
        print(change)
    count = len(operator.settings)
    print(f"{len(found)} changes since {newest} for {count} settings", file=sys.stderr)
    return 1 if found else 0


def _folder(controls: Path, id_: str) -> Path:
    folder = controls / "operators" / id_
    if not (folder / "operator.yaml").is_file():
        message = f"no operator {id_}; run `dok-guide operator new {id_}`"
        raise CatalogError([Problem((folder / "operator.yaml").as_posix(), 1, message)])
    return folder


def _kinds(operator: dict[str, Any], source: Path) -> dict[str, Schema]:
    """Return the schemas of an operator's kinds; raise CatalogError if one is missing."""
    wanted = {(kind["group"], kind["kind"]) for kind in operator["kinds"]}
    found = definitions_of(_objects(source), wanted)
    if not found:
        message = "no definition of the operator's kinds; give the folder with its definitions"
        raise CatalogError([Problem(source.as_posix(), 1, message)])
    return found


def _objects(source: Path) -> Iterator[Object]:
    """Yield the objects of the manifests in a folder; raise CatalogError for what is none."""
    for path in _files(source):
        try:
            for document in parse_manifests(path.read_text(encoding="utf-8")):
                if isinstance(document.data, dict):
                    yield from unpacked(document.data, path.as_posix(), document.line)
        except (UnreadableError, OSError, UnicodeDecodeError) as error:
            line = getattr(error, "line", 1)
            raise CatalogError([Problem(path.as_posix(), line, str(error))]) from None


def _files(source: Path) -> Iterable[Path]:
    if not source.is_dir():
        return [source]
    return sorted(p for p in source.rglob("*") if p.suffix in (".yaml", ".yml", ".json"))
