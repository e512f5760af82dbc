"""A component definition for the makers of an operator to fill in."""

from typing import Any

from dok_guide.exporters.oscal.profiles import Selection
from dok_guide.model import Catalog, Control
from dok_guide.oscal.document import document, metadata
from dok_guide.oscal.ids import oscal_id, param_id, part_id, subject_uuid
from dok_guide.oscal.vocabulary import own_prop, prop

AUDIENCE = "producer"
_NAME = "NAME-OF-YOUR-OPERATOR"
_TODO = f"TODO: how {_NAME} does this, and in which file, field or page of its documentation."


def component_definition(guide: Catalog, selection: Selection) -> dict[str, Any]:
    """Return a template in which every requirement for producers waits for its answer."""
    requirements = [_requirement(guide, entry) for entry in selection.controls]
    implementation = {
        "uuid": subject_uuid(guide, "implementation"),
        "source": f"{selection.name}.json",
        "description": f"How {_NAME} meets what the guide asks of those who make operators.",
        "implemented-requirements": requirements,
    }
    title = f"{guide.title}: component definition to fill in"
    body = {
        "metadata": metadata(guide, "component-definition.json", title, "provider"),
        "components": [
            {
                "uuid": subject_uuid(guide, "component"),
                "type": "software",
                "title": _NAME,
                "description": f"TODO: what {_NAME} is.",
                "props": [prop("version", "0.0.0")],
                "control-implementations": [implementation],
            }
        ],
    }
    return document(guide, "component-definition", body)


def _requirement(guide: Catalog, entry: Control) -> dict[str, Any]:
    values = [
        {"param-id": param_id(entry, parameter.id), "values": [parameter.value]}
        for parameter in entry.parameters
    ]
    return {
        "uuid": subject_uuid(guide, "requirement", entry.id),
        "control-id": oscal_id(entry.id),
        "description": _TODO,
        "props": [own_prop(guide, "implementation-status", "planned")],
        **({"set-parameters": values} if values else {}),
        "responsible-roles": [{"role-id": "provider"}],
        "statements": [_answer(guide, id_) for id_ in _statements(entry)],
    }


def _statements(entry: Control) -> list[str]:
    """Return the ids of what is answered by itself: the items, or the requirement without any."""
    whole = part_id(entry, "smt", AUDIENCE)
    items = entry.lettered(AUDIENCE)
    return [part_id(entry, "smt", AUDIENCE, letter) for letter, _ in items] or [whole]


def _answer(guide: Catalog, statement: str) -> dict[str, Any]:
    uuid = subject_uuid(guide, "answer", statement)
    return {"statement-id": statement, "uuid": uuid, "description": _TODO}
