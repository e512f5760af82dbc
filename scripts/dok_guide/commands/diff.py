"""The command `dok-guide diff`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands
from dok_guide.diff import FORMATS, Data, difference, read_catalog
from dok_guide.source import CatalogError, Problem


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("diff", help="say what changed between two controls.json")
    parser.add_argument("old", type=Path, metavar="OLD.json")
    parser.add_argument("new", type=Path, metavar="NEW.json")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the difference; report what is wrong with both files at once."""
    problems: list[Problem] = []
    read: list[Data] = []
    for path in (options.old, options.new):
        try:
            read.append(read_catalog(path))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    print(FORMATS[options.format](difference(*read)), end="")
    return 0
