"""Ids and UUIDs in OSCAL: the same for the same thing, for ever."""

import hashlib
import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from dok_guide.model import Catalog, Control, Framework


def oscal_id(id_: str) -> str:
    """Return the OSCAL id of a control or category; ids of several catalogs meet in a profile."""
    return f"dok-{id_.lower()}"


def param_id(control: Control, parameter: str) -> str:
    """Return the id of a parameter."""
    return f"{oscal_id(control.id)}_prm_{parameter}"


def part_id(control: Control, kind: str, *below: str) -> str:
    """Return the id of a part, such as `dok-um-1_smt.producer.a`."""
    return ".".join([f"{oscal_id(control.id)}_{kind}", *below])


def entry_id(framework: Framework, target: str) -> str:
    """Return the id of an entry, in the form of the framework's OSCAL catalog if it has one.

    NIST writes `AC-6(10)` as `ac-6.10`.
    """
    if framework.oscal is None:
        return target
    return target.lower().replace("(", ".").removesuffix(")")


def plan_path(selection: str) -> str:
    """Return the file below `oscal/` with the assessment plan of a profile such as `level-1`."""
    return f"plans/{selection}.json"


def namespace(catalog: Catalog) -> str:
    """Return the namespace of all names of our own; a page documents it."""
    return f"{catalog.base_url}ns/oscal"


def subject_uuid(catalog: Catalog, *key: str) -> str:
    """Return the UUID of a thing, which is the same in every version of a document."""
    return str(uuid5(_root(catalog), ":".join(key)))


def document_uuid(catalog: Catalog, model: str, body: dict[str, Any]) -> str:
    """Return the UUID of a document, another one whenever anything in it changes.

    OSCAL's metaschema calls this change-on-write.
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return str(uuid5(_root(catalog), f"{model}:{hashlib.sha256(text.encode()).hexdigest()}"))


def _root(catalog: Catalog) -> UUID:
    return uuid5(NAMESPACE_URL, namespace(catalog))
