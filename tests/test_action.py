"""The action for other repositories, step by step as a runner runs it."""

import json
import os
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import FIXTURES, REPOSITORY, TOOLS

ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
INSTALL, ASSESS = ACTION["runs"]["steps"]


def run(step: dict[str, Any], folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a step with the inputs that are given, the others as their defaults."""
    inputs = {name: given.get(name.replace("-", "_"), each.get("default", ""))
              for name, each in ACTION["inputs"].items()}  # fmt: skip
    values = {
        name: re.sub(r"\$\{\{ inputs\.(\S+) }}", lambda found: inputs[found[1]], text)
        for name, text in step.get("env", {}).items()
    }
    (folder / "temp").mkdir(exist_ok=True)
    files = {name: str(folder / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | values | files
        | {"RUNNER_TEMP": str(folder / "temp"), "GITHUB_ACTION_PATH": str(REPOSITORY)},
    )  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A runner on which the command is installed, with manifests that have findings."""
    commands = tmp_path / "temp/dok-guide/bin"
    commands.mkdir(parents=True)
    (commands / "dok-guide").symlink_to(TOOLS / "dok-guide")
    (tmp_path / "deploy").mkdir()
    for name in ("install.yaml", "crds/databases.yaml"):
        path = tmp_path / "deploy" / Path(name).name
        path.write_bytes((FIXTURES / "assess" / name).read_bytes())
    return tmp_path


def test_findings_fail_the_job_and_are_shown_three_times(installed: Path) -> None:
    done = run(ASSESS, installed, path="deploy", level="1")
    assert done.returncode == 1, done.stderr
    sarif = json.loads((installed / "temp/dok-guide.sarif").read_text())
    results = sarif["runs"][0]["results"]
    assert results
    assert (installed / "GITHUB_OUTPUT").read_text() == (
        f"sarif={installed}/temp/dok-guide.sarif\n"
    )
    assert (installed / "GITHUB_STEP_SUMMARY").read_text().startswith("# Assessment of manifests")
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == len(results)
    assert errors[0].startswith("::error file=deploy/install.yaml,line=")


def test_what_was_not_seen_fails_the_job_too(installed: Path) -> None:
    done = run(ASSESS, installed, path="deploy", fail_on="never")
    assert done.returncode == 3
    assert "title=Not seen::" in done.stdout


def test_paths_stand_in_lines_and_are_no_options(installed: Path) -> None:
    done = run(ASSESS, installed, path="deploy/install.yaml\ndeploy/databases.yaml\n", level="1")
    assert done.returncode == 1, done.stderr
    done = run(ASSESS, installed, path="--help")
    assert done.returncode == 3
    assert "file=--help,line=1,title=Not seen::there is no such file" in done.stdout


def test_what_is_given_is_never_a_command(installed: Path) -> None:
    for name in ("level", "fail_on", "exceptions", "since"):
        run(ASSESS, installed, path="deploy", **{name: "$(touch made); `touch made`"})
        assert not list(installed.rglob("made"))
    assert "${{" not in ASSESS["run"] + INSTALL["run"]


@pytest.mark.slow
def test_it_installs_from_the_lock_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the lock names is there already, in the same versions, so nothing is fetched."""
    monkeypatch.setenv("PYTHONPATH", sysconfig.get_path("purelib"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    done = run(INSTALL, tmp_path)
    assert done.returncode == 0, done.stderr
    command = tmp_path / "temp/dok-guide/bin/dok-guide"
    assert subprocess.run([command, "--version"], check=True, capture_output=True).stdout


def test_the_hook_runs_the_command_on_yaml_files(installed: Path) -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["types"] == ["yaml"]
    entry = [*shlex.split(hook["entry"]), *hook["args"]]
    done = subprocess.run(
        [TOOLS / entry[0], *entry[1:], "deploy/install.yaml", "deploy/databases.yaml"],
        cwd=installed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
