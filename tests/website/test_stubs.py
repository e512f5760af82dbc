"""Stub pages follow the data, and hold none of it."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from dok_guide.model import Catalog
from dok_guide.website.stubs import stubs, write_stubs


@pytest.mark.parametrize(
    ("name", "head", "call"),
    [
        (
            "controls/AB-1.md",
            {"source": "controls/AB/AB-1.yaml", "wide": True, "scripts": ["operator.js"]},
            'control_page("AB-1")',
        ),
        ("threats/TH-01.md", {"source": "controls/threats.yaml"}, 'threat_page("TH-01")'),
        ("crosswalk/frame.md", {"source": "controls/catalog.yaml"}, 'crosswalk_page("frame")'),
        (
            "controls/index.md",
            {
                "source": "controls/catalog.yaml",
                "hide": ["navigation", "toc"],
                "scripts": ["facets.js"],
            },
            "control_index()",
        ),
        ("operators/index.md", {"source": "controls/catalog.yaml"}, "operator_index()"),
        (
            "operators/inventdb.md",
            {"source": "controls/operators/inventdb/settings.yaml", "wide": True},
            'operator_page("inventdb")',
        ),
    ],
)
def test_a_stub_has_its_source_and_one_macro_call(
    catalog: Catalog, name: str, head: dict[str, object], call: str
) -> None:
    _, written, body = stubs(catalog)[name].split("---\n")
    assert yaml.safe_load(written) == head
    assert body == f"\n[[= {call} =]]\n"


def test_no_text_of_a_control_is_in_a_stub(catalog: Catalog) -> None:
    control = catalog.control("AB-1")
    changed = replace(
        control, title="Other", requirement=replace(control.requirement, producer="O")
    )
    others = catalog.controls[1:]
    assert stubs(replace(catalog, controls=(changed, *others))) == stubs(catalog)


def test_write_changes_only_what_changed(catalog: Catalog, tmp_path: Path) -> None:
    wanted = stubs(catalog)
    assert write_stubs(wanted, tmp_path) == len(wanted) == 13
    assert write_stubs(wanted, tmp_path) == 0
    (tmp_path / "controls/AB-1.md").write_text("edited by hand")
    (tmp_path / "controls/CD-1.md").unlink()
    assert write_stubs(wanted, tmp_path) == 2
    assert (tmp_path / "controls/AB-1.md").read_text() == wanted["controls/AB-1.md"]


def test_write_removes_the_stub_of_a_control_that_is_gone(catalog: Catalog, tmp_path: Path) -> None:
    write_stubs(stubs(catalog), tmp_path)
    (tmp_path / "controls/AB-1.json").write_text("{}")
    write_stubs(stubs(replace(catalog, controls=catalog.controls[1:])), tmp_path)
    assert not (tmp_path / "controls/AB-1.md").exists()
    assert (tmp_path / "controls/AB-1.json").exists(), "exports are not ours to remove"


def test_write_removes_the_stub_of_an_operator_that_is_gone(
    catalog: Catalog, tmp_path: Path
) -> None:
    write_stubs(stubs(catalog), tmp_path)
    write_stubs(stubs(replace(catalog, operators=catalog.operators[1:])), tmp_path)
    kept = {path.name for path in (tmp_path / "operators").iterdir()}
    assert kept == {"index.md", *(f"{each.id}.md" for each in catalog.operators[1:])}
