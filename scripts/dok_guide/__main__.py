"""The command `dok-guide`."""

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dok_guide.commands.assess import add_assess
from dok_guide.commands.new import new_control
from dok_guide.commands.operator import add_operator
from dok_guide.diff import FORMATS, difference, read_catalog
from dok_guide.exporters import export, render_all
from dok_guide.load import default_root, load_catalog
from dok_guide.review.formats import FORMATS as REVIEWS
from dok_guide.review.formats import format_of, read_review, write_review
from dok_guide.review.model import Taken
from dok_guide.review.report import FORMATS as REPORTS
from dok_guide.review.report import report
from dok_guide.source import CatalogError, Problem
from dok_guide.website import finishing, stubs


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, 1 if files have problems, or 2 if the command line is wrong.

    `assess` has more codes, which `dok_guide.commands.assess` names.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except CatalogError as error:
        _report(error.problems)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dok-guide", description="Check and publish the controls of the guide."
    )
    parser.add_argument(
        "--controls",
        type=_folder,
        default=default_root(),
        metavar="DIR",
        help="the folder of the controls (default: ./controls, or else those of this version)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    checking = commands.add_parser("check", help="report every problem in the files, exit 1 if any")
    checking.set_defaults(command=_check)

    new = commands.add_parser("new", help="write a control file to fill in")
    new.add_argument("id", help="category and number, as in KSI-11")
    new.add_argument("title", help="plain words")
    new.set_defaults(command=_new)

    stubs = commands.add_parser("pages", help="write the stub pages for the site builder")
    stubs.add_argument("docs", type=Path, nargs="?", default=Path("docs"), help="default: docs")
    stubs.set_defaults(command=_pages)

    files = commands.add_parser("export", help="write the files to download")
    files.add_argument("folder", type=Path, help="where to write them; made if it isn't there")
    files.set_defaults(command=_export)

    built = commands.add_parser(
        "html", help="write security policy and checksums into a built site, and check its pages"
    )
    built.add_argument("site", type=_folder, nargs="?", default="site", help="default: site")
    built.set_defaults(command=_html)

    comparing = commands.add_parser("diff", help="say what changed between two controls.json")
    comparing.add_argument("old", type=Path, metavar="OLD.json")
    comparing.add_argument("new", type=Path, metavar="NEW.json")
    comparing.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    comparing.set_defaults(command=_diff)
    _add_review(commands)
    add_assess(commands)
    add_operator(commands)
    return parser


def _add_review(commands: Any) -> None:  # noqa: ANN401 - argparse hides its type
    review = commands.add_parser("review", help="pass on a filled checklist, or report on it")
    tasks = review.add_subparsers(required=True, metavar="TASK")
    convert = tasks.add_parser("convert", help=f"from one format to another: {', '.join(REVIEWS)}")
    convert.add_argument("source", type=Path, metavar="IN")
    convert.add_argument("target", type=Path, metavar="OUT")
    convert.set_defaults(command=_convert)
    reporting = tasks.add_parser("report", help="open findings with what to do, accepted gaps")
    reporting.add_argument("source", type=Path, metavar="REVIEW")
    reporting.add_argument(
        "--format", choices=REPORTS, default="markdown", help="default: markdown"
    )
    reporting.add_argument(
        "--fail-on",
        type=int,
        metavar="LEVEL",
        help="exit 1 if something is partly met, not met or no longer accepted up to this level",
    )
    reporting.add_argument(
        "--date",
        type=date.fromisoformat,
        default=None,
        metavar="DAY",
        help="the day that decides what has expired (default: today)",
    )
    reporting.set_defaults(command=_report_review)


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {name}")
    return path


def _report(problems: list[Problem]) -> None:
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        print(problem.annotation() if in_actions else problem)
    print(_count(len(problems), "problem"), file=sys.stderr)


def _say(text: str) -> int:
    print(text)
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _check(options: argparse.Namespace) -> int:
    catalog = load_catalog(options.controls)
    controls, threats = (
        _count(len(catalog.controls), "control"),
        _count(len(catalog.threats), "threat"),
    )
    return _say(f"{controls} and {threats} are fine")


def _new(options: argparse.Namespace) -> int:
    path = new_control(options.controls, options.id, options.title)
    return _say(f"wrote {path}; fill in what says TODO, then run `dok-guide check`")


def _pages(options: argparse.Namespace) -> int:
    changed = stubs.write(load_catalog(options.controls), options.docs)
    return _say(f"{_count(changed, 'page')} changed in {options.docs}")


def _export(options: argparse.Namespace) -> int:
    written = export(load_catalog(options.controls), options.folder)
    return _say(f"{_count(len(written), 'file')} written to {options.folder}")


def _html(options: argparse.Namespace) -> int:
    problems = finishing.finish(options.site, render_all(load_catalog(options.controls)))
    if problems:
        raise CatalogError(problems)
    return _say(f"{options.site} is complete")


def _diff(options: argparse.Namespace) -> int:
    problems, read = [], []
    for path in (options.old, options.new):
        try:
            read.append(read_catalog(path))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    print(FORMATS[options.format](difference(*read)), end="")
    return 0


def _convert(options: argparse.Namespace) -> int:
    catalog = load_catalog(options.controls)
    format_of(options.target)  # an unknown ending is said before anything is read
    taken = read_review(options.source, catalog)
    write_review(options.target, taken.review, catalog)
    return _say_taken(options.source, taken, f"wrote {options.target}")


def _report_review(options: argparse.Namespace) -> int:
    catalog = load_catalog(options.controls)
    taken = read_review(options.source, catalog)
    day = options.date or datetime.now(tz=UTC).date()
    found = report(taken.review, catalog, day)
    print(REPORTS[options.format](found, catalog), end="")
    status = _say_taken(options.source, taken, "")
    failed = options.fail_on is not None and found.fails(options.fail_on)
    return 1 if failed else status


def _say_taken(source: Path, taken: Taken, done: str) -> int:
    """Say what could not be taken over as it was, and what is done; neither is the report."""
    for problem in taken.problems:
        print(f"{source}: {problem}", file=sys.stderr)
    answered = sum(not answer.empty for answer in taken.review.answers)
    if done:
        print(f"{done} with {_count(answered, 'answer')}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
