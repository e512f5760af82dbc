"""The command `dok-guide site`."""

import argparse
import shlex
from pathlib import Path

from dok_guide.commands import Commands, UsageError


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "site", help="build the guide: pages, downloads, policy, checksums",
        description="Build the guide of the folder that you are in, and check the built pages.",
    )  # fmt: skip
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="default: site")
    parser.add_argument(
        "--builder", type=shlex.split, default=(), metavar="COMMAND",
        help="make the pages by this command, which writes into the folder, instead of by MkDocs",
    )  # fmt: skip
    parser.add_argument(
        "--offline", action="store_true",
        help="make pages that open from a disk, without a server, search included",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build the site."""
    from dok_guide.website.build import OFFLINE, SETTINGS, build_site

    demand_project(options)
    _demand_site(options.site)
    if options.offline and options.builder:
        raise UsageError("--offline needs MkDocs; leave --builder out")
    build_site(options.site, options.builder, OFFLINE if options.offline else SETTINGS)
    print(f"{options.site} is complete")
    return 0


def _demand_site(site: Path) -> None:
    """Raise UsageError if a folder is there that holds something else, which would be lost."""
    if site.is_dir() and any(site.iterdir()) and not (site / "sitemap.xml").is_file():
        raise UsageError(f"{site} holds something else than a site; give a new or empty folder")


def demand_project(options: argparse.Namespace) -> None:
    """Raise UsageError unless we are in the folder of a guide whose controls are meant."""
    from dok_guide.website.build import SETTINGS
    from dok_guide.website.edition import CONTROLS

    if not SETTINGS.is_file() or not CONTROLS.is_dir():
        raise UsageError(f"here is no {SETTINGS} with {CONTROLS}/; go to the folder of the guide")
    if options.controls.resolve() != CONTROLS.resolve():
        raise UsageError(f"the site is made of ./{CONTROLS}; leave --controls out")
