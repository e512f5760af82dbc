"""The command `dok-guide serve`."""

import argparse

from dok_guide.commands import Commands
from dok_guide.commands.site import demand_project


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("serve", help="show the guide and follow edits")
    parser.add_argument(
        "--address", type=_address, default=("127.0.0.1", 8000), metavar="HOST:PORT",
        help="default: 127.0.0.1:8000",
    )  # fmt: skip
    parser.set_defaults(run=run)


def _address(words: str) -> tuple[str, int]:
    host, _, port = words.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{words!r} is no address such as 127.0.0.1:8000")
    return host, int(port)


def run(options: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    from dok_guide.website.serve import serve

    demand_project(options)
    serve(*options.address)
    return 0
