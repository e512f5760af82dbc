"""The command `dok-guide reach`."""

import argparse
from pathlib import Path

from dok_guide.assess.formats.as_reach import FORMATS
from dok_guide.assess.gaps import ROLE, WORKLOAD
from dok_guide.assess.install import install_of
from dok_guide.assess.reach import reach_of
from dok_guide.assess.reading import read_input
from dok_guide.assess.unseen import gaps_of
from dok_guide.commands import Commands, UsageError
from dok_guide.published import published_catalog
from dok_guide.source import CatalogError
from dok_guide.terminal.output import write
from dok_guide.terminal.ownership import add_ownership, ownership

#: The exit codes.
FINE, INCOMPLETE = 0, 3


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "reach",
        help="say what whoever takes over an operator's pod may do",
        description="Say in plain words what the accounts of an operator's workloads may do, read "
        "off the roles bound to them. Exit code 0: everything was seen. 2: the command line is "
        "wrong. 3: something was not seen, such as a role, so there may be more.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files or folders; - reads standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the result into a file")
    add_ownership(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the accounts may do, and return the exit code."""
    try:
        catalog = published_catalog(options.controls)
    except CatalogError as error:
        raise UsageError(str(error)) from None
    given = read_input(options.paths)
    install = install_of(catalog, given, ownership(options))
    left = gaps_of(install.objects, install.links, install.classes)
    gaps = [*given.gaps, *(gap for gap in left if gap.kind in (ROLE, WORKLOAD))]
    reach = reach_of(install)
    write(FORMATS[options.format](reach, gaps, catalog.version), options.output)
    return FINE if reach and not gaps else INCOMPLETE
