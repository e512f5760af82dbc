"""The commands of `dok-guide`, one module each: `add` describes the command line, `run` does it."""

import argparse
from pathlib import Path
from typing import Any, TypeAlias

#: Where a module adds its command: what `add_subparsers` of argparse returns, which has no name.
Commands: TypeAlias = Any


class UsageError(Exception):
    """The command can't be done as it was given; the message says what to do."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as in `1 control` and `2 controls`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def folder(name: str) -> Path:
    """Return the path of a folder that is there; argparse reports any other."""
    path = Path(name)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {name}")
    return path
