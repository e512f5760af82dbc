"""The checklist as somebody fills it in, and each way in which answers could be lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dok_guide.model import Catalog
from dok_guide.review.formats import as_csv, as_json, as_xlsx
from dok_guide.review.model import requirements
from dok_guide.rules.schemas import schema

pytestmark = pytest.mark.slow


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("checklist/")
    yield page
    assert faults == []


def status(page: Page, about: str = "UM-1, producer"):
    return page.get_by_label(f"Status of {about}", exact=True)


def evidence(page: Page, about: str = "UM-1, producer"):
    return page.get_by_label(f"Evidence for {about}", exact=True)


def exported(page: Page, button: str = "Export JSON") -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_answers_survive_a_reload(page: Page) -> None:
    status(page).select_option("not met")
    evidence(page).fill("seen <b>there</b>")
    page.get_by_label("Subject").fill("Orders")
    page.reload()
    expect(status(page)).to_have_value("not met")
    expect(evidence(page)).to_have_value("seen <b>there</b>")
    expect(page.get_by_label("Subject")).to_have_value("Orders")


def test_progress_counts_what_is_in_scope(page: Page, guide: Catalog) -> None:
    status(page).select_option("met")
    page.locator("[name=level]").select_option("1")
    page.locator("[name=audience]").select_option("producer")
    count = len(list(requirements(guide, 1, "producer")))
    expect(page.locator(".dok-review__status")).to_contain_text(f"1 of {count} reviewed: 1 met")
    assert "level=1&audience=producer" in page.url
    page.reload()
    expect(page.locator(".dok-checklist tbody tr:visible")).to_have_count(count)


def test_not_applicable_asks_for_a_reason(page: Page) -> None:
    status(page).select_option("not applicable")
    reason = page.get_by_label("Reason for UM-1, producer", exact=True)
    expect(reason).to_have_attribute("aria-invalid", "true")
    reason.fill("no accounts")
    expect(reason).to_have_attribute("aria-invalid", "false")


def test_undo_takes_back_step_by_step(page: Page) -> None:
    status(page).select_option("met")
    status(page).select_option("not met")
    evidence(page).press_sequentially("abc")
    page.get_by_role("button", name="Undo").click()
    expect(evidence(page)).to_have_value("")
    expect(status(page)).to_have_value("not met")
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_value("met")
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_value("not reviewed")


def test_export_goes_through_the_command_and_back(
    page: Page, guide: Catalog, tmp_path: Path
) -> None:
    status(page).select_option("partly met")
    evidence(page).fill("=1+1\nsecond line")
    status(page, "KSI-5, consumer").select_option("not met")
    page.get_by_label("Subject").fill("Orders")
    data = exported(page)
    jsonschema.Draft202012Validator(schema("review")).validate(json.loads(data))
    taken = as_json.read(data, guide)
    assert taken.problems == ()
    through = as_xlsx.read(as_xlsx.write(taken.review, guide), guide).review
    assert through == taken.review
    path = tmp_path / "back.json"
    path.write_bytes(as_json.write(through, guide))
    page.get_by_label("Import JSON").set_input_files(path)
    expect(page.locator(".dok-review__said")).to_contain_text("Imported 2 answers")
    expect(evidence(page)).to_have_value("=1+1\nsecond line")
    again = json.loads(exported(page))
    assert sorted(map(str, again["answers"])) == sorted(map(str, json.loads(data)["answers"]))


def test_csv_is_read_by_the_command(page: Page, guide: Catalog) -> None:
    status(page).select_option("met")
    evidence(page).fill("=HYPERLINK(1)")
    taken = as_csv.read(exported(page, "Export CSV"), guide)
    (answer,) = [each for each in taken.review.answers if not each.empty]
    assert (answer.key, answer.status, answer.evidence) == (
        ("UM-1", "producer"),
        "met",
        "=HYPERLINK(1)",
    )


def test_import_never_overwrites_and_lists_what_did_not_fit(page: Page, tmp_path: Path) -> None:
    status(page).select_option("met")
    path = tmp_path / "Review.json"
    entries = [
        {"control": "UM-1", "audience": "producer", "status": "Pass", "evidence": "<img src=x>"},
        {"control": "ZZ-9", "audience": "producer", "status": "met", "note": "old"},
        "nonsense",
    ]
    path.write_text(json.dumps({"catalog": "0.9", "answers": entries}))
    page.get_by_label("Import JSON").set_input_files(path)
    said = page.locator(".dok-review__said")
    expect(said).to_contain_text('the status "pass" is not known')
    expect(said).to_contain_text("ZZ-9 producer is not in this version of the guide; kept apart")
    expect(said).to_contain_text("made for version 0.9")
    assert page.locator("img[src=x]").count() == 0
    expect(page.locator(".dok-review__apart")).to_contain_text("ZZ-9 (producer): met; old")
    kept = json.loads(exported(page))
    assert [each.get("note") for each in kept["kept_apart"]] == ["old", "nonsense"]
    page.locator("[name=which]").select_option("Review")
    expect(status(page)).to_have_value("met")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"answers": 1}', '{"schema_version": "9", "answers": []}']
)
def test_a_file_that_is_no_review_changes_nothing(page: Page, tmp_path: Path, content: str) -> None:
    status(page).select_option("met")
    path = tmp_path / "bad.json"
    path.write_text(content)
    page.get_by_label("Import JSON").set_input_files(path)
    expect(page.locator(".dok-review__said")).to_contain_text("The file")
    expect(status(page)).to_have_value("met")


def test_a_full_storage_is_said_and_loses_nothing(page: Page) -> None:
    page.evaluate(
        """() => { Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    status(page).select_option("met")
    expect(page.locator(".dok-review__said")).to_contain_text("Not saved")
    assert json.loads(exported(page))["answers"][0]["status"] == "met"


def test_two_tabs_on_the_same_review(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto("checklist/")
    status(page).select_option("met")
    expect(status(other)).to_have_value("met")
    status(other, "UM-2, producer").select_option("not met")
    evidence(page).fill("from the first tab")
    expect(evidence(other)).to_have_value("from the first tab")
    page.reload()
    expect(status(page, "UM-2, producer")).to_have_value("not met")
    expect(evidence(page)).to_have_value("from the first tab")


def test_a_new_version_of_the_guide_keeps_and_flags(page: Page) -> None:
    stored = {
        "schema_version": "1.0",
        "catalog": "0.9",
        "answers": [
            {"control": "UM-1", "audience": "producer", "status": "met", "fingerprint": "0" * 12},
            {"control": "ZZ-9", "audience": "consumer", "status": "not met", "evidence": "kept"},
        ],
    }
    page.evaluate(
        "text => localStorage.setItem('dok-guide/review/1/Review', text)", json.dumps(stored)
    )
    page.reload()
    expect(status(page)).to_have_value("met")
    row = page.locator("tr", has=status(page))
    expect(row).to_contain_text("The requirement has changed since this answer.")
    expect(page.locator(".dok-review__apart")).to_contain_text("ZZ-9 (consumer): not met; kept")
    status(page, "UM-2, producer").select_option("met")
    page.reload()
    expect(page.locator(".dok-review__apart")).to_contain_text("ZZ-9")
    expect(row).to_contain_text("has changed since")


def test_several_reviews_by_name(page: Page) -> None:
    status(page).select_option("met")
    page.get_by_role("button", name="New").click()
    expect(status(page)).to_have_value("not reviewed")
    page.once("dialog", lambda dialog: dialog.accept("Second"))
    page.get_by_role("button", name="Rename").click()
    page.locator("[name=which]").select_option("Review")
    expect(status(page)).to_have_value("met")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete").click()
    expect(status(page)).to_have_value("met")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("[name=which]")).to_have_value("Second")


def test_by_keyboard_alone(page: Page) -> None:
    status(page).focus()
    page.keyboard.type("not m")
    expect(status(page)).to_have_value("not met")
    page.keyboard.press("Tab")
    page.keyboard.type("typed")
    expect(evidence(page)).to_have_value("typed")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_while_filled_in(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("checklist/?level=1&audience=consumer")
    status(page, "UM-1, consumer").select_option("not applicable")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], node["html"][:150]) for v in found for node in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_prints_with_answers_or_blank(page: Page) -> None:
    status(page).select_option("partly met")
    evidence(page).fill("on paper")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print with answers").click()
    page.emulate_media(media="print")
    expect(evidence(page)).to_be_visible()
    expect(page.locator(".dok-answer").first).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(evidence(page)).to_be_hidden()
    expect(page.locator(".dok-answer").first).to_be_visible()


def test_works_from_a_file(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "checklist/index.html").as_uri())
    status(page).select_option("met")
    page.reload()
    expect(status(page)).to_have_value("met")
    page.close()


def test_without_javascript_it_reads_and_prints(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("checklist/")
    expect(page.locator(".dok-review")).to_be_hidden()
    assert page.locator(".dok-checklist tbody tr").count() > 100
    expect(page.locator(".dok-box").first).to_be_visible()
    context.close()


def test_a_dropped_file_is_imported(page: Page) -> None:
    answers = [{"control": "UM-1", "audience": "producer", "status": "met"}]
    page.evaluate(
        """text => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([text], "Dropped.json"));
          const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new DragEvent("drop", options));
        }""",
        json.dumps({"answers": answers}),
    )
    expect(page.locator("[name=which]")).to_have_value("Dropped")
    expect(status(page)).to_have_value("met")
