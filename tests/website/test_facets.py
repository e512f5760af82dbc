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
    found = words(catalog, catalog.control("AB-1"))
    assert re.fullmatch(r"[\w ./:@-]+", found)
    assert {"waits", "installation", "30", "days", "values.x", "foremost"} <= set(found.split())
    assert len(found.split()) == len(set(found.split()))


def test_levels_include_those_below(guide: Catalog) -> None:
    (level,) = [facet for facet in facets(guide) if facet.name == "level"]
    for each in guide.levels:
        assert level.count(str(each.id), guide.active) == len(guide.up_to(each.id))


def test_a_path_stays_one_word(guide: Catalog) -> None:
    assert "pods/exec" in words(guide, guide.control("KSI-8")).split()
