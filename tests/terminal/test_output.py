"""Where a result goes, and what a person who waits is told."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from dok_guide.terminal.output import in_color, write
from dok_guide.terminal.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "variables", "color"),
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
    ],
)
def test_color_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, variables: dict[str, str], color: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert in_color(stream) is color


def test_a_file_is_written_whole(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    write(["a", "b\udc80"], tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == b"ab\\udc80"
    assert "is written" in capsys.readouterr().out


def test_or_not_at_all(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "new"
        raise RuntimeError

    (tmp_path / "out.txt").write_text("old")
    with pytest.raises(RuntimeError):
        write(pieces(), tmp_path / "out.txt")
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]
    assert (tmp_path / "out.txt").read_text() == "old"


def told(stream: io.StringIO, *times: float) -> str:
    """What a stream shows if something is told at some times, counted from the start."""
    clock = iter([0.0, *times])
    progress = Progress(stream, lambda: next(clock))
    for number, _ in enumerate(times):
        progress.tell(f"step {number}")
    progress.done()
    return stream.getvalue()


def test_who_waits_is_told_and_the_line_is_taken_back() -> None:
    shown = told(Terminal(), 0.5, 1.5, 1.6, 2.5)
    assert shown == "\rstep 1\x1b[K\rstep 3\x1b[K\r\x1b[K"


def test_who_does_not_wait_is_told_nothing() -> None:
    assert told(Terminal(), 0.1, 0.2) == ""
    assert told(io.StringIO(), 5, 6, 7) == ""
