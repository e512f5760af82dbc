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
    "first-hour/",
    "sig-operator/404.html",
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


@pytest.mark.parametrize(
    ("path", "tab"),
    [
        ("", "Home"),
        ("build/", "Get started"),
        ("categories/KSI/", "Guide"),
        ("controls/", "Controls"),
        ("controls/KSI-3/", "Controls"),
        ("threats/TH-01/", "Threats"),
        ("crosswalk/nist-800-53/", "Crosswalk"),
    ],
)
def test_the_tab_of_a_page_is_active(page: Page, path: str, tab: str) -> None:
    page.goto(path)
    expect(page.locator(".md-tabs [aria-current]")).to_have_text(tab)
    expect(page.locator(".md-tabs__item--active")).to_have_count(1)


def test_home_says_what_it_is_in_the_first_screen(page: Page, guide: Catalog) -> None:
    page.goto("")
    edition = page.locator(".dok-edition")
    for words in (guide.version, guide.published, guide.publisher, str(len(guide.active))):
        expect(edition).to_contain_text(words)
    expect(edition.get_by_role("link", name="Source")).to_have_attribute("href", guide.repository)
    box = page.get_by_role("link", name="Download", exact=True).last.bounding_box()
    assert box["y"] + box["height"] < 844


def test_the_main_button_stands_out(page: Page, scheme: str) -> None:
    """At least 3:1 against the page, as WCAG 1.4.11 asks of what can be pressed."""
    page.goto("")
    colors = page.locator("body, .md-button--primary").evaluate_all(
        "all => all.map((e) => getComputedStyle(e).backgroundColor)"
    )
    bright, dark = sorted((luminance(color) for color in colors), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 3, (scheme, colors)


def luminance(color: str) -> float:
    """Return the relative luminance of an rgb() color, as WCAG defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(a * b for a, b in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_a_page_that_is_not_there_offers_the_search(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("sig-operator/404.html")
    page.evaluate("history.replaceState(null, '', '/sig-operator/ransomware')")
    page.get_by_role("button", name="Search the guide").click()
    expect(page.locator("[data-md-component=search-query]")).to_have_value("ransomware")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    page.close()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("from-0.1.0/#UM-5", "UM-5 Authentication Provider Support"),
        ("crosswalk/nist-800-53/#AC-6", "AC-6"),
        ("crosswalk/owasp-k8s-top10/#K02-2025", "K02:2025"),
    ],
)
def test_a_row_has_an_address(page: Page, path: str, words: str) -> None:
    page.goto(path)
    expect(page.locator(":target")).to_have_text(words)
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("build/", ["No. ", "Effort: ", "Quick check: "]),
        ("audit/", ["Level: ", "Ask to see:"]),
        ("controls/", ["Level: ", "For: ", "Effort: ", "Threats: "]),
        ("responsibilities/", ["Producer: ", "Consumer: "]),
    ],
)
def test_rows_keep_their_labels_on_a_phone(
    browser: Browser, address: str, path: str, labels: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    page = context.new_page()
    page.goto(path)
    cells = page.locator(".dok-stacked tbody tr").first.locator("td")
    found = cells.evaluate_all(
        "cells => cells.map((e) => getComputedStyle(e, '::before').content.replaceAll('\"', ''))"
    )
    assert [each for each in found if each != "none"][: len(labels)] == labels
    assert (
        cells.evaluate_all(
            "cells => cells.filter((e) => !e.textContent.trim() && e.offsetHeight).length"
        )
        == 0
    )
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
    """Every control once, in one piece, in dark ink on white, on few sheets with room for notes."""
    context = browser.new_context(color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.goto("checklist/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, print_background=True)))
    pages = [sheet.extract_text() for sheet in printed.pages]
    assert len(pages) <= len(guide.active) * 0.4
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
