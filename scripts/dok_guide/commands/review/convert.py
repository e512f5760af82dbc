"""The task `dok-guide review convert`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, counted
from dok_guide.commands.review.files import (
    EXIT_CODES,
    FINE,
    WARNED,
    check_target,
    read_and_say,
    say,
    write,
)
from dok_guide.published import published_catalog
from dok_guide.review.formats import FORMATS


def add(tasks: Commands) -> None:
    """Add the task to those of `review`."""
    parser = tasks.add_parser(
        "convert", help=f"from one format to another: {', '.join(FORMATS)}",
        description=f"The endings say which formats are meant: {', '.join(FORMATS)}. {EXIT_CODES}",
    )  # fmt: skip
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a review in another format."""
    check_target(options.target, force=options.force)
    catalog = published_catalog(options.controls)
    taken = read_and_say(options.source, catalog)
    write(options.target, taken.review, catalog)
    answers = sum(not answer.empty for answer in taken.review.answers)
    apart = len(taken.review.kept_apart)
    more = f", and {apart} kept apart" if apart else ""
    say([f"wrote {options.target} with {counted(answers, 'answer')}{more}"])
    return WARNED if taken.problems else FINE
