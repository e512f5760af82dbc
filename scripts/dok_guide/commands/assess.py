"""The command line of `dok-guide assess`."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dok_guide.assess.assessment import assess
from dok_guide.assess.exceptions import Exemption, accept, read_exceptions
from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.formats.view import View
from dok_guide.assess.reading import read_input
from dok_guide.commands import Commands, UsageError
from dok_guide.model import Catalog, Control
from dok_guide.published import published_catalog
from dok_guide.source import CatalogError
from dok_guide.terminal.output import in_color, write
from dok_guide.terminal.ownership import add_ownership, ownership
from dok_guide.terminal.progress import Progress

if TYPE_CHECKING:
    from dok_guide.assess.since.upgrade import Upgrade

#: The exit codes; what was found counts more than what was not seen.
FINE, FOUND, INCOMPLETE = 0, 1, 3
NEVER, NEW = 0, -1


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "assess",
        help="judge an operator's manifests by the checks of the controls",
        description="Judge manifests by the checks of the controls. Exit code 0: nothing found. "
        "1: something found. 2: the command line or a file of settings is wrong. 3: something was "
        "not seen or not decided, so the result is incomplete. The first of 2, 1, 3, 0 counts.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files or folders; - reads standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write the result into a file, whole or not at all, and print one line about it",
    )
    parser.add_argument(
        "--verbose", action="store_true", help="show every place, and what is left for a person"
    )
    parser.add_argument(
        "--control", action="append", metavar="ID", help="only this control; may be repeated"
    )
    parser.add_argument("--level", type=int, metavar="LEVEL", help="only controls up to this level")
    add_ownership(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="say for each workload whose it is and by which link (json says it always)",
    )
    parser.add_argument(
        "--fail-on",
        type=_level,
        default=None,
        metavar="LEVEL",
        help="exit 1 only for findings up to this level; `never` for none, with --since `new` for "
        "those that came (default: for any)",
    )
    parser.add_argument(
        "--since",
        action="append",
        metavar="OLD",
        help="say what changes since this older install, a file or folder; may be repeated",
    )
    parser.add_argument(
        "--exceptions",
        type=Path,
        metavar="FILE",
        help="findings and gaps that are accepted, as YAML",
    )
    parser.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="DAY",
        help="the day that decides which exceptions have expired (default: today)",
    )
    parser.set_defaults(run=run)


def _level(word: str) -> int:
    if word == "never":
        return NEVER
    if word == "new":
        return NEW
    if not word.isdigit() or word == "0":
        raise argparse.ArgumentTypeError(f"{word!r} is no level, not `never` and not `new`")
    return int(word)


def run(options: argparse.Namespace) -> int:
    """Assess the input, print the result, and return the exit code."""
    catalog, exceptions = _settings(options)
    judged = partial(_judged, catalog, tuple(_chosen(catalog, options)), exceptions, options)
    found = judged(options.paths)
    if options.since:
        changed = _compared(judged(options.since), found, options)
        if options.fail_on == NEW:
            return FOUND if changed.fails else INCOMPLETE if changed.incomplete else FINE
    else:
        view = View(options.verbose, options.explain, not options.output and in_color(sys.stdout))
        write(FORMATS[options.format](found, view), options.output)
    highest = max(level.id for level in catalog.levels)
    if found.fails(highest if options.fail_on is None else options.fail_on):
        return FOUND
    return INCOMPLETE if found.incomplete else FINE


def _settings(options: argparse.Namespace) -> tuple[Catalog, tuple[Exemption, ...]]:
    """Return catalog and exceptions; raise UsageError for what can't be done with them."""
    if options.since:
        _check_format(options.format)
    elif options.fail_on == NEW:
        raise UsageError("--fail-on new goes with --since OLD")
    try:
        catalog = published_catalog(options.controls)
        exceptions = read_exceptions(options.exceptions) if options.exceptions else ()
    except CatalogError as error:
        raise UsageError(str(error)) from None
    return catalog, exceptions


def _check_format(name: str) -> None:
    """Raise UsageError if a difference can't be shown in a format."""
    from dok_guide.assess.since import formats

    if name not in formats.FORMATS:
        raise UsageError(f"--since has no format {name}; use {', '.join(formats.FORMATS)}")


def _judged(
    catalog: Catalog,
    controls: tuple[Control, ...],
    exceptions: tuple[Exemption, ...],
    options: argparse.Namespace,
    paths: list[str],
) -> Assessment:
    """Return the assessment of some paths, with what has been accepted until now."""
    progress = Progress(sys.stderr)
    try:
        found = assess(catalog, read_input(paths, progress.tell), controls, ownership(options))
    finally:
        progress.done()
    accept(found, exceptions, options.date or datetime.now(tz=UTC).date())
    return found


def _compared(old: Assessment, new: Assessment, options: argparse.Namespace) -> "Upgrade":
    """Write what an upgrade changes, and return it."""
    from dok_guide.assess.since import formats
    from dok_guide.assess.since.upgrade import upgrade

    changed = upgrade(old, new)
    write(formats.FORMATS[options.format](changed), options.output)
    return changed


def _chosen(catalog: Catalog, options: argparse.Namespace) -> Iterator[Control]:
    """Yield the controls to assess; raise UsageError if one is unknown."""
    known = {control.id for control in catalog.active}
    wanted = set(options.control or known)
    if unknown := sorted(wanted - known):
        raise UsageError("; ".join(_unknown(id_, known) for id_ in unknown))
    if options.level is not None and options.level < 1:
        raise UsageError(f"{options.level} is no level")
    for control in catalog.active:
        if control.id in wanted and (options.level is None or control.level <= options.level):
            yield control


def _unknown(id_: str, known: set[str]) -> str:
    near = get_close_matches(id_.upper(), sorted(known), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "the index of the guide lists them"
    return f"no control {id_}; {hint}"
