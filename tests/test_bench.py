"""The measuring itself, in small: it runs, and what it measures is the child."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench import measured
from building import REPOSITORY


@pytest.mark.slow
def test_everything_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, REPOSITORY / "tests/bench.py", "12", "24", "--objects", "60"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    number = r" +\d+(\.\d+)?"
    assert len(re.findall(r"\S+( \S+)*", head)) == 9
    assert [bool(re.fullmatch(f"({number}){{9}}", line)) for line in lines[:2]] == [True, True]
    for line, what in zip(lines[2:], ("1 object", "60 objects"), strict=True):
        assert re.fullmatch(rf"assess, {what}: [\d.]+ s, CPU [\d.]+ s, \d+ MB", line)


def test_the_memory_of_who_measures_does_not_count(tmp_path: Path) -> None:
    ballast = b"x" * 300_000_000
    cost = measured(tmp_path, (sys.executable, "-I", "-S", "-c", "pass"))
    assert len(ballast) > 3 * cost.memory * 1_000_000
    assert cost.memory > 0


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="broken"):
        measured(tmp_path, (sys.executable, "-c", "raise SystemExit('broken')"))
