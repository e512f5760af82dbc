"""Kubernetes' own types inside custom resources."""

from typing import Any

import pytest

from dok_guide.assess.embedded import embedded
from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import Resources
from dok_guide.model import Catalog


def made(catalog: Catalog, **spec: Any) -> list[Object]:
    data = {
        "apiVersion": "invent.example.org/v2",
        "kind": "Invention",
        "metadata": {"name": "x", "namespace": "n"},
        "spec": spec,
    }
    return [*embedded(catalog.operators, [Object(data, "x.yaml", 7)])]


def failing(guide: Catalog, obj: Object) -> set[str]:
    checks = [
        check
        for control in guide.active
        for check in control.checks
        if check.target == "database" and check.scope == "object"
    ]
    resources = Resources([obj])
    return {
        check.id
        for check in checks
        if resources.match(check.match, obj) and CompiledCheck(check).judge(obj.data)
    }


def test_what_the_user_leaves_out_is_no_finding(catalog: Catalog, guide: Catalog) -> None:
    (pod,) = made(catalog, pod={"metadata": {"labels": {"a": "b"}}})
    assert pod.kind == "Pod"
    assert pod.labels == {"a": "b"}
    assert failing(guide, pod) == set()


@pytest.mark.parametrize(
    ("container", "check"),
    [
        ({"securityContext": {"privileged": True}}, "WI-1.3"),
        ({"image": "a:latest"}, "SSC-2.3"),
        ({"securityContext": {"allowPrivilegeEscalation": True}}, "WI-1.4"),
    ],
)
def test_what_the_user_writes_is_judged(
    catalog: Catalog, guide: Catalog, container: dict, check: str
) -> None:
    (pod,) = made(catalog, pod={"spec": {"containers": [{"name": "db", **container}]}})
    assert check in failing(guide, pod)


def test_each_service_is_judged_where_it_stands(catalog: Catalog, guide: Catalog) -> None:
    open_ = {"spec": {"type": "LoadBalancer", "loadBalancerSourceRanges": ["0.0.0.0/0"]}}
    first, second = made(catalog, services=[{"spec": {"type": "ClusterIP"}}, open_])
    assert failing(guide, first) == set()
    assert failing(guide, second) == {"KSI-5.3"}
    assert second.place == ("spec", "services", 1)
    assert second.title == "Invention n/x"
    assert second.line == 7


def test_other_kinds_embed_nothing(catalog: Catalog) -> None:
    data = {"apiVersion": "v1", "kind": "Invention", "metadata": {}, "spec": {"pod": {}}}
    assert not [*embedded(catalog.operators, [Object(data, "x", 1)])]
