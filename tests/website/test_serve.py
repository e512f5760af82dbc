"""The site while it is being written: an edit of a control reaches all that shows it."""

import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from building import FIXTURES, TOOLS, project

from dok_guide.source import CatalogError
from dok_guide.website import serve
from dok_guide.website.serve import Preview, state

#: A build takes two seconds; nothing is measured here.
PATIENCE = 120
#: What shows the requirement of CD-1.
SHOWING = (
    "controls/CD-1/", "checklist/", "search/search_index.json", "controls.json",
    "controls/CD-1.json", "downloads/checklist.csv", "oscal/catalog.json",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project to be in."""
    made = project(tmp_path / "project", FIXTURES / "catalog")
    monkeypatch.chdir(made)
    return made


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "controls/CD/CD-1.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


class Served:
    """The command as somebody runs it."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.log = folder.parent / "log.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [TOOLS / "dok-guide", "serve", "--address", self.address],
                cwd=folder, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}/{path}") as answer:
            return answer.read().decode()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds; fail if it doesn't in the end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if condition():
                    return
            except OSError:  # not there yet
                pass
            time.sleep(0.1)
        pytest.fail(self.log.read_text())


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    running = Served(folder)
    yield running
    running.process.kill()
    running.process.wait()


def test_an_edited_requirement_reaches_pages_search_and_downloads(
    folder: Path, served: Served
) -> None:
    served.wait(lambda: "CD-1" in served.get("controls/CD-1/"))
    edit(folder, "The database does not stop", "Nobody stops")
    edit(folder, "The database MUST NOT", "Nobody MUST NOT")
    served.wait(lambda: "Nobody MUST NOT" in served.get("controls/CD-1/"))
    for path in SHOWING:
        assert "Nobody MUST NOT" in served.get(path), path
    assert '<meta name="description" content="Nobody stops' in served.get("controls/CD-1/")
    assert "Nobody stops" in served.get("categories/CD/")
    assert "dirty" not in served.log.read_text()


def test_a_mistake_is_shown_and_the_site_stays_as_it_was(folder: Path, served: Served) -> None:
    served.wait(lambda: "CD-1" in served.get("controls/CD-1/"))
    edit(folder, "level: 2", "level: 9")
    served.wait(lambda: "controls/CD/CD-1.yaml:4: level: 9" in served.log.read_text())
    assert "The database MUST NOT" in served.get("controls/CD-1/")
    edit(folder, "level: 9", "level: 1")
    served.wait(lambda: "Level 1:" in served.get("controls/CD-1/"))
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(PATIENCE) == 130
    assert "Traceback" not in served.log.read_text()


def test_what_the_build_writes_is_no_edit(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    preview = Preview(tmp_path / "sites", "http://127.0.0.1:1/")
    before = list(state())
    preview.build()
    assert list(state()) == before
    site = preview.site
    preview.update()
    assert preview.site == site
    (folder / "docs/glossary.md").touch()
    (folder / "docs/glossary.md").write_text("# Words\n")
    preview.update()
    assert preview.site != site
    assert site.exists(), "somebody may still be reading it"
    preview.build()
    assert not site.exists()
    assert json.loads((preview.site / "controls.json").read_text())["version"] == "2.0.0-dev"


@pytest.mark.usefixtures("folder")
def test_every_part_of_the_site_is_watched() -> None:
    watched = {path for path, _ in state()}
    for name in ("controls/AB/AB-1.yaml", "docs/index.md", "overrides/main.html", "mkdocs.yml"):
        assert name in watched
    assert any(path.endswith("templates/control_page.md") for path in watched)


def test_a_bad_file_at_the_start_stops_it(folder: Path) -> None:
    (folder / "controls/CD/CD-1.yaml").write_text("")
    with pytest.raises(CatalogError):
        serve.serve("127.0.0.1", 0)
