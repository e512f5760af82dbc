"""The frame of an OSCAL document: metadata, sources at its end, and its UUID."""

from collections.abc import Iterable
from typing import Any

from dok_guide.model import Catalog, Framework, Reference
from dok_guide.oscal.ids import document_uuid, namespace, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop, prop

VERSION = "1.2.3"
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
        **publisher(catalog, *roles),
    }


def publisher(catalog: Catalog, *roles: str) -> dict[str, Any]:
    """Return who is responsible for a document, and the roles that it names besides."""
    return {
        "roles": [{"id": id_, "title": _ROLES[id_]} for id_ in ("creator", "contact", *roles)],
        "parties": [
            {"uuid": _party(catalog), "type": "organization", "name": catalog.publisher},
        ],
        "responsible-parties": [
            {"role-id": "creator", "party-uuids": [_party(catalog)]},
            {"role-id": "contact", "party-uuids": [_party(catalog)]},
        ],
    }


def people(catalog: Catalog, who: dict[str, str | None]) -> dict[str, Any]:
    """Return the persons who are responsible for a document, by their roles.

    The first is its creator and contact, too.
    """
    named = {role: name for role, name in who.items() if name}
    uuids = {name: subject_uuid(catalog, "party", "person", name) for name in named.values()}
    first = next(iter(named.values()))
    roles = {"creator": first, "contact": first, **named}
    return {
        "roles": [{"id": id_, "title": _ROLES[id_]} for id_ in roles],
        "parties": [
            {"uuid": uuid, "type": "person", "name": " ".join(name.split())}
            for name, uuid in uuids.items()
        ],
        "responsible-parties": [
            {"role-id": role, "party-uuids": [uuids[name]]} for role, name in roles.items()
        ],
    }


def creators(catalog: Catalog) -> list[dict[str, Any]]:
    """Return the publisher as the one who did something."""
    return [{"role-id": "creator", "party-uuids": [_party(catalog)]}]


def _party(catalog: Catalog) -> str:
    return subject_uuid(catalog, "party", "publisher")


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
