"""Custom resources of known operators, judged by their settings."""

from typing import Any

import pytest

from dok_guide.assess.custom_resources import CustomResources, Judgment
from dok_guide.engine.objects import Object
from dok_guide.model import Catalog

FIRST = "AB-1"


def resource(version: str = "v1", group: str = "invent.example.org", **spec: Any) -> Object:
    data = {
        "apiVersion": f"{group}/{version}",
        "kind": "Invention",
        "metadata": {"name": "x", "namespace": "n"},
        "spec": spec,
    }
    return Object(data, "x.yaml", 1)


def judge(catalog: Catalog, obj: Object, version: str | None = None) -> list[Judgment]:
    return CustomResources(catalog.operators, version).judge(obj)[1]


def said(found: list[Judgment], setting: str = "inventdb-tls") -> list[str]:
    return [each.message for each in found if each.setting.id == setting]


def test_a_value_is_named_with_field_and_what_to_write(catalog: Catalog) -> None:
    obj = resource("v2", tls={"enabled": False})
    (found,) = [j for j in judge(catalog, obj, "1.2.0") if j.setting.id == "inventdb-tls"]
    assert found.message == (
        "TLS is switched off. `spec.tls.enabled` is false. Write `true`. Clients without TLS "
        "stop working."
    )
    assert found.place == ("spec", "tls", "enabled")
    assert not found.undecided


def test_an_absent_field_is_its_default(catalog: Catalog) -> None:
    assert not said(judge(catalog, resource("v2"), "1.2.0"))
    (message,) = said(judge(catalog, resource(), "1.1.0"))
    assert "`spec.useTls` is not set, which means false." in message
    assert said(judge(catalog, resource(useTls=False), "1.1.0"))


def test_every_served_version_and_group_is_judged(catalog: Catalog) -> None:
    for group in ("invent.example.org", "old.example.org"):
        for version in ("v1", "v2"):
            obj = resource(version, group, tls={"enabled": False})
            assert said(judge(catalog, obj, "1.2.0")), (group, version)


def test_without_a_version_the_releases_may_differ(catalog: Catalog) -> None:
    """v1 means another field in 1.1: what passes in one release fails in the other."""
    (found,) = [j for j in judge(catalog, resource()) if j.setting.id == "inventdb-tls"]
    assert found.undecided
    assert found.message.startswith("depends on the version; with InventDB & Co <1.2: TLS is not")


def test_where_all_releases_agree_it_is_said_once(catalog: Catalog) -> None:
    obj = resource(tls={"enabled": False}, useTls=False)
    (found,) = [j for j in judge(catalog, obj) if j.setting.id == "inventdb-tls"]
    assert not found.undecided


def test_a_field_that_a_release_lacks_is_not_judged_there(catalog: Catalog) -> None:
    obj = resource(useTls=True)
    assert not said(judge(catalog, obj, "1.1.3"), "inventdb-log-rows")
    (message,) = said(judge(catalog, obj), "inventdb-log-rows")
    assert message.startswith("depends on the version; with InventDB & Co >=1.2")


@pytest.mark.parametrize("spec", [{"tls": "yes"}, {"tls": {"enabled": "yes"}}])
def test_what_can_not_be_decided_is_said(catalog: Catalog, spec: dict) -> None:
    found = judge(catalog, resource("v2", **spec), "1.2.0")
    assert [j.undecided for j in found if j.setting.id == "inventdb-tls"] == [True]


def test_other_kinds_are_nobodys(catalog: Catalog) -> None:
    judges = CustomResources(catalog.operators)
    obj = resource(group="foreign.example.org")
    assert judges.operator_of(obj) is None
    assert judges.judge(obj) == ([], [])
    assert judges.judge(resource("v9")) == ([], [])


def test_a_long_value_is_cut(catalog: Catalog) -> None:
    obj = resource("v2", parameters={"log.rows": "x" * 500})
    (message,) = said(judge(catalog, obj, "1.2.0"), "inventdb-log-rows")
    assert len(message) < 200


def test_an_entry_of_a_list_is_named_with_its_own_value(guide: Catalog) -> None:
    def cluster(*remote: dict) -> Object:
        spec = {"instances": 1, "externalClusters": list(remote)}
        data = {
            "apiVersion": "postgresql.cnpg.io/v1",
            "kind": "Cluster",
            "metadata": {"name": "x"},
            "spec": spec,
        }
        return Object(data, "x.yaml", 1)

    good = {
        "name": "a",
        "connectionParameters": {"sslmode": "verify-full"},
        "sslRootCert": {"name": "a", "key": "ca.crt"},
    }
    bad = {**good, "name": "b", "connectionParameters": {"sslmode": "require"}}
    found = CustomResources(guide.operators, "1.30.0").judge(cluster(good, bad))[1]
    (judgment,) = [j for j in found if "verification" in j.setting.id]
    assert judgment.place == ("spec", "externalClusters", 1, "connectionParameters", "sslmode")
    field = "`spec.externalClusters[1].connectionParameters.sslmode`"
    assert f'{field} is "require"' in judgment.message
    absent = {**good, "connectionParameters": {}}
    found = CustomResources(guide.operators, "1.30.0").judge(cluster(good, absent))[1]
    (judgment,) = [j for j in found if "verification" in j.setting.id]
    assert judgment.place == ("spec", "externalClusters", 1, "connectionParameters")
    assert f"{field} is not set" in judgment.message
    found = CustomResources(guide.operators, "1.30.0").judge(cluster(bad, absent, good))[1]
    judgments = [j for j in found if "verification" in j.setting.id]
    assert [j.place[2] for j in judgments] == [0, 1]
