"""Files, storage and other tabs of the checklist: each way in which answers could be lost."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from browser.filling import (
    OTHER,
    called,
    evidence,
    exported,
    head,
    importing,
    press,
    row,
    said,
    status,
    unfold,
)
from browser.serving import opened
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dok_guide.model import Catalog
from dok_guide.review.formats import as_csv, as_json, as_xlsx
from dok_guide.review.merging import merge
from dok_guide.rules.schemas import schema

pytestmark = pytest.mark.slow

SHORT = """() => { Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); }; }"""


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    for page in opened(context, "checklist/"):
        unfold(page)
        yield page


def entry(control: str, verdict: str, **fields: object) -> dict[str, object]:
    return {"control": control, "audience": "producer", "status": verdict, **fields}


def review(folder: Path, *answers: object, name: str = "given.json", **fields: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"answers": answers, **fields}), encoding="utf-8")
    return path


def test_export_goes_through_the_command_and_back(
    page: Page, guide: Catalog, tmp_path: Path
) -> None:
    status(page).select_option("partly met")
    row(page).get_by_role("checkbox").first.check()
    evidence(page).fill("=1+1\nsecond line")
    status(page, "KSI-5, consumer").select_option("not met")
    row(page, "KSI-5, consumer").locator(".dok-fill summary").click()
    called(page, "Due for KSI-5, consumer").fill("2027-01-31")
    head(page, "subject").fill("Orders")
    head(page, "level").select_option("2")
    data = exported(page)
    jsonschema.Draft202012Validator(schema("review")).validate(json.loads(data))
    taken = as_json.read(data, guide)
    assert taken.problems == ()
    assert as_json.write(taken.review, guide) == data
    through = as_xlsx.read(as_xlsx.write(taken.review, guide), guide).review
    assert through == taken.review
    path = tmp_path / "back.json"
    path.write_bytes(as_json.write(through, guide))
    importing(page, path)
    expect(said(page)).to_contain_text('Imported 2 answers as "Orders"')
    assert exported(page) == data


def test_csv_is_the_one_that_the_command_writes(page: Page, guide: Catalog) -> None:
    """Requirement, setting and quick check included, whatever the scope is."""
    head(page, "operator").select_option("cloudnative-pg")
    head(page, "level").select_option("1")
    status(page).select_option("met")
    evidence(page).fill("=HYPERLINK(1);=x")
    head(page, "level").select_option("")
    status(page, "OA-1, producer").select_option("not met")
    head(page, "level").select_option("1")
    head(page, "audience").select_option("consumer")
    head(page, "subject").fill("Bestellungen, Köln")
    data = exported(page, "Export CSV")
    taken = as_csv.read(data, guide)
    assert taken.problems == ()
    assert [answer.status for answer in taken.review.answers if not answer.empty] == [
        "met",
        "not met",
    ]
    assert as_csv.write(taken.review, guide) == data


SAVED = {
    "Köln": (";", "cp1252"),
    "Nice": ("\t", "utf-16"),
    "York": (",", "utf-8"),
    "Graz": (";", "utf-8-sig"),
}


def test_csv_comes_back_as_people_save_it(page: Page, tmp_path: Path) -> None:
    evidence(page).fill("geprüft\nzweimal")
    lines = list(csv.reader(io.StringIO(exported(page, "Export CSV").decode("utf-8-sig"))))
    lines[1][lines[0].index("Status")] = "met"
    for name, (between, encoding) in SAVED.items():
        saved = io.StringIO()
        csv.writer(saved, delimiter=between, lineterminator="\r\n").writerows(lines)
        path = tmp_path / f"{name}.csv"
        path.write_bytes(saved.getvalue().encode(encoding, errors="replace"))
        importing(page, path)
        expect(said(page)).to_contain_text(f'Imported 1 answers as "{name}"')
        expect(status(page)).to_have_value("met")
        expect(evidence(page)).to_have_value("geprüft\nzweimal")


def test_import_never_overwrites_and_lists_what_did_not_fit(page: Page, tmp_path: Path) -> None:
    status(page).select_option("met")
    path = review(
        tmp_path,
        entry("UM-1", "Pass", evidence="<img src=x>"),
        entry("ZZ-9", "met", note="old"),
        "nonsense",
        name="Review.json",
        catalog="0.9",
        date="2026-02-30",
    )
    importing(page, path)
    for text in (
        'status "Pass" is not one of',
        "ZZ-9 (producer) is not in this version of the guide; kept apart",
        'made for version "0.9"',
        'date "2026-02-30" is not a date such as',
    ):
        expect(said(page)).to_contain_text(text)
    assert page.locator("img[src=x]").count() == 0
    expect(page.locator(".dok-review__apart")).to_contain_text("ZZ-9 (producer): met; note: old")
    kept = json.loads(exported(page))
    assert [each.get("note") for each in kept["kept_apart"]] == ["old", "nonsense"]
    head(page, "which").select_option("Review")
    expect(status(page)).to_have_value("met")


NO_REVIEWS = {
    b"": "is empty",
    b"[]": "holds no review",
    b'{"answers": 1}': "holds no review",
    b'{"schema_version": "9", "answers": []}': "is of version 9",
    b"PK\x03\x04 and more": "is a spreadsheet or another packed file; save it as CSV",
    b"%PDF-1.7": "is a PDF; run `dok-guide review convert`",
    b"a,b\n1,2\n": "the column Control, Audience, Status is missing",
}


def test_a_file_that_is_no_review_changes_nothing(page: Page, tmp_path: Path) -> None:
    status(page).select_option("met")
    for number, (content, why) in enumerate(NO_REVIEWS.items()):
        path = tmp_path / f"bad{number}.csv"
        path.write_bytes(content)
        importing(page, path)
        expect(said(page)).to_contain_text(f"The file bad{number}.csv {why}")
        expect(status(page)).to_have_value("met")
    expect(head(page, "which").locator("option")).to_have_count(1)


def test_too_many_answers_are_refused_at_once(page: Page, tmp_path: Path) -> None:
    importing(page, review(tmp_path, *(entry(f"ZZ-{n}", "met") for n in range(50_000))))
    expect(said(page)).to_contain_text("holds 50000 answers, more than 5000")


def test_merging_drops_nothing_and_shows_who_contradicts(page: Page, tmp_path: Path) -> None:
    status(page).select_option("met")
    head(page, "reviewer").fill("Ada")
    path = review(
        tmp_path, entry("UM-1", "not met", evidence="seen"), entry("UM-2", "met"), reviewer="Grace"
    )
    importing(page, path, "merge")
    expect(said(page)).to_contain_text("Merged: 1 answers added, 1 contradict each other.")
    expect(said(page)).to_contain_text("UM-1 (producer): met and not met")
    expect(head(page, "reviewer")).to_have_value("Ada, Grace")
    expect(status(page)).to_have_value("met")
    expect(status(page, OTHER)).to_have_value("met")
    apart = page.locator(".dok-review__apart")
    expect(apart).to_contain_text("UM-1 (producer): not met; evidence: seen")
    expect(page.locator(".dok-review__status")).to_contain_text("1 open finding.")
    apart.get_by_text("Take this answer").click()
    expect(status(page)).to_have_value("not met")
    expect(apart).to_be_hidden()


def test_the_browser_merges_as_the_command_does(page: Page, guide: Catalog, tmp_path: Path) -> None:
    mine = review(
        tmp_path,
        entry("UM-1", "met", evidence="a"),
        entry("UM-2", "met"),
        entry("ZZ-9", "met"),
        reviewer="Ada", level=1, depth="deep", date="2026-11-24", started="2026-11-02",
    )  # fmt: skip
    theirs = review(
        tmp_path,
        entry("UM-1", "met", note="b"),
        entry("UM-2", "not met"),
        entry("UM-3", "met"),
        entry("ZZ-9", "met"),
        name="theirs.json",
        reviewer="Grace", level=2, depth="quick", date="2026-11-20", started="2026-11-01",
        audience="producer", subject="Orders",
    )  # fmt: skip
    importing(page, mine)
    expect(said(page)).to_contain_text("Imported 2 answers")
    importing(page, theirs, "merge")
    expect(said(page)).to_contain_text("Merged: ")
    one, other = (as_json.read(path.read_bytes(), guide).review for path in (mine, theirs))
    assert exported(page) == as_json.write(merge(one, other).review, guide)


def test_a_full_storage_is_said_and_loses_nothing(page: Page) -> None:
    status(page).select_option("met")
    page.evaluate(SHORT)
    for about in (OTHER, "UM-3, producer", "UM-4, producer"):
        status(page, about).select_option("met")
    expect(page.locator(".dok-review__unsaved")).to_contain_text('Not saved: "Review".')
    assert len(json.loads(exported(page))["answers"]) == 4
    press(page, "New")
    expect(status(page)).to_have_value("not reviewed")
    head(page, "which").select_option("Review")
    expect(page.locator(".dok-review__unsaved")).to_contain_text("Not saved")
    assert len(json.loads(exported(page))["answers"]) == 4


def test_an_import_that_does_not_fit_is_not_called_imported(page: Page, tmp_path: Path) -> None:
    answers = [entry(f"ZZ-{n}", "met", note="x" * 30_000) for n in range(200)]
    importing(page, review(tmp_path, *answers))
    expect(said(page)).to_contain_text("Read, but not saved: 0 answers, 200 kept apart")
    expect(page.locator(".dok-review__unsaved")).to_contain_text('Not saved: "given"')
    assert len(json.loads(exported(page))["kept_apart"]) == 200


def test_a_blocked_storage_is_said_and_everything_works(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = context.new_page()
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() {
          throw new DOMException("Access is denied for this document.", "SecurityError"); } })"""
    )
    page.goto("checklist/")
    unfold(page)
    expect(page.locator(".dok-review__unsaved")).to_contain_text("This browser stores nothing")
    status(page).select_option("met")
    press(page, "Undo")
    expect(status(page)).to_have_value("not reviewed")
    importing(page, review(tmp_path, entry("UM-1", "not met")))
    expect(said(page)).to_contain_text("Imported 1 answers")
    press(page, "New")
    expect(status(page)).to_have_value("not reviewed")
    head(page, "which").select_option("given")
    expect(status(page)).to_have_value("not met")


