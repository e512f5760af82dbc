"""Damaged files are read or refused with a message; none takes the program down."""

import subprocess
import sys

import pytest
from building import REPOSITORY
from damaging import outcome

from dok_guide.model import Catalog
from dok_guide.review.formats import as_csv


@pytest.mark.slow
def test_300_damaged_files_are_read_or_refused() -> None:
    """In a process of its own, which gets no more than 500 MB; each file has 2 s of processor."""
    done = subprocess.run(
        [sys.executable, "tests/damaging.py", "300", "7"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert {line.split()[1] for line in done.stdout.splitlines()[:-1]} == {"read", "refused"}


def test_an_error_that_nobody_expects_would_be_seen(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(as_csv, "read", broken)
    assert outcome(catalog, ".csv", b"")[0] == "KeyError('x')"
