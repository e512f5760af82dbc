"""A control in OSCAL: props, links, parameters and parts."""

from collections.abc import Iterator
from typing import Any

from dok_guide.exporters.oscal.assessment import assessment
from dok_guide.exporters.oscal.checks import checks
from dok_guide.model import Catalog, Control, Parameter, fill
from dok_guide.oscal.ids import entry_id, oscal_id, param_id, part_id
from dok_guide.oscal.prose import prose, titled
from dok_guide.oscal.vocabulary import own_part, own_prop, prop
from dok_guide.texts import fence


def control(catalog: Catalog, entry: Control) -> dict[str, Any]:
    """Return a control; of a withdrawn one only what is needed to find its successor."""
    head = {"id": oscal_id(entry.id), "class": "control", "title": entry.title}
    if not entry.active:
        return head | {
            "props": [*_names(catalog, entry), prop("status", "withdrawn")],
            "links": [_page(catalog, entry), *_successors(entry)],
        }
    params = [_param(entry, parameter) for parameter in entry.parameters]
    texts = with_inserts(catalog, entry)
    return head | {
        **({"params": params} if params else {}),
        "props": [*_names(catalog, entry), *_own_props(catalog, entry)],
        "links": [_page(catalog, entry), *_links(catalog, entry)],
        "parts": [*_parts(catalog, texts)],
    }


def with_inserts(catalog: Catalog, entry: Control) -> Control:
    """Return a control in whose texts parameters stay parameters."""
    inserts = {
        each.id: f"{{{{ insert: param, {param_id(entry, each.id)} }}}}" for each in entry.parameters
    }
    return fill(catalog.with_open_parameters(entry), inserts)


def _names(catalog: Catalog, entry: Control) -> list[dict[str, Any]]:
    place = [category.id for category in catalog.categories].index(entry.category) + 1
    return [
        prop("label", entry.id),
        prop("sort-id", f"{place:02}-{entry.number:03}"),
        own_prop(catalog, "since", entry.since),
    ]


def _own_props(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    yield own_prop(catalog, "level", str(entry.level))
    yield from (own_prop(catalog, "audience", audience) for audience in entry.audiences)
    if entry.first:
        yield own_prop(catalog, "first", "yes")
    yield own_prop(catalog, "effort", entry.effort)
    for threat in entry.threats:
        yield own_prop(catalog, "threat", threat) | {"remarks": prose(catalog.threat(threat).title)}


def _page(catalog: Catalog, entry: Control) -> dict[str, Any]:
    return {"href": catalog.home + entry.path, "rel": "canonical", "media-type": "text/html"}


def _successors(entry: Control) -> Iterator[dict[str, Any]]:
    for id_ in entry.replaced_by:
        yield {"href": f"#{oscal_id(id_)}", "rel": "moved-to", "text": id_}


def _links(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    for id_ in entry.needs:
        yield {"href": f"#{oscal_id(id_)}", "rel": "required", "text": f"Do {id_} first."}
    for other in entry.related:
        yield {"href": f"#{oscal_id(other.control)}", "rel": "related", "text": prose(other.note)}
    for mapping in entry.mappings:
        framework = catalog.framework(mapping.framework)
        yield {
            "href": f"#{framework.uuid}",
            "rel": "reference",
            "resource-fragment": entry_id(framework, mapping.target),
            "text": f"{framework.title} {mapping.target}",
        }
    for id_ in entry.references:
        reference = catalog.reference(id_)
        yield {"href": f"#{reference.uuid}", "rel": "reference", "text": prose(reference.title)}


def _param(entry: Control, parameter: Parameter) -> dict[str, Any]:
    # a note speaks of the guide's own value, so it is the one that is filled in
    guidelines = [{"prose": prose(parameter.note)}] if parameter.note else []
    return {
        "id": param_id(entry, parameter.id),
        "label": prose(parameter.label),
        **({"guidelines": guidelines} if guidelines else {}),
        "values": [parameter.value],
    }


def _parts(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    yield {"id": part_id(entry, "ovw"), "name": "overview", "prose": prose(entry.summary)}
    yield _statement(catalog, entry)
    yield {
        "id": part_id(entry, "gdn"),
        "name": "guidance",
        "title": "Rationale",
        "prose": prose(entry.rationale),
    }
    for name in ("default", "impact"):
        text = prose(getattr(entry, name))
        yield own_part(catalog, name, part_id(entry, name), title=name.capitalize(), prose=text)
    for audience, text in entry.remediation.items():
        id_ = part_id(entry, "remediation", audience)
        props = [own_prop(catalog, "audience", audience)]
        title = f"Remediation, {audience}"
        yield own_part(
            catalog, "remediation", id_, title=title, props=props, prose=titled(title, text)
        )
    yield from _examples(catalog, entry)
    yield from assessment(catalog, entry)
    yield from checks(catalog, entry)


def _statement(catalog: Catalog, entry: Control) -> dict[str, Any]:
    """Return what is asked: an item for each audience, below it the items that it points at."""
    parts = [_asked(catalog, entry, audience, text) for audience, text in entry.requirement.items()]
    return {"id": part_id(entry, "smt"), "name": "statement", "parts": parts}


def _asked(catalog: Catalog, entry: Control, audience: str, text: str) -> dict[str, Any]:
    items = [
        {
            "id": part_id(entry, "smt", audience, letter),
            "name": "item",
            "props": [prop("label", f"({letter})")],
            "prose": prose(item),
        }
        for letter, item in entry.lettered(audience)
    ]
    return {
        "id": part_id(entry, "smt", audience),
        "name": "item",
        "props": [prop("label", audience.capitalize()), own_prop(catalog, "audience", audience)],
        "prose": prose(text),
        **({"parts": items} if items else {}),
    }


def _examples(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    for number, example in enumerate(entry.examples, 1):
        yield {
            "id": part_id(entry, "exm", str(number)),
            "name": "example",
            "class": "manifest",
            "title": prose(example.title),
            "props": [own_prop(catalog, "verdict", example.verdict)],
            "prose": titled(
                f"{example.verdict.capitalize()}: {example.title}", fence(example.manifest, "yaml")
            ),
        }
