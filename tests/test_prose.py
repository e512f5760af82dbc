"""What the pages of prose tell readers to run does what they say."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from building import REPOSITORY

from dok_guide.check import schema
from dok_guide.exporters import export
from dok_guide.model import Catalog
from dok_guide.review.formats import read_review

TOOLS = (REPOSITORY / "docs/tools.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(guide: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a reader has: the downloaded files, in the working directory."""
    export(guide, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snippets(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", TOOLS, re.MULTILINE | re.DOTALL)
    assert found
    return found


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.usefixtures("folder")
def test_python_counts_every_control(guide: Catalog) -> None:
    (snippet,) = snippets("python")
    lines = run(sys.executable, "-c", snippet).splitlines()
    assert sum(int(line.split()[2]) for line in lines) == len(guide.controls)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_javascript_lists_every_threat(guide: Catalog) -> None:
    (snippet,) = snippets("js")
    lines = run(str(REPOSITORY / ".venv/peers/bin/node"), "-e", snippet).splitlines()
    assert [line.split()[0] for line in lines] == [threat.id for threat in guide.threats]
    for threat, line in zip(guide.threats, lines, strict=True):
        assert line.endswith(" ".join(c.id for c in guide.against(threat.id)))


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_jq(guide: Catalog) -> None:
    table, checks, mapped = (run("bash", "-c", s) for s in snippets("sh") if s.startswith("jq"))
    wanted = guide.asking("consumer", 1)
    assert {line.split("\t")[0] for line in table.splitlines()} == {c.id for c in wanted}
    automated = [
        way
        for control in guide.controls
        for way in control.verification
        if way.for_ == "consumer" and way.automated and way.run
    ]
    assert len(re.findall(r"^# [A-Z]+-\d+$", checks, re.MULTILINE)) == len(automated)
    assert {line.split()[0] for line in mapped.splitlines()} == {
        control.id for control, _ in guide.mapped("nist-800-53")["SC-8"]
    }


def test_commands_of_dok_guide(folder: Path) -> None:
    shutil.copy("controls.json", "OLD.json")
    shutil.copy("controls.json", "NEW.json")
    (commands,) = [s for s in snippets("sh") if s.startswith("dok-guide")]
    tools = Path(sys.executable).parent
    for command in commands.splitlines():
        run(str(tools / "dok-guide"), *command.split()[1:])
    assert (folder / "downloads/controls.json").exists()


def test_checksums_can_be_checked_as_the_page_says(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("controls.json", "SHA256SUMS"):
        shutil.copy(site / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    (command,) = [s for s in snippets("sh") if s.startswith("sha256sum")]
    assert run("bash", "-c", command) == "controls.json: OK\n"


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted((REPOSITORY / "docs").glob("*.md")), ids=lambda p: p.stem)
def test_shell_on_pages_passes_shellcheck(page: Path) -> None:
    scripts = re.findall(
        r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    for script in scripts:
        done = subprocess.run(
            ["shellcheck", "--shell=bash", "-"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_the_example_of_a_review_is_one(tmp_path: Path, guide: Catalog) -> None:
    page = (REPOSITORY / "docs/review.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    data = json.loads(example)
    jsonschema.Draft202012Validator(schema("review")).validate(data)
    (tmp_path / "review.json").write_text(example, encoding="utf-8")
    taken = read_review(tmp_path / "review.json", guide)
    assert [a.control for a in taken.review.answers if not a.empty] == ["KSI-5"]
    assert taken.problems == ()
