"""The checklist as somebody fills it in: its fields by what they are called."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

FIRST, OTHER = "UM-1, producer", "UM-2, producer"


def unfold(page: Page) -> None:
    """Open every category and what is folded in the panel."""
    press(page, "Unfold all")
    for part in ("about", "files"):
        page.locator(f".dok-review__{part} summary").click()


def called(page: Page, name: str) -> Locator:
    """Return what has a name; to search by what a screen reader says takes seconds here."""
    return page.locator(f'[aria-label="{name}"]')


def status(page: Page, about: str = FIRST) -> Locator:
    return called(page, f"Status of {about}")


def evidence(page: Page, about: str = FIRST) -> Locator:
    return called(page, f"Evidence for {about}")


def row(page: Page, about: str = FIRST) -> Locator:
    return page.locator("tr", has=status(page, about))


def head(page: Page, name: str) -> Locator:
    return page.locator(f"[name={name}]")


def said(page: Page) -> Locator:
    return page.locator(".dok-review__said")


def press(page: Page, button: str) -> None:
    page.locator("button", has_text=re.compile(f"^{button}$")).click()


def exported(page: Page, button: str = "Export JSON") -> bytes:
    with page.expect_download() as download:
        press(page, button)
    return Path(download.value.path()).read_bytes()


def importing(page: Page, path: Path, field: str = "import") -> None:
    head(page, field).set_input_files(path)
