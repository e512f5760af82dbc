"""The checklist as somebody fills it in, by mouse and keyboard, on screen and on paper."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.filling import (
    FIRST,
    OTHER,
    called,
    evidence,
    exported,
    head,
    press,
    row,
    said,
    status,
    unfold,
)
from browser.serving import opened
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dok_guide.model import Catalog
from dok_guide.review.model import requirements
from dok_guide.review.starting import setting_of, start

pytestmark = pytest.mark.slow


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


def test_answers_survive_a_reload(page: Page) -> None:
    status(page).select_option("not met")
    evidence(page).fill("seen <b>there</b>")
    head(page, "subject").fill("Orders")
    head(page, "approver").fill("Grace")
    head(page, "depth").select_option("deep")
    page.reload()
    expect(status(page)).to_have_value("not met")
    expect(evidence(page)).to_have_value("seen <b>there</b>")
    expect(head(page, "subject")).to_have_value("Orders")
    saved = json.loads(exported(page))
    assert (saved["approver"], saved["depth"]) == ("Grace", "deep")


def test_progress_counts_what_is_in_scope(page: Page, guide: Catalog) -> None:
    status(page).select_option("met")
    status(page, "UM-1, consumer").select_option("not met")
    head(page, "level").select_option("1")
    head(page, "audience").select_option("producer")
    count = len(list(requirements(guide, 1, "producer")))
    progress = page.locator(".dok-review__status")
    expect(progress).to_contain_text(f"1 of {count} reviewed: 1 met")
    assert "level=1&audience=producer" in page.url
    page.reload()
    press(page, "Unfold all")
    expect(page.locator(".dok-checklist tbody tr:visible")).to_have_count(count)
    saved = json.loads(exported(page))
    assert (saved["level"], saved["audience"]) == (1, "producer")
    assert len(saved["answers"]) == 2, "an answer outside the scope stays"


def test_an_address_gives_a_new_review_its_scope(page: Page) -> None:
    page.goto("checklist/?level=2&audience=consumer")
    expect(head(page, "level")).to_have_value("2")
    status(page, "UM-1, consumer").select_option("met")
    page.goto("checklist/?level=1&audience=consumer")
    expect(head(page, "level")).to_have_value("2")
    expect(said(page)).to_contain_text("a scope of its own")


def test_not_applicable_asks_for_a_reason(page: Page) -> None:
    status(page).select_option("not applicable")
    reason = called(page, f"Reason for {FIRST}")
    expect(reason).to_be_visible()
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(row(page)).to_contain_text("Not applicable needs a reason.")
    reason.fill("no accounts")
    expect(reason).to_have_attribute("aria-invalid", "false")


def test_partly_met_asks_for_the_items_and_only_then(page: Page) -> None:
    items = row(page).locator("fieldset")
    expect(items).to_be_hidden()
    status(page).select_option("partly met")
    expect(row(page)).to_contain_text("Partly met needs the items that are not met.")
    items.get_by_role("checkbox").nth(2).check()
    items.get_by_role("checkbox").nth(0).check()
    expect(row(page)).not_to_contain_text("Partly met needs")
    assert json.loads(exported(page))["answers"][0]["items"] == ["a", "c"]
    page.reload()
    expect(row(page).locator("input:checked")).to_have_count(2)
    press(page, "Unfold all")
    status(page).select_option("met")
    expect(items).to_be_hidden()
    assert "items" not in json.loads(exported(page))["answers"][0]


def test_undo_takes_back_step_by_step(page: Page) -> None:
    status(page).select_option("met")
    status(page).select_option("not met")
    evidence(page).press_sequentially("abc")
    press(page, "Undo")
    expect(evidence(page)).to_have_value("")
    expect(status(page)).to_have_value("not met")
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_value("met")
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_value("not reviewed")


def test_a_row_stays_while_it_is_answered(page: Page) -> None:
    head(page, "status").select_option("not reviewed")
    status(page).select_option("met")
    evidence(page).fill("seen")
    expect(status(page)).to_be_visible()
    press(page, "Filter again")
    expect(status(page)).to_be_hidden()
    expect(page.locator("[data-do=again]")).to_be_hidden()


def test_what_changed_stays_flagged_until_somebody_confirms(page: Page) -> None:
    answers = [
        {"control": "UM-1", "audience": "producer", "status": "met", "fingerprint": "0" * 12},
        {"control": "ZZ-9", "audience": "consumer", "status": "not met", "evidence": "kept"},
    ]
    stored = {"schema_version": "1.0", "catalog": "0.9", "answers": answers}
    page.evaluate("t => localStorage.setItem('dok-guide/review/1/Review', t)", json.dumps(stored))
    page.reload()
    unfold(page)
    evidence(page).fill("typed")
    status(page, OTHER).select_option("met")
    page.reload()
    unfold(page)
    flag = row(page).get_by_text("The requirement has changed since this answer.")
    expect(flag).to_be_visible()
    expect(page.locator(".dok-review__apart")).to_contain_text("ZZ-9 (consumer): not met")
    head(page, "status").select_option("changed")
    expect(page.locator(".dok-checklist tbody tr:visible")).to_have_count(1)
    assert json.loads(exported(page))["answers"][0]["changed"] is True
    called(page, f"Confirm the answer to {FIRST}").click()
    expect(flag).to_be_hidden()
    expect(status(page)).to_be_focused()
    assert "changed" not in json.loads(exported(page))["answers"][0]


def test_open_findings_are_those_of_the_gate(page: Page) -> None:
    status(page).select_option("not met")
    status(page, OTHER).select_option("met")
    status(page, "UM-1, consumer").select_option("not applicable")
    expect(page.locator(".dok-review__status")).to_contain_text("2 open findings")
    head(page, "status").select_option("open")
    expect(page.locator(".dok-checklist tbody tr:visible")).to_have_count(2)


def test_an_operator_puts_its_settings_into_the_rows(page: Page, guide: Catalog) -> None:
    operator = guide.operators[0]
    head(page, "operator").select_option(operator.id)
    control = next(
        c for c in guide.active if setting_of(start(guide, operator.id), guide, c, "consumer")
    )
    about = f"{control.id}, consumer"
    part = row(page, about).locator(".dok-set:visible")
    expect(part).to_have_count(1)
    part.locator("summary").click()
    wanted = setting_of(start(guide, operator.id), guide, control, "consumer").split("\n")
    assert [" ".join(text.split()) for text in part.locator("li").all_inner_texts()] == wanted
    saved = json.loads(exported(page))
    assert (saved["operator"], saved["answers"]) == (operator.id, [])
    page.reload()
    expect(head(page, "operator")).to_have_value(operator.id)


def test_several_reviews_by_name(page: Page) -> None:
    status(page).select_option("met")
    press(page, "New")
    expect(status(page)).to_have_value("not reviewed")
    page.once("dialog", lambda dialog: dialog.accept("Second"))
    press(page, "Rename")
    head(page, "which").select_option("Review")
    expect(status(page)).to_have_value("met")
    page.once("dialog", lambda dialog: dialog.dismiss())
    press(page, "Delete")
    expect(status(page)).to_have_value("met")
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Delete")
    expect(head(page, "which")).to_have_value("Second")


def test_by_keyboard_alone(page: Page) -> None:
    status(page).focus()
    page.keyboard.type("partly m")
    expect(status(page)).to_have_value("partly met")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(row(page).locator("input:checked")).to_have_count(1)
    for _ in range(len(row(page).locator("fieldset input").all())):
        page.keyboard.press("Tab")
    page.keyboard.type("typed")
    expect(evidence(page)).to_have_value("typed")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("because")
    expect(called(page, f"Reason for {FIRST}")).to_have_value("because")


def test_the_page_is_short_and_everything_is_found(page: Page) -> None:
    page.goto("checklist/")
    screens = page.evaluate("document.documentElement.scrollHeight / window.innerHeight")
    assert screens < 8
    head(page, "text").fill("backup")
    found = page.locator(".dok-checklist tbody tr:visible")
    assert 3 < found.count() < 60
    assert all("backup" in text.lower() for text in found.all_text_contents())


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1920, "dark")]
)
def test_accessible_while_filled_in(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("checklist/?level=1&audience=consumer")
    unfold(page)
    head(page, "operator").select_option(index=1)
    status(page, "UM-1, consumer").select_option("not applicable")
    page.locator("tr:visible:has(.dok-items) select").first.select_option("partly met")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], node["html"][:150]) for v in found for node in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_prints_with_answers_or_blank(page: Page) -> None:
    status(page).select_option("partly met")
    evidence(page).fill("on paper")
    page.evaluate("window.print = () => {}")
    press(page, "Print with answers")
    page.emulate_media(media="print")
    paper = row(page).locator(".dok-paper")
    expect(paper.nth(0)).to_have_text("partly met")
    expect(paper.nth(1)).to_have_text("Evidence: on paper")
    expect(paper.nth(1)).to_be_visible()
    expect(page.locator(".dok-answer").first).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    page.locator("[data-do=blank]").dispatch_event("click")
    expect(page.locator(".dok-answer").first).to_be_visible()
    expect(evidence(page)).to_be_hidden()


def test_paper_says_whose_review_it_is_and_cuts_nothing(page: Page) -> None:
    long = " ".join(f"word{number}" for number in range(400))
    head(page, "subject").fill("Orders database")
    head(page, "reviewer").fill("Ada Example")
    head(page, "date").fill("2026-11-24")
    status(page).select_option("not applicable")
    called(page, f"Reason for {FIRST}").fill(long)
    row(page).locator(".dok-fill summary").click()
    press(page, "Fold all")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = re.sub(r"\s+", " ", "\n".join(sheet.extract_text() for sheet in printed.pages))
    for wanted in ("Subject: Orders database", "Assessor: Ada Example", "Finished: 2026-11-24"):
        assert wanted in text
    assert "Reason: word0 " in text
    assert "word399" in text
    assert text.count("not applicable") > 0
    assert "Reason, note, owner, dates" not in text


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
