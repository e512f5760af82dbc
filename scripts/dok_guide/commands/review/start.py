"""The task `dok-guide review start`."""

import argparse
from dataclasses import replace
from pathlib import Path

from dok_guide.commands import Commands, UsageError
from dok_guide.commands.review.files import EXIT_CODES, FINE, check_target, say, write
from dok_guide.model import AUDIENCES, DEPTHS
from dok_guide.published import published_catalog
from dok_guide.review.model import blank
from dok_guide.review.starting import start


def add(tasks: Commands) -> None:
    """Add the task to those of `review`."""
    parser = tasks.add_parser(
        "start", help="an empty review, with what to set beside each requirement",
        description="Write an empty review. Nothing is met by itself. " + EXIT_CODES,
    )  # fmt: skip
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.add_argument("--operator", metavar="ID", help="show what to set with this operator")
    parser.add_argument("--level", type=int, metavar="LEVEL", help="the scope: up to this level")
    parser.add_argument("--audience", choices=AUDIENCES, help="the scope: only this audience")
    parser.add_argument("--depth", choices=DEPTHS, help="by quick checks, or the deep ones besides")
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write an empty review."""
    check_target(options.target, force=options.force)
    catalog = published_catalog(options.controls)
    known = [operator.id for operator in catalog.operators]
    if options.operator and options.operator not in known:
        raise UsageError(f"no operator {options.operator}; the guide has {', '.join(known)}")
    if options.level is not None and options.level not in [level.id for level in catalog.levels]:
        raise UsageError(f"no level {options.level}; give 1 to {len(catalog.levels)}")
    scope = (options.level, options.audience)
    empty = start(catalog, options.operator, *scope) if options.operator else blank(catalog, *scope)
    write(options.target, replace(empty, depth=options.depth), catalog)
    say([f"wrote {options.target}"])
    return FINE
