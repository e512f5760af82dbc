"""What the pages of prose tell readers to run does what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from building import FIXTURES, REPOSITORY

from dok_guide.__main__ import main
from dok_guide.exporters import export
from dok_guide.model import Catalog
from dok_guide.oscal.ids import oscal_id, part_id
from dok_guide.review.formats import as_json, read_review
from dok_guide.review.model import blank, requirements
from dok_guide.rules.schemas import schema

TOOLS = (REPOSITORY / "docs/tools.md").read_text(encoding="utf-8")
OSCAL = (REPOSITORY / "docs/oscal.md").read_text(encoding="utf-8")
PEERS = REPOSITORY / ".venv/peers/bin"


@pytest.fixture
def folder(guide: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a reader has: the downloaded files, in the working directory."""
    export(guide, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snippets(language: str, page: str = TOOLS) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found
    return found


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_home_shows_what_assess_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = (REPOSITORY / "docs/index.md").read_text(encoding="utf-8")
    _, _, arguments = snippets("sh", home)[0].partition(" dok-guide ")
    monkeypatch.chdir(FIXTURES / "assess")
    assert main(arguments.split()) == 1
    (shown,) = snippets("text", home)
    assert shown in capsys.readouterr().out


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


@pytest.mark.usefixtures("folder")
def test_python_lists_what_level_1_asks_in_oscal(guide: Catalog) -> None:
    (snippet,) = snippets("python", OSCAL)
    lines = run(sys.executable, "-c", snippet).splitlines()
    asked = [
        part_id(control, "smt", audience, *letter)
        for control, audience in requirements(guide, level=1)
        for letter in ("", *(letter for letter, _ in control.lettered(audience)))
    ]
    assert [line.split()[0] for line in lines if line.startswith("dok-")] == asked
    values = {p.value for c in guide.active if c.level == 1 for p in c.parameters}
    text = "\n".join(lines)
    assert "{{" not in text
    assert values
    assert [value for value in values if value not in text] == []


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_jq_on_oscal(guide: Catalog) -> None:
    scripts = [s for s in snippets("sh", OSCAL) if s.startswith("jq")]
    params, ways, mapped = (run("bash", "-c", script).splitlines() for script in scripts)
    assert len(params) == sum(len(control.parameters) for control in guide.active)
    assert len(ways) == len(guide.control("KSI-7").verification)
    assert all("automated=" in line for line in ways)
    assert [line.split()[0] for line in mapped] == [
        oscal_id(control.id) for control, _ in guide.mapped("nist-800-53")["AC-6"]
    ]


@pytest.mark.slow
def test_trestle_does_what_the_page_says(
    folder: Path, guide: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{PEERS}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(folder))
    (folder / "workspace").mkdir()
    monkeypatch.chdir(folder / "workspace")
    first, second, third = (s for s in snippets("sh", OSCAL) if "trestle" in s)
    (component,) = (s for s in snippets("sh", OSCAL) if s.startswith("dok-guide component"))
    install, *commands = first.splitlines()
    assert install.startswith("pip install ")  # which the peers' lock has done
    run("bash", "-ec", "\n".join(commands))
    run("bash", "-ec", second)
    run("bash", "-ec", f"cd ..\nPATH={Path(sys.executable).parent}:$PATH\n{component}")
    run("bash", "-ec", third)
    resolved = (folder / "workspace/catalogs/dok-level-1-resolved/catalog.json").read_text()
    level_1 = [control for control in guide.active if control.level == 1]
    assert len(re.findall(r'"id": "dok-[a-z]+-\d+"', resolved)) == len(level_1)
    assert "insert: param" not in resolved
    assert len(list((folder / "workspace/plan").rglob("dok-*.md"))) == len(level_1)
    answered = list((folder / "workspace/plan-with-answers").rglob("dok-*.md"))
    assert len(answered) == len([c for c in guide.active if "producer" in c.audiences])
    assert all("### Example DB Operator" in path.read_text() for path in answered)


def test_guide_commands_on_the_oscal_page(
    folder: Path, guide: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = replace(blank(guide), date="2026-11-25")
    answers = (replace(review.answers[0], status="met"), *review.answers[1:])
    (folder / "review.json").write_bytes(as_json.write(replace(review, answers=answers), guide))
    commands = [s for s in snippets("sh", OSCAL) if s.startswith("dok-guide")]
    assert len(commands) == 3
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    for command in commands:
        run("bash", "-ec", command)
    assert '"Example DB Operator"' in (folder / "example-db.json").read_text(encoding="utf-8")
    assert "assessment-results" in (folder / "results.oscal.json").read_text(encoding="utf-8")


def test_files_named_on_the_oscal_page_exist(folder: Path) -> None:
    names = re.findall(r"`((?:oscal/)?[\w-]+\.(?:json|yaml))`", OSCAL)
    names = [name for name in names if not name.startswith("results")]
    assert len(names) > 8
    assert [n for n in names if not (folder / "oscal" / n.removeprefix("oscal/")).is_file()] == []


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
