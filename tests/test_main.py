"""The command line, as a user meets it."""

import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from building import FIXTURES, REPOSITORY

from dok_guide import commands
from dok_guide.__main__ import COMMANDS, main


@pytest.fixture(autouse=True)
def _not_in_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def test_check(copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(copy)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ("4 controls and 2 threats are fine\n")


def test_check_reports_and_fails(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    Path("controls/CD/CD-1.yaml").write_text("")
    assert main(["check"]) == 1
    output = capsys.readouterr()
    assert output.out == "controls/CD/CD-1.yaml:1: the file is empty\n"
    assert output.err == "1 problem\n"


def test_check_annotates_in_actions(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    Path("controls/CD/CD-1.yaml").write_text("")
    assert main(["check"]) == 1
    assert capsys.readouterr().out == (
        "::error file=controls/CD/CD-1.yaml,line=1::the file is empty\n"
    )


def test_nothing_is_written_when_a_file_is_bad(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    Path("controls/CD/CD-1.yaml").write_text("")
    assert main(["export", "out"]) == 1
    assert not Path("out").exists()


def test_export(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    assert main(["export", "out/deep"]) == 0
    assert json.loads(Path("out/deep/controls.json").read_text())["version"] == "2.0.0-dev"


def test_missing_folder_is_a_usage_error(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--controls", "nowhere", "check"])
    assert caught.value.code == 2
    assert "there is no folder nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"dok-guide {command}" in capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE) == list(COMMANDS)


def test_there_is_a_module_for_every_command() -> None:
    found = pkgutil.iter_modules([str(Path(commands.__file__).parent)])
    assert {each.name for each in found} == set(COMMANDS)


def test_version(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    assert capsys.readouterr().out == f"dok-guide {settings['project']['version']}\n"


def test_a_command_is_imported_only_if_it_is_named() -> None:
    """`assess` starts without what checks, renders pages or reads workbooks."""
    program = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        "from dok_guide.__main__ import main; "
        f"main(['--controls', {str(FIXTURES / 'catalog')!r}, 'assess', '--help'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    imported = set(done.stderr.split())
    assert "dok_guide.commands.assess" in imported
    assert not imported & {
        "dok_guide.commands.site", "jsonschema", "markdown", "mkdocs", "openpyxl", "xlsxwriter",
        "typst", "pikepdf",
    }  # fmt: skip
