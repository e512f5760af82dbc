"""The options that say whose the objects of an input are."""

import argparse
import re

from dok_guide.assess.install import Ownership
from dok_guide.engine.labels import parse_selector


def add_ownership(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command."""
    parser.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="GROUP",
        help="an API group of the operator (default: those of the definitions in the input, or "
        "those whose controller a workload is by its roles)",
    )
    parser.add_argument(
        "--database",
        type=_selector,
        metavar="SELECTOR",
        help="labels of database workloads, KEY=VALUE or KEY, with commas",
    )
    parser.add_argument(
        "--operator",
        type=_selector,
        metavar="SELECTOR",
        help="labels of workloads of the operator, beside those that its roles tell",
    )
    parser.add_argument(
        "--operator-version",
        type=_version,
        metavar="VERSION",
        help="the operator's release, which decides defaults and fields of custom resources "
        "(default: every release that the guide looked at)",
    )


def ownership(options: argparse.Namespace) -> Ownership:
    """Return what the options say."""
    return Ownership(
        tuple(options.group), options.database, options.operator, options.operator_version
    )


def _version(word: str) -> str:
    if not re.fullmatch(r"v?[0-9]+(\.[0-9]+)*", word):
        raise argparse.ArgumentTypeError(f"{word!r} is no version such as 1.30.0")
    return word.removeprefix("v")


def _selector(words: str) -> dict[str, object]:
    try:
        return parse_selector(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
