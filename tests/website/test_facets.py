"""By what the index of controls can be narrowed."""

import re

from dok_guide.model import Catalog
from dok_guide.website.facets import facets, words


def test_every_control_is_found_by_each_of_its_values(guide: Catalog) -> None:
    for facet in facets(guide):
        known = {value for value, _ in facet.options}
        assert known == {value for control in guide.active for value in facet.values(control)}


def test_options_that_no_control_has_are_left_out(catalog: Catalog) -> None:
    by_name = {facet.name: [value for value, _ in facet.options] for facet in facets(catalog)}
    assert by_name["framework"] == ["frame"]
    assert by_name["first"] == ["yes"]
    assert by_name["audience"] == ["producer", "consumer"]


def test_words_are_safe_in_an_attribute_and_hold_the_parameters(catalog: Catalog) -> None:
    found = words(catalog.control("AB-1"))
    assert re.fullmatch(r"[a-z0-9 -]+", found)
    assert {"first", "installation", "30", "days"} <= set(found.split())
    assert len(found.split()) == len(set(found.split()))
