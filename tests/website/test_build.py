"""The build as one step: everything is made once, and another builder can make the pages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from building import FIXTURES, project

from dok_guide.__main__ import main
from dok_guide.exporters import EXPORTERS, render_all
from dok_guide.model import Catalog
from dok_guide.published import NAME

#: Runs the command and counts what is called.
COUNTING = """
import collections, json, sys
from dok_guide import check, exporters
from dok_guide.__main__ import main
calls = collections.Counter()

def counted(owner, name, label):
    function = getattr(owner, name)
    def wrapper(*arguments):
        calls[label] += 1
        return function(*arguments)
    setattr(owner, name, wrapper)

counted(check, "check", "check")
for exporter in exporters.EXPORTERS:
    counted(exporter, "render", exporter.TITLE)
assert main(["site"]) == 0
print(json.dumps(calls))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = project(tmp_path / "project", FIXTURES / "catalog")
    monkeypatch.chdir(made)
    return made


def test_the_catalog_is_loaded_and_each_file_rendered_once(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNTING], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    calls = json.loads(done.stdout.splitlines()[-1])
    assert calls == {"check": 1} | dict.fromkeys((each.TITLE for each in EXPORTERS), 1)


def test_another_builder_makes_the_pages(folder: Path, catalog: Catalog) -> None:
    """It finds stubs and downloads, and what it writes is finished and checked."""
    script = folder / "builder.py"
    script.write_text(
        "import shutil\n"
        "assert 'control_page' in open('docs/controls/AB-1.md').read()\n"
        "shutil.copytree('docs', 'site')\n"
        "open('site/index.html', 'w').write('<meta charset=\"utf-8\"><a href=\"controls.json\">')\n"
    )
    assert main(["site", "--builder", f"{sys.executable} builder.py"]) == 0
    assert "Content-Security-Policy" in (folder / "site/index.html").read_text()
    sums = (folder / "site/SHA256SUMS").read_text().splitlines()
    assert [line.split("  ")[1] for line in sums] == sorted(render_all(catalog))
    assert (folder / NAME).is_file()


def test_another_builder_that_fails(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["site", "--builder", f"{sys.executable} -c 'raise SystemExit(7)'"]) == 1
    assert "the site was not built" in capsys.readouterr().out
    assert not (folder / "site").exists()
    assert main(["site", "--builder", "no-such-program"]) == 2
