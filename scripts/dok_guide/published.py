"""The published catalog as a file, so that a command can start without checking anything again.

The build writes it beside the folder of the controls, and the wheel carries it.
"""

import hashlib
import json
from pathlib import Path

from dok_guide.data import from_data, to_data
from dok_guide.load import load_catalog
from dok_guide.model import Catalog
from dok_guide.writing import write_bytes

#: The name of the file.
NAME = "catalog.json"


def published_catalog(root: Path) -> Catalog:
    """Return the catalog of a folder: from the file if it is fresh, otherwise from the YAML files.

    Raises CatalogError with every problem if it has to be read from files of which any is bad.
    """
    try:
        data = json.loads((root.parent / NAME).read_bytes())
        fresh = data["sources"] == sources(root)
    except (OSError, ValueError, LookupError, TypeError):
        fresh = False
    return from_data(Catalog, data["catalog"]) if fresh else load_catalog(root)


def publish(catalog: Catalog, root: Path) -> None:
    """Write the catalog of a folder into the file."""
    write_bytes(root.parent / NAME, to_bytes(catalog, root))


def to_bytes(catalog: Catalog, root: Path) -> bytes:
    """Return the content of the file."""
    data = {"sources": sources(root), "catalog": to_data(catalog)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def sources(root: Path) -> str:
    """Return a digest of all that a catalog is made from: its data, and the code that loads it."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for folder, pattern in ((root, "**/*.*"), (here, "*.py"), (here / "rules", "*.py")):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()
