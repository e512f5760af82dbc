"""The command that `assessment.json` names prints the whole install into what reads it."""

import subprocess
from dataclasses import replace

import pytest

from dok_guide.model import Catalog
from dok_guide.upkeep.install import printing


@pytest.mark.parametrize(
    ("install", "printed"),
    [
        ("echo one", "one\n"),
        ("echo one\necho two\n", "one\ntwo\n"),
        ("echo one \\\n    two\nprintf 'a  b'\n", "one two\na  b"),
    ],
)
def test_all_commands_are_read(catalog: Catalog, install: str, printed: str) -> None:
    line = printing(replace(catalog.operators[0], install=install))
    assert "\n" not in line
    shell = ["sh", "-c", f"{line} | cat"]
    assert subprocess.run(shell, capture_output=True, text=True, check=True).stdout == printed


def test_a_command_that_fails_is_the_last(catalog: Catalog) -> None:
    line = printing(replace(catalog.operators[0], install="false\necho two\n"))
    result = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert (result.stdout, result.returncode) == (b"", 1)
