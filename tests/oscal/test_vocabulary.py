"""The names of our own."""

import json

import pytest

from dok_guide.exporters.oscal import render
from dok_guide.model import Catalog
from dok_guide.oscal.vocabulary import VOCABULARY, own_part, own_prop


def test_no_name_stands_twice() -> None:
    assert len({(word.kind, word.name) for word in VOCABULARY}) == len(VOCABULARY)


def test_what_is_not_documented_is_refused(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        own_prop(catalog, "severity", "high")
    with pytest.raises(ValueError, match="level: '4' is not one of 1, 2, 3"):
        own_prop(catalog, "level", "4")
    with pytest.raises(KeyError):
        own_part(catalog, "notes", "dok-ab-1_x")


def test_every_name_is_used(guide: Catalog, catalog: Catalog) -> None:
    """What only a review writes is in its own test."""
    used = json.dumps([[d.decode() for d in render(each).values()] for each in (guide, catalog)])
    unused = {word.name for word in VOCABULARY if f'name\\": \\"{word.name}\\"' not in used}
    assert unused == {"owner", "due", "expires"}
