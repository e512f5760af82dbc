"""What the tests share: the invented catalog, the real one, and the built site."""

import shutil
from pathlib import Path

import pytest
from building import FIXTURES, REPOSITORY, SHARED, build, project

from dok_guide.load import load_catalog
from dok_guide.model import Catalog


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/golden anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the research material where it isn't, and say so at the end."""
    if SHARED.is_dir():
        return
    without = [item for item in items if item.get_closest_marker("shared")]
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=without)
    config.stash[LEFT_OUT] = len(without)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.line(f"left out: {count} tests that need the research material")
    if config.option.markexpr == "not slow":
        terminalreporter.line(
            "deselected tests need a browser or other programs: run them with `make test-all`"
        )


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The invented catalog."""
    return load_catalog(FIXTURES / "catalog")


@pytest.fixture(scope="session")
def guide() -> Catalog:
    """The guide's own catalog."""
    return load_catalog(REPOSITORY / "controls")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the invented catalog in `controls/`, to spoil."""
    shutil.copytree(FIXTURES / "catalog", tmp_path / "controls")
    return tmp_path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's site, built from the files in the repository."""
    folder = tmp_path_factory.mktemp("guide")
    return build(project(folder, REPOSITORY / "controls", docs=REPOSITORY / "docs"))


@pytest.fixture(scope="session")
def invented_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented catalog."""
    return build(project(tmp_path_factory.mktemp("invented"), FIXTURES / "catalog"))
