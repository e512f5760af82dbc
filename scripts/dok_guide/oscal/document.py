"""The frame of an OSCAL document: metadata, sources at its end, and its UUID."""

from collections.abc import Iterable
from typing import Any

from dok_guide.model import Catalog, Framework, Reference
from dok_guide.oscal.ids import document_uuid, namespace, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop, prop

#: The lowest version that has what the documents use: fragments of resources came with 1.1.0.
VERSION = "1.1.0"
#: Mappings came with 1.2.0, for which the tools in Go have no schema.
MAPPING_VERSION = "1.2.1"
_ROLES = {
    "creator": "Document creator",
    "contact": "Contact",
    "provider": "Maker of the operator",
    "assessor": "Reviewer",
    "approver": "Approver",
}


def document(catalog: Catalog, model: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return a document of a model, with the UUID that its content gives it."""
    return {model: {"uuid": document_uuid(catalog, model, body), **body}}


def metadata(catalog: Catalog, name: str, title: str, *roles: str) -> dict[str, Any]:
    """Return the metadata of the published file `oscal/<name>`."""
    path = f"oscal/{name}"
    return {
        "title": title,
        "published": moment(catalog.published),
        "last-modified": moment(catalog.published),
        "version": catalog.version,
        "oscal-version": VERSION,
        # the UUID changes with the content, this name doesn't
        "document-ids": [{"scheme": namespace(catalog), "identifier": path}],
        "props": [own_prop(catalog, "license", catalog.license)],
        "links": [
            {"href": catalog.home + path, "rel": "canonical"},
            {"href": catalog.base_url + path, "rel": "latest-version"},
        ],
        **responsible({"creator": publisher(catalog), "contact": publisher(catalog)}, *roles),
    }


def responsible(parties: dict[str, dict[str, Any]], *roles: str) -> dict[str, Any]:
    """Return who has which role in a document, and the roles that it names besides."""
    unique = {party["uuid"]: party for party in parties.values()}
    return {
        "roles": [{"id": id_, "title": _ROLES[id_]} for id_ in (*parties, *roles)],
        "parties": [*unique.values()],
        "responsible-parties": [acting(id_, party) for id_, party in parties.items()],
    }


def acting(role: str, party: dict[str, Any]) -> dict[str, Any]:
    """Return a party in its role."""
    return {"role-id": role, "party-uuids": [party["uuid"]]}


def publisher(catalog: Catalog) -> dict[str, Any]:
    """Return who publishes the guide."""
    uuid = subject_uuid(catalog, "party", "publisher")
    return {"uuid": uuid, "type": "organization", "name": catalog.publisher}


def person(catalog: Catalog, name: str) -> dict[str, Any]:
    """Return a person, whose name is one line."""
    uuid = subject_uuid(catalog, "party", "person", name)
    return {"uuid": uuid, "type": "person", "name": " ".join(name.split())}


def moment(day: str) -> str:
    """Return a day as a date and time with its zone, as OSCAL wants it."""
    return f"{day}T00:00:00+00:00"


def back_matter(entries: Iterable[Reference | Framework]) -> dict[str, Any]:
    """Return the sources that a document links to; nothing if there are none."""
    resources = [_resource(entry) for entry in entries]
    return {"back-matter": {"resources": resources}} if resources else {}


def _resource(entry: Reference | Framework) -> dict[str, Any]:
    """Return a source; its UUID is of version 4, trestle 5.2 drops any other when it resolves."""
    if isinstance(entry, Framework):
        citation = f"{entry.title}, {entry.version}. {entry.url}"
        more = {"props": [prop("type", "standard")]}
        # some viewers take the first link only
        rlinks = [_oscal_link(entry.oscal)] if entry.oscal else []
    else:
        citation = f"{entry.publisher}: {entry.title}. {entry.url} (read {entry.read})"
        more, rlinks = {}, []
    rlinks.append({"href": entry.url})
    head = {"uuid": entry.uuid, "title": prose(entry.title), **more}
    return head | {"citation": {"text": prose(citation)}, "rlinks": rlinks}


def _oscal_link(url: str) -> dict[str, Any]:
    return {"href": url, "media-type": "application/oscal.catalog+json"}
