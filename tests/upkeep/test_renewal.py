"""What another release changes for the settings."""

import hashlib
import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import FIXTURES

from dok_guide.engine.definitions import Definitions
from dok_guide.model import Catalog
from dok_guide.operators import Operator, Source
from dok_guide.upkeep.renewal import changes

KIND = "invent.example.org/v2/Invention"


@pytest.fixture
def operator(catalog: Catalog) -> Operator:
    return catalog.operator("inventdb")


@pytest.fixture
def old() -> dict[str, Any]:
    path = FIXTURES / "catalog/operators/inventdb/definitions.json"
    return Definitions(json.loads(path.read_bytes())).kinds("1.2.0")


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    return deepcopy(old)


def spec(new: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = new[KIND]["properties"]["spec"]["properties"]
    return found


def test_nothing_changed(operator: Operator, old: dict, new: dict) -> None:
    assert not [*changes(operator, old, new, None)]


def test_a_field_is_gone(operator: Operator, old: dict, new: dict) -> None:
    del spec(new)["tls"]["properties"]["enabled"]
    assert [*changes(operator, old, new, None)] == [
        "inventdb-tls: the field spec.tls.enabled is gone"
    ]


def test_a_field_moved(operator: Operator, old: dict, new: dict) -> None:
    spec(new)["security"] = {"type": "object", "properties": spec(new).pop("tls")["properties"]}
    assert [*changes(operator, old, new, None)] == [
        "inventdb-tls: the field spec.tls.enabled is gone;"
        " perhaps it moved to spec.security.enabled"
    ]


def test_a_default_changed(operator: Operator, old: dict, new: dict) -> None:
    spec(new)["tls"]["properties"]["enabled"]["default"] = False
    assert [*changes(operator, old, new, None)] == [
        "inventdb-tls: default of spec.tls.enabled was True and is False"
    ]


def test_kinds_come_and_go(operator: Operator, old: dict, new: dict) -> None:
    new["invent.example.org/v3/Invention"] = new.pop("invent.example.org/v1/Notebook")
    assert [*changes(operator, old, new, None)] == [
        "invent.example.org/v1/Notebook is gone",
        "invent.example.org/v3/Invention is new: read what a user sets there",
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("a\nb\nc\nd\n", None),
        ("new\na\nb\nc\nd\n", "lines 2-3 of api/types.go are lines 3-4 now"),
        ("a\nB\nc\nd\n", "lines 2-3 of api/types.go changed; read them again"),
        (None, "api/types.go is gone; find where its lines 2-3 went"),
    ],
)
def test_quoted_lines(
    operator: Operator, old: dict, new: dict, tmp_path: Path, now: str | None, expected: str | None
) -> None:
    digest = hashlib.sha256(b"b\nc\n").hexdigest()
    source = Source(path="api/types.go", commit="c" * 40, lines="2-3", sha256=digest)
    setting = replace(operator.settings[0], source=(source,))
    operator = replace(operator, settings=(setting,))
    if now is not None:
        (tmp_path / "api").mkdir()
        (tmp_path / "api/types.go").write_text(now)
    found = [*changes(operator, old, new, tmp_path)]
    assert found == ([f"inventdb-tls: {expected}"] if expected else [])
