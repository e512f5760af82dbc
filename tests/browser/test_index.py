"""The index of controls, narrowed by mouse, keyboard and address."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from dok_guide.model import Catalog

pytestmark = pytest.mark.slow


@pytest.fixture
def index(browser: Browser, address: str) -> Page:
    page = browser.new_page(base_url=address)
    page.goto("controls/")
    yield page
    page.close()


def shown(page: Page) -> list[str]:
    links = page.locator(".dok-index tbody tr:visible td:first-child a")
    return [text.split()[0] for text in links.all_text_contents()]


def choose(page: Page, name: str, value: str) -> None:
    box = page.locator(f"input[name={name}][value='{value}']")
    group = box.locator("xpath=ancestor::details")
    if group.count() and not group.evaluate("e => e.open"):
        group.locator("summary").click()
    box.check()


def count(page: Page, name: str, value: str) -> int:
    label = page.locator(f"label:has(input[name={name}][value='{value}'])")
    return int(re.search(r"\((\d+)\)", label.text_content())[1])


def test_shows_every_control_at_first(index: Page, guide: Catalog) -> None:
    assert shown(index) == [control.id for control in guide.active]
    expect(index.get_by_role("status")).to_have_text(
        f"{len(guide.active)} of {len(guide.active)} controls"
    )


def test_options_of_a_facet_add_and_facets_narrow(index: Page, guide: Catalog) -> None:
    choose(index, "level", "1")
    choose(index, "category", "UM")
    choose(index, "category", "CM")
    wanted = [c.id for c in guide.active if c.level == 1 and c.category in ("UM", "CM")]
    assert shown(index) == wanted
    expect(index.get_by_role("status")).to_have_text(
        f"{len(wanted)} of {len(guide.active)} controls"
    )


def test_counts_say_what_a_click_would_show(index: Page, guide: Catalog) -> None:
    choose(index, "audience", "consumer")
    expected = count(index, "threat", "TH-05")
    choose(index, "threat", "TH-05")
    assert len(shown(index)) == expected
    assert expected == len([c for c in guide.against("TH-05") if "consumer" in c.audiences])
    # the other options of the same facet still count themselves, not zero
    assert count(index, "threat", "TH-01") > 0


def test_text_finds_words_of_the_requirement(index: Page) -> None:
    index.get_by_label("Text").fill("tls CLIENT")
    assert "NM-4" in shown(index)
    index.get_by_label("Text").fill("nosuchword")
    assert shown(index) == []
    expect(index.get_by_role("status")).to_contain_text("0 of")


def test_text_finds_parts_of_words_and_words_of_the_glossary(index: Page, guide: Catalog) -> None:
    index.get_by_label("Text").fill("ods/exe")
    assert "KSI-8" in shown(index)
    index.get_by_label("Text").fill("rbac")
    (term,) = [term for term in guide.glossary if term.id == "RBAC"]
    assert set(term.controls) <= set(shown(index))


def test_a_level_includes_those_below(index: Page, guide: Catalog) -> None:
    choose(index, "level", "2")
    assert shown(index) == [control.id for control in guide.up_to(2)]
    assert count(index, "level", "2") == len(guide.up_to(2))


def test_threats_are_links(index: Page) -> None:
    index.locator(".dok-index").get_by_role("link", name="TH-05").first.click()
    expect(index.locator("h1")).to_contain_text("TH-05")


def test_address_carries_the_choice(index: Page, browser: Browser, guide: Catalog) -> None:
    choose(index, "framework", "cis-kubernetes")
    choose(index, "effort", "small")
    index.get_by_label("Text").fill("secret")
    before, url = shown(index), index.url
    assert "framework=cis-kubernetes&" not in url.partition("?")[0]
    index.reload()
    assert shown(index) == before
    other = browser.new_page()
    other.goto(url)
    assert shown(other) == before
    assert other.locator("input[name=framework]:checked").count() == 1
    other.close()
    index.get_by_role("button", name="Show all").click()
    expect(index.locator(".dok-index tbody tr:visible")).to_have_count(len(guide.active))
    assert "?" not in index.url


def test_works_by_keyboard_alone(index: Page, guide: Catalog) -> None:
    index.get_by_label("Text").focus()
    for _ in range(2):  # past the button
        index.keyboard.press("Tab")
    index.keyboard.press("Space")
    assert shown(index) == [c.id for c in guide.active if c.level == 1]
    focused = index.evaluate("document.activeElement.name")
    assert focused == "level"
    index.locator("summary", has_text="Category").focus()
    index.keyboard.press("Enter")
    index.keyboard.press("Tab")
    index.keyboard.press("Space")
    assert shown(index) == [c.id for c in guide.in_category("UM") if c.level == 1]


def test_unknown_values_in_the_address_are_ignored(
    browser: Browser, address: str, guide: Catalog
) -> None:
    page = browser.new_page(base_url=address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("controls/?level=9&nonsense=1&text=%3Cscript%3Ealert(1)%3C/script%3E")
    assert shown(page) == []
    page.goto("controls/?level=9&threat='%22%5D")
    assert len(shown(page)) == len(guide.active)
    assert faults == []
    page.close()


def test_without_javascript_it_is_a_plain_table(
    browser: Browser, address: str, guide: Catalog
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("controls/")
    assert shown(page) == [control.id for control in guide.active]
    expect(page.locator("form.dok-facets")).to_be_hidden()
    context.close()
