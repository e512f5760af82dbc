"""The command `dok-guide versions`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, UsageError, counted


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "versions", help="make the published tree from the sites of all releases",
        description="Put the newest release at the top of a folder and each release below its own "
        "name, with a menu of versions on every page. Every address that names a version is "
        "looked up.",
    )  # fmt: skip
    parser.add_argument("tree", type=Path, help="the folder to make; what is in it is replaced")
    parser.add_argument(
        "sites", type=Path, nargs="+", metavar="SITE",
        help="the built site of a release: a folder, or its zip file",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the tree."""
    from dok_guide.website.versions import assemble

    _demand_tree(options.tree)
    releases = assemble(options.sites, options.tree)
    print(f"{options.tree} holds {counted(len(releases), 'version')}, {releases[0].version} on top")
    return 0


def _demand_tree(tree: Path) -> None:
    """Raise UsageError if a folder is there that holds something else, which would be lost."""
    if tree.is_dir() and any(tree.iterdir()) and not (tree / "versions.json").is_file():
        raise UsageError(f"{tree} holds something else than a published tree; give a new folder")
