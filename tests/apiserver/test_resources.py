"""The API server takes what the guide tells people to write, and refuses what is misspelled."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from apiserver.serving import Refusal, Server
from building import REPOSITORY

from dok_guide.load import load_catalog

pytestmark = [pytest.mark.slow, pytest.mark.crds]

GUIDE = load_catalog(REPOSITORY / "controls")
#: Groups whose definitions no operator ships: of projects that work beside them, of no project at
#: all, and of files that the API server reads.
BESIDE = frozenset({
    "audit.k8s.io", "apiserver.config.k8s.io",
    "barmancloud.cnpg.io", "cert-manager.io", "db.example.org", "external-secrets.io",
    "monitoring.coreos.com", "gateway.networking.k8s.io", "route.openshift.io",
    "snapshot.storage.k8s.io", "operators.coreos.com", "kyverno.io", "policies.kubewarden.io",
})  # fmt: skip

#: Where a setting's example is an object, not values of a chart or a line of SQL.
WITH_MANIFESTS = ("kubernetes", "operator-environment")

Data = dict[str, Any]


def documents(text: str) -> Iterator[Data]:
    for data in yaml.safe_load_all(text):
        if not data:
            continue
        yield from data["items"] if data["kind"] == "List" else [data]


def settings() -> Iterator[tuple[str, str]]:
    for operator in GUIDE.operators:
        for setting in operator.settings:
            if setting.where in WITH_MANIFESTS and is_manifest(setting.example):
                yield f"{setting.id} example", setting.example
            for number, variant in enumerate(setting.variants):
                for name in ("compliant", "non_compliant"):
                    if text := getattr(variant, name):
                        yield f"{setting.id} {number} {name}", text


def is_manifest(text: str) -> bool:
    """Tell an object from values of a chart, which set the operator's environment as well."""
    return any("kind" in data for data in yaml.safe_load_all(text) if data)


def hardened() -> Iterator[tuple[str, str]]:
    yield from ((operator.id, operator.hardened) for operator in GUIDE.operators)


def examples() -> Iterator[tuple[str, str]]:
    for control in GUIDE.active:
        for example in control.examples:
            yield f"{control.id} {example.title}", example.manifest


def refused(server: Server, text: str) -> tuple[list[str], int]:
    """Return what the server says of the objects that it refuses, and how many it was asked."""
    found, count = [], 0
    for data in documents(text):
        if data["apiVersion"].rpartition("/")[0] in BESIDE:
            continue
        count += 1
        try:
            server.try_out(data)
        except Refusal as refusal:
            found.append(f"{data['kind']} {data['metadata'].get('name')}: {refusal}")
    return found, count


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in settings()])
def test_resources_of_settings(defined: Server, text: str) -> None:
    """Those that fail a check are taken, too: the check finds what Kubernetes lets pass."""
    found, count = refused(defined, text)
    assert not found
    assert count


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in hardened()])
def test_hardened_installations(defined: Server, text: str) -> None:
    found, count = refused(defined, text)
    assert not found
    assert count > 3


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in examples()])
def test_examples_of_controls(defined: Server, text: str) -> None:
    assert not refused(defined, text)[0]


def test_a_misspelled_field_is_refused(defined: Server) -> None:
    cluster = {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "x"},
        "spec": {"instances": 1, "storage": {"sise": "1Gi"}},
    }
    with pytest.raises(Refusal, match="sise"):
        defined.try_out(cluster)
    cluster["spec"]["storage"] = {"size": "1Gi"}
    assert defined.try_out(cluster)["spec"]["enableSuperuserAccess"] is False
