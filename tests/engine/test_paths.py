"""Paths into custom resources."""

import pytest

from dok_guide.engine.paths import EACH, steps, values, with_value, without, written

DATA = {"spec": {"a.b": 1, "list": [{"x": 1}, {"y": 2}, "text"], "text": "t"}}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("spec", ("spec",)),
        ("spec.list[].x", ("spec", "list", EACH, "x")),
        ('spec["a.b"]', ("spec", "a.b")),
        ("spec.a-b.c_d", ("spec", "a-b", "c_d")),
    ],
)
def test_steps(path: str, expected: tuple[str, ...]) -> None:
    assert steps(path) == expected
    assert written(expected) == path


def test_an_entry_is_written_with_its_index() -> None:
    assert written(("spec", "list", 1, "a/b")) == 'spec.list[1]["a/b"]'


@pytest.mark.parametrize("path", ["", ".spec", "spec.", "spec..a", "[]", "spec[0]", "spec a"])
def test_no_path(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        steps(path)


def test_values_are_found_with_their_places() -> None:
    assert [*values(DATA, steps("spec.list[].x"))] == [(("spec", "list", 0, "x"), 1)]
    assert [*values(DATA, steps('spec["a.b"]'))] == [(("spec", "a.b"), 1)]
    assert not [*values(DATA, steps("spec.text.x"))]


def test_a_copy_is_changed() -> None:
    assert without(DATA, steps('spec["a.b"]'))["spec"].keys() == {"list", "text"}
    assert without(DATA, steps("spec.list[].x"))["spec"]["list"][0] == {}
    assert with_value({}, steps("spec.a.b"), [1]) == {"spec": {"a": {"b": [1]}}}
    assert with_value(DATA, steps("spec.list[].x"), 3)["spec"]["list"][1] == {"y": 2, "x": 3}
    assert DATA["spec"]["list"][0] == {"x": 1}
