"""The wheel in a venv of its own: the command works with what the wheel declares, and no more."""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from building import FIXTURES, REPOSITORY
from packaging.requirements import Requirement

from dok_guide.published import NAME, sources


def declared(one: metadata.Distribution, seen: set[str]) -> Iterator[metadata.Distribution]:
    """Yield the distributions that one needs, without extras, with all that they need."""
    for line in one.requires or ():
        need = Requirement(line)
        key = need.name.lower()
        if key in seen or (need.marker and not need.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        found = metadata.distribution(need.name)
        yield found
        yield from declared(found, seen)


def test_the_wheel_alone_assesses(tmp_path: Path) -> None:
    """No network: what pip would fetch is copied from the venv that runs the tests."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet",
         "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(REPOSITORY)],
        check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("dok_guide-*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv/bin/python"
    packages = next((tmp_path / "venv/lib").glob("python*/site-packages"))
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check",
         "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
    )  # fmt: skip
    (installed,) = packages.glob("dok_guide-*.dist-info")
    for distribution in declared(metadata.Distribution.at(installed), set()):
        for file in distribution.files or ():
            if file.suffix != ".pyc" and ".." not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(distribution.locate_file(file), target)
    published = json.loads((packages / "dok_guide" / NAME).read_bytes())
    assert published["sources"] == sources(REPOSITORY / "controls")
    assert not (packages / "mkdocs").exists()
    assert not (packages / "typst").exists()
    done = subprocess.run(
        [tmp_path / "venv/bin/dok-guide", "assess", FIXTURES / "assess", "--control", "KSI-7"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "KSI-7 No Escalation Permissions (producer): not met" in done.stdout
