"""Exceptions of `assess` in policies."""

from datetime import date

import pytest

from dok_guide.assess.exceptions import Exemption
from dok_guide.model import Catalog
from dok_guide.policies.exempting import Exempt, expired, notes, usable


def exemption(**fields: str) -> Exemption:
    return Exemption(**{"reason": "Known.", "expires": "2030-01-01"} | fields)


def conditions(catalog: Catalog, setting: str, *exceptions: Exemption) -> list[str]:
    operator = catalog.operator("inventdb")
    found = Exempt(exceptions=exceptions).conditions(operator.setting(setting))
    return [each.expression for each in found]


def test_name_and_namespace(catalog: Catalog) -> None:
    for check in ("inventdb-tls", "AB-1"):
        found = exemption(check=check, object="Invention db/x")
        assert conditions(catalog, "inventdb-tls", found) == [
            "!((request.namespace == 'db' && request.name == 'x'))"
        ]


@pytest.mark.parametrize(
    "fields",
    [
        {"check": "inventdb-log-rows", "object": "Invention db/x"},
        {"check": "AB-1", "object": "Cluster db/x"},
        {"check": "AB-1", "object": "Invention x"},
    ],
)
def test_what_means_something_else_is_not_there(catalog: Catalog, fields: dict[str, str]) -> None:
    assert conditions(catalog, "inventdb-tls", exemption(**fields)) == []


def test_an_exception_for_one_of_two_controls_exempts_nothing(guide: Catalog) -> None:
    operator = guide.operator("cloudnative-pg")
    setting = operator.setting("cloudnative-pg-superuser-access")
    one = exemption(check="UM-1", object="Cluster db/x")
    both = exemption(check="UM-8", object="Cluster db/x")
    assert not [*Exempt(exceptions=(one,)).conditions(setting)]
    assert [*Exempt(exceptions=(one, both)).conditions(setting)]
    assert Exempt(exceptions=(one,)).record(setting) == ""
    assert Exempt(exceptions=(one, both)).record(setting).count("Known.") == 2


def test_what_no_policy_can_say_is_named() -> None:
    path = exemption(check="AB-1", path="spec.tls")
    gap = exemption(gap="workload")
    bare = exemption(check="AB-1", object="Invention x")
    assert usable([path, gap, bare]) == (bare,)
    first, second = notes([path, gap, bare])
    assert "names a path" in first
    assert "names no namespace" in second


def test_the_last_day_still_holds() -> None:
    found = [exemption(check="AB-1", expires="2030-01-01")]
    assert expired(found, date(2030, 1, 1)) == []
    assert expired(found, date(2030, 1, 2)) == found
