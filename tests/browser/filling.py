"""The checklist as somebody fills it in: its fields by what they are called."""

from pathlib import Path

from playwright.sync_api import Locator, Page

FIRST, OTHER = "UM-1, producer", "UM-2, producer"


def unfold(page: Page) -> None:
    """Open every category and what is folded in the panel."""
    page.get_by_role("button", name="Unfold all").click()
    for part in ("about", "files"):
        page.locator(f".dok-review__{part} summary").click()


def status(page: Page, about: str = FIRST) -> Locator:
    return page.get_by_label(f"Status of {about}", exact=True)


def evidence(page: Page, about: str = FIRST) -> Locator:
    return page.get_by_label(f"Evidence for {about}", exact=True)


def row(page: Page, about: str = FIRST) -> Locator:
    return page.locator("tr", has=status(page, about))


def head(page: Page, name: str) -> Locator:
    return page.locator(f"[name={name}]")


def said(page: Page) -> Locator:
    return page.locator(".dok-review__said")


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def exported(page: Page, button: str = "Export JSON") -> bytes:
    with page.expect_download() as download:
        press(page, button)
    return Path(download.value.path()).read_bytes()


def importing(page: Page, path: Path, field: str = "import") -> None:
    head(page, field).set_input_files(path)
