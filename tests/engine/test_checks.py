"""A check on an object: conditions, variables, places."""

import pytest

from dok_guide.admission import MatchCondition, ResourceRule, Validation, Variable
from dok_guide.engine.cel import Fault
from dok_guide.engine.checks import MOST_TRIED, CompiledCheck, Failure, Parts, locate
from dok_guide.model import Check

RULE = ResourceRule(apiGroups=("",), apiVersions=("v1",), operations=("CREATE",), resources=("x",))


def compiled(expression: str, condition: str = "true", variable: str = "1") -> CompiledCheck:
    return CompiledCheck(
        Check(
            id="AB-1.1",
            for_="producer",
            covers=(),
            target="operator",
            scope="object",
            match=(RULE,),
            matchConditions=(MatchCondition(name="c", expression=condition),),
            variables=(Variable(name="v", expression=variable),),
            validations=(Validation(message="Wrong.", expression=expression),),
        )
    )


def test_what_is_not_meant_is_not_judged() -> None:
    assert compiled("false", condition="has(object.x)").judge({}) is None
    assert compiled("true").judge({}) == []


def test_a_failure_names_the_entries_that_cause_it() -> None:
    obj = {
        "spec": {"a": [{"ok": True}, {"ok": False}, {"ok": False}], "b": [{"ok": True}], "c": [1]},
    }
    check = compiled("(object.spec.a + object.spec.b).all(e, e.ok)")
    assert check.judge(obj) == [Failure("Wrong.", (("spec", "a", 1), ("spec", "a", 2)))]


def test_what_no_entry_causes_is_the_objects_own() -> None:
    check = compiled("has(object.spec.x) && object.spec.a.all(e, e.ok)")
    assert check.judge({"spec": {"a": [{"ok": False}]}}) == [Failure("Wrong.", ((),))]


def test_entries_that_fail_only_together_are_the_objects_own() -> None:
    check = compiled("size(object.a) < 2")
    assert check.judge({"a": [{}, {}]}) == [Failure("Wrong.", ((),))]


def test_too_many_entries_are_not_tried_one_by_one() -> None:
    tried = []
    obj = {"a": [{} for _ in range(MOST_TRIED + 1)]}
    assert list(locate(Parts(obj), lambda each: bool(tried.append(each)) or True)) == [()]
    assert tried == []


def test_as_many_entries_as_are_tried_at_most() -> None:
    obj = {"a": [{"ok": True}] * (MOST_TRIED - 1) + [{"ok": False}]}

    def fails(part: dict) -> bool:
        return any(not each["ok"] for each in part["a"])

    assert list(locate(Parts(obj), fails)) == [("a", MOST_TRIED - 1)]


def test_a_variable_without_a_value_is_named_as_the_cause() -> None:
    check = compiled("variables.v == 1", variable="object.none.x")
    (fault,) = check.judge({}) or ()
    assert isinstance(fault, Fault)
    assert fault.message.startswith("variable v: ")
    assert compiled("true || variables.v == 1", variable="object.none").judge({}) == []


@pytest.mark.parametrize("condition", ["object.none", "object.none == 1"])
def test_a_condition_without_a_value_is_a_fault(condition: str) -> None:
    (fault,) = compiled("true", condition=condition).judge({}) or ()
    assert isinstance(fault, Fault)
