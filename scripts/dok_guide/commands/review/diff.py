"""The task `dok-guide review diff`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands
from dok_guide.commands.review.files import EXIT_CODES, FINE, WARNED, read_and_say
from dok_guide.published import published_catalog
from dok_guide.review.trend import FORMATS, trend


def add(tasks: Commands) -> None:
    """Add the task to those of `review`."""
    parser = tasks.add_parser(
        "diff", help="what changed between two reviews", description=EXIT_CODES
    )
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the difference."""
    catalog = published_catalog(options.controls)
    old, new = (read_and_say(path, catalog) for path in (options.old, options.new))
    print(FORMATS[options.format](trend(old.review, new.review, catalog)), end="")
    return WARNED if old.problems or new.problems else FINE
