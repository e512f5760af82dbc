"""Example manifests against the schemas of the products that they are for."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml
from building import SHARED

from dok_guide.model import Catalog

pytestmark = pytest.mark.shared

#: Groups that examples may use besides Kubernetes' own and those of the operators.
OTHERS = {"cert-manager.io", "db.example.org", "external-secrets.io", "monitoring.coreos.com"}


@pytest.fixture(scope="module")
def definitions() -> dict[tuple[str, str], dict]:
    """The schema of each version of each custom resource, as its project ships it."""
    found = {}
    for path in sorted((SHARED / "data/crds").rglob("*.yaml")):
        for definition in documents(path):
            spec = definition.get("spec", {})
            for version in spec.get("versions", []):
                key = (f"{spec['group']}/{version['name']}", spec["names"]["kind"])
                found[key] = version["schema"]["openAPIV3Schema"]
    return found


def documents(path: Path) -> Iterator[dict]:
    text = path.read_text(encoding="utf-8")
    yield from (d for d in yaml.load_all(text, Loader=yaml.CSafeLoader) if d)


def manifests(guide: Catalog) -> Iterator[tuple[str, dict]]:
    for control in guide.controls:
        for example in control.examples:
            for manifest in yaml.safe_load_all(example.manifest):
                yield f"{control.id}: {example.title}", manifest


def unknown_fields(schema: dict, data: object, place: str = "") -> Iterator[str]:
    """Yield the fields that the API server would drop or refuse."""
    if isinstance(data, list):
        for item in data:
            yield from unknown_fields(schema.get("items", {}), item, f"{place}[]")
    if not isinstance(data, dict) or schema.get("x-kubernetes-preserve-unknown-fields"):
        return
    rest = schema.get("additionalProperties")
    for key, value in data.items():
        inner = schema.get("properties", {}).get(key, rest)
        if isinstance(inner, dict):
            yield from unknown_fields(inner, value, f"{place}.{key}")
        elif inner is None and "properties" in schema and place + key not in ("metadata",):
            yield f"{place}.{key}"


def faults(definitions: dict, manifest: dict) -> list[str]:
    schema = definitions[manifest["apiVersion"], manifest["kind"]]
    checker = jsonschema.Draft202012Validator(schema)
    return [e.message for e in checker.iter_errors(manifest)] + [
        *unknown_fields(schema, {k: v for k, v in manifest.items() if k != "metadata"})
    ]


def test_custom_resources_are_valid(guide: Catalog, definitions: dict) -> None:
    checked = 0
    groups = {version.partition("/")[0] for version, _ in definitions}
    for name, manifest in manifests(guide):
        if manifest["apiVersion"].partition("/")[0] in groups:
            assert faults(definitions, manifest) == [], name
            checked += 1
    assert checked >= 3


def test_a_misspelled_field_is_found(definitions: dict) -> None:
    cluster = {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "x"},
        "spec": {"instances": "3", "storage": {"sise": "1Gi"}},
    }
    assert len(faults(definitions, cluster)) == 2


def test_groups_that_are_no_product_are_invented_or_built_in(
    guide: Catalog, definitions: dict
) -> None:
    groups = {version.partition("/")[0] for version, _ in definitions}
    for name, manifest in manifests(guide):
        group = manifest["apiVersion"].rpartition("/")[0]
        assert group in groups | OTHERS or "." not in group or group.endswith(".k8s.io"), name
