"""A review as OSCAL assessment results."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from oscal_bindings import OscalDocument
from oscal_facts import problems
from oscal_semantics import lists, nodes

from dok_guide.__main__ import main
from dok_guide.exporters.oscal import documents
from dok_guide.model import Catalog
from dok_guide.review.formats import as_json, as_oscal, read_review
from dok_guide.review.model import Answer, Review, blank
from dok_guide.source import CatalogError

EVIDENCE = "Role *x*\nhttps://git.example/a.yaml, line 3"


@pytest.fixture
def review(catalog: Catalog) -> Review:
    """A review with an answer of each kind; AB-10 is asked of the consumer alone."""
    answers = {
        ("AB-1", "producer"): {"status": "met", "evidence": EVIDENCE},
        ("AB-1", "consumer"): {"status": "partly met", "reason": "Migration", "owner": "Ada",
                               "due": "2027-02-28", "expires": "2027-03-31",
                               "note": "<b>half</b>"},
        ("CD-1", "consumer"): {"note": "no verdict yet"},
        ("AB-10", "consumer"): {"status": "not applicable", "reason": "No replicas"},
    }  # fmt: skip
    empty = blank(catalog)
    return replace(
        empty, subject="Product", subject_version="1.2", reviewer="Ada", date="2026-11-25",
        answers=tuple(replace(a, **answers.get(a.key, {})) for a in empty.answers),
        approver="Grace", started="2026-11-20", depth="deep",
        kept_apart=(Answer(control="ZZ-9", audience="producer", status="not met", note="apart"),),
    )  # fmt: skip


@pytest.fixture
def data(review: Review, catalog: Catalog) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_oscal.write(review, catalog))
    return found


def test_results_are_valid_and_sound(data: dict[str, Any], catalog: Catalog) -> None:
    OscalDocument.model_validate(data)
    assert problems(documents(catalog) | {"oscal/results.json": data}, catalog) == []


def test_verdicts(data: dict[str, Any], review: Review, catalog: Catalog) -> None:
    states = {f["target"]["target-id"]: f["target"]["status"] for f in lists(data, "findings")}
    assert states == {
        "dok-ab-1_obj.producer": {"state": "satisfied", "reason": "pass"},
        "dok-ab-1_obj.consumer": {"state": "not-satisfied", "reason": "partial"},
    }
    (selection,) = lists(data, "control-selections")
    excluded = [{"control-id": "dok-ab-10", "statement-ids": ["dok-ab-10_smt.consumer"]}]
    assert selection["exclude-controls"] == excluded
    assert selection["remarks"] == "- Not applicable: AB-10 (consumer), No replicas"
    assert "dok-cd-1" not in json.dumps(data)  # nobody has looked at it
    not_met = replace(review, answers=tuple(replace(a, status="not met") for a in review.answers))
    findings = [*lists(json.loads(as_oscal.write(not_met, catalog)), "findings")]
    assert {f["target"]["status"]["reason"] for f in findings} == {"fail"}
    assert len(findings) == len(review.answers)


def test_who_reviewed_is_a_party_and_who_made_the_guide_is_none(data: dict[str, Any]) -> None:
    head = data["assessment-results"]["metadata"]
    names = {party["uuid"]: (party["type"], party["name"]) for party in head["parties"]}
    roles = {
        entry["role-id"]: [names[uuid] for uuid in entry["party-uuids"]]
        for entry in head["responsible-parties"]
    }
    ada, grace = ("person", "Ada"), ("person", "Grace")
    assert roles == {"creator": [ada], "contact": [ada], "assessor": [ada], "approver": [grace]}


def test_findings_and_observations_come_from_the_reviewer(data: dict[str, Any]) -> None:
    (ada, _) = data["assessment-results"]["metadata"]["parties"]
    actor = {"type": "party", "actor-uuid": ada["uuid"], "role-id": "assessor"}
    entries = [*lists(data, "observations"), *lists(data, "findings")]
    assert len(entries) == 5
    assert all(entry["origins"] == [{"actors": [actor]}] for entry in entries)


def test_nobody_is_named_who_is_not_in_the_review(review: Review, catalog: Catalog) -> None:
    data = json.loads(as_oscal.write(replace(review, reviewer=None, approver=None), catalog))
    assert "parties" not in data["assessment-results"]["metadata"]
    assert catalog.publisher not in json.dumps(data)
    assert "origins" not in json.dumps(data)


@pytest.mark.parametrize(
    ("depth", "methods"),
    [("quick", ["EXAMINE"]), ("deep", ["EXAMINE", "TEST"]), (None, ["UNKNOWN"])],
)
def test_methods_are_those_of_the_depth(
    review: Review, catalog: Catalog, depth: str | None, methods: list[str]
) -> None:
    """Nobody knows what was done in a review that names no depth."""
    data = json.loads(as_oscal.write(replace(review, depth=depth), catalog))
    (first, *_) = lists(data, "observations")
    assert first["methods"] == methods


@pytest.mark.parametrize(
    ("scope", "plan"),
    [
        ({}, "level-2"),
        ({"level": 1}, "level-1"),
        ({"audience": "consumer"}, "consumer"),
        ({"level": 2, "audience": "producer"}, "level-2"),
    ],
)
def test_results_name_the_plan_of_their_scope(
    review: Review, catalog: Catalog, scope: dict[str, Any], plan: str
) -> None:
    data = json.loads(as_oscal.write(replace(review, **scope), catalog))
    href = data["assessment-results"]["import-ap"]["href"]
    assert href == f"{catalog.base_url}oscal/plans/{plan}.json"
    assert href.removeprefix(catalog.base_url) in documents(catalog)


def test_evidence_is_a_reference_by_line(data: dict[str, Any]) -> None:
    assert [*lists(data, "relevant-evidence")] == [
        {"description": "Role \\*x\\*"},
        {"href": "https://git.example/a.yaml", "description": "https://git.example/a.yaml, line 3"},
    ]


def test_items_due_dates_and_time(review: Review, catalog: Catalog) -> None:
    answers = tuple(
        replace(a, items=("b",), status="partly met") if a.key == ("AB-1", "producer") else a
        for a in review.answers
    )
    data = json.loads(as_oscal.write(replace(review, answers=answers), catalog))
    (result,) = data["assessment-results"]["results"]
    props = {p["name"]: p["value"] for p in result["findings"][0]["props"]}
    assert props == {"audience": "producer", "item": "b"}
    assert {p["name"]: p["value"] for p in result["findings"][1]["props"]} == {
        "audience": "consumer", "owner": "Ada", "due": "2027-02-28", "expires": "2027-03-31",
    }  # fmt: skip
    assert (result["start"][:10], result["end"][:10]) == ("2026-11-20", "2026-11-25")


def test_a_subject_of_two_lines_is_one_line(review: Review, catalog: Catalog) -> None:
    data = json.loads(as_oscal.write(replace(review, subject="Orders\nDB"), catalog))
    OscalDocument.model_validate(data)
    assert data["assessment-results"]["metadata"]["title"].startswith("Orders DB 1")


def test_nothing_that_somebody_wrote_is_lost(data: dict[str, Any]) -> None:
    text = json.dumps(data)
    for part in ("Role \\\\*x\\\\*", "line 3",
                 "Migration", "2027-03-31", "2027-02-28", "half", "ZZ-9",
                 "apart", "Ada", "Grace", "no verdict yet", "deep"):  # fmt: skip
        assert part in text
    assert "<b>" not in text.replace("\\\\<b>", "")


def test_same_product_version_and_day_have_the_same_uuids(review: Review, catalog: Catalog) -> None:
    def uuids(each: Review) -> list[str]:
        data = json.loads(as_oscal.write(each, catalog))["assessment-results"]
        return [value["uuid"] for _, value in nodes(data) if "uuid" in value]

    first, *parts = uuids(review)
    assert [first, *parts] == uuids(review)
    noted = replace(review.answers[0], note="More.")
    again, *same = uuids(replace(review, answers=(noted, *review.answers[1:])))
    assert again != first
    assert same == parts
    later = uuids(replace(review, date="2026-11-26"))
    assert set(later) & {first, *parts} == set(parts[:2])  # only the two persons


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": None}, "the review has no date"),
        ({"answers": ()}, "nothing has been reviewed"),
        ({"started": "2026-11-26"}, "started on 2026-11-26, after its date"),
    ],
)
def test_what_oscal_needs_is_said(
    review: Review, catalog: Catalog, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        as_oscal.write(replace(review, **change), catalog)


def test_command(
    review: Review, catalog: Catalog, tmp_path: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    controls = ["--controls", str(copy / "controls")]
    source, target = tmp_path / "review.json", tmp_path / "results.oscal.json"
    source.write_bytes(as_json.write(review, catalog))
    assert main([*controls, "review", "convert", str(source), str(target)]) == 3
    assert target.read_bytes() == as_oscal.write(review, catalog)
    assert main([*controls, "review", "report", str(source), "--format", "oscal"]) == 3
    assert capsys.readouterr().out.encode() == target.read_bytes()
    source.write_bytes(as_json.write(replace(review, date=None), catalog))
    assert main([*controls, "review", "convert", str(source), str(target), "--force"]) == 2
    assert f"{target}:1: the review has no date" in capsys.readouterr().err


def test_results_cannot_be_read(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "results.oscal.json"
    path.write_text("{}")
    with pytest.raises(CatalogError, match="only written"):
        read_review(path, catalog)
