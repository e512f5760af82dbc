"""Files are written whole or not at all: beside their place first, then renamed."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> bool:
    """Write a file, and the folders around it; return whether that changed it.

    A file that holds these bytes already keeps its time. Raises OSError, and leaves what was there,
    if it can't be written.
    """
    path = path.resolve()  # a link stays one
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device has no place beside it
    else:
        _replace(path, data)
    return True


def write_text(path: Path, text: str) -> bool:
    """Write a file in UTF-8, as `write_bytes` does."""
    return write_bytes(path, text.encode())


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a new folder to fill, which then takes the place of another; if that fails, none does.

    Raises OSError if the folder can't be made, or something else is in its place.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise _error(errno.ENOTDIR, folder)
    new, old = _beside(folder), _beside(folder).with_suffix(".old")
    try:
        new.mkdir(parents=True)
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".dok-guide-{os.getpid()}")


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _replace(path: Path, data: bytes) -> None:
    beside = _beside(path)
    try:
        beside.write_bytes(data)
        if path.exists():
            if not os.access(path, os.W_OK):  # renaming would not ask
                raise _error(errno.EACCES, path)
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        error.filename = str(path)  # the other name would tell nobody anything
        raise
    finally:
        beside.unlink(missing_ok=True)
