"""The task `dok-guide review merge`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, counted
from dok_guide.commands.review.files import (
    EXIT_CODES,
    FINE,
    OPEN,
    WARNED,
    check_target,
    read_and_say,
    say,
    write,
)
from dok_guide.published import published_catalog
from dok_guide.review.merging import merge


def add(tasks: Commands) -> None:
    """Add the task to those of `review`."""
    parser = tasks.add_parser(
        "merge", help="two reviews of the same thing into one; conflicts are listed",
        description="Where two answers differ, that of A stays and that of B is kept apart, so "
        "that the gate of `report` closes until somebody has decided. " + EXIT_CODES,
    )  # fmt: skip
    parser.add_argument("one", type=Path, metavar="A")
    parser.add_argument("other", type=Path, metavar="B")
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the answers of both reviews into one."""
    check_target(options.target, force=options.force)
    catalog = published_catalog(options.controls)
    one, other = (read_and_say(path, catalog) for path in (options.one, options.other))
    merged = merge(one.review, other.review)
    write(options.target, merged.review, catalog)
    say(f"conflict: {each}" for each in merged.conflicts)
    say(merged.notes)
    say([f"wrote {options.target} with {counted(len(merged.conflicts), 'conflict')}"])
    if merged.conflicts:
        return OPEN
    return WARNED if one.problems or other.problems or merged.notes else FINE
