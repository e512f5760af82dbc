"""A browser, and the built site served to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.serving import served
from playwright.sync_api import Browser, Page, expect, sync_playwright

# a busy machine is slow, not wrong
expect.set_options(timeout=20_000)

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built site on this machine."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def invented_address(invented_site: Path) -> Iterator[str]:
    """The address of the site of the invented catalog."""
    with served(invented_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "chromium is missing: see tests/programs.sh"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(browser: Browser, scheme: str, address: str) -> Iterator[Page]:
    """A page in each color scheme; it fails on console errors and foreign requests."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 844}, color_scheme=scheme, base_url=address
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else 0)
    opened.on(
        "request", lambda r: None if r.url.startswith((address, "data:")) else faults.append(r.url)
    )
    yield opened
    context.close()
    assert faults == []
