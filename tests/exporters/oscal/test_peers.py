"""Other people's tools take the files as they are, and resolve profiles to what we publish.

They run in a venv of their own, in a folder of their own: `oscal` unpacks 160 MB where it starts.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import OSCAL_SCHEMAS, REPOSITORY
from oscal_semantics import controls, sign
from yaml_core import load_core

from dok_guide.data import to_bytes
from dok_guide.exporters import export
from dok_guide.exporters.oscal import documents
from dok_guide.exporters.oscal.component import Product, definition_of
from dok_guide.exporters.oscal.profiles import selections
from dok_guide.model import Catalog
from dok_guide.review.formats import as_oscal
from dok_guide.review.model import blank

pytestmark = pytest.mark.slow

PEERS = REPOSITORY / ".venv/peers/bin"
SCRIPTS = REPOSITORY / "tests/peers"
#: Makers of operators who fill in the component definition.
VENDORS = (Product(name="First DB", vendor="first"), Product(name="Second DB", vendor="second"))


@pytest.fixture(scope="module")
def folder(guide: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The published files, the results of a review and the components of vendors, in `oscal/`."""
    path = tmp_path_factory.mktemp("peers")
    export(guide, path)
    (path / "oscal/results.json").write_bytes(results(guide))
    for product in VENDORS:
        definition = to_bytes(definition_of(guide, product, "2026-11-25"))
        (path / f"oscal/{product.vendor}.json").write_bytes(definition)
    yield path
    shutil.rmtree(path)


def results(guide: Catalog) -> bytes:
    review = replace(
        blank(guide), subject="Product", subject_version="1.0", date="2026-11-25", depth="deep",
        reviewer="Ada Example", approver="Grace Example", started="2026-11-20",
    )  # fmt: skip
    statuses = ("met", "partly met", "not met", "not applicable", "not reviewed")
    answers = tuple(
        replace(answer, status=statuses[number % 5], reason="Why *not*?", owner="Ada")
        for number, answer in enumerate(review.answers)
    )
    return as_oscal.write(replace(review, answers=answers), guide)


def run(folder: Path, *command: object) -> str:
    """Run a program of the peers and return what it prints, of trestle its warnings, too.

    What it writes stays in the folder.
    """
    environment = os.environ | {
        "HOME": str(folder), "TMPDIR": str(folder), "XDG_CACHE_HOME": str(folder),
        "PATH": f"{PEERS}:{os.environ['PATH']}",
    }  # fmt: skip
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr if command[0] == "trestle" else done.stdout


def files(folder: Path) -> list[Path]:
    return sorted((folder / "oscal").rglob("*.json"))


@pytest.mark.oscal_schemas
def test_nists_schema(folder: Path, guide: Catalog) -> None:
    schema = OSCAL_SCHEMAS / "oscal_complete_schema.json"
    found = json.loads(
        run(folder, PEERS / "python", SCRIPTS / "validate_schema.py", schema, *files(folder))
    )
    assert len(found) == len(documents(guide)) + 1 + len(VENDORS)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.oscal_schemas
def test_nists_schema_finds_a_fault(folder: Path) -> None:
    data = json.loads((folder / "oscal/catalog.json").read_text(encoding="utf-8"))
    data["catalog"]["groups"][0]["severity"] = "high"
    path = folder / "spoiled.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    schema = OSCAL_SCHEMAS / "oscal_complete_schema.json"
    found = json.loads(run(folder, PEERS / "python", SCRIPTS / "validate_schema.py", schema, path))
    assert found[str(path)]


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Path:
    """A workspace of trestle with every document imported."""
    path = folder / "workspace"
    path.mkdir()
    run(path, "trestle", "init", "--local")
    # profiles find the catalog by its name in the root
    shutil.copy(folder / "oscal/catalog.json", path)
    for file in files(folder):
        run(path, "trestle", "import", "-f", file, "-o", name_of(folder, file))
    return path


def name_of(folder: Path, file: Path) -> str:
    return file.relative_to(folder / "oscal").with_suffix("").as_posix().replace("/", "-")


def test_trestle_imports_validates_and_gives_back_the_same(folder: Path, workspace: Path) -> None:
    assert "INVALID" not in run(workspace, "trestle", "validate", "-a")
    for file in files(folder):
        (kept,) = workspace.glob(f"*/{name_of(folder, file)}/*.json")
        assert _data(kept) == _data(file)