def test_two_tabs_on_the_same_review(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto("checklist/")
    unfold(other)
    status(page).select_option("met")
    expect(status(other)).to_have_value("met")
    status(other, OTHER).select_option("not met")
    evidence(page).fill("from the first tab")
    expect(evidence(other)).to_have_value("from the first tab")
    page.reload()
    expect(status(page, OTHER)).to_have_value("not met")
    expect(evidence(page)).to_have_value("from the first tab")


def test_undo_leaves_a_newer_answer_of_another_tab(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto("checklist/")
    unfold(other)
    status(page).select_option("met")
    expect(status(other)).to_have_value("met")
    status(other).select_option("not met")
    expect(status(page)).to_have_value("not met")
    press(page, "Undo")
    expect(said(page)).to_contain_text("UM-1 was answered anew in another tab")
    expect(status(page)).to_have_value("not met")


def test_a_download_has_the_name_of_the_review(page: Page) -> None:
    page.once("dialog", lambda dialog: dialog.accept("注文データベース"))
    press(page, "Rename")
    with page.expect_download() as download:
        press(page, "Export JSON")
    assert download.value.suggested_filename == "注文データベース.json"


def test_a_text_that_is_too_long_is_said_and_not_cut(page: Page) -> None:
    evidence(page).fill("x" * 32_001)
    expect(row(page)).to_contain_text("32001 characters, more than 32000; shorten it")
    press(page, "Export CSV")
    expect(said(page)).to_contain_text("Not exported: evidence of UM-1 (producer)")
    evidence(page).fill("x" * 32_000)
    assert b"x" * 32_000 in exported(page, "Export CSV")


def test_a_dropped_file_is_imported_and_a_dropped_text_stays(page: Page) -> None:
    drop = """([kind, text]) => {
      const dropped = new DataTransfer();
      if (kind === "file") dropped.items.add(new File([text], "Dropped.json"));
      else dropped.setData("text/plain", text);
      const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
      return document.querySelector("textarea").dispatchEvent(new DragEvent("drop", options));
    }"""
    answers = json.dumps({"answers": [entry("UM-1", "met")]})
    assert page.evaluate(drop, ["text", "some text"]) is True
    assert page.evaluate(drop, ["file", answers]) is False
    expect(head(page, "which")).to_have_value("Dropped")
    expect(status(page)).to_have_value("met")
