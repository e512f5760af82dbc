"""The JSON Schemas of the catalog: the single statement of shape, vocabulary and field meaning."""

import json
from functools import cache
from typing import Any

from dok_guide.source import controls_dir


@cache
def schema(name: str) -> dict[str, Any]:
    """Return the schema `<name>.schema.json`."""
    path = controls_dir() / "schemas" / f"{name}.schema.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
