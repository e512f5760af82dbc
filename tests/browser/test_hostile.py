"""Texts that try to become programs, in every field that holds a text, run nothing."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
import yaml
from building import FIXTURES, build, project
from playwright.sync_api import Browser

from dok_guide.check import SINGLE_FILES
from dok_guide.rules.schemas import schema
from dok_guide.rules.texts import texts

pytestmark = pytest.mark.slow

_HTML = "</code></pre><script>alert(1)</script><img src=x onerror=alert(2)>"
#: By kind of text, what comes before it.
HOSTILE = {
    "line": f"`{_HTML}` \"' | ",
    "paragraph": f"`{_HTML}` & \"'javascript: {{{{7*7}}}} ${{7}} ![x] | *_ ",
    "markdown": f"`{_HTML}`\n\n```\n{_HTML}\n```\n\n{{{{7*7}}}} \"'javascript: | ",
    "literal": f"# {_HTML}\n",
}

#: What has no room for more.
SHORT = ("summary",)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented catalog with a hostile beginning in each of its texts."""
    folder = project(tmp_path_factory.mktemp("hostile"), FIXTURES / "catalog")
    changed = 0
    for path in sorted((folder / "controls").rglob("*.yaml")):
        if "operators" in path.parts:  # no page shows them yet
            continue
        name = path.stem if path.stem in SINGLE_FILES else "control"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for kind, place, text in list(texts(schema(name), data)):
            *way, last = place
            holder = functools.reduce(lambda part, key: part[key], way, data)
            # a comment of CEL, where `#` begins none
            begins = f"// {_HTML}\n" if last == "expression" else HOSTILE[kind]
            holder[last] = f"{begins}{path.stem}." if last in SHORT else begins + text
            changed += 1
        path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    assert changed > 60
    return build(folder)


def test_nothing_runs_and_everything_is_shown(hostile: Path, browser: Browser) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(hostile))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    pages = sorted(path.relative_to(hostile).parent for path in hostile.rglob("index.html"))
    assert len(pages) > 20
    faults: list[str] = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(base_url=f"http://127.0.0.1:{server.server_port}/")
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        for path in pages:
            page.goto(path.as_posix())
            assert page.locator("img[src=x]").count() == 0, path
        page.goto("controls/AB-1/")
        shown = page.locator("article").text_content()
        assert shown.count("<script>alert(1)</script>") > 20
        assert "49" not in shown
        page.close()
        server.shutdown()
    assert faults == []
