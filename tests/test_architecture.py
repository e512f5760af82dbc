"""The order of the packages, read from their imports: none goes up, none meets another twice."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dok_guide
from dok_guide.commands import check

PACKAGE = Path(dok_guide.__file__).parent
#: What may import what: only from lines above, or from its own package. On one line nobody meets.
ORDER = (
    ("mistakes", "admission", "comparing"),
    ("operators",),
    ("source", "model", "writing"),
    ("data", "texts", "as_yaml"),
    ("engine", "render"),
    ("rules",),
    ("check",),
    ("load",),
    ("published", "oscal", "diff"),
    ("review",),
    ("assess",),
    ("policies",),
    ("exporters",),
    ("website", "upkeep", "terminal"),
    ("commands",),
    ("__main__",),
)
RANKS = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def unit(module: str) -> str:
    """Return the part of the package that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a module imports, wherever in it; not those for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "dok_guide":
            yield from (f"dok_guide.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            if (node.module or "").startswith("dok_guide."):
                yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("dok_guide"))


def upward(name: str, imports: Iterator[str]) -> list[str]:
    """Return the imports of a module that the order forbids."""
    own = unit(name)
    return [
        other
        for other in imports
        if unit(other) != own and (not unit(other) or RANKS[unit(other)] >= RANKS[own])
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_goes_up(path: Path) -> None:
    name = name_of(path)
    if unit(name):
        assert upward(name, imported(path)) == []


def test_every_part_of_the_package_has_a_place_in_the_order() -> None:
    units = {unit(name_of(path)) for path in MODULES} - {""}
    assert units == set(RANKS)


def test_an_import_that_goes_up_is_found() -> None:
    assert upward("dok_guide.engine.cel", iter(["dok_guide.load"])) == ["dok_guide.load"]
    assert upward("dok_guide.review.model", iter(["dok_guide.exporters.oscal"])) != []
    assert upward("dok_guide.check", iter(["dok_guide.rules", "dok_guide.source"])) == []


def test_what_is_imported_inside_a_function_counts() -> None:
    assert "dok_guide.load" in set(imported(Path(check.__file__)))


def test_no_name_shadows_the_standard_library() -> None:
    """A command may be called what it is called."""
    names = {
        part
        for path in MODULES
        for part in name_of(path).split(".")
        if unit(name_of(path)) != "commands"
    }
    assert "dok_guide" in names
    assert names & set(sys.stdlib_module_names) == {"__main__"} & set(sys.stdlib_module_names)
