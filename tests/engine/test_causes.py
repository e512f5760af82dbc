"""What is wrong in an object, down to the field."""

import pytest

from dok_guide.engine.causes import MOST_TRIED, Cause, causes, culprits, names_in
from dok_guide.engine.cel import Data, Program


def found(expression: str, obj: dict, place: tuple = ()) -> list[Cause]:
    program = Program(expression)
    return causes(obj, place, lambda each: program.holds(Data(each)), names_in(expression))


@pytest.mark.parametrize(
    ("expression", "obj", "expected"),
    [
        # what has to be there and is wrong
        ("object.image.contains('@')", {"image": "a:1", "name": "x"}, [Cause(("image",))]),
        # what may be absent and is wrong
        ("!has(object.host) || !object.host", {"host": True, "b": 1}, [Cause(("host",))]),
        # what must be true, so that leaving it out mends nothing
        (
            "has(object.s) && has(object.s.x) && object.s.x",
            {"s": {"x": False}},
            [Cause(("s", "x"))],
        ),
        # what is missing has no place
        ("has(object.s) && has(object.s.x)", {"s": {"y": 1}}, [Cause(())]),
        # two fields that are wrong only together
        ("!has(object.a) || !has(object.b)", {"a": 1, "b": 2, "c": 3}, [Cause((), ("a", "b"))]),
        # one text of a list
        ("!('*' in object.verbs)", {"verbs": ["get", "*"]}, [Cause(("verbs", 1))]),
        # several texts of a list stand together
        ("!object.v.exists(v, v.startsWith('x'))", {"v": ["xa", "b", "xc"]}, [Cause(("v",))]),
        # entries of a list, each by itself
        (
            "object.env.all(e, e.value != 'bad')",
            {"env": [{"value": "bad"}, {"value": "good"}, {"value": "bad"}]},
            [Cause(("env", 0, "value")), Cause(("env", 2, "value"))],
        ),
        # keys that anybody chooses
        (
            "!object.data.exists(k, k.endsWith('password'))",
            {"data": {"my-password": "x", "name": "y", "password": "z"}},
            [Cause(("data", "my-password")), Cause(("data", "password"))],
        ),
    ],
)
def test_the_cause_is_the_smallest_part(expression: str, obj: dict, expected: list[Cause]) -> None:
    assert found(expression, obj) == expected


def test_below_an_entry_the_other_entries_do_not_count() -> None:
    obj = {"rules": [{"verbs": ["*"]}, {"verbs": ["get", "*"]}]}
    wrong = found("object.rules.all(r, !('*' in r.verbs))", obj, ("rules", 1))
    assert wrong == [Cause(("rules", 1, "verbs", 1))]


def test_a_long_list_is_not_tried_entry_by_entry() -> None:
    many = {"v": ["*"] * (MOST_TRIED + 1)}
    assert found("!('*' in object.v)", many) == [Cause(("v",))]


def test_the_object_around_that_is_to_blame() -> None:
    """Each ClusterRole counts by itself; the binding, without which all is well, comes later."""
    expression = "!objects.exists(r, r.kind == 'ClusterRole' && r.wide && size(objects) > 1)"
    program = Program(expression)
    objects = [
        {"kind": "ClusterRoleBinding"},
        {"kind": "ClusterRole", "wide": True},
        {"kind": "ClusterRole", "wide": False},
    ]
    kinds = ("ClusterRole", "ClusterRoleBinding")
    assert culprits(objects, lambda some: program.holds(Data({}, some)), kinds) == [1]
    assert culprits(objects, lambda _: True, kinds) == []
