"""The command `dok-guide collect`."""

import argparse

from dok_guide.assess.cluster.script import script
from dok_guide.commands import Commands, UsageError
from dok_guide.published import published_catalog
from dok_guide.source import CatalogError


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "collect",
        help="print a script that reads a running cluster for `assess`",
        description="Print a shell script to read and to run. It only runs `kubectl get`, and "
        "prints what `dok-guide assess` takes; of Secrets only names, types and keys.",
    )
    parser.add_argument(
        "--namespace", action="append", required=True, metavar="NAME",
        help="a namespace with databases; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--operator-namespace", action="append", default=[], metavar="NAME",
        help="a namespace with an operator; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--kind", action="append", default=[], metavar="PLURAL.GROUP",
        help="resources of an operator that the guide does not know; may be repeated",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    try:
        catalog = published_catalog(options.controls)
        shown = script(catalog, options.namespace, options.operator_namespace, options.kind)
    except (CatalogError, ValueError) as error:
        raise UsageError(str(error)) from None
    print(shown, end="")
    return 0
