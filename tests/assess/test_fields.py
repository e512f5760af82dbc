"""The field that a setting is about, found in a resource: its place, and what it is set to."""

from collections.abc import Callable
from typing import Any

import pytest

from dok_guide.assess.fields import Field, failing
from dok_guide.engine.checks import MOST_TRIED
from dok_guide.engine.paths import steps


def states(data: Any, path: str, fails: Callable[[Any], bool]) -> list[str]:
    return [field.state(None) for field in failing(data, steps(path), fails)]


def entries_fail(data: Any) -> bool:
    return not all(each.get("tls") for each in data["spec"]["listeners"])


@pytest.mark.parametrize(
    ("listeners", "expected"),
    [
        ([{"tls": False}], ["`spec.listeners[0].tls` is false"]),
        ([{"name": "x" * 90}], ["`spec.listeners[0].tls` is not set"]),
        (
            [{}, {"tls": True}, {"tls": False}],
            ["`spec.listeners[0].tls` is not set", "`spec.listeners[2].tls` is false"],
        ),
    ],
)
def test_each_entry_that_fails_is_named(listeners: list, expected: list[str]) -> None:
    data = {"spec": {"listeners": listeners}}
    assert states(data, "spec.listeners[].tls", entries_fail) == expected


def test_an_absent_leaf_stands_in_its_entry() -> None:
    data = {"spec": {"listeners": [{"tls": True}, {}]}}
    (field,) = failing(data, steps("spec.listeners[].tls"), entries_fail)
    assert field.place == ("spec", "listeners", 1)
    assert field.state("false") == "`spec.listeners[1].tls` is not set, which means false"


def test_lists_in_lists() -> None:
    def fails(data: Any) -> bool:
        return any(not h.get("tls") for a in data["a"] for h in a.get("hosts", []))

    data = {"a": [{"hosts": [{"tls": 1}]}, {"hosts": [{"tls": 1}, {}]}, {}]}
    assert states(data, "a[].hosts[].tls", fails) == ["`a[1].hosts[1].tls` is not set"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([{"name": "a"}], "`a[0].on` is not set"),
        ([{"on": False}], "`a[0].on` is false"),
        ([{"name": "a"}, {"name": "b"}], "`a[].on` is not set"),
        ([{"name": "a"}, {"on": False}], "`a` is set"),
        ([], "`a[].on` is not set"),
    ],
)
def test_what_no_entry_causes_is_about_all(entries: list, expected: str) -> None:
    """One entry has to be on: none of them fails by itself, since nothing fails as well."""
    data = {"a": entries}
    fails = lambda d: not any(each.get("on") for each in d["a"])  # noqa: E731
    assert states(data, "a[].on", fails) == [expected]


def test_values_and_keys_that_fail_are_named() -> None:
    fails = lambda d: any(each == "x" for each in d["a"])  # noqa: E731
    assert states({"a": ["b", "x", "c", "x"]}, "a", fails) == ['`a[1]` is "x"', '`a[3]` is "x"']
    fails = lambda d: any(not each["tls"] for each in d["a"].values())  # noqa: E731
    data = {"a": {"one": {"tls": 1}, "t.w/o": {"tls": 0}}}
    assert states(data, "a", fails) == ['`a["t.w/o"]` is set']


def test_where_each_key_fails_it_is_the_whole() -> None:
    """A security context with one of its fields alone is not the better for it."""
    fails = lambda d: bool(d["a"]) and not (d["a"].get("x") and d["a"].get("y"))  # noqa: E731
    assert states({"a": {"x": True, "y": False}}, "a", fails) == ["`a` is set"]


def test_many_entries_are_not_tried_one_by_one() -> None:
    data = {"a": [{}] * (MOST_TRIED + 1)}
    assert states(data, "a[].on", lambda d: bool(d["a"])) == ["`a[].on` is not set"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("spec", "password"), "hunter2"),
        (("spec", "users", "app/password_sha256_hex"), "00"),
        (("spec", "sql", 0), "CREATE ROLE x PASSWORD 'hunter2'"),
        (("spec", "url"), "postgres://me:hunter2@host/db"),
        (("spec", "config"), "a: b\nc: hunter2"),
        (("spec", "tokens", "api_token"), ["hunter2"]),
        (("spec", "env"), [{"name": "X", "value": "hunter2"}]),
        (("spec", "users"), {"app/password": "hunter2"}),
    ],
)
def test_what_may_be_secret_is_not_repeated(place: tuple, value: Any) -> None:
    state = Field(place, value=value).state(None)
    assert state.endswith("is set")
    assert "hunter2" not in state


@pytest.mark.parametrize(
    ("place", "value", "shown"),
    [
        (("spec", "password_encryption"), "md5", '"md5"'),
        (("spec", "secret"), False, "false"),
        (("spec", "ranges"), ["0.0.0.0/0"], '["0.0.0.0/0"]'),
        (("spec", "x"), "y" * 70, '"' + "y" * 59 + "..."),
    ],
)
def test_plain_values_are_shown(place: tuple, value: Any, shown: str) -> None:
    assert Field(place, value=value).state(None).endswith(f"` is {shown}")
