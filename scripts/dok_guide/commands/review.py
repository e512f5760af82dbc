"""The command `dok-guide review`."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from dok_guide.commands import Commands, counted
from dok_guide.published import published_catalog
from dok_guide.review.formats import FORMATS, format_of, read_review, write_review
from dok_guide.review.model import Taken
from dok_guide.review.report import FORMATS as REPORTS
from dok_guide.review.report import report


def add(commands: Commands) -> None:
    """Add the command, with its tasks, to those of `dok-guide`."""
    parser = commands.add_parser("review", help="pass on a filled checklist, or report on it")
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    _add_convert(tasks)
    _add_report(tasks)


def _add_convert(tasks: Commands) -> None:
    parser = tasks.add_parser("convert", help=f"from one format to another: {', '.join(FORMATS)}")
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.set_defaults(run=run_convert)


def _add_report(tasks: Commands) -> None:
    parser = tasks.add_parser("report", help="open findings with what to do, accepted gaps")
    parser.add_argument("source", type=Path, metavar="REVIEW")
    parser.add_argument("--format", choices=REPORTS, default="markdown", help="default: markdown")
    parser.add_argument(
        "--fail-on", type=int, metavar="LEVEL",
        help="exit 1 if something is partly met, not met or no longer accepted up to this level",
    )  # fmt: skip
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY",
        help="the day that decides what has expired (default: today)",
    )  # fmt: skip
    parser.set_defaults(run=run_report)


def run_convert(options: argparse.Namespace) -> int:
    """Write a review in another format."""
    format_of(options.target)  # an unknown ending is said before anything is read
    catalog = published_catalog(options.controls)
    taken = read_review(options.source, catalog)
    write_review(options.target, taken.review, catalog)
    _say_problems(options.source, taken)
    answered = sum(not answer.empty for answer in taken.review.answers)
    print(f"wrote {options.target} with {counted(answered, 'answer')}", file=sys.stderr)
    return 0


def run_report(options: argparse.Namespace) -> int:
    """Print a report; return 1 if the review fails."""
    catalog = published_catalog(options.controls)
    taken = read_review(options.source, catalog)
    day = options.date or datetime.now(tz=UTC).date()
    found = report(taken.review, catalog, day)
    print(REPORTS[options.format](found, catalog), end="")
    _say_problems(options.source, taken)
    return int(options.fail_on is not None and found.fails(options.fail_on))


def _say_problems(source: Path, taken: Taken) -> None:
    """Say what could not be taken over as it was, apart from the result."""
    for problem in taken.problems:
        print(f"{source}: {problem}", file=sys.stderr)
