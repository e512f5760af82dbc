"""What the tests share: the invented catalog, the real one, and the built site."""

import shutil
from pathlib import Path

import pytest
from building import CRDS, FIXTURES, OSCAL_SCHEMAS, REPOSITORY, SHARED, build, project

from dok_guide.load import load_catalog
from dok_guide.model import Catalog


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/golden anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs material that isn't there, and say so at the end."""
    config.stash[LEFT_OUT] = {}
    for marker, (folder, what) in MATERIAL.items():
        if folder.is_dir():
            continue
        without = [item for item in items if item.get_closest_marker(marker)]
        items[:] = [item for item in items if item not in without]
        config.hook.pytest_deselected(items=without)
        config.stash[LEFT_OUT][what] = len(without)


#: Where the material lies that tests with a marker need, and what it is.
MATERIAL = {
    "shared": (SHARED, "the research material"),
    "crds": (CRDS, "the operators' definitions in the folder DOK_CRDS"),
    "oscal_schemas": (OSCAL_SCHEMAS, "NIST's OSCAL schemas in the folder DOK_OSCAL_SCHEMAS"),
}
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for what, count in config.stash.get(LEFT_OUT, {}).items():
        if count:
            terminalreporter.line(f"left out: {count} tests that need {what}")
    if config.option.markexpr == "not slow":
        terminalreporter.line(
            "deselected tests need a browser or other programs: run them with `make test-all`"
        )
    for group, seconds in sorted(_seconds(terminalreporter).items()):
        terminalreporter.line(f"{seconds:7.1f} seconds in {group}")


def _seconds(reporter: pytest.TerminalReporter) -> dict[str, float]:
    """Return how long the tests of each folder took, set-up and tear-down included."""
    found: dict[str, float] = {}
    for reports in reporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                group = report.nodeid.partition("::")[0].rpartition("/")[0]
                found[group] = found.get(group, 0) + report.duration
    return found


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
