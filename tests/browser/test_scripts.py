"""The scripts of the checklist by themselves, as Node.js runs them."""

import subprocess

import pytest
from building import REPOSITORY

SCRIPTS = REPOSITORY / "tests/browser/scripts"


@pytest.mark.slow
def test_scripts_of_the_checklist() -> None:
    tests = sorted(SCRIPTS.glob("*.test.js"))
    assert tests
    done = subprocess.run(
        [REPOSITORY / ".venv/peers/bin/node", "--test", "--test-reporter=tap", *tests],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "\n# fail 0\n" in done.stdout
    assert "\n# skipped 0\n" in done.stdout
