"""The search, asked as readers ask: what is found, and what stands first."""

import re
from collections.abc import Callable, Iterator

import pytest
import yaml
from building import FIXTURES
from playwright.sync_api import Browser, Page, expect

from dok_guide.model import Catalog

pytestmark = pytest.mark.slow

QUERIES: dict[str, str] = yaml.safe_load((FIXTURES / "queries.yaml").read_text(encoding="utf-8"))
#: How many of the queries may have their page second or third.
NOT_FIRST = 2

Ask = Callable[[str], list[str]]

#: Speaks with the worker of the site as its page does; keeps the pages of the results, best first.
WORKER = """async () => {
  const { search } = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(new URL(search, location));
  const say = (message) => new Promise((resolve) => {
    worker.addEventListener("message", (event) => resolve(event.data), { once: true });
    worker.postMessage(message);
  });
  const index = await (await fetch("search/search_index.json")).json();
  await say({ type: 0, data: { ...index, options: { suggest: true } } });
  window.ask = async (query) => {
    const { data } = await say({ type: 2, data: query });
    return data.items.map(([first]) => first.location.split("#")[0]);
  };
}"""


@pytest.fixture(scope="module")
def ask(browser: Browser, address: str) -> Iterator[Ask]:
    page = browser.new_page(base_url=address)
    page.goto("")
    page.evaluate(WORKER)
    yield lambda query: page.evaluate("query => window.ask(query)", query)
    page.close()


def test_what_readers_type_finds_what_they_look_for(ask: Ask) -> None:
    found = {query: ask(query) for query in map(str, QUERIES)}
    later = {q: found[q][:3] for q, page in QUERIES.items() if found[q][0] != page}
    assert len(later) <= NOT_FIRST, later
    assert [q for q, page in QUERIES.items() if page not in found[q][:3]] == []


def test_an_id_is_always_first(ask: Ask, guide: Catalog) -> None:
    ids = [f"controls/{control.id}/" for control in guide.controls]
    ids += [f"threats/{threat.id}/" for threat in guide.threats]
    for page in ids:
        id_ = page.split("/")[1]
        assert ask(id_)[0] == ask(f" {id_.lower()} ")[0] == page


def test_a_word_of_the_glossary_leads_to_its_first_control(ask: Ask, guide: Catalog) -> None:
    for term in guide.glossary:
        for control in term.controls[:1]:
            assert f"controls/{control}/" in ask(term.id)[:3], term.id


@pytest.mark.parametrize("query", ["", "   ", "-", '"', "+", "title:", "(", "ü", "<b>", "a" * 500])
def test_nothing_that_is_typed_breaks_it(ask: Ask, query: str) -> None:
    assert isinstance(ask(query), list)
    assert ask("NM-1")[0] == "controls/NM-1/"


def test_results_are_shown_in_this_order(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for query, path in (("NM-1", "controls/NM-1/"), ("rbac", "controls/KSI-3/")):
        first = typed(page, query)
        expect(first).to_have_attribute("href", re.compile(re.escape(path)), timeout=15_000)
    assert faults == []
    page.close()


def typed(page: Page, query: str):
    """Type a query key by key, as the theme wants it, and return the first result."""
    page.goto("")
    page.wait_for_load_state("networkidle")
    page.locator("[data-md-component=search-query]").press_sequentially(query)
    return page.locator(".md-search-result__link").first
