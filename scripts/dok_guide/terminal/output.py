"""Where a result goes: to standard output, or into a file."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from dok_guide.writing import write_bytes


def in_color(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user has not switched colors off (no-color.org)."""
    dumb = os.environ.get("TERM") == "dumb"
    return stream.isatty() and not os.environ.get("NO_COLOR") and not dumb


def write(pieces: Iterable[str], path: Path | None) -> None:
    """Write UTF-8 whatever the terminal is set to, so that no name can end the command.

    A file is written whole or not at all; raises OSError, and leaves what was there, if not.
    """
    encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    if path:
        write_bytes(path, b"".join(encoded))
        print(f"{path} is written")
        return
    sys.stdout.flush()
    for piece in encoded:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
