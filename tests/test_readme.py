"""What the README promises exists."""

import re

from building import REPOSITORY

from dok_guide.__main__ import COMMANDS

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def test_every_path_exists() -> None:
    paths = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)
    paths += re.findall(r"\]\(([^)#]+)\)", README)
    assert len(paths) > 6
    assert [path for path in paths if not (REPOSITORY / path).exists()] == []


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", README, re.MULTILINE))
    assert {"serve", "test", "test-all", "check"} <= targets
    assert [target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.M)] == []


def test_every_command_is_in_the_makefile_or_the_prose() -> None:
    """A command that no page names would not be found."""
    pages = (REPOSITORY / "docs").glob("*.md")
    prose = README + MAKEFILE + "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in COMMANDS if f"dok-guide {name}" not in prose] == []


def test_example_message_is_one_that_check_writes() -> None:
    assert "level: 4 is not one of 1, 2, 3" in README
    case = REPOSITORY / "tests/fixtures/invalid/wrong-level.diff"
    assert "level: 4 is not one of 1, 2, 3" in case.read_text(encoding="utf-8")
