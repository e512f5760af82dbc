"""Build the site of any catalog, in a folder of its own."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dok_guide.load import load_catalog
from dok_guide.website.edition import WRITTEN

REPOSITORY = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
FIXTURES = REPOSITORY / "tests/fixtures"
#: Research material that lies beside the repository where the guide is made.
SHARED = REPOSITORY.parent / "shared"
#: NIST's JSON Schemas of OSCAL, which are not in the repository.
OSCAL_SCHEMAS = Path(os.environ.get("DOK_OSCAL_SCHEMAS") or SHARED / "data/oscal")
#: CustomResourceDefinitions of operators, which are not in the repository.
CRDS = Path(os.environ.get("DOK_CRDS") or SHARED / "data/crds")

_CATEGORY = '---\ntitle: {title}\n---\n\n# {title}\n\n[[= category_page("{id}") =]]\n'


def project(folder: Path, controls: Path, docs: Path | None = None) -> Path:
    """Make a folder that holds all that a build needs; without docs, invent the prose."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(controls, folder / "controls")
    shutil.copytree(REPOSITORY / "overrides", folder / "overrides")
    shutil.copytree(docs or REPOSITORY / "docs", folder / "docs", ignore=_generated)
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    if docs is None:
        _without_links_to_controls(folder)
        settings = _with_categories(folder, settings)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copy(REPOSITORY / "mkdocs-offline.yml", folder)
    return folder


def _generated(folder: str, names: list[str]) -> set[str]:
    return set(WRITTEN) & set(names) if Path(folder).name == "docs" else set()


def _without_links_to_controls(folder: Path) -> None:
    """Leave the ids of the guide's controls, which an invented catalog doesn't have, unlinked."""
    for page in (folder / "docs").glob("*.md"):
        prose = re.sub(r'\[\[= link\("(.*?)"\) =\]\]', r"\1", page.read_text(encoding="utf-8"))
        page.write_text(prose, encoding="utf-8")


def _with_categories(folder: Path, settings: str) -> str:
    shutil.rmtree(folder / "docs/categories")
    (folder / "docs/categories").mkdir()
    lines = ""
    for category in load_catalog(folder / "controls").categories:
        page = folder / f"docs/categories/{category.id}.md"
        page.write_text(_CATEGORY.format(title=category.title, id=category.id), encoding="utf-8")
        lines += f"      - {category.title}: categories/{category.id}.md\n"
    return re.sub(r"(  - Guide:\n)(      - .*\n)+", rf"\g<1>{lines}", settings)


def build(
    folder: Path, prefix: Sequence[str] = (), site: Path | None = None, **settings: str
) -> Path:
    """Build a project as the Makefile does, and return its site."""
    site = site or folder / "site"
    done = subprocess.run(
        [*prefix, TOOLS / "dok-guide", "site", site],
        cwd=folder, env=os.environ | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return site
