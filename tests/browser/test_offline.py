"""The site as a folder on a disk: no server, nothing from elsewhere, and yet a search."""

import re
import subprocess
from pathlib import Path

import pytest
from building import FIXTURES, TOOLS, project
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("offline"), FIXTURES / "catalog")
    subprocess.run([TOOLS / "dok-guide", "site", "--offline"], cwd=folder, check=True)
    return folder / "site"


def test_search_on_a_disk(offline: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{offline.as_uri()}/index.html")
    page.locator(".md-search__input").focus()
    page.keyboard.type("AB-1")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(r"/controls/AB-1\.html"))
    page.goto(f"{offline.as_uri()}/controls/AB-1.html")
    expect(page.locator("h1")).to_contain_text("AB-1")
    assert asked
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()
