"""What can't be done is said in one line, with exit code 2, by every command."""

import os
import resource
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from building import FIXTURES, TOOLS, project

from dok_guide import load
from dok_guide.__main__ import COMMANDS, main

#: With every column, so that reading it has nothing to say.
REVIEW = (
    "Control,Audience,Status,Items not met,Reason,Evidence,Note,Owner,Due,Accepted until,Flag,"
    "Fingerprint\nAB-1,producer,met,,,,,,,,,\n"
)
#: A command line for each command that writes files.
WRITING = (
    ("new", "AB-11", "Eleventh Control"),
    ("site",),
    ("serve", "--address", "127.0.0.1:0"),
    ("export", "out"),
    ("review", "convert", "review.csv", "review.json"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project to be in, with a review."""
    made = project(tmp_path / "project", FIXTURES / "catalog")
    (made / "review.csv").write_text(REVIEW)
    monkeypatch.chdir(made)
    return made


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def limited() -> None:
    """Let no file grow beyond a few bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, 3))


def run(folder: Path, *command: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / "dok-guide", *command],
        cwd=folder, text=True, check=False, timeout=120, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, **{"stdout": subprocess.PIPE} | options,
    )  # fmt: skip


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_no_room_on_the_disk(folder: Path, command: tuple[str, ...]) -> None:
    before = files(folder)
    done = run(folder, *command, preexec_fn=limited)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("dok-guide: ")
    assert "File too large" in line
    assert files(folder) == before


@pytest.mark.parametrize(
    ("command", "target"),
    [
        (("site",), "docs/controls"),
        (("site", "out"), "out"),
        (("serve", "--address", "127.0.0.1:0"), "docs/controls"),
        (("export", "out"), "out"),
        (("review", "convert", "review.csv", "out/review.json"), "out"),
    ],
)
def test_a_file_where_a_folder_should_be(
    folder: Path, command: tuple[str, ...], target: str, capsys: pytest.CaptureFixture
) -> None:
    path = folder / target
    shutil.rmtree(path, ignore_errors=True)
    path.write_text("in the way")
    assert main(list(command)) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert target.rpartition("/")[2] in line
    assert "; give a path whose folders are folders" in line
    assert path.read_text() == "in the way"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("check", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
        (("check", "mkdocs.yml"), "mkdocs.yml: in no catalog; give files of a folder that has"),
        (("diff", "nowhere.json", "nowhere.json"), "nowhere.json: No such file or directory; give"),
        (("diff", "docs", "docs"), "docs: Is a directory; give a file instead of a folder"),
        (("review", "convert", "nowhere.csv", "a.json"), "nowhere.csv: No such file or directory"),
        (("review", "report", "nowhere.csv"), "nowhere.csv: No such file or directory; give"),
        (("review", "report", "docs.csv"), "docs.csv: Is a directory; give a file"),
        (("--controls", "docs", "site"), "the site is made of ./controls; leave --controls out"),
        (("--controls", "docs", "serve"), "the site is made of ./controls; leave --controls out"),
        (("site", "."), ". holds something else than a site; give a new or empty folder"),
        (("site", "docs"), "docs holds something else than a site; give a new or empty folder"),
        (("assess", "--control", "NONE-1", "."), "no control NONE-1; the index of the guide"),
    ],
)
def test_what_is_not_there(
    folder: Path, command: tuple[str, ...], message: str, capsys: pytest.CaptureFixture
) -> None:
    (folder / "docs.csv").mkdir()
    assert main(list(command)) == 2
    (line,) = [each for each in capsys.readouterr().err.splitlines() if "INFO" not in each]
    assert line.startswith("dok-guide: ")
    assert message in line


@pytest.mark.parametrize("command", ["site", "serve"])
def test_outside_of_a_guide(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command]) == 2
    assert "go to the folder of the guide" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option(command: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--colour"])
    assert caught.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_an_address_in_use(capsys: pytest.CaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}"]) == 2
    assert "give another one with --address" in capsys.readouterr().err


def test_no_room_for_what_is_printed(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(folder, "check", stdout=full)
    assert done.returncode == 2
    assert done.stderr == "dok-guide: No space left on device; make room on the disk\n"


def test_nobody_reads_what_is_printed(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(folder, "check", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.usefixtures("folder")
def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "load_catalog", interrupt)
    assert main(["check"]) == 130
    assert capsys.readouterr().err == "dok-guide: stopped\n"


def test_check_takes_files_as_pre_commit_gives_them(
    folder: Path, capsys: pytest.CaptureFixture
) -> None:
    """All of the catalog counts: the mistake is in another file than those that changed."""
    changed = ["controls/AB/AB-1.yaml", "controls/threats.yaml", "controls"]
    assert main(["check", *changed]) == 0
    assert capsys.readouterr().out == "4 controls and 2 threats are fine\n"
    (folder / "controls/CD/CD-1.yaml").write_text("")
    assert main(["check", *changed]) == 1
    assert capsys.readouterr().out == "controls/CD/CD-1.yaml:1: the file is empty\n"
