"""Examples against the schemas of Kubernetes, at every minor version that is supported."""

import json
import subprocess

import pytest
import yaml
from building import REPOSITORY

from dok_guide.model import Catalog

#: The minor versions that the Kubernetes project supports on the date of the catalog.
VERSIONS = ("1.35", "1.36", "1.37")
#: A file of the API server, and definitions that a cluster has to be given.
ELSEWHERE = {"audit.k8s.io", "gateway.networking.k8s.io"}
#: Runs in the venv of the peers, which has the package with the schemas.
SCRIPT = """
import json, sys
import kubernetes_validate as k
found = []
for title, manifest in json.load(sys.stdin):
    for version in sys.argv[1:]:
        try:
            k.validate(manifest, version, strict=True)
        except k.SchemaNotFoundError:
            found.append([title, version, "no schema"])
        except Exception as error:
            found.append([title, version, str(error).splitlines()[0]])
print(json.dumps(found))
"""


def built_in(guide: Catalog) -> list[tuple[str, dict]]:
    """The manifests of Kubernetes' own kinds; those of products have schemas of their own."""
    found = []
    for control in guide.controls:
        for example in control.examples:
            for manifest in yaml.safe_load_all(example.manifest):
                group = manifest["apiVersion"].rpartition("/")[0]
                if group not in ELSEWHERE and ("." not in group or group.endswith(".k8s.io")):
                    found.append((f"{control.id}: {example.title}", manifest))
    return found


def faults(manifests: list[tuple[str, dict]]) -> list[list[str]]:
    done = subprocess.run(
        [REPOSITORY / ".venv/peers/bin/python", "-W", "ignore", "-c", SCRIPT, *VERSIONS],
        input=json.dumps(manifests), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.slow
def test_examples_are_valid_at_every_supported_version(guide: Catalog) -> None:
    manifests = built_in(guide)
    assert len(manifests) > 30
    assert faults(manifests) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "manifest",
    [
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"container": []}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}},
        {"apiVersion": "v1", "kind": "Pot", "metadata": {"name": "x"}},
    ],
)
def test_a_bad_manifest_is_found_at_every_version(manifest: dict) -> None:
    if "spec" not in manifest and manifest["kind"] == "Pod":
        manifest = manifest | {"spec": {"containers": [{"image": "x"}]}}
    assert [version for _, version, _ in faults([("x", manifest)])] == list(VERSIONS)
