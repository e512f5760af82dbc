"""The command `dok-guide component`: an OSCAL component definition for a product of one's own."""

import argparse
import sys
from datetime import UTC, date, datetime

from dok_guide.commands import Commands, UsageError
from dok_guide.data import to_bytes
from dok_guide.exporters.oscal.component import Product, definition_of
from dok_guide.published import published_catalog


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "component", help="print an OSCAL component definition to fill in for an operator"
    )
    parser.add_argument("name", help="the operator, as its makers write it")
    parser.add_argument("vendor", help="who makes it: project or company")
    parser.add_argument("--version", default="0.0.0", help="its release (default: 0.0.0)")
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY",
        help="the day that the file says it is from (default: today)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the definition; the names decide its UUIDs."""
    given = {key: " ".join(getattr(options, key).split()) for key in ("name", "vendor", "version")}
    for key, text in given.items():
        if not text:
            raise UsageError(f"the {key} is empty; write it in quotes")
    day = options.date or datetime.now(tz=UTC).date()
    found = definition_of(published_catalog(options.controls), Product(**given), day.isoformat())
    sys.stdout.write(to_bytes(found).decode())
    return 0
