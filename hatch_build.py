"""Puts the published catalog into the wheel, so that its command starts without checking it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PublishedCatalog(BuildHookInterface):
    """Writes the file; an editable installation reads the YAML files until the site is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Load the catalog of the source tree; a bad file stops the build."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "scripts"))
        from dok_guide.load import load_catalog
        from dok_guide.published import NAME, to_bytes

        self._folder = TemporaryDirectory()
        path = Path(self._folder.name) / NAME
        path.write_bytes(to_bytes(load_catalog(root / "controls"), root / "controls"))
        build_data["force_include"][str(path)] = f"dok_guide/{NAME}"

    def finalize(self, version: str, _data: dict[str, Any], _artifact: str) -> None:
        """Remove the file once it is in the wheel."""
        if version != "editable":
            self._folder.cleanup()
