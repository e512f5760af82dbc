"""The report of a review."""

import hashlib
import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dok_guide.__main__ import main
from dok_guide.exporters import catalog_json
from dok_guide.model import Catalog
from dok_guide.review.formats import as_json
from dok_guide.review.gate import open_points
from dok_guide.review.model import Answer, Review, blank
from dok_guide.review.report import Origin, report, to_html, to_markdown

ORIGIN = Origin("r.json", "a" * 64, "b" * 64)

DAY = date(2026, 11, 24)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))"


def review(catalog: Catalog, **answer: str) -> Review:
    """A review whose answer to CD-1, of level 2, is this one."""
    return replace(
        blank(catalog),
        subject=HOSTILE,
        answers=tuple(
            replace(a, **answer) if a.control == "CD-1" else a for a in blank(catalog).answers
        ),
    )


def open_at(review: Review, catalog: Catalog, level: int, day: date = DAY) -> list[str]:
    return [str(each) for each in open_points(review, catalog, day, level)]


def test_open_finding_has_its_remediation(catalog: Catalog) -> None:
    gap = review(catalog, status="not met", evidence="seen", due="2027-01-31")
    text = to_markdown(report(gap, catalog, DAY, ORIGIN), catalog)
    finding = text.partition("## Open findings")[2]
    assert "CD-1" in finding
    assert "Go on." in finding
    assert "- **Evidence CD-1 consumer 1**: seen" in finding
    assert "- **Due**: 2027" in finding
    assert "| **All in scope** | 3 | 0 | 0 | 1 | 0 | 4 |" in text
    assert "| Level 2 Some | 1 | 0 | 0 | 1 | 0 | 2 |" in text
    assert "| Gamma Delta | 0 | 0 | 0 | 1 | 0 | 1 |" in text


@pytest.mark.parametrize(
    ("expires", "place"), [("2026-11-24", "accepted"), ("2026-11-23", "findings")]
)
def test_accepted_gap_until_its_last_day(catalog: Catalog, expires: str, place: str) -> None:
    gap = review(catalog, status="partly met", expires=expires, reason="r", owner="o")
    found = report(gap, catalog, DAY, ORIGIN)
    assert [f.control.id for f in getattr(found, place)] == ["CD-1"]
    assert len(found.findings) + len(found.accepted) == 1
    text = to_markdown(found, catalog)
    assert ("its acceptance ended on" in text) == (place == "findings")
    assert ("Go on." in text) == (place == "findings")
    assert bool(open_at(gap, catalog, 2)) == (place == "findings")


def test_a_due_date_accepts_nothing(catalog: Catalog) -> None:
    gap = review(catalog, status="not met", due="2030-01-01", reason="r", owner="o")
    assert open_at(gap, catalog, 2) == ["CD-1 (consumer): not met"]


def test_fails_from_the_level_of_the_finding_on(catalog: Catalog) -> None:
    found = review(catalog, status="not met")
    assert open_at(found, catalog, 1) == ["nothing was reviewed"]
    assert open_at(found, catalog, 2) == ["CD-1 (consumer): not met"]


def test_what_was_not_reviewed_is_no_finding_and_is_counted(catalog: Catalog) -> None:
    found = report(blank(catalog), catalog, DAY, ORIGIN)
    assert found.findings == ()
    assert found.counts["not reviewed"] == len(blank(catalog).answers)


def test_what_is_outside_the_scope_is_shown_apart_and_not_counted(catalog: Catalog) -> None:
    narrow = replace(review(catalog, status="not met", note="outside"), level=1)
    found = report(narrow, catalog, DAY, ORIGIN)
    assert found.findings == ()
    assert sum(found.counts.values()) == 2
    assert "outside" in to_markdown(found, catalog).partition("## Outside the scope")[2]


def test_items_that_are_not_met_are_named_by_their_letters(catalog: Catalog) -> None:
    answers = tuple(
        replace(a, status="partly met", items=("b",)) if a.key == ("AB-1", "producer") else a
        for a in blank(catalog).answers
    )
    text = to_markdown(
        report(replace(blank(catalog), answers=answers), catalog, DAY, ORIGIN), catalog
    )
    assert '- a) Keep `"{{ .Values.x }}"` as it is.\n' in text
    assert "- b) Wait 30 days. **Not met.**\n" in text


