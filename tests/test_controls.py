"""The guide's own data, one test per control file."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building import REPOSITORY, SHARED

from dok_guide.check import releases
from dok_guide.exporters import catalog_json
from dok_guide.load import load_catalog
from dok_guide.model import Catalog, Control

FILES = sorted((REPOSITORY / "controls").glob("*/*.yaml"))
#: What a verification must not do to a running database or cluster.
HARMFUL = re.compile(
    r"\bkubectl\b.*\b(delete|apply|patch|replace|edit|scale|drain|cordon|annotate|label)\b"
    r"|\bhelm (install|upgrade|uninstall|rollback)\b|\b(DROP|TRUNCATE|ALTER|GRANT|REVOKE)\b"
    r"|\brm -r"
)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def control(request: pytest.FixtureRequest, guide: Catalog) -> Control:
    """Each control of the guide."""
    return guide.control(request.param.stem)


def test_begins_with_the_line_that_gives_editors_its_schema(control: Control) -> None:
    path = REPOSITORY / f"controls/{control.category}/{control.id}.yaml"
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == "# yaml-language-server: $schema=../schemas/control.schema.json"
    assert (path.parent / first.partition("$schema=")[2]).exists()


def test_fields_stand_in_the_order_of_the_schema(control: Control) -> None:
    path = REPOSITORY / f"controls/{control.category}/{control.id}.yaml"
    schema = json.loads((REPOSITORY / "controls/schemas/control.schema.json").read_text())
    keys = re.findall(r"^([a-z_]+):", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == [name for name in schema["properties"] if name in keys]


def test_rationale_has_three_to_six_sentences(control: Control) -> None:
    sentences = re.findall(r"[.!?](?=\s|$)", re.sub(r"`[^`]*`", "x", control.rationale))
    assert 3 <= len(sentences) <= 6, control.rationale


def test_harms_no_running_database(control: Control) -> None:
    """A step that changes something works on an object made for the test, and says so."""
    for way in control.verification:
        for line in (way.run or "").replace("\\\n", " ").splitlines():
            found = HARMFUL.search(line)
            if found and "--dry-run" not in line:
                assert "made for" in (way.steps or ""), found[0]


@pytest.mark.slow
def test_shell_passes_shellcheck(control: Control) -> None:
    """Placeholders are in CAPITALS and are not variables."""
    for way in control.verification:
        if way.run:
            _shellcheck(way.run)


def _shellcheck(script: str) -> None:
    program = shutil.which("shellcheck")
    assert program, "shellcheck is missing: see tests/programs.sh"
    done = subprocess.run(
        [program, "--shell=bash", "-"], input=script, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_released_title_is_that_of_its_release(guide: Catalog) -> None:
    released = json.loads((REPOSITORY / "controls/releases/0.1.0.json").read_text(encoding="utf-8"))
    first = {control["id"]: control["title"] for control in released["controls"]}
    assert len(first) == 52
    known = {control.id: control for control in guide.controls}
    for id_, title in first.items():
        assert known[id_].title == title
        assert known[id_].since == "0.1.0"
    since_first = {id_ for id_, control in known.items() if control.since == "0.1.0"}
    assert since_first == set(first)


def test_every_category_has_a_control(guide: Catalog) -> None:
    assert [c.id for c in guide.categories if not guide.in_category(c.id)] == []


def test_every_reference_is_cited(guide: Catalog) -> None:
    cited = {entry.id for entry in guide.references if guide.citations(entry.id)}
    assert [entry.id for entry in guide.references if entry.id not in cited] == []


@pytest.mark.shared
def test_nist_ids_are_those_that_hold() -> None:
    """From OSCAL's `ac-6.10` to NIST's own AC-6(10), without the withdrawn ones."""
    published = json.loads((SHARED / "data/oscal/nist-800-53r5-ids.json").read_text())
    holding = {
        re.sub(r"\.(\d+)$", r"(\1)", id_.upper()): entry["title"]
        for id_, entry in published["controls"].items()
        if entry.get("status") != "withdrawn"
    }
    kept = json.loads((REPOSITORY / "controls/frameworks/nist-800-53.json").read_text())
    assert kept == holding


def test_a_wheel_carries_the_controls(tmp_path: Path) -> None:
    """As hatchling lays it out: `controls/` beside the modules."""
    package = tmp_path / "dok_guide"
    shutil.copytree(REPOSITORY / "scripts/dok_guide", package)
    shutil.copytree(REPOSITORY / "controls", package / "controls")
    script = "from dok_guide.load import load_catalog; print(len(load_catalog().controls))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == len(load_catalog(REPOSITORY / "controls").controls)


def test_a_released_version_says_what_it_said(guide: Catalog) -> None:
    """Content that moves gets another version, and with it another date."""
    for release in releases(REPOSITORY / "controls"):
        if release.data["version"] == guide.version:
            assert release.data == catalog_json.document(guide, "controls.json")
