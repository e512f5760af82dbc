"""The JSON Schemas of the control files and of the published JSON."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from dok_guide.data import to_bytes
from dok_guide.model import Catalog
from dok_guide.source import controls_dir

TITLE = "JSON Schemas"
DESCRIPTION = (
    "The shape of `controls.json` and `operators.json`, of the YAML files of a control and of an "
    "operator, of a review, and of what `assess` prints and accepts."
)
MAIN = (
    "schemas/controls-1.json",
    "schemas/control-1.json",
    "schemas/operators-1.json",
    "schemas/operator-1.json",
    "schemas/settings-1.json",
    "schemas/review-1.json",
    "schemas/assessment-1.json",
    "schemas/exceptions-1.json",
    "schemas/reach-1.json",
    "schemas/upgrade-1.json",
)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return each schema under the last part of its `$id`, complete in itself."""
    del catalog  # the schemas are the same for every catalog
    schemas = [bundled(path.name) for path in sorted(_folder().glob("*.schema.json"))]
    return {f"schemas/{s['$id'].rpartition('/')[2]}": to_bytes(s) for s in schemas}


def bundled(name: str) -> dict[str, Any]:
    """Return a schema in which every `$ref` to another file is replaced by what it refers to.

    Properties beside such a `$ref` are added to those of the schema that it names.
    """
    definitions: dict[str, Any] = {}
    schema: dict[str, Any] = _inline(deepcopy(_read(name)), definitions)
    if definitions:
        schema["$defs"] = schema.get("$defs", {}) | definitions
    return schema


def _inline(part: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(part, list):
        return [_inline(item, definitions) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _inline(value, definitions) for key, value in part.items()}
    if ".schema.json" not in str(part.get("$ref", "")):
        return part
    file, _, pointer = part["$ref"].partition("#")
    whole = deepcopy(_read(file))
    shared = whole.pop("$defs", {})
    target = shared[pointer.rpartition("/")[2]] if pointer else whole
    for key, definition in shared.items():
        if definitions.setdefault(key, definition) != definition:
            raise ValueError(f"$defs/{key} of {file} differs from that of another schema")
    target = {key: value for key, value in target.items() if key not in ("$schema", "$id")}
    return target | {"properties": target["properties"] | part.get("properties", {})}


def _folder() -> Path:
    return controls_dir() / "schemas"


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_folder() / name).read_text(encoding="utf-8"))
    return data
