"""The command `dok-guide operator`: what is known of an operator, and how it is kept."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dok_guide.check import checked_document
from dok_guide.commands import Commands, UsageError, counted
from dok_guide.engine.definitions import Definitions, Schema, definitions_of, with_release
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.objects import Object
from dok_guide.engine.unpack import unpacked
from dok_guide.load import load_catalog
from dok_guide.source import CatalogError, Problem
from dok_guide.upkeep.install import assessed
from dok_guide.upkeep.renewal import changes
from dok_guide.upkeep.skeleton import new_operator
from dok_guide.writing import write_bytes


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("operator", help="add an operator, or renew what is known of it")
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    new = tasks.add_parser("new", help="write the files of an operator to fill in")
    new.add_argument("id", help="a short name, as in cloudnative-pg")
    new.set_defaults(run=_new)
    definitions = tasks.add_parser("definitions", help="write definitions.json from a release")
    _add_definitions(definitions)
    definitions.add_argument(
        "--release", metavar="VERSION", help="one of operator.yaml (default: the newest)"
    )
    definitions.set_defaults(run=_definitions)
    install = tasks.add_parser("assess", help="write assessment.json from the install")
    install.add_argument("id", help="the operator's folder")
    install.add_argument("install", metavar="FILE", help="what `install` of operator.yaml prints")
    install.set_defaults(run=_assess)
    renew = tasks.add_parser("renew", help="say what another release changes for the settings")
    _add_definitions(renew)
    renew.add_argument(
        "--repository", type=Path, metavar="DIR",
        help="the operator's source at that release, to compare the quoted lines",
    )  # fmt: skip
    renew.set_defaults(run=_renew)


def _add_definitions(task: argparse.ArgumentParser) -> None:
    task.add_argument("id", help="the operator's folder")
    task.add_argument(
        "--definitions", type=Path, required=True, metavar="DIR",
        help="folder or file with the CustomResourceDefinitions of the release",
    )  # fmt: skip


def _new(options: argparse.Namespace) -> int:
    try:
        written = new_operator(options.controls, options.id)
    except ValueError as error:
        raise UsageError(str(error)) from None
    for path in written:
        print(f"wrote {path}")
    print("fill in what says TODO, then run `dok-guide operator definitions` for each release")
    return 0


def _definitions(options: argparse.Namespace) -> int:
    """Write the schemas of a release into definitions.json, beside those of the others."""
    folder = _folder(options.controls, options.id)
    operator = checked_document(folder / "operator.yaml", "operator").data
    order = [release["version"] for release in operator["releases"]]
    release = options.release or order[0]
    if release not in order:
        raise UsageError(f"operator.yaml has no release {release}; write it there first")
    wanted = {(kind["group"], kind["kind"]) for kind in operator["kinds"]}
    kinds = _kinds(wanted, options.definitions)
    file = folder / "definitions.json"
    data = json.loads(file.read_bytes()) if file.exists() else {"releases": {}}
    write_bytes(file, with_release(data, release, kinds, order))
    print(f"wrote {counted(len(kinds), 'definition')} of {release} to {file}")
    return 0


def _assess(options: argparse.Namespace) -> int:
    """Write what `assess` finds in the install of the newest release."""
    folder = _folder(options.controls, options.id)
    catalog = load_catalog(options.controls)
    try:
        data = assessed(catalog, catalog.operator(folder.name), options.install)
    except ValueError as error:
        raise UsageError(str(error)) from None
    write_bytes(folder / "assessment.json", data)
    print(f"wrote {folder / 'assessment.json'}")
    return 0


def _renew(options: argparse.Namespace) -> int:
    """Print what a release changes; return 1 if it changes anything."""
    folder = _folder(options.controls, options.id)
    operator = load_catalog(options.controls).operator(folder.name)
    newest = operator.releases[0].version
    old = Definitions(json.loads((folder / "definitions.json").read_bytes())).kinds(newest)
    new = _kinds({(kind.group, kind.kind) for kind in operator.kinds}, options.definitions)
    found = [*changes(operator, old, new, options.repository)]
    print("".join(f"{change}\n" for change in found), end="")
    settings = counted(len(operator.settings), "setting")
    print(f"{counted(len(found), 'change')} since {newest} for {settings}", file=sys.stderr)
    return 1 if found else 0


def _folder(controls: Path, id_: str) -> Path:
    folder = controls / "operators" / id_
    if not (folder / "operator.yaml").is_file():
        raise UsageError(f"there is no operator {id_}; run `dok-guide operator new {id_}`")
    return folder


def _kinds(wanted: set[tuple[str, str]], source: Path) -> dict[str, Schema]:
    """Return the schemas of the wanted kinds, (group, kind) each; some release may lack some."""
    found = definitions_of(_objects(source), wanted)
    if not found:
        raise UsageError(f"{source} defines none of the operator's kinds; give another folder")
    return found


def _objects(source: Path) -> Iterator[Object]:
    """Yield the objects of the manifests in a folder; raise CatalogError for what is none."""
    for path in _files(source):
        try:
            for document in parse_manifests(path.read_text(encoding="utf-8")):
                if isinstance(document.data, dict):
                    yield from unpacked(document.data, path.as_posix(), document.line)
        except UnreadableError as error:
            raise CatalogError([Problem(path.as_posix(), error.line, str(error))]) from None


def _files(source: Path) -> Iterable[Path]:
    if not source.is_dir():
        return [source]
    return sorted(p for p in source.rglob("*") if p.suffix in (".yaml", ".yml", ".json"))
