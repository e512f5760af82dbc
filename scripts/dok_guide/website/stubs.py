"""The pages of data: stubs that hold front matter and a macro call, so that data stays data."""

import html
import json
from collections.abc import Iterator
from pathlib import Path

from dok_guide.model import Catalog
from dok_guide.texts import plain

#: Folders below `docs/` that hold nothing but stubs and exports.
GENERATED = ("controls", "threats", "crosswalk")


def stubs(catalog: Catalog) -> dict[str, str]:
    """Return the stub pages, by their paths below `docs/`."""
    about = "All controls of the guide, with level and audience."
    index = _stub("Controls", about, "control_index()", "catalog.yaml", hide=["navigation", "toc"])
    pages = {"controls/index.md": index}
    for control in catalog.controls:
        title = f"{control.id} {control.title}"
        source = f"{control.category}/{control.id}.yaml"
        text = plain(control.requirement.items()[0][1])
        pages[f"controls/{control.id}.md"] = _stub(
            title, text, f'control_page("{control.id}")', source
        )
    return pages | _threat_stubs(catalog) | _crosswalk_stubs(catalog)


def _threat_stubs(catalog: Catalog) -> dict[str, str]:
    about = "What attackers do to databases through their operators, and the controls against it."
    pages = {"threats/index.md": _stub("Threats", about, "threat_index()", "threats.yaml")}
    for threat in catalog.threats:
        title, text = f"{threat.id} {threat.title}", plain(threat.description)
        call = f'threat_page("{threat.id}")'
        pages[f"threats/{threat.id}.md"] = _stub(title, text, call, "threats.yaml")
    return pages


def _crosswalk_stubs(catalog: Catalog) -> dict[str, str]:
    about = "How the controls of this guide relate to other frameworks, in both directions."
    pages = {"crosswalk/index.md": _stub("Crosswalk", about, "crosswalk_index()", "catalog.yaml")}
    for framework in catalog.frameworks:
        text = f"The controls of this guide and {framework.title} {framework.version}."
        call = f'crosswalk_page("{framework.id}")'
        pages[f"crosswalk/{framework.id}.md"] = _stub(framework.title, text, call, "catalog.yaml")
    return pages


def _stub(title: str, description: str, call: str, source: str, **settings: list[str]) -> str:
    # JSON strings are YAML strings
    head: dict[str, object] = {
        "title": title,
        # the theme writes it into an attribute as it is
        "description": html.escape(description),
        "source": f"controls/{source}",
    }
    head |= settings
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "\n".join(["---", *lines, "---", "", f"[[= {call} =]]", ""])


def write(catalog: Catalog, docs: Path) -> int:
    """Write the stubs that changed and remove those of controls that are gone; count both."""
    wanted = stubs(catalog)
    changed = 0
    for name, text in wanted.items():
        path = docs / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
    for path in _present(docs):
        if path.relative_to(docs).as_posix() not in wanted:
            path.unlink()
            changed += 1
    return changed


def stale(catalog: Catalog, docs: Path) -> list[str]:
    """Return the paths of stubs that are missing, outdated or left over."""
    wanted = stubs(catalog)
    present = {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in _present(docs)
    }
    return sorted(n for n in wanted.keys() | present.keys() if wanted.get(n) != present.get(n))


def _present(docs: Path) -> Iterator[Path]:
    for folder in GENERATED:
        yield from sorted((docs / folder).glob("*.md"))
