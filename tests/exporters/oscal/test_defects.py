"""The tests are tested: each seeded defect is caught, and by what it says it is caught by."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import oscal_facts
import oscal_semantics
import pytest
from oscal_bindings import OscalDocument
from oscal_facts import problems
from oscal_semantics import Files, body, controls, lists, sign
from pydantic import ValidationError

from dok_guide.exporters.oscal import documents
from dok_guide.model import Catalog
from dok_guide.review.formats import as_oscal
from dok_guide.review.model import blank

#: Caught by NIST's schema, as generated into the models of oscal-bindings.
SCHEMA = "bindings"

DEFECTS: dict[str, tuple[str, str, Callable[[dict[str, Any]], None]]] = {}


def defect(catcher: str, file: str = "catalog") -> Callable[..., Callable[..., None]]:
    """Register a defect of a file, and what catches it: the bindings, or a semantic check."""

    def register(spoil: Callable[[dict[str, Any]], None]) -> Callable[..., None]:
        DEFECTS[spoil.__name__] = (catcher, file, spoil)
        return spoil

    return register


def first(data: dict[str, Any]) -> dict[str, Any]:
    """Return the control AB-1."""
    return controls(data)["dok-ab-1"]


def part(data: dict[str, Any], id_: str) -> dict[str, Any]:
    (found,) = (each for each in lists(data, "parts") if each["id"] == id_)
    return found


@defect(SCHEMA)
def missing_uuid(data):
    del data["catalog"]["uuid"]


@defect("S16")
def uuid_of_version_1(data):
    data["catalog"]["back-matter"]["resources"][0]["uuid"] = "c2a7e5d0-8b14-1f69-a3c8-6e5d9f0b7142"


@defect(SCHEMA)
def unknown_key(data):
    first(data)["severity"] = "high"


@defect(SCHEMA)
def empty_list(data):
    first(data)["params"] = []


@defect(SCHEMA)
def date_without_zone(data):
    data["catalog"]["metadata"]["last-modified"] = "2020-02-29T00:00:00"


@defect(SCHEMA)
def id_begins_with_a_digit(data):
    first(data)["id"] = "1-dok"


@defect("S16")
def title_of_two_lines(data):
    first(data)["title"] = "First\nControl"


@defect("S16")
def blank_at_the_end_of_a_value(data):
    first(data)["props"][0]["value"] = "AB-1 "


@defect(SCHEMA)
def control_without_title(data):
    del first(data)["title"]


@defect(SCHEMA, "level-1")
def merged_in_two_ways(data):
    data["profile"]["merge"] = {"as-is": True, "flat": {}}


@defect(SCHEMA, "mapping")
def mapping_without_provenance(data):
    del data["mapping-collection"]["provenance"]


@defect(SCHEMA, "mapping")
def gap_that_is_no_token(data):
    mapping = data["mapping-collection"]["mappings"][0]
    mapping["source-gap-summary"]["unmapped-controls"][0]["with-ids"] = ["K06:2025"]


@defect(SCHEMA, "results")
def third_state(data):
    next(lists(data, "findings"))["target"]["status"]["state"] = "not-applicable"


@defect(SCHEMA, "results")
def selection_of_nothing(data):
    data["assessment-results"]["results"][0]["reviewed-controls"]["control-selections"] = []


@defect("S00")
def schema_key_at_the_top(data):
    data["$schema"] = "https://example.org/schema.json"


@defect("S01")
def duplicate_control_id(data):
    data["catalog"]["groups"][0]["controls"].append(deepcopy(first(data)))


@defect("S01")
def duplicate_part_id(data):
    part(data, "dok-ab-1_gdn")["id"] = "dok-ab-1_smt"


@defect("S01")
def duplicate_parameter_id(data):
    first(data)["params"].append(deepcopy(first(data)["params"][0]))


@defect("S02", "mapping")
def duplicate_uuid(data):
    maps = data["mapping-collection"]["mappings"][0]["maps"]
    maps[0]["uuid"] = maps[1]["uuid"]


@defect("S03")
def related_control_that_is_not_there(data):
    first(data)["links"].append({"href": "#dok-zz-9", "rel": "related"})


@defect("S03", "resolved/level-1")
def link_to_a_control_that_was_not_selected(data):
    first(data)["links"].append({"href": "#dok-cd-1", "rel": "related"})


@defect("S04")
def media_type_on_a_reference(data):
    (link,) = (x for x in first(data)["links"] if x.get("text", "").startswith("A book"))
    link["media-type"] = "text/html"


@defect("S05")
def reference_that_is_relative(data):
    first(data)["links"].append({"href": "book.html", "rel": "reference"})


@defect("S06")
def unknown_insert(data):
    part(data, "dok-ab-1_gdn")["prose"] += " {{ insert: param, dok-ab-1_prm_other }}"


@defect("S06")
def malformed_insert(data):
    part(data, "dok-ab-1_gdn")["prose"] += " {{ insert: param }}"


@defect("S06")
def unused_parameter(data):
    first(data)["params"].append({"id": "dok-ab-1_prm_new", "label": "new", "values": ["1"]})


@defect("S07")
def missing_statement(data):
    first(data)["parts"] = [x for x in first(data)["parts"] if x["name"] != "statement"]


@defect("S07")
def withdrawn_without_successor(data):
    control = controls(data)["dok-ab-2"]
    control["links"] = [link for link in control["links"] if link["rel"] != "moved-to"]


@defect("S08")
def own_prop_without_namespace(data):
    first(data)["props"].append({"name": "risk", "value": "high"})


@defect("S09")
def namespace_of_the_xml_schema(data):
    first(data)["props"][0]["ns"] = "http://csrc.nist.gov/ns/oscal/1.0"


@defect("S09")
def value_outside_the_vocabulary(data):
    (level,) = (x for x in first(data)["props"] if x["name"] == "level")
    level["value"] = "4"


@defect("S09", "component-definition")
def unknown_own_prop(data):
    (each, *_) = lists(data, "implemented-requirements")
    each["props"][0]["name"] = "state"


@defect("S10")
def own_part_without_namespace(data):
    del part(data, "dok-ab-1_impact")["ns"]


@defect("S10")
def item_below_guidance(data):
    part(data, "dok-ab-1_gdn")["parts"] = [{"id": "dok-x", "name": "item", "prose": "Stop."}]


@defect("S11")
def method_that_nist_does_not_have(data):
    (method,) = (x for x in part(data, "dok-ab-1_asm.1")["props"] if x["name"] == "method")
    method["value"] = "LOOK"


@defect("S11")
def objective_of_nothing(data):
    del part(data, "dok-ab-1_obj.producer.a")["links"]


@defect("S11")
def objective_without_text(data):
    del part(data, "dok-ab-1_obj.producer")["prose"]


@defect("S12")
def repeated_prop(data):
    first(data)["props"].append(deepcopy(first(data)["props"][0]))


@defect("S13", "producer")
def another_version_than_the_guide(data):
    data["profile"]["metadata"]["version"] = "9.9.9"


@defect("S14")
def content_changed_and_uuid_not(data):
    first(data)["title"] = "Changed"


@defect("S15")
def resource_of_version_5(data):
    text = json.dumps(data).replace("c2a7e5d0-8b14-4f69", "c2a7e5d0-8b14-5f69")
    data["catalog"] = json.loads(text)["catalog"]


@defect("S15")
def unused_resource(data):
    first(data)["links"] = [x for x in first(data)["links"] if not x["href"].startswith("#c2a7")]


@defect("S17")
def undeclared_role(data):
    data["catalog"]["metadata"]["responsible-parties"][0]["role-id"] = "owner"


@defect("S17")
def undeclared_party(data):
    data["catalog"]["metadata"]["parties"][0]["uuid"] = "7d9f3b1e-52c4-4a86-9e0d-000000000000"


@defect("S20", "level-2")
def catalog_that_is_not_there(data):
    data["profile"]["imports"][0]["href"] = "../catalog.json"


@defect("S21", "level-2")
def withdrawn_control_selected(data):
    data["profile"]["imports"][0]["include-controls"][0]["with-ids"].append("dok-ab-2")


@defect("S22", "level-2")
def parameter_without_value(data):
    data["profile"]["modify"]["set-parameters"].pop()


@defect("S23", "level-2")
def control_left_out(data):
    data["profile"]["imports"][0]["include-controls"][0]["with-ids"].pop()


@defect("S24", "resolved/level-2")
def control_lost_when_resolved(data):
    data["catalog"]["groups"].pop()


@defect("S25")
def another_value_than_the_file(data):
    first(data)["params"][0]["values"] = ["60 days"]


@defect("S30", "mapping")
def nobody_is_responsible(data):
    del data["mapping-collection"]["provenance"]["responsible-parties"]


@defect("S31", "mapping")
def mapping_of_a_withdrawn_control(data):
    next(lists(data, "sources"))["id-ref"] = "dok-ab-2"


@defect("S32", "mapping")
def mapping_to_nothing(data):
    next(lists(data, "targets"))["id-ref"] = "F-3"


@defect("S33", "mapping")
def unknown_relationship(data):
    next(lists(data, "maps"))["relationship"] = "similar-to"


@defect("S34", "mapping")
def unmapped_control_forgotten(data):
    mapping = data["mapping-collection"]["mappings"][0]
    mapping["source-gap-summary"]["unmapped-controls"][0]["with-ids"].pop()


@defect("S40", "component-definition")
def answer_to_an_unknown_control(data):
    next(lists(data, "implemented-requirements"))["control-id"] = "dok-zz-9"


@defect("S41", "component-definition")
def answer_to_an_unknown_statement(data):
    next(lists(data, "statements"))["statement-id"] = "dok-ab-1_smt.producer.z"


@defect("S50", "results")
def finding_without_its_observation(data):
    (finding, *_) = lists(data, "findings")
    finding["related-observations"][0]["observation-uuid"] = "7d9f3b1e-52c4-4a86-9e0d-000000000000"


@defect("S51", "results")
def finding_on_no_objective(data):
    next(lists(data, "findings"))["target"]["target-id"] = "dok-ab-1_obj"


# what a review with outside tools and seeded defects had found to be missed, and what is alike


def group(data: dict[str, Any], id_: str) -> dict[str, Any]:
    (found,) = (each for each in lists(data, "groups") if each["id"] == id_)
    return found


def prop(holder: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in holder["props"] if each["name"] == name)


@defect("S06")
def insert_without_kind(data):
    part(data, "dok-ab-1_gdn")["prose"] += " {{ insert: dok-ab-1_prm_wait }}"


@defect("S06")
def insert_without_the_word(data):
    part(data, "dok-ab-1_gdn")["prose"] += " {{ dok-ab-1_prm_wait }}"


@defect("S62")
def status_retired(data):
    prop(controls(data)["dok-ab-2"], "status")["value"] = "retired"


@defect("S62")
def active_control_withdrawn(data):
    first(data)["props"].append({"name": "status", "value": "withdrawn"})


@defect("S62")
def two_levels(data):
    first(data)["props"].append(prop(first(data), "level") | {"value": "2"})


@defect("S62")
def another_level(data):
    prop(first(data), "level")["value"] = "2"


@defect("S62")
def audience_lost(data):
    first(data)["props"].remove(prop(first(data), "audience"))


@defect("S62", "resolved/level-1")
def threat_lost(data):
    first(data)["props"].remove(prop(first(data), "threat"))


@defect("S62")
def another_title(data):
    first(data)["title"] = "Second Control"


@defect("S60")
def wrong_group(data):
    moved = group(data, "dok-cd")["controls"].pop()
    group(data, "dok-ab")["controls"].append(moved)


@defect("S60", "resolved/level-2")
def group_of_nobody(data):
    group(data, "dok-cd")["title"] = "Else"


@defect("S61")
def sort_id_of_a_control_twice(data):
    prop(controls(data)["dok-ab-10"], "sort-id")["value"] = prop(first(data), "sort-id")["value"]


@defect("S61")
def sort_id_of_a_group_twice(data):
    prop(group(data, "dok-cd"), "sort-id")["value"] = "01"


@defect("S61")
def controls_in_another_order(data):
    group(data, "dok-ab")["controls"].reverse()


@defect("S64")
def stale_hash_of_a_resource(data):
    (resource, *_) = lists(data, "resources")
    resource["rlinks"][0]["hashes"] = [{"algorithm": "SHA-256", "value": "0" * 64}]


@defect("S64")
def missing_file_of_a_resource(data):
    (resource, *_) = lists(data, "resources")
    resource["rlinks"][0]["href"] = "standards/frame.json"


@defect("S64", "resolved/level-1")
def address_of_a_resource_lost(data):
    (resource, *_) = lists(data, "resources")
    resource["rlinks"].append({"href": "https://example.org/else"})


@defect("S63")
def unknown_fragment(data):
    (link, *_) = (x for x in first(data)["links"] if "resource-fragment" in x)
    link["resource-fragment"] = "F-99"


@defect("S63")
def fragment_lost(data):
    (link, *_) = (x for x in first(data)["links"] if "resource-fragment" in x)
    del link["resource-fragment"]


@defect("S63", "resolved/level-1")
def link_to_a_reference_lost(data):
    links = first(data)["links"]
    links.remove(next(link for link in links if link["rel"] == "reference"))


@defect("S63")
def page_of_another_control(data):
    (link,) = (x for x in first(data)["links"] if x["rel"] == "canonical")
    link["href"] = link["href"].replace("AB-1", "AB-10")


@defect("S66")
def script_in_prose(data):
    part(data, "dok-ab-1_gdn")["prose"] += " <script>alert(1)</script>"


@defect("S66")
def address_that_runs(data):
    part(data, "dok-ab-1_remediation.producer")["prose"] += " [go](javascript:alert(1))"


@defect("S66", "results")
def image_in_a_description(data):
    next(lists(data, "observations"))["description"] = "<img src=x onerror=alert(1)>"


@defect("S65")
def another_requirement(data):
    part(data, "dok-ab-1_smt.producer")["prose"] = "The operator MUST do nothing."


@defect("S65")
def item_lost(data):
    part(data, "dok-ab-1_smt.producer")["parts"].pop()


@defect("S65")
def another_objective(data):
    part(data, "dok-ab-1_obj.producer.b")["prose"] = "Wait."


@defect("S65")
def example_lost(data):
    first(data)["parts"].remove(part(data, "dok-ab-1_exm.2"))


@defect("S65")
def method_lost(data):
    first(data)["parts"].remove(part(data, "dok-ab-1_asm.2"))


@defect("S67", "level-1")
def wrong_value_set(data):
    data["profile"]["modify"]["set-parameters"][0]["values"] = ["60 days"]


@defect("S67", "level-1")
def alter_of_an_unknown_control(data):
    data["profile"]["modify"]["alters"] = [{"control-id": "dok-zz-9"}]


@defect("S67", "level-1")
def controls_excluded(data):
    data["profile"]["imports"][0]["exclude-controls"] = [{"with-ids": ["dok-ab-1"]}]


@defect("S35", "mapping")
def missing_source_file(data):
    data["mapping-collection"]["mappings"][0]["source-resource"]["href"] = "controls.json"


@defect("S35", "mapping")
def mapping_lost(data):
    data["mapping-collection"]["mappings"][0]["maps"].pop()


@defect("S35", "mapping")
def another_relationship(data):
    next(lists(data, "maps"))["relationship"] = "intersects-with"


@defect("S35", "mapping")
def mapping_twice(data):
    maps = data["mapping-collection"]["mappings"][0]["maps"]
    maps.append(maps[0] | {"uuid": "7d9f3b1e-52c4-4a86-9e0d-000000000000"})


@defect("S36", "mapping")
def target_mapped_and_a_gap(data):
    mapping = data["mapping-collection"]["mappings"][0]
    gap = {"uuid": "7d9f3b1e-52c4-4a86-9e0d-000000000000", "unmapped-controls": []}
    mapping.setdefault("target-gap-summary", gap)["unmapped-controls"].append(
        {"with-ids": [mapping["maps"][0]["targets"][0]["id-ref"]]}
    )


def requirements(data: dict[str, Any]) -> list[dict[str, Any]]:
    (found,) = lists(data, "control-implementations")
    return found["implemented-requirements"]


@defect("S42", "component-definition")
def control_for_consumers_only(data):
    answers = requirements(data)
    answers.append(
        answers[0] | {"control-id": "dok-ab-10", "uuid": "7d9f3b1e-52c4-4a86-9e0d-000000000000"}
    )


@defect("S42", "component-definition")
def requirement_lost(data):
    requirements(data).pop()


@defect("S42", "component-definition")
def requirement_twice(data):
    requirements(data).append(requirements(data)[0])


@defect("S43", "component-definition")
def statement_of_a_consumer(data):
    next(lists(data, "statements"))["statement-id"] = "dok-ab-1_smt.consumer"


@defect("S43", "component-definition")
def answer_where_no_tool_shows_it(data):
    next(lists(data, "statements"))["statement-id"] = "dok-ab-1_smt.producer.a"


@defect("S44", "component-definition")
def parameter_set_twice(data):
    (each, *_) = lists(data, "set-parameters")
    requirements(data)[0]["set-parameters"].append(each)


@defect("S44", "component-definition")
def another_value_in_the_template(data):
    next(lists(data, "set-parameters"))["values"] = ["60 days"]


@defect("S70", "plans/producer")
def plan_for_a_consumer(data):
    (each, *_) = lists(data["assessment-plan"]["reviewed-controls"], "include-controls")
    each["statement-ids"].append("dok-ab-1_smt.consumer")


@defect("S70", "plans/level-2")
def plan_without_a_control(data):
    (selection,) = data["assessment-plan"]["reviewed-controls"]["control-selections"]
    selection["include-controls"].pop()


@defect("S71", "plans/level-1")
def activity_lost(data):
    data["assessment-plan"]["local-definitions"]["activities"].pop()


@defect("S71", "plans/level-1")
def activity_with_another_method(data):
    prop(next(lists(data, "activities")), "method")["value"] = "LOOK"


@defect("S52", "results")
def profile_instead_of_a_plan(data):
    plan = data["assessment-results"]["import-ap"]
    plan["href"] = plan["href"].replace("/plans/", "/")


def findings(data: dict[str, Any]) -> list[dict[str, Any]]:
    return data["assessment-results"]["results"][0]["findings"]


@defect("S58", "results")
def satisfied_although_not_met(data):
    prop(next(lists(data, "observations")), "verdict")["value"] = "not met"


@defect("S58", "results")
def reason_that_is_not_the_verdicts(data):
    findings(data)[0]["target"]["status"]["reason"] = "partial"


@defect("S55", "results")
def method_of_nobody(data):
    next(lists(data, "observations"))["methods"] = ["LOOK"]


@defect("S56", "results")
def opposite_findings(data):
    other = deepcopy(findings(data)[0])
    other["uuid"] = "7d9f3b1e-52c4-4a86-9e0d-000000000000"
    other["target"]["status"] = {"state": "not-satisfied", "reason": "fail"}
    findings(data).append(other)


@defect("S56", "results")
def verdict_without_a_finding(data):
    findings(data).pop()


@defect("S53", "results")
def end_before_start(data):
    data["assessment-results"]["results"][0]["end"] = "2020-02-28T00:00:00+00:00"


@defect("S53", "results")
def collected_before_the_start(data):
    next(lists(data, "observations"))["collected"] = "2020-02-28T00:00:00+00:00"


@defect("S59", "results")
def objective_of_another_control(data):
    findings(data)[0]["target"]["target-id"] = "dok-ab-10_obj.consumer"


@defect("S59", "results")
def objective_of_another_audience(data):
    findings(data)[0]["target"]["target-id"] = "dok-ab-1_obj.consumer"


@defect("S57", "results")
def finding_on_what_was_excluded(data):
    (selection,) = lists(data, "control-selections")
    selection["exclude-controls"] = selection["include-controls"][:1]


@defect("S57", "results")
def excluded_and_never_in_scope(data):
    (selection,) = lists(data, "control-selections")
    selection["exclude-controls"] = [selection["include-controls"].pop()]


@defect("S54", "results")
def origin_that_nobody_names(data):
    actor = {"type": "party", "actor-uuid": "7d9f3b1e-52c4-4a86-9e0d-000000000000"}
    next(lists(data, "observations"))["origins"] = [{"actors": [actor]}]


@defect("S18", "producer")
def newer_version_than_needed(data):
    data["profile"]["metadata"]["oscal-version"] = "1.2.3"


@defect("S18", "results")
def newer_version_of_results(data):
    data["assessment-results"]["metadata"]["oscal-version"] = "1.2.2"


@defect("S19", "mapping")
def address_of_another_file(data):
    (link,) = (
        x for x in data["mapping-collection"]["metadata"]["links"] if x["rel"] == "latest-version"
    )
    link["href"] = "https://guide.example.org/mapping.json"


@defect("S19", "component-definition")
def id_of_somebody_else(data):
    head = data["component-definition"]["metadata"]
    head["document-ids"][0]["scheme"] = "https://example.org"


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> Files:
    return everything(catalog)


def everything(catalog: Catalog) -> Files:
    """Return all that is made of the invented catalog, with the results of a review."""
    review = replace(blank(catalog), subject="Product", reviewer="Ada", date="2020-03-01")
    answers = tuple(replace(answer, status="met") for answer in review.answers)
    results = as_oscal.write(replace(review, answers=answers), catalog)
    return documents(catalog) | {"oscal/results.json": json.loads(results)}


def test_without_a_defect_nothing_is_found(files: Files, catalog: Catalog) -> None:
    assert problems(files, catalog) == []
    for data in files.values():
        OscalDocument.model_validate(data)


def test_a_release_is_sound_at_its_own_address(catalog: Catalog) -> None:
    released = replace(catalog, version="2.0.0")
    found = everything(released)
    assert problems(found, released) == []
    home = "https://guide.example.org/v2.0.0/"
    canonical = {
        name: link["href"]
        for name, data in found.items()
        for link in body(data)["metadata"].get("links", [])
        if link["rel"] == "canonical"
    }
    assert canonical == {name: home + name for name in found if name != "oscal/results.json"}
    results = body(found["oscal/results.json"])
    assert results["import-ap"]["href"] == f"{home}oscal/plans/level-2.json"


@pytest.mark.parametrize("name", DEFECTS)
def test_defect(name: str, files: Files, catalog: Catalog) -> None:
    catcher, file, spoil = DEFECTS[name]
    spoiled = deepcopy(files)
    data = spoiled[f"oscal/{file}.json"]
    spoil(data)
    if catcher == SCHEMA:
        with pytest.raises(ValidationError):
            OscalDocument.model_validate(data)
        return
    if catcher != "S14":  # whoever edits a file by mistake signs it, too
        sign(catalog, next(iter(data)), data)
        assert body(data)["uuid"]
    codes = {message[:3] for message in problems(spoiled, catalog)}
    assert catcher in codes, codes


def test_every_check_is_tested() -> None:
    """A check that no defect sets off may check nothing."""
    modules = (oscal_semantics, oscal_facts)
    text = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules)
    known = set(re.findall(r'"(S\d\d)[ "]', text))
    assert known == {catcher for catcher, _, _ in DEFECTS.values()} - {SCHEMA}
