"""The files with which the host runs and shows this repository."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from building import REPOSITORY

from dok_guide.exporters import render_all
from dok_guide.model import Catalog
from dok_guide.published import NAME
from dok_guide.website.edition import WRITTEN
from dok_guide.website.signposts import NAMES as SIGNPOSTS
from dok_guide.website.stubs import stubs

GITHUB = REPOSITORY / ".github"
PEERS = REPOSITORY / ".venv/peers/bin"


@pytest.mark.slow
def test_workflows_are_safe() -> None:
    """Pinned by commit, least permissions, no credentials left behind: zizmor knows the list."""
    done = subprocess.run(
        [
            PEERS / "zizmor",
            "--offline",
            "--persona=pedantic",
            "--quiet",
            GITHUB,
            REPOSITORY / "action.yml",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_workflows_are_valid(tmp_path: Path) -> None:
    """Those of this repository, and the one that a page shows."""
    paths = sorted((GITHUB / "workflows").glob("*.yml"))
    assert len(paths) >= 4
    page = (REPOSITORY / "docs/assess.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```yaml\n(on: .*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "shown.yml").write_text(shown, encoding="utf-8")
    done = subprocess.run(
        ["go", "tool", "actionlint", "-no-color", *paths, tmp_path / "shown.yml"],
        cwd=REPOSITORY / "tests/peers/actionlint", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_issue_form_offers_every_category(guide: Catalog) -> None:
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/control.yml").read_text(encoding="utf-8"))
    fields = {part["id"]: part for part in form["body"] if "id" in part}
    assert list(fields) == ["title", "category", "requirement", "attacker", "evidence"]
    options = fields["category"]["attributes"]["options"]
    assert options[:-1] == [category.title for category in guide.categories]
    assert all(part["validations"]["required"] for part in fields.values())


def test_the_lock_of_the_command_has_what_its_package_needs() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.split(r"[<>=]", name)[0] for name in project["project"]["dependencies"]}
    lines = (REPOSITORY / "requirements/command.in").read_text(encoding="utf-8").splitlines()
    named = {line for line in lines if line[0] not in "#-"}
    assert named == needed | set(project["build-system"]["requires"])


def test_lock_of_node_names_no_registry() -> None:
    assert "://registry" not in (REPOSITORY / "package-lock.json").read_text(encoding="utf-8")


def test_clean_removes_what_the_commands_wrote_and_nothing_else(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "Makefile", tmp_path)
    ours = [
        *(f"docs/{name}" for name in WRITTEN), *(f"site/{name}" for name in WRITTEN),
        NAME, ".venv/bin/python", "node_modules/x", ".mypy_cache/x", "tests/__pycache__/x.pyc",
    ]  # fmt: skip
    others = [
        "docs/index.md",
        "controls/AB/AB-1.yaml",
        ".env",
        "notes.txt",
        "tests/a.py",
        "scripts/b",
    ]
    for name in ours + others:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    subprocess.run(["make", "--silent", "clean"], cwd=tmp_path, check=True)
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == {"Makefile", *others}


def test_git_ignores_what_the_build_writes() -> None:
    ignored = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    for name in (*WRITTEN, "controls.json"):
        assert {f"docs/{name}", f"docs/{name}/"} & set(ignored)
    assert {"site/", f"/{NAME}"} <= set(ignored)


def test_what_the_build_writes_is_known(catalog: Catalog) -> None:
    names = {*stubs(catalog), *render_all(catalog), *SIGNPOSTS}
    assert {name.split("/")[0] for name in names} == set(WRITTEN)


def test_every_program_that_a_workflow_installs_is_pinned() -> None:
    for path in sorted((GITHUB / "workflows").glob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "pip install" in line:
                assert "--require-hashes" in line, f"{path.name}: {line.strip()}"


@pytest.mark.slow
def test_scripts_of_the_site_keep_to_their_types() -> None:
    scripts = sorted((REPOSITORY / "overrides/assets/javascripts").rglob("*.js"))
    done = subprocess.run(
        [
            PEERS / "node", REPOSITORY / "node_modules/typescript/bin/tsc",
            "--allowJs", "--checkJs", "--noEmit", "--strict", "--skipLibCheck",
            "--target", "es2022", "--lib", "es2022,dom,dom.iterable", *scripts,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
