"""A review that is read keeps everything that somebody wrote."""

from dataclasses import fields

import pytest

from dok_guide.model import Catalog
from dok_guide.review.model import (
    HEAD,
    STATUSES,
    Answer,
    Review,
    blank,
    counts,
    in_scope,
)
from dok_guide.review.taking import Row, take
from dok_guide.rules.schemas import schema


def row(**cells: object) -> Row:
    return Row("row 2", {"control": "CD-1", "audience": "consumer", **cells})


def test_fields_are_those_of_the_schema() -> None:
    known = schema("review")
    assert ["schema_version", *(field.name for field in fields(Review))] == list(
        known["properties"]
    )
    assert ["catalog", *HEAD, "answers", "kept_apart"] == [field.name for field in fields(Review)]
    answer = known["$defs"]["answer"]["properties"]
    assert [field.name for field in fields(Answer)] == list(answer)
    assert list(STATUSES) == answer["status"]["enum"]


def test_blank_has_every_requirement_and_knows_its_scope(guide: Catalog) -> None:
    every = [(c.id, audience) for c in guide.active for audience in c.audiences]
    assert [answer.key for answer in blank(guide).answers] == every
    narrow = blank(guide, level=1, audience="consumer")
    assert [answer.key for answer in narrow.answers] == every
    inside = in_scope(narrow, guide)
    assert {guide.control(a.control).level for a in inside} == {1}
    assert {a.audience for a in inside} == {"consumer"}
    assert counts(inside)["not reviewed"] == len(inside) < len(every)


def test_status_is_read_however_it_is_typed(catalog: Catalog) -> None:
    taken = take({}, [row(status=" Partly  MET ", items="a")], catalog)
    assert [a.status for a in taken.review.answers if a.control == "CD-1"] == ["partly met"]
    assert taken.problems == ()


@pytest.mark.parametrize(
    ("cells", "problem", "kept"),
    [
        ({"status": "Pass"}, 'status "Pass" is not one of', "Status was: Pass"),
        ({"status": "not met", "expires": "soon"}, '"soon" is not a date', "Expires was: soon"),
        ({"status": "not applicable"}, "not applicable needs a reason", ""),
    ],
)
def test_what_does_not_fit_moves_into_the_note(
    catalog: Catalog, cells: dict[str, object], problem: str, kept: str
) -> None:
    taken = take({}, [row(note="mine", **cells)], catalog)
    assert [p for p in taken.problems if p.startswith("row 2: ") and problem in p]
    (answer,) = [a for a in taken.review.answers if a.control == "CD-1"]
    assert answer.note == "\n".join(filter(None, ["mine", kept]))


def test_unknown_and_repeated_answers_are_kept_apart(catalog: Catalog) -> None:
    rows = [
        row(status="met"),
        row(status="not met", note="the second one"),
        row(control="ZZ-9", status="met", evidence="seen"),
        row(control="AB-2", audience="producer", status="met"),  # withdrawn
        row(control="ZZ-8"),  # nothing was written
    ]
    taken = take({}, rows, catalog)
    assert [(a.control, a.note, a.evidence) for a in taken.review.kept_apart] == [
        ("CD-1", "the second one", None),
        ("ZZ-9", None, "seen"),
        ("AB-2", None, None),
    ]
    assert "row 2: CD-1 (consumer) stands twice; kept apart" in taken.problems
    assert (
        "row 2: ZZ-9 (consumer) is not in this version of the guide; kept apart" in taken.problems
    )


def test_another_version_and_a_changed_requirement_are_said(catalog: Catalog) -> None:
    taken = take({"catalog": "1.0.0"}, [row(status="met", fingerprint="0" * 12)], catalog)
    assert taken.problems == (
        "row 2: CD-1 (consumer) was answered before it was changed",
        'made for version "1.0.0" of the guide, read with 2.0.0-dev',
    )
    (answer,) = [a for a in taken.review.answers if a.control == "CD-1"]
    assert answer.status == "met"
    assert answer.changed


def test_a_row_without_an_answer_asks_the_requirement_as_it_is(catalog: Catalog) -> None:
    old = row(fingerprint="0" * 12)
    taken = take({}, [old, row(status="met")], catalog)
    assert taken.problems == ()
    (answer,) = [a for a in taken.review.answers if a.control == "CD-1"]
    assert answer.status == "met"
    assert take({}, [old], catalog).review == blank(catalog)


def test_an_answer_without_fingerprint_is_taken_as_one_to_what_is_asked(catalog: Catalog) -> None:
    taken = take({}, [row(note="seen")], catalog)
    assert taken.problems == ()
    (answer,) = [a for a in taken.review.answers if a.control == "CD-1"]
    assert answer.fingerprint == catalog.control("CD-1").fingerprint("consumer")


@pytest.mark.parametrize("name", ["reason", "evidence", "note", "owner", "expires"])
def test_an_answer_with_anything_written_is_kept(catalog: Catalog, name: str) -> None:
    taken = take({}, [row(fingerprint="0" * 12, **{name: "2026-11-24"})], catalog)
    (answer,) = [a for a in taken.review.answers if a.control == "CD-1"]
    assert getattr(answer, name) == "2026-11-24"
    assert taken.problems == ("row 2: CD-1 (consumer) was answered before it was changed",)
    apart = take({}, [row(control="ZZ-9", **{name: "2026-11-24"})], catalog).review.kept_apart
    assert [getattr(a, name) for a in apart] == ["2026-11-24"]


def test_bad_head_is_left_out_and_said(catalog: Catalog) -> None:
    head = {"subject": "  db  ", "level": "all", "audience": "both", "date": "24.11.2026"}
    taken = take(head, [], catalog)
    assert (taken.review.subject, taken.review.level, taken.review.audience) == ("db", None, None)
    assert len(taken.problems) == 3
