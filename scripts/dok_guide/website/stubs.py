"""The pages of data: stubs that hold one macro call and no text, so that data stays data."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from dok_guide.model import Catalog
from dok_guide.writing import write_text

#: Folders below `docs/` that hold nothing but stubs and exports.
GENERATED = ("controls", "threats", "crosswalk", "operators")


def stubs(catalog: Catalog) -> dict[str, str]:
    """Return the stub pages, by their paths below `docs/`."""
    return {
        "controls/index.md": _stub(
            "control_index()", "catalog.yaml", "hide: [navigation, toc]", "scripts: [facets.js]"
        ),
        **{
            f"controls/{each.id}.md": _stub(
                f'control_page("{each.id}")',
                f"{each.category}/{each.id}.yaml",
                "wide: true",
                "scripts: [operator.js]",
            )
            for each in catalog.controls
        },
        "threats/index.md": _stub("threat_index()", "threats.yaml"),
        **{
            f"threats/{each.id}.md": _stub(f'threat_page("{each.id}")', "threats.yaml")
            for each in catalog.threats
        },
        "crosswalk/index.md": _stub("crosswalk_index()", "catalog.yaml"),
        **{
            f"crosswalk/{each.id}.md": _stub(f'crosswalk_page("{each.id}")', "catalog.yaml")
            for each in catalog.frameworks
        },
        "operators/index.md": _stub("operator_index()", "catalog.yaml"),
        **{
            f"operators/{each.id}.md": _stub(
                f'operator_page("{each.id}")', f"operators/{each.id}/settings.yaml", "wide: true"
            )
            for each in catalog.operators
        },
    }


def _stub(call: str, source: str, *settings: str) -> str:
    return "\n".join(
        ["---", f"source: controls/{source}", *settings, "---", "", f"[[= {call} =]]", ""]
    )


def write_stubs(wanted: Mapping[str, str], docs: Path) -> int:
    """Write the stubs that changed and remove those of controls that are gone; count both."""
    changed = sum(write_text(docs / name, text) for name, text in wanted.items())
    for path in _present(docs):
        if path.relative_to(docs).as_posix() not in wanted:
            path.unlink()
            changed += 1
    return changed


def _present(docs: Path) -> Iterator[Path]:
    for folder in GENERATED:
        yield from sorted((docs / folder).glob("*.md"))
