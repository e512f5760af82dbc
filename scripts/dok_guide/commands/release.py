"""The command `dok-guide release`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, counted
from dok_guide.commands.site import demand_project


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "release", help="write the bundles of a release, and checksums",
        description="Write the built site and one that opens without a server, each as a zip file, "
        "and SHA256SUMS of all that is in the folder. `make release` adds packages and SBOM first.",
    )  # fmt: skip
    parser.add_argument("dist", type=Path, nargs="?", default=Path("dist"), help="default: dist")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the bundles."""
    from dok_guide.website.release import make_release

    demand_project(options)
    files = make_release(options.dist)
    print(f"{options.dist} holds {counted(len(files), 'file')}")
    return 0
