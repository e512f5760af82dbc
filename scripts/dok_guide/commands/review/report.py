"""The task `dok-guide review report`."""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from dok_guide.commands import Commands, UsageError, counted
from dok_guide.commands.review.files import EXIT_CODES, FINE, OPEN, WARNED, read_and_say, say
from dok_guide.exporters.catalog_json import digest
from dok_guide.model import Catalog
from dok_guide.published import published_catalog
from dok_guide.review.gate import open_points
from dok_guide.review.model import Review
from dok_guide.review.report import FORMATS, Origin, report

#: How many open points are named beside the report, which has them all.
_MOST_SAID = 20


def add(tasks: Commands) -> None:
    """Add the task to those of `review`."""
    parser = tasks.add_parser(
        "report", help="a report to sign: open findings with what to do, accepted gaps",
        description="With --fail-on, whatever is not clearly met, not applicable with a reason, or "
        "accepted with reason, owner and end counts as open. " + EXIT_CODES,
    )  # fmt: skip
    parser.add_argument("source", type=Path, metavar="REVIEW")
    parser.add_argument("--format", choices=FORMATS, default="markdown", help="default: markdown")
    parser.add_argument(
        "--fail-on", type=_level, metavar="LEVEL",
        help="exit 1 if something in scope up to this level is open",
    )  # fmt: skip
    parser.add_argument(
        "--require-reviewed", action="store_true",
        help="what nobody has reviewed is open, too (without --fail-on: up to any level)",
    )  # fmt: skip
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY",
        help="the day that decides what has expired (default: today)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def _level(word: str) -> int:
    if not word.isdigit() or word == "0":
        raise argparse.ArgumentTypeError(f"{word!r} is no level")
    return int(word)


def run(options: argparse.Namespace) -> int:
    """Print a report; return 1 if the gate closes."""
    catalog = published_catalog(options.controls)
    taken = read_and_say(options.source, catalog)
    day = options.date or datetime.now(tz=UTC).date()
    _print(options, taken.review, catalog, day)
    level = options.fail_on or (max(each.id for each in catalog.levels))
    warnings = list(_warnings(taken.review, options.fail_on))
    say(warnings)
    if options.fail_on or options.require_reviewed:
        found = open_points(
            taken.review, catalog, day, level, require_reviewed=options.require_reviewed
        )
        if found:
            say([f"{counted(len(found), 'point')} open", *map(str, found[:_MOST_SAID])])
            return OPEN
    return WARNED if taken.problems or warnings else FINE


def _print(options: argparse.Namespace, review: Review, catalog: Catalog, day: date) -> None:
    content = hashlib.sha256(options.source.read_bytes()).hexdigest()
    origin = Origin(options.source.name, content, digest(catalog))
    try:
        shown = FORMATS[options.format](report(review, catalog, day, origin), catalog)
    except ValueError as error:
        raise UsageError(f"{options.source}: {error}") from None
    sys.stdout.flush()
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _warnings(review: Review, level: int | None) -> Iterator[str]:
    if level and review.level and review.level < level:
        yield f"the review covers levels up to {review.level}; --fail-on {level} asks for more"
