"""The command `dok-guide`."""

import argparse
import os
import sys
from pathlib import Path

from dok_guide import html, pages
from dok_guide.diff import FORMATS, difference, read_catalog
from dok_guide.exporters import export, render_all
from dok_guide.load import default_root, load_catalog
from dok_guide.new import new_control
from dok_guide.source import CatalogError, Problem


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, 1 if files have problems, or 2 if the command line is wrong."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except CatalogError as error:
        _report(error.problems)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dok-guide", description="Check and publish the controls of the guide."
    )
    parser.add_argument(
        "--controls",
        type=_folder,
        default=default_root(),
        metavar="DIR",
        help="the folder of the controls (default: ./controls, or else those of this version)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    checking = commands.add_parser("check", help="report every problem in the files, exit 1 if any")
    checking.set_defaults(command=_check)

    new = commands.add_parser("new", help="write a control file to fill in")
    new.add_argument("id", help="category and number, as in KSI-11")
    new.add_argument("title", help="plain words")
    new.set_defaults(command=_new)

    stubs = commands.add_parser("pages", help="write the stub pages for the site builder")
    stubs.add_argument("docs", type=Path, nargs="?", default=Path("docs"), help="default: docs")
    stubs.set_defaults(command=_pages)

    files = commands.add_parser("export", help="write the files to download")
    files.add_argument("folder", type=Path, help="where to write them; made if it isn't there")
    files.set_defaults(command=_export)

    built = commands.add_parser(
        "html", help="write security policy and checksums into a built site, and check its pages"
    )
    built.add_argument("site", type=_folder, nargs="?", default="site", help="default: site")
    built.set_defaults(command=_html)

    comparing = commands.add_parser("diff", help="say what changed between two controls.json")
    comparing.add_argument("old", type=Path, metavar="OLD.json")
    comparing.add_argument("new", type=Path, metavar="NEW.json")
    comparing.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    comparing.set_defaults(command=_diff)
    return parser


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {name}")
    return path


def _report(problems: list[Problem]) -> None:
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        print(problem.annotation() if in_actions else problem)
    print(_count(len(problems), "problem"), file=sys.stderr)


def _say(text: str) -> int:
    print(text)
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _check(options: argparse.Namespace) -> int:
    catalog = load_catalog(options.controls)
    controls, threats = (
        _count(len(catalog.controls), "control"),
        _count(len(catalog.threats), "threat"),
    )
    return _say(f"{controls} and {threats} are fine")


def _new(options: argparse.Namespace) -> int:
    path = new_control(options.controls, options.id, options.title)
    return _say(f"wrote {path}; fill in what says TODO, then run `dok-guide check`")


def _pages(options: argparse.Namespace) -> int:
    changed = pages.write(load_catalog(options.controls), options.docs)
    return _say(f"{_count(changed, 'page')} changed in {options.docs}")


def _export(options: argparse.Namespace) -> int:
    written = export(load_catalog(options.controls), options.folder)
    return _say(f"{_count(len(written), 'file')} written to {options.folder}")


def _html(options: argparse.Namespace) -> int:
    problems = html.finish(options.site, render_all(load_catalog(options.controls)))
    if problems:
        raise CatalogError(problems)
    return _say(f"{options.site} is complete")


def _diff(options: argparse.Namespace) -> int:
    problems, read = [], []
    for path in (options.old, options.new):
        try:
            read.append(read_catalog(path))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    print(FORMATS[options.format](difference(*read)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
