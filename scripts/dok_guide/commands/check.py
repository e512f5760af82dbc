"""The command `dok-guide check`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, UsageError, counted


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("check", help="report every problem in the files, exit 1 if any")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE",
        help="check the catalogs that these files are in, whole: a change in one file can make "
        "another one wrong (default: the catalog of --controls)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check each catalog that is meant; say how much of it is fine."""
    from dok_guide.load import load_catalog

    roots = dict.fromkeys(map(_root, options.files)) or [options.controls]
    for root in roots:
        catalog = load_catalog(root)
        controls = counted(len(catalog.controls), "control")
        print(f"{controls} and {counted(len(catalog.threats), 'threat')} are fine")
    return 0


def _root(path: Path) -> Path:
    """Return the folder of the catalog that a file is in; raise UsageError if it is in none."""
    if not path.exists():
        raise UsageError(f"{path}: there is no such file")
    for folder in (path, *path.parents, *path.absolute().parents):
        if (folder / "catalog.yaml").is_file():
            return folder
    raise UsageError(f"{path}: in no catalog; give files of a folder that has a catalog.yaml")
