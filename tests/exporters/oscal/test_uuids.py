"""UUIDs: a document's changes with its content and only then, a subject's never."""

from dataclasses import replace

import pytest
from oscal_semantics import Files, body, nodes

from dok_guide.exporters.oscal import documents
from dok_guide.model import Catalog


def uuids(files: Files) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the UUID of each document, and of everything in it."""
    return (
        {name: body(data)["uuid"] for name, data in files.items()},
        {
            name: {value["uuid"] for _, value in nodes(body(data)) if "uuid" in value}
            - {body(data)["uuid"]}
            for name, data in files.items()
        },
    )


def edited(catalog: Catalog, **changes: object) -> Catalog:
    """Return the catalog with another control AB-1."""
    controls, opened = (
        tuple(replace(c, **changes) if c.id == "AB-1" else c for c in each)  # type: ignore[arg-type]
        for each in (catalog.controls, catalog.open)
    )
    return replace(catalog, controls=controls, open=opened)


def test_two_builds_have_the_same(catalog: Catalog) -> None:
    assert documents(catalog) == documents(catalog)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rationale": "Another."}, {"catalog", *(f"resolved/{n}" for n in (
            "level-1", "level-2", "producer", "consumer"))}),
        ({"since": "1.0.0"}, set()),
        ({"level": 2}, {"catalog", "level-1", "plans/level-1", *(f"resolved/{n}" for n in (
            "level-1", "level-2", "producer", "consumer"))}),
    ],
    ids=["a word", "nothing", "the level"],
)  # fmt: skip
def test_an_edit_changes_just_the_documents_that_it_touches(
    catalog: Catalog, changes: dict[str, object], expected: set[str]
) -> None:
    before, subjects = uuids(documents(edited(catalog)))
    after, same = uuids(documents(edited(catalog, **changes)))
    gone = set(before) - set(after)
    changed = {name for name in after if before[name] != after[name]} | gone
    assert changed == {f"oscal/{name}.json" for name in expected}
    assert {name: subjects[name] for name in after} == same


def test_no_two_documents_share_one(guide: Catalog) -> None:
    found, _ = uuids(documents(guide))
    assert len(set(found.values())) == len(found)
