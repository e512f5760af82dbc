"""`dok-guide assess` as a user meets it, and every command of its pages."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import FIXTURES, REPOSITORY

from dok_guide.__main__ import main
from dok_guide.engine.manifests import parse_manifests
from dok_guide.model import Catalog

INSTALL = FIXTURES / "assess"
NAMES = ("assess", "assess-resource", "assess-cluster", "assess-upgrade", "assess-reference")
PAGES = {n: (REPOSITORY / f"docs/{n}.md").read_text(encoding="utf-8") for n in NAMES}
PAGE, REFERENCE = PAGES["assess"], PAGES["assess-reference"]
TOOLS = Path(sys.executable).parent


CLUSTER = """\
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: my-cluster}
spec: {instances: 3, storage: {size: 1Gi}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page speaks of: an install, its definitions, a running installation, exceptions."""
    (tmp_path / "crds").mkdir()
    for name in ("install.yaml", "crds/databases.yaml"):
        (tmp_path / name).write_bytes((INSTALL / name).read_bytes())
    (tmp_path / "old.yaml").write_bytes((INSTALL / "install.yaml").read_bytes())
    (tmp_path / "cluster.json").write_text("".join(collected()))
    (tmp_path / "collect.sh").write_text("kubectl get pods --output=json\n")
    (exceptions,) = [text for text in blocks("yaml", REFERENCE) if text.startswith("- check:")]
    (tmp_path / "exceptions.yaml").write_text(exceptions)
    (tmp_path / "my-cluster.yaml").write_text(CLUSTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(language: str, page: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def collected() -> Iterator[str]:
    """The invented install as the script of `dok-guide collect` prints it."""
    note = {"apiVersion": "collect.dok-guide/v1", "kind": "Collection"}
    chosen = {"databases": ["databases"], "operators": ["db-system"], "kinds": []}
    yield json.dumps(note | {"metadata": {"name": "begin"}, "spec": chosen})
    for file in ("install.yaml", "crds/databases.yaml"):
        text = (INSTALL / file).read_text()
        yield from (json.dumps(each.data) for each in parse_manifests(text))
    yield json.dumps(note | {"metadata": {"name": "end"}})


def run(*arguments: str) -> int:
    return main(["--controls", str(REPOSITORY / "controls"), "assess", *arguments])


KSI_7 = ("install.yaml", "crds", "--control", "KSI-7")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (KSI_7, 1),
        ((*KSI_7, "--fail-on", "1"), 1),
        ((*KSI_7, "--fail-on", "never"), 3),
        ((*KSI_7, "--level", "0"), 2),
        (("crds", "--control", "KSI-7"), 3),
        ((*KSI_7, "nowhere.yaml"), 1),
        ((*KSI_7, "nowhere.yaml", "--fail-on", "never"), 3),
        (("crds", "--control", "NONE-1"), 2),
        ((*KSI_7, "--exceptions", "nowhere.yaml"), 2),
        (("crds", "--control", "OA-1"), 0),
        (("crds", "--control", "OA-1", "nowhere.yaml"), 3),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    paths = [word for word in arguments[2:] if word == "nowhere.yaml"]
    if "--exceptions" in arguments:
        paths = []
    options = [word for word in arguments if word not in paths]
    assert run(*paths, *options) == code


@pytest.mark.parametrize(
    "arguments",
    [(), ("--fail-on", "x", "a"), ("--database", "=", "a"), ("--format", "xml", "a")],
)
def test_a_wrong_command_line(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == 2


def test_an_unknown_control_is_named(capsys: pytest.CaptureFixture) -> None:
    assert run("crds", "--control", "NONE-1") == 2
    assert "no control NONE-1; " in capsys.readouterr().err
    assert run("crds", "--control", "ksi7") == 2
    assert "no control ksi7; did you mean KSI-7?" in capsys.readouterr().err


def test_a_file_is_written_whatever_the_exit_code(
    capsys: pytest.CaptureFixture, folder: Path
) -> None:
    assert run(*KSI_7, "--format", "sarif", "--output", "out.sarif", "--fail-on", "1") == 1
    assert json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]
    assert capsys.readouterr().out == "out.sarif is written\n"


def test_without_a_group_the_result_says_what_to_do(
    capsys: pytest.CaptureFixture, folder: Path
) -> None:
    text = (folder / "install.yaml").read_text().replace("db.example.org]", "apps]")
    (folder / "without.yaml").write_text(text)
    assert run("without.yaml", "--control", "KSI-7") == 3
    assert "name a group with --group" in capsys.readouterr().out
    assert run("install.yaml", "--control", "KSI-7", "--group", "db.example.org") == 1


def test_groups_are_read_off_the_roles(capsys: pytest.CaptureFixture) -> None:
    assert run("install.yaml", "--control", "KSI-7") == 1
    assert "the API groups db.example.org are read off roles" in capsys.readouterr().out


def test_explain_says_whose_each_workload_is(capsys: pytest.CaptureFixture) -> None:
    run(*KSI_7, "--explain")
    shown = capsys.readouterr().out
    assert "StatefulSet databases/orders: database; labeled db.example.org/cluster" in shown
    assert "Deployment db-system/dashboard: not classified; nothing links it" in shown
    run(*KSI_7, "--explain", "--operator", "app=dashboard")
    assert "Deployment db-system/dashboard: operator; selected" in capsys.readouterr().out


def test_the_page_shows_what_the_command_prints(capsys: pytest.CaptureFixture) -> None:
    run(*KSI_7)
    assert capsys.readouterr().out in PAGE


def test_the_exception_of_the_page_fits(capsys: pytest.CaptureFixture) -> None:
    run(*KSI_7, "--exceptions", "exceptions.yaml", "--date", "2027-03-31")
    assert "Accepted until 2027-03-31" in capsys.readouterr().out


#: Programs that the page pipes from; a stand-in prints what they would for this install.
STANDINS = ("helm", "kubectl")
_STANDIN = """#!/bin/sh
case "$*" in
*--output=json*) echo '{{"apiVersion": "v1", "kind": "List", "items": []}}' ;;
*) cat {folder}/install.yaml {folder}/crds/* ;;
esac
"""
#: What needs a host beside this machine.
INSTALLATION = ("git clone", "python3 -m pip")
#: Programs that get the command and run it; a test runs what they would.
RUNNERS = re.compile(r"^(?:uvx --from|pipx run --spec) git\+(\S+?)@v(\S+) ")


def commands() -> list[str]:
    lines = "".join(block for page in PAGES.values() for block in blocks("sh", page)).splitlines()
    return [line for line in dict.fromkeys(lines) if not line.startswith(INSTALLATION)]


@pytest.mark.parametrize("command", commands())
def test_each_command_of_the_pages_runs(command: str, folder: Path) -> None:
    tools = folder / "bin"
    tools.mkdir()
    for name in STANDINS:
        (tools / name).write_text(_STANDIN.format(folder=folder))
        (tools / name).chmod(0o755)
    if "review.json" in command and "convert" in command:
        run("crds", "--format", "review")
        (folder / "review.json").write_text(
            '{"schema_version": "1.0", "catalog": "1.0.0", "answers": []}'
        )
    command = RUNNERS.sub("", command)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env=os.environ | {"PATH": f"{tools}:{TOOLS}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == "" or "convert" in command
    assert done.returncode == expected_code(command), done.stdout


def test_what_gets_the_command_names_this_repository(guide: Catalog) -> None:
    found = [RUNNERS.match(command) for command in commands()]
    named = {match.groups() for match in found if match}
    assert named == {(guide.repository, guide.version.removesuffix("-dev"))}


def workflows() -> Iterator[dict[str, Any]]:
    for page in PAGES.values():
        for text in blocks("yaml", page):
            data = yaml.safe_load(text)
            jobs = data.get("jobs", {}).values() if isinstance(data, dict) else ()
            steps = data if isinstance(data, list) else [s for job in jobs for s in job["steps"]]
            yield from (step for step in steps if "uses" in step)


def test_workflows_of_the_pages_give_the_action_what_it_knows(guide: Catalog) -> None:
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
    ours = [step for step in workflows() if "sig-operator" in step["uses"]]
    assert len(ours) >= 2
    for step in ours:
        assert step["uses"] == f"dokc/sig-operator@v{guide.version.removesuffix('-dev')}"
        assert step["with"].keys() <= action["inputs"].keys()
        assert "path" in step["with"]


def expected_code(command: str) -> int:
    """The invented install has findings, and a workload that is nobody's."""
    if "reach" in command or "--fail-on never" in command or "--fail-on new" in command:
        return 3
    return 1 if "guide assess" in command else 0


def test_fail_on_new_counts_what_came(folder: Path) -> None:
    since = ("--since", "old.yaml", "--fail-on", "new", "--control", "KSI-7")
    assert run("install.yaml", "crds", *since) == 3
    old = (folder / "old.yaml").read_text().replace('verbs: ["*"]', "verbs: [get]", 1)
    (folder / "old.yaml").write_text(old)
    assert run("install.yaml", "crds", *since) == 1
    assert run("install.yaml", "crds", *since[:2], "--control", "KSI-7", "--fail-on", "never") == 3


def test_fail_on_new_needs_the_old_one(capsys: pytest.CaptureFixture) -> None:
    assert run(*KSI_7, "--fail-on", "new") == 2
    assert run(*KSI_7, "--since", "old.yaml", "--format", "sarif") == 2
    shown = capsys.readouterr().err
    assert "--since OLD" in shown
    assert "use text, markdown, json" in shown


def test_the_end_says_what_the_account_may_do(capsys: pytest.CaptureFixture) -> None:
    for form in ("text", "markdown"):
        run(*KSI_7, "--format", form)
        assert "can take over the whole cluster" in capsys.readouterr().out


def test_a_collected_cluster_answers_questions(capsys: pytest.CaptureFixture) -> None:
    run("cluster.json")
    shown = capsys.readouterr().out
    assert "READ OFF THE CLUSTER" in shown
    assert "namespace databases was not read" in shown


def test_every_exit_code_is_on_the_page_and_in_the_help(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    shown = capsys.readouterr().out
    for code in ("0", "1", "2", "3"):
        assert re.search(rf"^\| {code} \| ", REFERENCE, re.MULTILINE)
        assert re.search(rf"(code|:|\.)\s+{code}:", " ".join(shown.split()))


def test_nothing_of_the_input_is_executed_or_followed(folder: Path) -> None:
    evil = "apiVersion: v1\nkind: Secret\nmetadata: {name: !!python/object/apply:os.mkdir [made]}\n"
    (folder / "evil.yaml").write_text(evil)
    (folder / "link.yaml").symlink_to("/nowhere")
    assert run("evil.yaml", "link.yaml", "--control", "KSI-7") == 3
    assert not (folder / "made").exists()


def test_json_of_the_command_is_what_the_schema_says(capsys: pytest.CaptureFixture) -> None:
    run(*KSI_7, "--format", "json")
    assert json.loads(capsys.readouterr().out)["verdicts"][0]["status"] == "not met"
