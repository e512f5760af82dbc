"""The choice of an operator on the pages of controls, on the invented site, which has two."""

import re
from collections.abc import Iterator

import pytest
from browser.serving import opened
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.slow


@pytest.fixture
def context(browser: Browser, invented_address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=invented_address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    yield from opened(context, "controls/AB-1/")


def shown(page: Page) -> dict[str, bool]:
    """Return which operators are shown, and whether unfolded."""
    parts = page.locator(".dok-operators [data-operator]").all()
    return {
        str(part.get_attribute("data-operator")): part.evaluate("part => part.open")
        for part in parts
        if part.is_visible()
    }


def test_all_are_there_folded_until_one_is_chosen(page: Page, context: BrowserContext) -> None:
    assert shown(page) == {"inventdb": False, "otherdb": False}
    page.get_by_role("combobox", name="Operator").select_option(label="OtherDB")
    assert shown(page) == {"otherdb": True}
    assert page.url.endswith("?operator=otherdb")
    page.goto("controls/AB-10/")
    assert shown(page) == {"otherdb": True}
    expect(page.get_by_role("combobox", name="Operator")).to_have_value("otherdb")
    other = context.new_page()
    other.goto("controls/CD-1/?operator=inventdb")
    assert shown(other) == {"inventdb": True}
    other.get_by_role("combobox", name="Operator").select_option(label="all")
    expect(page.get_by_role("combobox", name="Operator")).to_have_value("")
    assert shown(page) == {"inventdb": False, "otherdb": False}


def test_an_operator_without_settings_here_is_kept_for_other_pages(page: Page) -> None:
    page.evaluate("localStorage.setItem('dok-guide/operator/1', 'another')")
    page.reload()
    assert shown(page) == {"inventdb": False, "otherdb": False}
    assert page.evaluate("localStorage.getItem('dok-guide/operator/1')") == "another"


def test_both_choices_stand_in_the_address(page: Page) -> None:
    page.get_by_label("I run").check()
    page.get_by_role("combobox", name="Operator").select_option(label="OtherDB")
    assert page.url.endswith("?for=consumer&operator=otherdb")


@pytest.mark.parametrize("choice", ["%3Cb%3E", "", '"]', "inventdb%20"])
def test_nonsense_shows_all(page: Page, choice: str) -> None:
    page.goto(f"controls/AB-1/?operator={choice}")
    assert shown(page) == {"inventdb": False, "otherdb": False}


def test_without_javascript_all_are_there_folded(browser: Browser, invented_address: str) -> None:
    context = browser.new_context(base_url=invented_address, java_script_enabled=False)
    page = context.new_page()
    page.goto("controls/AB-1/")
    assert [part.is_visible() for part in page.locator(".dok-operators summary").all()] == [
        True
    ] * 2
    assert not page.locator(".dok-operators select").is_visible()
    part = page.locator("[data-operator=otherdb]")
    assert not part.get_by_text("wait.days").is_visible()
    part.locator("summary").click()
    assert part.get_by_text("wait.days").is_visible()
    context.close()


def test_a_link_leads_to_the_setting_and_unfolds_it(page: Page) -> None:
    page.get_by_role("combobox", name="Operator").select_option(label="OtherDB")
    page.get_by_role("link", name="It waits").click()
    expect(page).to_have_url(re.compile("/operators/otherdb/#otherdb-wait$"))
    expect(page.locator("#otherdb-wait")).to_be_visible()
