"""A control's page, as somebody uses it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from dok_guide.model import Catalog

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("controls/UM-1/")
    yield page
    context.close()


def test_requirement_is_in_the_first_screen(page: Page) -> None:
    box = page.locator(".dok-requirement").bounding_box()
    assert box["y"] + box["height"] < 900
    assert page.locator("h1 ~ *").first.get_attribute("class") == "dok-requirement"


def test_remediation_is_in_tabs_by_audience(page: Page) -> None:
    tabs = page.locator(".tabbed-labels label")
    assert tabs.all_text_contents() == ["Producer", "Consumer"]
    assert "Generate the credential" in page.locator(".tabbed-block:visible").text_content()
    tabs.nth(1).click()
    assert "Look for a Secret" in page.locator(".tabbed-block:visible").text_content()


def test_tabs_by_keyboard(page: Page) -> None:
    page.locator(".tabbed-set input").first.focus()
    page.keyboard.press("ArrowRight")
    assert "Look for a Secret" in page.locator(".tabbed-block:visible").text_content()


def test_examples_stand_side_by_side_where_there_is_room(page: Page) -> None:
    left, right = (page.locator(".dok-examples > div").nth(i).bounding_box() for i in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    above, below = (page.locator(".dok-examples > div").nth(i).bounding_box() for i in (0, 1))
    assert above["y"] + above["height"] <= below["y"]


def test_citation_can_be_copied(page: Page, guide: Catalog) -> None:
    block = page.locator(".highlight", has_text=f"version {guide.version}: UM-1")
    block.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (
        f"{guide.title}, version {guide.version}: UM-1 Default User Password. "
        f"{guide.base_url}controls/UM-1/"
    )


def test_json_of_the_page(page: Page) -> None:
    with page.expect_response("**/controls/UM-1.json") as answer:
        page.get_by_role("link", name="This control as JSON").click()
    assert answer.value.json()["controls"][0]["id"] == "UM-1"


def test_next_and_previous_go_through_all(page: Page, guide: Catalog) -> None:
    for control in guide.active[1:]:
        page.locator(".dok-onward a", has_text=f"{control.id} {control.title}").click()
        expect(page.locator("h1")).to_contain_text(f"{control.id} {control.title}")


def test_prints_both_tabs(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".tabbed-block").nth(0).is_visible()
    assert page.locator(".tabbed-block").nth(1).is_visible()