def _data(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_profiles_resolve_to_the_same_in_trestle_and_oscal(
    folder: Path, workspace: Path, guide: Catalog
) -> None:
    names = [selection.name for selection in selections(guide)]
    paths = [f"oscal/{name}.json" for name in names]
    by_oscal = json.loads(run(folder, PEERS / "python", SCRIPTS / "resolve_oscal.py", *paths))
    for name, path in zip(names, paths, strict=True):
        assert by_oscal[path]["valid"]
        assert by_oscal[path]["resolved"]
        target = f"{name}-by-trestle"
        run(workspace, "trestle", "author", "profile-resolve", "-n", name, "-o", target)
        (file,) = workspace.glob(f"catalogs/{target}/catalog.json")
        by_trestle = json.loads(file.read_text(encoding="utf-8"))
        ours = controls(documents(guide)[f"oscal/resolved/{name}.json"])
        assert ours == pruned(by_trestle)
        assert ours == pruned(by_oscal[path]["catalog"])
        resources = by_trestle["catalog"]["back-matter"]["resources"]
        assert {each["uuid"] for each in resources} >= {
            link["href"][1:]
            for c in ours.values()
            for link in c["links"]
            if link["rel"] == "reference"
        }


def pruned(data: dict[str, Any]) -> dict[str, Any]:
    """Return the controls without links to others that were not selected: resolvers keep them."""
    found = controls(data)
    for control in found.values():
        control["links"] = [
            link
            for link in control["links"]
            if not link["href"].startswith("#dok-") or link["href"][1:] in found
        ]
    return found


def test_oscal_finds_every_document_valid(folder: Path) -> None:
    found = json.loads(run(folder, PEERS / "python", SCRIPTS / "resolve_oscal.py", *files(folder)))
    assert [path for path, entry in found.items() if not entry["valid"]] == []


def test_yaml_is_the_same_to_a_reader_of_yaml_1_2(folder: Path) -> None:
    path = folder / "oscal/catalog.yaml"
    found = json.loads(run(folder, PEERS / "python", SCRIPTS / "read_yaml.py", path))
    assert found == {str(path): _data(path.with_suffix(".json"))}


def test_trestle_imports_the_yaml(folder: Path, workspace: Path) -> None:
    """All but prose, which trestle reads rightly and then breaks at blanks that it loses."""
    run(workspace, "trestle", "import", "-f", folder / "oscal/catalog.yaml", "-o", "from-yaml")
    (kept,) = workspace.glob("catalogs/from-yaml/catalog.*")
    wanted = _data(folder / "oscal/catalog.json")
    assert without_prose(load_core(kept.read_bytes())) == without_prose(wanted)


def without_prose(value: Any) -> Any:
    if isinstance(value, list):
        return [without_prose(each) for each in value]
    if isinstance(value, dict):
        return {key: without_prose(each) for key, each in value.items() if key != "prose"}
    return value


def test_a_security_plan_shows_what_every_vendor_answers(workspace: Path, guide: Catalog) -> None:
    """Two that share a UUID stop trestle; an answer below a part gets lost without a word."""
    names = ",".join(product.vendor for product in VENDORS)
    command = ("ssp-generate", "-p", "producer", "-cd", names, "-o", "two")
    assert "WARNING" not in run(workspace, "trestle", "author", *command)
    (level,) = (each for each in selections(guide) if each.name == "producer")
    for control in level.controls:
        (path,) = (workspace / "two").rglob(f"dok-{control.id.lower()}.md")
        answers = path.read_text(encoding="utf-8").rpartition(
            "## Implementation for part Producer"
        )[2]
        assert answers.count("TODO: how") == len(VENDORS) * (len(control.lettered("producer")) or 1)
        assert [answers.count(f"### {product.name}") for product in VENDORS] == [1, 1]


def test_a_security_plan_shows_whose_steps_and_which_verdict(workspace: Path) -> None:
    """Titles of later parts of one name get lost."""
    run(workspace, "trestle", "author", "ssp-generate", "-p", "level-1", "-o", "titles")
    (path,) = (workspace / "titles").rglob("dok-ksi-1.md")
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\*\*Remediation, consumer\*\*\n\n1\.", text)
    assert re.search(r"\*\*Compliant: .*\*\*\n\n```yaml", text)
    assert re.search(r"\*\*Non-compliant: .*\*\*\n\n```yaml", text)


def test_trestle_writes_a_security_plan(workspace: Path, guide: Catalog) -> None:
    run(workspace, "trestle", "author", "ssp-generate", "-p", "level-2", "-o", "plan")
    (level,) = (each for each in selections(guide) if each.name == "level-2")
    assert len(list((workspace / "plan").rglob("dok-*.md"))) == len(level.controls)


def test_trestle_finds_a_fault(folder: Path, workspace: Path, guide: Catalog) -> None:
    """A tool that takes everything proves nothing."""
    data = json.loads((folder / "oscal/catalog.json").read_text(encoding="utf-8"))
    data["catalog"]["groups"][0]["controls"][0]["severity"] = "high"
    sign(guide, "catalog", data)
    (folder / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(AssertionError, match="severity"):
        run(workspace, "trestle", "import", "-f", folder / "bad.json", "-o", "bad")
