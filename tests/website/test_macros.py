"""What pages can call, without the site builder."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from building import FIXTURES
from golden import assert_golden

from dok_guide.model import Catalog
from dok_guide.website.edition import Edition, edition
from dok_guide.website.macros import Macros, define_env, on_post_page_macros


class Environment:
    """The part of the macros plugin that `define_env` uses."""

    def __init__(self, page: str = "index.md") -> None:
        self.macros: dict[str, Callable[..., str]] = {}
        self.variables: dict[str, object] = {}
        self.page = SimpleNamespace(file=SimpleNamespace(src_uri=page), meta={})

    def macro(self, function: Callable[..., str], name: str = "") -> None:
        self.macros[name] = function


def defined() -> dict[str, Callable[..., str]]:
    environment = Environment()
    define_env(environment)
    return environment.macros


@pytest.fixture
def macros(catalog: Catalog) -> Macros:
    return Macros(Edition(catalog, ()))


def test_control_page(macros: Macros, request: pytest.FixtureRequest) -> None:
    page = macros.control_page("AB-1")
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
        ("operator_index", []),
        ("questions", []),
        ("references", []),
        ("responsibilities", []),
        ("run_list", [1]),
        ("since_release", ["0.1.0"]),
        ("threat_index", []),
    ],
)
def test_page(name: str, arguments: list[object], request: pytest.FixtureRequest) -> None:
    page = getattr(Macros(edition(FIXTURES / "catalog")), name)(*arguments)
    assert_golden(request, f"{name}.md", page.encode())


def test_withdrawn_control_leaves_a_page_that_names_its_successor(macros: Macros) -> None:
    page = macros.control_page("AB-2")
    assert "withdrawn" in page
    assert "[AB-10 Tenth Control](AB-10.md)" in page


def test_previous_and_next_skip_the_withdrawn(macros: Macros) -> None:
    page = macros.control_page("AB-10")
    assert "[Previous: AB-1 " in page
    assert "[Next: CD-1 " in page
    assert "Previous: " not in macros.control_page("AB-1")
    assert "Next: " not in macros.control_page("CD-1")


def test_field_table_has_every_field(macros: Macros) -> None:
    table = macros.field_table()
    assert "| `effort` | yes | `small`, `medium`, `large` |" in table
    assert "| `threats` | yes | list of threat id |" in table
    assert "| `expect` | yes | paragraph |" in table


def test_an_edit_shows_in_the_next_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the page, and in the downloads and stubs, without any other command."""
    monkeypatch.chdir(copy)
    before = defined()["control_page"]("CD-1")
    path = Path("controls/CD/CD-1.yaml")
    path.write_text(path.read_text().replace("It stands alone.", "It stands."))
    os.utime(path, ns=(1, 1))
    after = defined()["control_page"]("CD-1")
    assert before.replace("It stands alone.", "It stands.") == after != before
    published = json.loads(Path("docs/controls/CD-1.json").read_text())
    assert "It stands." in published["controls"][0]["rationale"]
    assert Path("docs/controls/CD-1.md").exists()


def test_nothing_is_loaded_twice(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    assert edition() is edition()


@pytest.mark.parametrize(
    ("page", "head"),
    [
        (
            "controls/AB-1.md",
            {
                "title": "AB-1 First Control (with brackets)",
                "description": "The operator waits &amp; keeps &quot;{{ .Values.x }}&quot;.",
                "tags": ["Alpha", "First & foremost"],
                "data": "AB-1.json",
            },
        ),
        (
            "operators/inventdb.md",
            {
                "title": "InventDB & Co",
                "description": (
                    "What users of InventDB &amp; Co for Invented &amp; SQL set, in its own fields."
                ),
                "data": "inventdb.json",
            },
        ),
        ("index.md", {}),
    ],
)
def test_a_page_of_data_gets_its_head(
    copy: Path, monkeypatch: pytest.MonkeyPatch, page: str, head: dict[str, str]
) -> None:
    monkeypatch.chdir(copy)
    environment = Environment(page)
    define_env(environment)
    on_post_page_macros(environment)
    assert environment.page.meta == head | {"version": "2.0.0-dev"}


def test_bad_files_stop_the_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    Path("controls/CD/CD-1.yaml").write_text("")
    with pytest.raises(click.ClickException, match=r"CD-1.yaml:1: the file is empty"):
        defined()


def test_threat_page(macros: Macros, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "threat_page.md", macros.threat_page("TH-01").encode())


@pytest.mark.parametrize("id_", ["inventdb", "otherdb"])
def test_operator_page(macros: Macros, request: pytest.FixtureRequest, id_: str) -> None:
    assert_golden(request, f"operator_{id_}.md", macros.operator_page(id_).encode())


def test_crosswalk_page(macros: Macros, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "crosswalk_page.md", macros.crosswalk_page("frame").encode())
