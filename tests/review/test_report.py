"""The report of a review."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dok_guide.__main__ import main
from dok_guide.model import Catalog
from dok_guide.review.formats import as_json
from dok_guide.review.model import Answer, Review, blank
from dok_guide.review.report import report, to_html, to_markdown

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


def test_open_finding_has_its_remediation(catalog: Catalog) -> None:
    found = report(review(catalog, status="not met", evidence="seen"), catalog, DAY)
    text = to_markdown(found, catalog)
    assert "CD-1" in text.partition("## Open findings")[2]
    assert "Go on." in text
    assert "- Evidence: seen" in text
    assert "| Not met | 1 |" in text


@pytest.mark.parametrize(
    ("expires", "place"), [("2026-11-24", "accepted"), ("2026-11-23", "expired")]
)
def test_accepted_gap_until_its_last_day(catalog: Catalog, expires: str, place: str) -> None:
    found = report(review(catalog, status="partly met", expires=expires, reason="r"), catalog, DAY)
    assert [f.control.id for f in getattr(found, place)] == ["CD-1"]
    assert found.findings == ()
    assert found.fails(2) == (place == "expired")


def test_fails_from_the_level_of_the_finding_on(catalog: Catalog) -> None:
    found = report(review(catalog, status="not met"), catalog, DAY)
    assert not found.fails(1)
    assert found.fails(2)


def test_what_was_not_reviewed_is_no_finding_and_is_counted(catalog: Catalog) -> None:
    found = report(blank(catalog), catalog, DAY)
    assert found.findings == ()
    assert found.counts["not reviewed"] == len(blank(catalog).answers)


def test_nothing_of_a_review_runs_in_the_html(catalog: Catalog) -> None:
    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    found: list[tuple[str, dict[str, str | None]]] = []
    spoiled = review(catalog, status="not met", note=HOSTILE, owner=HOSTILE)
    apart = (Answer(control=HOSTILE, audience="x", status="met", note=HOSTILE),)
    page = to_html(report(replace(spoiled, kept_apart=apart), catalog, DAY), catalog)
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
    gap = review(catalog, status="not met", expires="2026-11-24", reason="r")
    Path("r.json").write_bytes(as_json.write(gap, catalog))
    assert main(["review", "report", "r.json", "--fail-on", "2", "--date", "2026-11-24"]) == 0
    assert main(["review", "report", "r.json", "--fail-on", "2", "--date", "2026-11-25"]) == 1
    assert main(["review", "report", "r.json", "--fail-on", "1", "--date", "2026-11-25"]) == 0
    assert "expired" in capsys.readouterr().out
    assert main(["review", "report", "r.json", "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
