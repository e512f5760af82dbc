"""The model against its schemas, and what it computes."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from dok_guide import model
from dok_guide.model import AUDIENCES, Catalog, Control
from dok_guide.rules.schemas import schema

CLASSES = {
    "control": {
        "": model.Control,
        "by_audience": model.ByAudience,
        "by_audience_markdown": model.ByAudience,
        "parameter": model.Parameter,
        "verification": model.Verification,
        "example": model.Example,
        "check": model.Check,
        "resource_rule": model.ResourceRule,
        "match_condition": model.MatchCondition,
        "variable": model.Variable,
        "validation": model.Validation,
        "mapping": model.Mapping,
        "related": model.Related,
    },
    "threats": {"threat": model.Threat, "evidence": model.Evidence},
    "glossary": {"term": model.Term},
    "survey": {"": model.Survey, "operator": model.Surveyed, "fact": model.Fact},
    "references": {"reference": model.Reference},
    "catalog": {
        "level": model.Level,
        "category": model.Category,
        "framework": model.Framework,
        "placeholder": model.Placeholder,
    },
}
PAIRS = [(file, name, cls) for file, names in CLASSES.items() for name, cls in names.items()]


@pytest.mark.parametrize(("file", "name", "cls"), PAIRS)
def test_fields_are_the_properties_of_the_schema(file: str, name: str, cls: type) -> None:
    part = schema(file)["$defs"][name] if name else schema(file)
    assert [field.name.rstrip("_") for field in fields(cls)] == list(part["properties"])


@pytest.mark.parametrize("file", CLASSES)
def test_every_object_of_a_schema_has_a_class(file: str) -> None:
    defined = {name for name, part in schema(file)["$defs"].items() if "properties" in part}
    assert defined == set(CLASSES[file]) - {""}


def test_catalog_has_the_properties_of_its_schema_and_the_other_files() -> None:
    names = [field.name for field in fields(Catalog)]
    files = ["threats", "references", "glossary", "questions", "survey"]
    assert names == [
        *schema("catalog")["properties"],
        *files,
        "entries",
        "operators",
        "controls",
        "open",
    ]


def test_a_published_text_holds_values_and_a_literal_stays_as_it_is(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    assert "wait 30 days &" in (control.requirement.consumer or "")
    assert control.items[1] == "Wait 30 days."
    assert control.parameters[0].note == "More where 30 days is too short."
    assert control.rationale.endswith("1.10.")
    assert "{wait}" in (control.verification[0].run or "")
    assert control.verification[1].steps == "Ask for 30 days."
    assert "{'wait':1}" in control.checks[0].validations[0].expression


def test_parameters_are_open_only_for_who_asks(catalog: Catalog) -> None:
    control = catalog.with_open_parameters(catalog.control("AB-1"))
    assert control.items[1] == "Wait {wait}."
    assert control.parameters[0].note == "More where {wait} is too short."
    without = catalog.control("CD-1")
    assert catalog.with_open_parameters(without) is without


def test_a_name_without_a_value_stays() -> None:
    assert model.fill("{a} {b}", {"a": "1"}) == "1 {b}"


def test_words_that_the_schema_knows_are_those_of_the_model() -> None:
    control, parts = schema("control")["properties"], schema("control")["$defs"]
    check = parts["check"]["properties"]
    assert list(parts["by_audience"]["properties"]) == list(model.AUDIENCES)
    for field in (parts["verification"]["properties"]["for"], check["for"]):
        assert _resolved(field)["enum"] == list(model.AUDIENCES)
    assert control["level"]["enum"] == list(model.LEVELS)
    assert control["effort"]["enum"] == list(model.EFFORTS)
    assert parts["example"]["properties"]["verdict"]["enum"] == list(model.VERDICTS)
    assert check["target"]["enum"] == list(model.TARGETS)
    assert check["scope"]["enum"] == list(model.SCOPES)


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    return schema("control")["$defs"][name] if name else part


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The operator MUST do all of the following.", True),
        ("The operator MUST NOT do any of the\nfollowing.\n", True),
        ("Do all of the\n  following.  ", True),
        ("The following is no list.", False),
        ("Do all of the following. Then go.", False),
        ("Wait for those following.", False),
        ("Do the following", False),
        ("", False),
    ],
)
def test_a_requirement_points_at_its_items_however_it_is_wrapped(text: str, points: bool) -> None:
    assert model.points_at_items(text) is points


def test_fingerprint_changes_with_what_is_asked_and_only_then(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    mark = control.fingerprint("producer")
    assert re.fullmatch("[0-9a-f]{12}", mark)
    assert mark != control.fingerprint("consumer")
    assert mark == replace(control, rationale="Other.").fingerprint("producer")
    assert mark != replace(control, items=("Other.",)).fingerprint("producer")
    other = replace(control.requirement, producer="Other.")
    assert mark != replace(control, requirement=other).fingerprint("producer")


def test_items_have_letters(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    assert [letter for letter, _ in control.lettered("producer")] == ["a", "b"]
    assert control.lettered("consumer") == ()
    assert control.covers_of("producer") == ("a", "b")
    assert control.covers_of("consumer") == ("all",)


def test_there_is_a_letter_for_every_item() -> None:
    most = schema("control")["properties"]["items"]["maxItems"]
    assert len(set(model.LETTERS)) == len(model.LETTERS) == most


def test_pages_have_addresses_below_that_of_the_site(catalog: Catalog) -> None:
    for entry, path in (
        (catalog.control("AB-1"), "controls/AB-1/"),
        (catalog.category("AB"), "categories/AB/"),
        (catalog.threat("TH-01"), "threats/TH-01/"),
    ):
        assert catalog.page_of(entry) == catalog.base_url + path


def test_active_leaves_out_the_withdrawn(catalog: Catalog) -> None:
    assert [control.id for control in catalog.active] == ["AB-1", "AB-10", "CD-1"]
    assert [control.id for control in catalog.against("TH-01")] == ["AB-1"]


def test_audiences_are_those_of_the_requirement(catalog: Catalog) -> None:
    audiences = {control.id: control.audiences for control in catalog.controls}
    assert audiences["AB-1"] == ("producer", "consumer")
    assert audiences["AB-10"] == ("consumer",)


@pytest.mark.parametrize("kind", ["control", "category", "threat", "framework", "reference"])
def test_unknown_id(catalog: Catalog, kind: str) -> None:
    with pytest.raises(KeyError):
        getattr(catalog, kind)("none")


def test_what_the_catalog_holds_cannot_be_changed() -> None:
    classes = [each for each in vars(model).values() if is_dataclass(each)]
    assert len(classes) > 20
    assert [each.__name__ for each in classes if not each.__dataclass_params__.frozen] == []


def test_controls_are_frozen(catalog: Catalog) -> None:
    control: Control = catalog.control("AB-1")
    with pytest.raises(AttributeError):
        control.title = "Other"  # type: ignore[misc]


def test_mapped_and_unmapped_are_the_two_halves(catalog: Catalog) -> None:
    mapped = catalog.mapped("frame")
    assert [(id_, control.id) for id_, pairs in mapped.items() for control, _ in pairs] == [
        ("F-1", "AB-1"),
        ("F-2", "AB-1"),
    ]
    assert [control.id for control in catalog.unmapped("frame")] == ["AB-10", "CD-1"]
    assert catalog.without_control("frame") == ("F-10",)
    assert catalog.entry_title("frame", "F-1") == "First entry"
    assert catalog.entry_title("frame", "F-2") == ""


@pytest.mark.parametrize(("count", "shown"), [(100, 100), (101, 0)])
def test_more_without_control_than_a_person_reads_is_left_out(
    catalog: Catalog, count: int, shown: int
) -> None:
    entries = [model.Entry(framework="frame", id=f"X-{n}", title="") for n in range(count)]
    other = model.Entry(framework="other", id="Y-1", title="")
    spoiled = replace(catalog, entries=(*entries, other))
    assert len(spoiled.without_control("frame")) == shown
    assert spoiled.without_control("other") == ("Y-1",)


def test_entries_are_sorted_as_people_sort(guide: Catalog) -> None:
    ids = list(guide.mapped("nist-800-53"))
    assert ids.index("AC-6") < ids.index("AC-6(5)") < ids.index("AC-6(10)")


def test_citations(catalog: Catalog) -> None:
    assert catalog.citations("book") == [
        ("AB-1", "controls/AB-1.md"),
        ("TH-01", "threats/TH-01.md"),
    ]


def test_items_belong_to_the_audience_that_points_at_them(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    assert len(control.items_of("producer")) == 2
    assert control.items_of("consumer") == ()


def test_a_control_comes_after_those_that_it_needs(guide: Catalog) -> None:
    for audience in AUDIENCES:
        order = [control.id for control in guide.asking(audience, 3)]
        assert sorted(order) == sorted(c.id for c in guide.active if audience in c.audiences)
        for control in guide.asking(audience, 3):
            needed = [id_ for id_ in control.needs if id_ in order]
            assert all(order.index(id_) < order.index(control.id) for id_ in needed)


def test_those_to_start_with_are_first_unless_they_need_another(guide: Catalog) -> None:
    order = guide.asking("producer", 1)
    before = order[: max(index for index, control in enumerate(order) if control.first) + 1]
    needed = {id_ for control in before for id_ in control.needs}
    assert all(control.first or control.id in needed for control in before)
    assert {control.level for control in order} == {1}
