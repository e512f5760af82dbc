"""The command `dok-guide export`."""

import argparse
from pathlib import Path

from dok_guide.commands import Commands, counted


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser("export", help="write the files to download, without the site")
    parser.add_argument("folder", type=Path, help="where to write them; made if it isn't there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files of all exporters."""
    from dok_guide.exporters import export
    from dok_guide.load import load_catalog

    written = export(load_catalog(options.controls), options.folder)
    print(f"{counted(len(written), 'file')} written to {options.folder}")
    return 0
