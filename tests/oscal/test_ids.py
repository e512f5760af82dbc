"""Ids and UUIDs."""

from dataclasses import replace

import pytest

from dok_guide.model import Catalog
from dok_guide.oscal.document import metadata
from dok_guide.oscal.ids import document_uuid, entry_id, oscal_id, param_id, part_id, subject_uuid


def test_ids(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    assert oscal_id("AB-1") == "dok-ab-1"
    assert param_id(control, "wait") == "dok-ab-1_prm_wait"
    assert part_id(control, "smt", "producer", "a") == "dok-ab-1_smt.producer.a"


@pytest.mark.parametrize(
    ("paper", "oscal"), [("AC-6", "ac-6"), ("AC-6(10)", "ac-6.10"), ("SA-24", "sa-24")]
)
def test_ids_of_a_framework_with_an_oscal_catalog(catalog: Catalog, paper: str, oscal: str) -> None:
    framework = replace(catalog.framework("frame"), oscal="https://frame.example.org/catalog.json")
    assert entry_id(framework, paper) == oscal
    assert entry_id(catalog.framework("frame"), paper) == paper


def test_uuid_of_a_document_follows_its_content(catalog: Catalog) -> None:
    first = document_uuid(catalog, "catalog", {"a": 1, "b": [2]})
    assert first == document_uuid(catalog, "catalog", {"b": [2], "a": 1})
    assert first != document_uuid(catalog, "catalog", {"a": 1, "b": [3]})
    assert first != document_uuid(catalog, "profile", {"a": 1, "b": [2]})


def test_uuid_of_a_subject_never_changes(catalog: Catalog) -> None:
    """Written out: another algorithm would be another identity."""
    assert subject_uuid(catalog, "party", "publisher") == "1aa93fce-981b-5373-9cf7-803ca66313af"


def test_a_release_has_an_address_of_its_own(catalog: Catalog) -> None:
    assert catalog.home == "https://guide.example.org/"
    released = replace(catalog, version="2.0.0")
    assert released.home == "https://guide.example.org/v2.0.0/"
    links = {link["rel"]: link["href"] for link in metadata(released, "catalog.json", "T")["links"]}
    assert links == {
        "canonical": "https://guide.example.org/v2.0.0/oscal/catalog.json",
        "latest-version": "https://guide.example.org/oscal/catalog.json",
    }
