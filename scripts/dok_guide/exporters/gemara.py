"""The active controls as Gemara (OpenSSF), by `controlcatalog.cue` of its version 1.4.1."""

from collections.abc import Iterator
from typing import Any

from dok_guide.data import to_bytes, to_data
from dok_guide.model import AUDIENCES, Catalog, Control
from dok_guide.oscal.document import moment

TITLE = "Gemara"
DESCRIPTION = "A control catalog for OpenSSF's tools, with requirements by audience and level."
MAIN = ("downloads/gemara-control-catalog.json",)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the control catalog."""
    data = {
        "title": catalog.title,
        "metadata": _metadata(catalog),
        "groups": to_data(catalog.categories),
        "controls": [_control(catalog, control) for control in catalog.active],
    }
    return {MAIN[0]: to_bytes(data)}


def _metadata(catalog: Catalog) -> dict[str, Any]:
    scopes = [(audience, level) for audience in AUDIENCES for level in catalog.levels]
    fields = ("id", "title", "version", "url")
    return {
        "id": "dok-guide",
        "type": "ControlCatalog",
        "gemara-version": "1.4.1",
        "version": catalog.version,
        "date": moment(catalog.published),
        "description": catalog.description,
        "author": {"id": "publisher", "name": catalog.publisher, "type": "Human"},
        "mapping-references": [{f: getattr(e, f) for f in fields} for e in catalog.frameworks],
        "applicability-groups": [
            {"id": f"{who}-{to.id}", "title": f"{who} {to.title}", "description": to.description}
            for who, to in scopes
        ],
    }


def _control(catalog: Catalog, control: Control) -> dict[str, Any]:
    targets = {each.id: _targets(control, each.id) for each in catalog.frameworks}
    guidelines = [{"reference-id": id_, "entries": e} for id_, e in targets.items() if e]
    return {
        "id": control.id,
        "title": control.title,
        "objective": control.rationale,
        "group": control.category,
        "assessment-requirements": [*_requirements(catalog, control)],
        **({"guidelines": guidelines} if guidelines else {}),
        "state": "Active",
    }


def _targets(control: Control, framework: str) -> list[dict[str, str]]:
    return [{"reference-id": m.target} for m in control.mappings if m.framework == framework]


def _requirements(catalog: Catalog, control: Control) -> Iterator[dict[str, Any]]:
    for audience, text in control.requirement.items():
        items = [f"({letter}) {item}" for letter, item in control.lettered(audience)]
        levels = [level.id for level in catalog.levels if level.id >= control.level]
        yield {
            "id": f"{control.id}.{audience}",
            "text": "\n".join([text, *items]),
            "applicability": [f"{audience}-{level}" for level in levels],
            "recommendation": getattr(control.remediation, audience),
            "state": "Active",
        }