def test_every_answer_that_somebody_gave_is_in_the_report(catalog: Catalog) -> None:
    texts = ("line one\nline two", "no verdict", "fine", "reason")
    changes = (
        {"status": "not met", "note": texts[0]},
        {"evidence": texts[1]},
        {"status": "met", "evidence": texts[2]},
        {"status": "not applicable", "reason": texts[3]},
    )
    answers = tuple(replace(a, **c) for a, c in zip(blank(catalog).answers, changes, strict=True))
    found = report(replace(blank(catalog), answers=answers), catalog, DAY, ORIGIN)
    page = to_html(found, catalog)
    assert re.search(r"line one<br ?/?>\s*line two", page)
    for text in texts[1:]:
        assert text in page
    assert "something is written, but no verdict" in page


def test_a_report_can_be_signed(catalog: Catalog) -> None:
    made = replace(
        review(catalog, status="met", evidence=f"scan.json sha256:{'c' * 64}"),
        subject="Orders", subject_version="1.10", level=2, audience="consumer", depth="deep",
        reviewer="Ada", approver="Grace", started="2026-11-20", date="2026-11-24",
        approved="2026-11-26",
    )  # fmt: skip
    text = to_markdown(report(made, catalog, DAY, ORIGIN), catalog)
    shown = " ".join(html.unescape(text).split())
    for part in ("Orders", "1.10", "levels 1 to 2", "consumer", "deep", "2026-11-20",
                 "| Assessor | Ada | 2026-11-24 | |", "| Approver | Grace | 2026-11-26 | |",
                 "a" * 64, "b" * 64, f"| `{'c' * 64}` |", "version 2.0.0-dev"):  # fmt: skip
        assert part in shown, part


def test_nothing_of_a_review_runs_in_the_html(catalog: Catalog) -> None:
    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    found: list[tuple[str, dict[str, str | None]]] = []
    spoiled = review(catalog, status="not met", note=HOSTILE, owner=HOSTILE)
    apart = (Answer(control=HOSTILE, audience="x", status="met", note=HOSTILE),)
    page = to_html(report(replace(spoiled, kept_apart=apart), catalog, DAY, ORIGIN), catalog)
    Elements().feed(page)
    assert not {"script", "img"} & {tag for tag, _ in found}
    links = [attrs["href"] for tag, attrs in found if tag == "a"]
    assert links
    assert all(link.startswith(catalog.base_url) for link in links)
    assert page.count("&lt;script&gt;alert(1)") >= 5


def test_command_fails_as_asked(
    copy: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    gap = review(catalog, status="not met", expires="2026-11-24", reason="r", owner="o")
    Path("r.json").write_bytes(as_json.write(gap, catalog))
    command = ["review", "report", "r.json"]
    assert main([*command, "--fail-on", "2", "--date", "2026-11-24"]) == 0
    assert main([*command, "--fail-on", "2", "--date", "2026-11-25"]) == 1
    said = capsys.readouterr()
    assert "its acceptance ended on 2026-11-24" in said.out
    assert "CD-1 (consumer): not met; its acceptance ended on 2026-11-24" in said.err
    assert main([*command, "--date", "2026-11-24", "--require-reviewed"]) == 1
    assert "AB-1 (producer): not reviewed" in capsys.readouterr().err
    assert main([*command, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_report_names_the_files_that_it_was_made_from(
    copy: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    Path("r.json").write_bytes(as_json.write(review(catalog, status="met"), catalog))
    main(["review", "report", "r.json"])
    text = capsys.readouterr().out
    for data in (Path("r.json").read_bytes(), catalog_json.render(catalog)["controls.json"]):
        assert hashlib.sha256(data).hexdigest() in text


def test_a_gate_wider_than_the_scope_is_said(
    copy: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    answers = tuple(replace(a, status="met") for a in blank(catalog).answers)
    narrow = replace(blank(catalog), answers=answers, level=1)
    Path("r.json").write_bytes(as_json.write(narrow, catalog))
    assert main(["review", "report", "r.json", "--fail-on", "1"]) == 0
    capsys.readouterr()
    assert main(["review", "report", "r.json", "--fail-on", "2"]) == 3
    assert "covers levels up to 1; --fail-on 2 asks for more" in capsys.readouterr().err


def test_an_error_is_not_in_the_report(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    Path("r.json").write_text("{")
    assert main(["review", "report", "r.json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("dok-guide: r.json:1: cannot be read as JSON")
