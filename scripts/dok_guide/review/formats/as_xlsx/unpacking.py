"""A workbook is an archive of XML files: how much it may hold, measured while it is unpacked."""

import io
import re
import zipfile
import zlib

#: A workbook of ours has about 1 MB.
MOST_UNPACKED = 20_000_000
#: 5,000 rows of our columns.
MOST_CELLS = 100_000
#: What has neither row nor cell, but makes work for whoever reads it.
_MOST_ENTRIES = 1_000
_CHUNK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
#: How Excel begins an encrypted workbook, and one of the old format.
_COMPOUND = b"\xd0\xcf\x11\xe0"


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a workbook by their names.

    Raises ValueError if it is none, or holds more than a review does.
    """
    if data.startswith(_COMPOUND):
        raise ValueError("is encrypted or of the old format .xls; save it as .xlsx, no password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _files(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise ValueError("is no workbook of the XLSX format; save it as one") from None
    except (OSError, LookupError, UnicodeError) as error:
        raise ValueError(f"cannot be unpacked: {' '.join(str(error).split())}") from None
    cells = sum(len(_CELL.findall(text)) for name, text in files.items() if "/worksheets/" in name)
    if cells > MOST_CELLS:
        raise ValueError(f"has {cells:,} cells, more than {MOST_CELLS:,}; this is no review")
    return files


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise ValueError(f"holds {len(entries)} files; this is no review")
    files: dict[str, bytes] = {}
    room = MOST_UNPACKED
    for entry in entries:
        if entry.filename in files:
            raise ValueError(f"holds two files {entry.filename}; save it again")
        files[entry.filename] = _content(archive, entry, room)
        room -= len(files[entry.filename])
    return files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Return the content of a file; what the archive says of its size is not believed."""
    content = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > room:
                raise ValueError(f"unpacks to more than {MOST_UNPACKED:,} bytes; this is no review")
    return bytes(content)
