"""The command line, as a user meets it."""

import json
from pathlib import Path

import pytest

from dok_guide.__main__ import main


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


@pytest.mark.parametrize("command", [["export", "out"], ["pages", "out"]])
def test_nothing_is_written_when_a_file_is_bad(
    copy: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(copy)
    Path("controls/CD/CD-1.yaml").write_text("")
    assert main(command) == 1
    assert not Path("out").exists()


def test_export_and_pages(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    assert main(["export", "out/deep"]) == 0
    assert main(["pages", "out/docs"]) == 0
    assert json.loads(Path("out/deep/controls.json").read_text())["version"] == "2.0.0-dev"
    assert Path("out/docs/controls/AB-1.md").exists()


def test_html_reports_defects(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(copy)
    main(["export", "site"])
    Path("site/index.html").write_text('<a href="gone">')
    assert main(["html"]) == 1
    assert "site/index.html:1: a link to 'gone', which is not there" in capsys.readouterr().out


def test_missing_folder_is_a_usage_error(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--controls", "nowhere", "check"])
    assert caught.value.code == 2
    assert "there is no folder nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "new", "pages", "export", "html", "diff", "review"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"dok-guide {command}" in capsys.readouterr().out
