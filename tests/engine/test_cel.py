"""The part of CEL that the guide uses means what the API server takes it to mean.

Expected values are those of cel-go, by the language definition of CEL (google/cel-spec).
"""

import pytest

from dok_guide.engine.cel import CelError, Data, Fault, Program, inlined, refused

OBJECT = {
    "list": [1, 2, 3],
    "names": ["a", "b"],
    "items": [{"x": 1}, {}],
    "map": {"k": "v"},
    "text": "app.example.org",
    "yes": True,
    "zero": 0,
}


def value(expression: str, obj: object = OBJECT) -> object:
    return Program(expression, boolean=False).value(Data(obj))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("has(object.map)", True),
        ("has(object.none)", False),
        ("has(object.map.k) && !has(object.map.none)", True),
        ("size(object.list) == 3 && object.list.size() == 3", True),
        ("2 in object.list && !('c' in object.names)", True),
        ("'k' in object.map && object.map['k'] == 'v'", True),
        ("object.list.all(n, n > 0)", True),
        ("object.list.exists(n, n > 2)", True),
        ("object.list.exists_one(n, n > 2)", True),
        ("object.list.map(n, n * 2)", [2, 4, 6]),
        ("object.list.filter(n, n > 1)", [2, 3]),
        ("(object.names + ['c']).size() == 3", True),
        ("object.text.startsWith('app.') && object.text.endsWith('.org')", True),
        ("object.text.contains('example')", True),
        ("object.text.matches('^[a-z.]+$')", True),
        ("object.yes ? 'a' : 'b'", "a"),
        ("[].all(x, false)", True),
        ("[].exists(x, true)", False),
        # an error on one entry does not hide the answer of another, wherever it stands
        ("object.items.exists(i, i.x == 1)", True),
        ("[{}, {'x': 1}].exists(i, i.x == 1)", True),
        ("[{}, {'x': 2}].all(i, i.x == 1)", False),
        ("object.none.x == 1 || true", True),
        ("object.none.x == 1 && false", False),
    ],
)
def test_values(expression: str, expected: object) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "has(object.none.x)",
        "object.none == 1",
        "object.items.all(i, i.x == 1)",
        "object.text + 1 == 2",
        "object.text.all(x, true)",
        "object.list[7] == 1",
        "1 / object.zero == 1",
        "variables.none == 1",
        "object.zero",
    ],
)
def test_what_has_no_value_is_a_fault_and_not_true(expression: str) -> None:
    found = Program(expression).holds(Data(OBJECT))
    assert isinstance(found, Fault)
    assert found.message


def test_too_many_steps_are_a_fault() -> None:
    data = Data({"list": list(range(20_000))})
    assert isinstance(Program("object.list.all(n, n >= 0)").holds(data), Fault)


def test_a_number_beyond_64_bits_is_a_fault() -> None:
    assert isinstance(value("object.n > 0", {"n": 2**70}), Fault)


@pytest.mark.parametrize("expression", ["object.", "nobody == 1", "1 + 1", "true && 'x'", "f(1)"])
def test_what_is_no_condition_is_refused_before_it_runs(expression: str) -> None:
    with pytest.raises(CelError):
        Program(expression)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("has(object.x) && size(object.x) in [1]", []),
        ("'split(' == object.x // split(x)", []),
        ("'// no comment' == object.x.split(',')", ["split"]),
        ("object.x.split(',')", ["split"]),
        ("object.x.existsOne(y, true)", ["existsOne"]),
        ("object.?x == 1 && object[?1] == 2", [".?", "[?"]),
        ("(true) && !(false) && (size(object.x) > 1)", []),
    ],
)
def test_functions_beyond_the_common_part_are_named(expression: str, found: list[str]) -> None:
    assert [m.split("(")[0].split(" ")[0] for _, m in refused(expression)] == found


@pytest.mark.parametrize(
    ("expression", "whole"),
    [
        ("variables.a == 1", "(x\n) == 1"),
        ("variables.a + variables.b", "(x\n) + (y // z\n)"),
        ("'variables.a' == variables.a // variables.b", "'variables.a' == (x\n) // variables.b"),
        ("variables.other && my_variables.a", "variables.other && my_variables.a"),
        ("1", "1"),
    ],
)
def test_the_names_of_variables_become_their_expressions(expression: str, whole: str) -> None:
    assert inlined(expression, {"a": "x", "b": "y // z"}) == whole
