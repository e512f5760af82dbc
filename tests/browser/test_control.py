"""A control's page, as somebody uses it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pypdf
import pytest
from browser.serving import opened
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dok_guide.model import Catalog

pytestmark = pytest.mark.slow

#: Where *What to do* starts on the median page, and the words that it shows, at 1280 pixels.
START, WORDS = 1000, 450
#: How many code blocks of the whole guide may be wider than their place at 1280 pixels.
WIDE_BLOCKS = 20
#: How many sheets of paper one of the longest pages takes, with everything unfolded.
SHEETS = 6


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    yield from opened(context, "controls/UM-1/")


def command(page: Page):
    """The first command of the page, unfolded."""
    page.evaluate("document.querySelectorAll('article details').forEach((e) => (e.open = true))")
    return page.locator(".language-sh code").first


def test_the_answer_comes_first(context: BrowserContext, guide: Catalog) -> None:
    page = context.new_page()
    measured = []
    for control in guide.active:
        page.goto(f"controls/{control.id}/")
        measured.append(
            page.evaluate(
                """() => {
                  const start = document.getElementById("remediation").getBoundingClientRect().top;
                  const text = document.querySelector("article").innerText;
                  document.querySelectorAll("article details").forEach((e) => (e.open = true));
                  const blocks = [...document.querySelectorAll("article pre code")];
                  const wide = blocks.filter((e) => e.scrollWidth > e.clientWidth + 1).length;
                  const words = text.split(/\\s+/).filter((each) => /\\w/.test(each)).length;
                  return [start, words, blocks.length, wide];
                }"""
            )
        )
    starts, words, blocks, wide = zip(*measured, strict=True)
    assert median(starts) <= START
    assert median(words) <= WORDS
    assert sum(blocks) > len(blocks)
    assert sum(wide) <= WIDE_BLOCKS


def test_order_of_the_page(page: Page) -> None:
    titles = page.locator("article h2").evaluate_all("all => all.map((h) => h.firstChild.data)")
    assert [title.strip() for title in titles][:4] == [
        "Why",
        "What to do",
        "How to check",
        "Deep checks",
    ]
    box = page.locator(".dok-requirement").bounding_box()
    assert box["y"] + box["height"] < 900


def test_nothing_lies_under_the_button_for_copying(page: Page) -> None:
    code = command(page)
    button = page.locator(".language-sh .md-code__button").first
    button.scroll_into_view_if_needed()
    assert code.bounding_box()["x"] + code.bounding_box()["width"] <= button.bounding_box()["x"]


def test_shows_what_is_for_the_reader_and_remembers_it(page: Page, context: BrowserContext) -> None:
    producer, consumer = (page.locator(f".dok-for-{each}") for each in ("producer", "consumer"))
    assert producer.first.is_visible()
    assert consumer.first.is_visible()
    page.get_by_label("I run").check()
    assert not any(each.is_visible() for each in producer.all())
    assert page.url.endswith("?for=consumer")
    page.goto("controls/UM-3/")
    assert not any(each.is_visible() for each in producer.all())
    expect(page.get_by_label("I run")).to_be_checked()
    page.goto("controls/UM-3/?for=producer#remediation")
    assert not any(each.is_visible() for each in consumer.all())
    other = context.new_page()
    other.goto("responsibilities/")
    expect(other.get_by_label("I run")).to_be_checked()
    assert not other.get_by_role("columnheader", name="Producer").first.is_visible()


def test_shows_both_without_javascript_and_for_nonsense(browser: Browser, address: str) -> None:
    for script in (True, False):
        context = browser.new_context(base_url=address, java_script_enabled=script)
        page = context.new_page()
        page.goto("controls/UM-1/?for=%3Cb%3E")
        assert all(each.is_visible() for each in page.locator(".dok-requirement > div").all())
        assert page.locator(".dok-switch").is_visible() is script
        assert page.locator(".dok-values summary").is_visible()
        context.close()


def test_values_are_typed_once_and_filled_in_everywhere(page: Page) -> None:
    before = command(page).text_content()
    assert "SECRET" in before
    page.locator("[name=SECRET]").fill("orders-root")
    expect(command(page)).to_have_text(before.replace("SECRET", "orders-root"))
    page.locator(".language-sh button[data-clipboard-target]").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "orders-root" in copied
    assert "SECRET" not in copied
    assert "orders-root" not in page.url
    page.goto("controls/UM-2/")
    page.goto("controls/UM-1/")
    expect(page.locator("[name=SECRET]")).to_have_value("orders-root")
    assert "orders-root" in command(page).text_content()
    page.get_by_role("button", name="Forget all").click()
    expect(command(page)).to_have_text(before)


@pytest.mark.parametrize("value", ["-o", "a b", "$(id)", "<img src=x>", "a;b", "é", "`id`", "a'b"])
def test_a_value_that_a_shell_could_take_for_more_is_refused(page: Page, value: str) -> None:
    before = command(page).text_content()
    page.locator("[name=SECRET]").fill(value)
    expect(page.locator("[name=SECRET]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".dok-values__said")).to_contain_text("Not filled in")
    expect(command(page)).to_have_text(before)
    assert page.locator("article img").count() == 0


def test_what_something_else_has_kept_is_not_filled_in(page: Page) -> None:
    before = command(page).text_content()
    kept = json.dumps({"SECRET": "$(id)", "KEY": 5})
    page.evaluate("text => localStorage.setItem('dok-guide/values/1', text)", kept)
    page.reload()
    expect(command(page)).to_have_text(before)


def test_shell_variables_are_no_placeholders(page: Page) -> None:
    text = command(page).text_content()
    assert "$namespace" in text
    page.evaluate("localStorage.setItem('dok-guide/values/1', '{\"TEST_NAMESPACE\": \"one\"}')")
    page.reload()
    expect(command(page)).to_have_text(text.replace("TEST_NAMESPACE", "one"))


def test_neighbors_stand_in_the_left_column(page: Page, guide: Catalog) -> None:
    links = page.locator(".dok-siblings li a")
    assert links.all_text_contents() == [
        f"{control.id} {control.title}" for control in guide.in_category("UM")
    ]
    expect(page.locator(".dok-siblings [aria-current=page]")).to_have_text(
        "UM-1 Default User Password"
    )
    assert page.locator("article .dok-siblings").count() == 0
    expect(page.locator(".md-tabs__item--active")).to_contain_text("Controls")


@pytest.mark.parametrize("width", [390, 640, 1280, 1920])
def test_contents_are_there_at_every_width_once(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    above, beside = page.locator(".dok-contents"), page.locator(".md-sidebar--secondary")
    assert above.is_visible() != beside.is_visible()
    if above.is_visible():
        above.locator("summary").click()
        above.get_by_role("link", name="Evidence").click()
        assert page.url.endswith("#evidence")
        assert page.locator("details:has(#evidence) li").first.is_visible()


def test_citation_can_be_copied(page: Page, guide: Catalog) -> None:
    page.locator("summary", has_text="Cite and use").click()
    block = page.locator(".highlight", has_text=f"version {guide.version}: UM-1")
    block.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (
        f"{guide.title}, version {guide.version}: UM-1 Default User Password. "
        f"{guide.home}controls/UM-1/"
    )


def test_json_of_the_page(page: Page) -> None:
    page.locator("summary", has_text="Cite and use").click()
    with page.expect_response("**/controls/UM-1.json") as answer:
        page.get_by_role("link", name="This control as JSON").click()
    assert answer.value.json()["controls"][0]["id"] == "UM-1"


def test_next_and_previous_go_through_all(page: Page, guide: Catalog) -> None:
    for control in guide.active[1:]:
        page.locator(".dok-onward [rel=next]").click()
        expect(page.locator("h1")).to_contain_text(f"{control.id} {control.title}")


def test_prints_everything(browser: Browser, address: str) -> None:
    for script in (True, False):
        own = browser.new_context(base_url=address, java_script_enabled=script)
        page = own.new_page()
        page.goto("controls/UM-1/")
        page.emulate_media(media="print")
        for selector in (".dok-steps pre", "#example-1", "#mappings", ".dok-fold li"):
            expect(page.locator(selector).first).to_be_visible()
        for selector in (".dok-switch", ".dok-siblings", ".dok-contents"):
            assert not page.locator(selector).first.is_visible(), selector
        own.close()


def test_prints_on_few_sheets(browser: Browser, address: str) -> None:
    """Everything unfolded, from the dark scheme, in ink that is seen."""
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("controls/KSI-3/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    text = "\n".join(sheet.extract_text() for sheet in printed.pages)
    assert "variables.account" in text
    assert len(printed.pages) <= SHEETS
    page.emulate_media(media="print")
    colors = page.locator("pre span").evaluate_all(
        "all => all.map((e) => getComputedStyle(e).color)"
    )
    assert set(colors) == {"rgb(0, 0, 0)"}
    context.close()


def test_works_from_a_file(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "controls/UM-1/index.html").as_uri())
    page.get_by_label("I build").check()
    assert not page.locator(".dok-for-consumer").first.is_visible()
    page.locator("[name=SECRET]").evaluate("e => e.closest('details').open = true")
    page.locator("[name=SECRET]").fill("orders")
    assert "orders" in command(page).text_content()
    page.close()
