"""General signs in the resources of operators that the guide does not know."""

from typing import Any

import pytest

from dok_guide.assess.signs import signs
from dok_guide.engine.objects import Object


def resource(spec: Any, group: str = "db.example.org") -> Object:
    data = {"apiVersion": f"{group}/v1", "kind": "Db", "metadata": {"name": "x"}, "spec": spec}
    return Object(data, "x.yaml", 1)


@pytest.mark.parametrize(
    ("spec", "control", "place"),
    [
        ({"users": [{"password": "x"}]}, "CM-2", ("spec", "users", 0, "password")),
        ({"rootPassword": "x"}, "CM-2", ("spec", "rootPassword")),
        ({"expose": {"type": "LoadBalancer"}}, "KSI-5", ("spec", "expose", "type")),
        ({"serviceType": "NodePort"}, "KSI-5", ("spec", "serviceType")),
        ({"tls": {"enabled": False}}, "NM-4", ("spec", "tls", "enabled")),
        ({"enableTLS": False}, "NM-4", ("spec", "enableTLS")),
        ({"allowUnsafeConfigurations": True}, "NM-4", ("spec", "allowUnsafeConfigurations")),
        ({"image": "a/b:latest"}, "SSC-2", ("spec", "image")),
        ({"backup": {"image": "reg:5000/b"}}, "SSC-2", ("spec", "backup", "image")),
    ],
)
def test_a_sign_is_a_guess(spec: Any, control: str, place: tuple) -> None:
    (found,) = signs(resource(spec))
    assert (found.control, found.place) == (control, place)
    assert found.message.startswith("a guess: ")


@pytest.mark.parametrize(
    "spec",
    [
        {"passwordSecret": {"name": "x"}, "password": {"secretKeyRef": {"name": "x"}}},
        {"password": ""},
        {"type": "ClusterIP"},
        {"tls": {"enabled": True}, "monitoring": {"enabled": False}},
        {"image": "a/b:1.2", "other": {"image": "a@sha256:" + "0" * 64}},
        {"image": {"repository": "a"}},
        None,
        "text",
    ],
)
def test_no_sign(spec: Any) -> None:
    assert not [*signs(resource(spec))]


def test_signs_stand_in_the_order_of_the_resource() -> None:
    spec = {"image": "a", "users": [{"password": "x"}], "tls": {"enabled": False}}
    assert [sign.control for sign in signs(resource(spec))] == ["SSC-2", "CM-2", "NM-4"]
