"""What the tasks of `dok-guide review` share: reading, writing, and saying what happened."""

import sys
from collections.abc import Iterable
from pathlib import Path

from dok_guide.commands import UsageError
from dok_guide.model import Catalog
from dok_guide.review.formats import format_of, read_review, write_review
from dok_guide.review.model import Review, Taken
from dok_guide.source import CatalogError

FINE, OPEN, WARNED = 0, 1, 3
EXIT_CODES = (
    "Exit code 0: done. 1: something is open, or two reviews contradict each other. 2: not done; "
    "nothing was written. 3: done, but something could not be taken over as it was, or is unclear. "
    "The first of 2, 1, 3, 0 counts."
)


def shown(text: str) -> str:
    """Return a text that moves no cursor and begins no line, for a terminal."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def say(lines: Iterable[str]) -> None:
    """Print lines apart from the result."""
    for line in lines:
        print(shown(line), file=sys.stderr)


def read(path: Path, catalog: Catalog) -> Taken:
    """Return the review of a file; raise UsageError if it holds none."""
    try:
        return read_review(path, catalog)
    except CatalogError as error:
        raise _usage(error) from None


def read_and_say(path: Path, catalog: Catalog) -> Taken:
    """Return the review of a file, and say what could not be taken over as it was."""
    taken = read(path, catalog)
    say(f"{path}: {problem}" for problem in taken.problems)
    return taken


def check_target(path: Path, *, force: bool) -> None:
    """Raise UsageError if a file can't be written here, before anything is read."""
    try:
        format_of(path)
    except CatalogError as error:
        raise _usage(error) from None
    if path.is_file() and not force:
        raise UsageError(f"{path} is there already; give another name, or --force to replace it")


def write(path: Path, review: Review, catalog: Catalog) -> None:
    """Write a review; raise UsageError if the format of the file can't hold it."""
    try:
        write_review(path, review, catalog)
    except CatalogError as error:
        raise _usage(error) from None


def _usage(error: CatalogError) -> UsageError:
    return UsageError("; ".join(shown(str(problem)) for problem in error.problems))
