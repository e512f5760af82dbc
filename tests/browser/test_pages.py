"""The main pages as people meet them."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dok_guide.model import Catalog

pytestmark = pytest.mark.slow

#: One of each type of page.
PAGES = [
    "",
    "build/",
    "choose/",
    "run/",
    "audit/",
    "prerequisites/",
    "responsibilities/",
    "introduction/",
    "threat-model/",
    "categories/KSI/",
    "controls/",
    "controls/NM-4/",
    "controls/KSI-7/",
    "threats/",
    "threats/TH-01/",
    "crosswalk/",
    "crosswalk/nist-800-53/",
    "operators/",
    "operators/cloudnative-pg/",
    "checklist/",
    "review/",
    "downloads/",
    "compromise/",
    "tools/",
    "changelog/",
    "from-0.1.0/",
    "glossary/",
    "references/",
    "contributing/",
    "accessibility/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible(page: Page, path: str) -> None:
    """No axe violation; the fixture adds console, policy and requests."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


def violations(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], node["html"][:200]) for v in found for node in v["nodes"]]


@pytest.mark.parametrize("path", PAGES)
def test_page_reflows_at_320_pixels(browser: Browser, address: str, path: str) -> None:
    """As at 400 % zoom; only tables, code and the drawing may scroll, and by keyboard, too."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=address)
    page = context.new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    context.close()


def test_text_grows_with_the_zoom(browser: Browser, address: str) -> None:
    """200 % zoom halves the width in CSS pixels and doubles the scale: nothing is cut off."""
    context = browser.new_context(
        viewport={"width": 640, "height": 400}, device_scale_factor=2, base_url=address
    )
    page = context.new_page()
    for path in ("", "controls/", "controls/KSI-7/", "checklist/"):
        page.goto(path)
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], path
    context.close()


def test_nothing_moves_for_those_who_ask_for_it(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce", base_url=address)
    page = context.new_page()
    page.goto("controls/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
          const style = getComputedStyle(e);
          return style.animationName !== "none" || !/^(0s(, )?)+$/.test(style.transitionDuration);
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_checklist(
    browser: Browser, address: str, guide: Catalog, paper: str, scheme: str
) -> None:
    """Every control once, in one piece, in dark ink on white, with room for notes."""
    context = browser.new_context(color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.goto("checklist/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, print_background=True)))
    pages = [sheet.extract_text() for sheet in printed.pages]
    text = "\n".join(pages)
    for control in guide.active:
        found = re.findall(rf"^{control.id}$", text, re.MULTILINE)
        assert len(found) == len(control.audiences), control.id
    page.emulate_media(media="print")
    row = page.locator(".dok-checklist tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    notes = row.locator("td").nth(3)
    assert notes.bounding_box()["width"] > 100
    for selector in (".dok-checklist td", ".dok-checklist a", "h1", ".md-content"):
        color = page.locator(selector).first.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e).colorScheme]"
        )
        assert max(map(int, re.findall(r"\d+", color[0])[:3])) < 100, (selector, color)
        assert "dark" not in color[1]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    context.close()


def test_phone_menu_reaches_every_category(browser: Browser, address: str, guide: Catalog) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    page = context.new_page()
    page.goto("")
    for category in guide.categories:
        assert page.locator(f'nav a[href$="categories/{category.id}/"]').count() >= 1
    context.close()


def test_policy_is_live(browser: Browser, address: str) -> None:
    """An inline script that the build didn't make does not run."""
    page = browser.new_page(base_url=address)
    page.on("console", lambda _: None)
    page.goto("")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.x = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.x") is None
    page.close()


def test_dark_mode_toggle_works_and_stays(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="light", base_url=address)
    page = context.new_page()
    page.goto("")
    toggle = page.locator("[data-md-component=palette] label:not([hidden])")
    for _ in range(2):
        toggle.first.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto("threats/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    context.close()


def test_site_folder_has_no_foreign_address_to_load(site: Path) -> None:
    for path in site.rglob("*.css"):
        assert not re.search(r"url\((['\"]?)(https?:)?//", path.read_text(encoding="utf-8")), path
