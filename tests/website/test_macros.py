"""What pages can call, without the site builder."""

import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from building import FIXTURES
from golden import assert_golden

from dok_guide.load import load_catalog
from dok_guide.model import Catalog
from dok_guide.website import stubs
from dok_guide.website.macros import Macros, define_env


class Environment:
    """The part of the macros plugin that `define_env` uses."""

    def __init__(self) -> None:
        self.macros: dict[str, Callable[..., str]] = {}

    def macro(self, function: Callable[..., str], name: str = "") -> None:
        self.macros[name] = function


def defined() -> dict[str, Callable[..., str]]:
    environment = Environment()
    define_env(environment)
    return environment.macros


def test_control_page(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    page = Macros(catalog).control_page("AB-1")
    assert_golden(request, "control_page.md", page.encode())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("build_list", [1]),
        ("changelog", []),
        ("checklist", []),
        ("control_index", []),
        ("downloads", []),
        ("evidence_list", []),
        ("questions", []),
        ("references", []),
        ("responsibilities", []),
        ("run_list", [1]),
        ("since_release", ["0.1.0"]),
        ("threat_index", []),
    ],
)
def test_page(
    catalog: Catalog, name: str, arguments: list[object], request: pytest.FixtureRequest
) -> None:
    page = getattr(Macros(catalog, FIXTURES / "catalog"), name)(*arguments)
    assert_golden(request, f"{name}.md", page.encode())


def test_withdrawn_control_leaves_a_page_that_names_its_successor(catalog: Catalog) -> None:
    page = Macros(catalog).control_page("AB-2")
    assert "withdrawn" in page
    assert "[AB-10 Tenth Control](AB-10.md)" in page


def test_previous_and_next_skip_the_withdrawn(catalog: Catalog) -> None:
    page = Macros(catalog).control_page("AB-10")
    assert "Previous: [AB-1 " in page
    assert "Next: [CD-1 " in page
    assert "Previous" not in Macros(catalog).control_page("AB-1")
    assert "Next" not in Macros(catalog).control_page("CD-1")


def test_field_table_has_every_field(catalog: Catalog) -> None:
    table = Macros(catalog).field_table()
    assert "| `effort` | yes | `small`, `medium`, `large` |" in table
    assert "| `threats` | yes | list of threat id |" in table
    assert "| `expect` | yes | paragraph |" in table


def test_an_edit_shows_in_the_next_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    stubs.write(load_catalog(Path("controls")), Path("docs"))
    before = defined()["control_page"]("CD-1")
    path = Path("controls/CD/CD-1.yaml")
    path.write_text(path.read_text().replace("It stands alone.", "It stands."))
    os.utime(path, ns=(1, 1))
    after = defined()["control_page"]("CD-1")
    assert before.replace("It stands alone.", "It stands.") == after != before


def test_missing_stubs_stop_the_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    with pytest.raises(click.ClickException, match="run `dok-guide pages`"):
        defined()


def test_bad_files_stop_the_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    Path("controls/CD/CD-1.yaml").write_text("")
    with pytest.raises(click.ClickException, match=r"CD-1.yaml:1: the file is empty"):
        defined()


def test_threat_page(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "threat_page.md", Macros(catalog).threat_page("TH-01").encode())


def test_crosswalk_page(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "crosswalk_page.md", Macros(catalog).crosswalk_page("frame").encode())
