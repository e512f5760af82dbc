"""The invented operator, and the controls that judge it whatever the guide's own become."""

from pathlib import Path

import pytest
from building import FIXTURES

from dok_guide.assess.reading import Input, read_input
from dok_guide.engine.objects import Object
from dok_guide.engine.trial import prepared

INSTALL = FIXTURES / "assess"


@pytest.fixture
def install() -> Input:
    return read_input([str(INSTALL)])


@pytest.fixture
def whole(install: Input) -> Input:
    """The install without the workload that is nobody's: everything is seen."""
    install.objects = [obj for obj in install.objects if obj.name != "dashboard"]
    return install


@pytest.fixture
def objects(install: Input) -> list[Object]:
    return prepared(install.objects)


@pytest.fixture
def write(tmp_path: Path):
    """Write a file and return its path as the command takes it."""

    def writer(name: str, text: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return writer
