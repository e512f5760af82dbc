"""Invalid catalogs: the invented one with a few lines changed, and the problems that follow.

A file of `tests/fixtures/invalid` has three parts: the expected problems behind `# `; the file that
changes (`in PATH`; `from OTHER` begins with a copy, `with NAME` applies `spoiled/NAME.diff` first);
hunks as in a unified diff, a space before lines that stay, `-` and `+` before those that go and
come, `@@` between hunks. A problem on line `+3` is on the third line of what the hunks leave in the
file, wherever the base has it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from building import FIXTURES

CASES = sorted((FIXTURES / "invalid").glob("*.diff"))


@dataclass(frozen=True)
class Case:
    """What a file of fixtures says: expected problems, where to change what."""

    expected: tuple[str, ...]
    path: str
    source: str
    before: str | None
    hunks: tuple[tuple[str, ...], ...]


def read_case(path: Path) -> Case:
    """Return the case of a file."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    expected = tuple(line[2:] for line in lines if line.startswith("# "))
    head, *body = lines[len(expected) :]
    found = re.fullmatch(r"in (\S+)(?: from (\S+))?(?: with (\S+))?", head)
    assert found, f"{path}: {head!r}"
    hunks = "\n".join(body).split("\n@@\n")
    parts = tuple(tuple(hunk.split("\n")) for hunk in hunks)
    return Case(expected, found[1], found[2] or found[1], found[3], parts)


def spoil(folder: Path, case: Case) -> list[str]:
    """Change the catalog in a folder; return the problems that this must give."""
    text = (folder / case.source).read_text(encoding="utf-8") if case.source != "nothing" else ""
    if case.before:
        text, _ = _changed(text, read_case(FIXTURES / f"spoiled/{case.before}.diff").hunks)
    text, lines = _changed(text, case.hunks)
    target = folder / case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return [
        re.sub(r":\+(\d+):", lambda found: f":{lines[int(found[1]) - 1]}:", problem, count=1)
        for problem in case.expected
    ]


def _changed(text: str, hunks: tuple[tuple[str, ...], ...]) -> tuple[str, list[int]]:
    """Return the text with the hunks applied, and the line of each line that they leave in it."""
    places: list[int] = []
    start = 0
    for hunk in hunks:
        old = "".join(f"{line[1:]}\n" for line in hunk if line[:1] != "+")
        new = [line[1:] for line in hunk if line[:1] != "-"]
        at = f"\n{text}".find(f"\n{old}", start)
        assert at >= 0, f"the base has no such lines:\n{old}"
        assert not old or f"\n{text}".find(f"\n{old}", at + 1) < 0, f"not unique:\n{old}"
        text = text[:at] + "".join(f"{line}\n" for line in new) + text[at + len(old) :]
        first = text.count("\n", 0, at) + 1
        places += range(first, first + len(new))
        start = at
    return text, places
