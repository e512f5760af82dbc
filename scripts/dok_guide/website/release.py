"""What a release publishes besides the packages: the site, one to read offline, and checksums."""

import hashlib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from dok_guide.website.build import OFFLINE, SETTINGS, build_site
from dok_guide.website.edition import edition
from dok_guide.writing import write_bytes, write_text

#: Zip files have no earlier date.
_DATE = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"


def make_release(dist: Path) -> list[Path]:
    """Write the bundles beside what lies in a folder, and checksums of all; return the files.

    The guide is that of the folder that we are in. Built again, the files have the same bytes.
    """
    name = f"dok-guide-{edition().catalog.version}"
    with TemporaryDirectory() as scratch:
        for kind, settings in (("site", SETTINGS), ("offline", OFFLINE)):
            folder = Path(scratch) / kind
            build_site(folder, settings=settings)
            pack(folder, dist / f"{name}-{kind}.zip", top=f"{name}-{kind}")
    files = sorted(path for path in dist.iterdir() if path.is_file() and path.name != SUMS)
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    write_text(dist / SUMS, "".join(lines))
    return [*files, dist / SUMS]


def pack(folder: Path, bundle: Path, top: str) -> None:
    """Write a zip file of a folder, below one name at its top, without dates and owners."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / bundle.name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for each in sorted(folder.rglob("*")):
                if each.is_file():
                    name = f"{top}/{each.relative_to(folder).as_posix()}"
                    entry = zipfile.ZipInfo(name, _DATE)
                    entry.external_attr = 0o644 << 16
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, each.read_bytes())
        write_bytes(bundle, path.read_bytes())
