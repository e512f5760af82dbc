"""A component definition for the makers of an operator to fill in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dok_guide.exporters.oscal.profiles import Selection, selections
from dok_guide.model import Catalog, Control
from dok_guide.oscal.document import VERSION, document, metadata, moment, responsible
from dok_guide.oscal.ids import oscal_id, param_id, part_id, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop, prop

AUDIENCE = "producer"
_OURS = (
    "To look at. Makers of an operator get theirs with `dok-guide component`: it names them, and "
    "has UUIDs that no other product has."
)


@dataclass(frozen=True, kw_only=True)
class Product:
    """An operator as its makers name it; the names alone decide its UUIDs, for every release."""

    name: str = "NAME-OF-YOUR-OPERATOR"
    vendor: str = "NAME-OF-ITS-MAKERS"
    version: str = "0.0.0"

    def uuid(self, guide: Catalog, *key: str) -> str:
        """Return the UUID of something in its definition, unlike that of any other product."""
        return subject_uuid(guide, "component", quote(self.vendor), quote(self.name), *key)


def component_definition(guide: Catalog, selection: Selection) -> dict[str, Any]:
    """Return the published template, in which every requirement for producers waits."""
    title = f"{guide.title}: component definition to fill in"
    head = metadata(guide, "component-definition.json", title, "provider")
    return _definition(
        guide, selection, Product(), head | {"remarks": _OURS}, f"{selection.name}.json"
    )


def definition_of(guide: Catalog, product: Product, day: str) -> dict[str, Any]:
    """Return the template of a product, whose makers answer for it; the day is an ISO date."""
    (selection,) = (each for each in selections(guide) if each.name == AUDIENCE)
    vendor = {
        "uuid": subject_uuid(guide, "vendor", product.vendor),
        "type": "organization",
        "name": product.vendor,
    }
    head = {
        "title": f"{prose(product.name)}: component definition",
        "last-modified": moment(day),
        "version": product.version,
        "oscal-version": VERSION,
        **responsible({"creator": vendor, "provider": vendor}),
    }
    source = f"{guide.home}oscal/{selection.name}.json"
    return _definition(guide, selection, product, head, source)


def _definition(
    guide: Catalog, selection: Selection, product: Product, head: dict[str, Any], source: str
) -> dict[str, Any]:
    requirements = [_requirement(guide, product, entry) for entry in selection.controls]
    implementation = {
        "uuid": product.uuid(guide, "implementation"),
        "source": source,
        "description": f"How {prose(product.name)} meets what the guide asks of producers.",
        "implemented-requirements": requirements,
    }
    component = {
        "uuid": product.uuid(guide),
        "type": "software",
        "title": prose(product.name),
        "description": f"TODO: what {prose(product.name)} is.",
        "props": [prop("version", product.version)],
        "control-implementations": [implementation],
    }
    return document(guide, "component-definition", {"metadata": head, "components": [component]})


def _requirement(guide: Catalog, product: Product, entry: Control) -> dict[str, Any]:
    values = [
        {"param-id": param_id(entry, parameter.id), "values": [parameter.value]}
        for parameter in entry.parameters
    ]
    return {
        "uuid": product.uuid(guide, "requirement", entry.id),
        "control-id": oscal_id(entry.id),
        "description": "TODO: in one sentence, how far this is met.",
        "props": [own_prop(guide, "implementation-status", "planned")],
        **({"set-parameters": values} if values else {}),
        "responsible-roles": [{"role-id": "provider"}],
        "statements": [_answer(guide, product, entry)],
    }


def _answer(guide: Catalog, product: Product, entry: Control) -> dict[str, Any]:
    """Return the place of an answer: a part right below the statement, deeper ones get lost.

    Tools that write security plans show answers to such parts alone, so the items stand in it.
    """
    letters = [letter for letter, _ in entry.lettered(AUDIENCE)]
    todo = "TODO: how, and in which file, field or page of the documentation."
    return {
        "statement-id": part_id(entry, "smt", AUDIENCE),
        "uuid": product.uuid(guide, "answer", entry.id),
        "description": "\n".join(f"- ({letter}) {todo}" for letter in letters) or todo,
    }
