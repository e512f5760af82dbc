"""Whether a definition accepts a custom resource: types, values, required and unknown fields.

The API server alone also evaluates the CEL rules of a definition, and a webhook may refuse more.
"""

from collections.abc import Iterator
from typing import Any

import jsonschema

from dok_guide.engine.definitions import Schema
from dok_guide.source import place_name


def refusals(schema: Schema, resource: dict[str, Any]) -> Iterator[str]:
    """Yield everything for which the definition refuses a resource, the path first."""
    spec = {key: value for key, value in resource.items() if key != "metadata"}
    for error in jsonschema.Draft202012Validator(_closed(schema, root=True)).iter_errors(spec):
        path = place_name(error.absolute_path)
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            unknown = ", ".join(key for key in error.instance if key not in known)
            yield f"{path or 'it'}: there is no field {unknown}"
        else:
            yield f"{path or 'it'}: {error.message[:200]}"


def _closed(schema: Schema, *, root: bool = False) -> Schema:
    """Return a schema that refuses the fields that it does not know, as JSON Schema has it."""
    found = {k: v for k, v in schema.items() if not k.startswith("x-") and k != "format"}
    properties = dict(schema.get("properties", {}))
    if root or schema.get("x-kubernetes-embedded-resource"):
        properties.pop("metadata", None)
        properties |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}
    if root:
        found["required"] = [name for name in schema.get("required", []) if name != "metadata"]
    if schema.get("x-kubernetes-embedded-resource"):
        properties["metadata"] = {"type": "object"}
    if properties:
        found["properties"] = {name: _closed(part) for name, part in properties.items()}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            found[key] = _closed(schema[key])
    _close(found, schema)
    return found


def _close(found: Schema, schema: Schema) -> None:
    """Refuse other fields, take a number or text, or null, where Kubernetes' extensions say so."""
    open_ = schema.get("x-kubernetes-preserve-unknown-fields")
    if "properties" in found and "additionalProperties" not in found and not open_:
        found["additionalProperties"] = False
    if schema.get("x-kubernetes-int-or-string"):
        found.pop("type", None)
        found.setdefault("anyOf", [{"type": "integer"}, {"type": "string"}])
    if found.pop("nullable", False) and "type" in found:
        found["type"] = [found["type"], "null"]
