"""The script of `dok-guide collect` on a real API server, with the rights that its page shows."""

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from apiserver.serving import Server
from building import FIXTURES, REPOSITORY

from dok_guide.assess.assessment import assess
from dok_guide.assess.cluster.questions import QUESTIONS
from dok_guide.assess.cluster.script import script
from dok_guide.assess.findings import Assessment
from dok_guide.assess.gaps import NOT_COLLECTED
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

pytestmark = pytest.mark.slow

Data = dict[str, Any]
#: What must not be in the file, in no encoding.
VALUE, OTHER = "s3cr3t-value-of-app", "another-value-0123"
PAGE = (REPOSITORY / "docs/assess-cluster.md").read_text(encoding="utf-8")


def page_role() -> Data:
    (block,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    role: Data = yaml.safe_load(block)
    return role


def given_role(guide: Catalog) -> Data:
    """The role of the page, with the groups of each operator whose definitions may be there."""
    role = page_role()
    groups = sorted({kind.group for each in guide.operators for kind in each.kinds})
    role["rules"].append({"apiGroups": groups, "resources": ["*"], "verbs": ["get", "list"]})
    return role


@pytest.fixture(scope="module")
def filled(server: Server, guide: Catalog) -> Iterator[Server]:
    """The API server with the invented install, two Secrets, and the rights of the page.

    Other tests share the server, so all but definitions goes again.
    """
    made = []
    for name in ("databases", "db-system"):
        server.ensure_namespace(name)
    for file in ("crds/databases.yaml", "install.yaml"):
        for data in yaml.safe_load_all((FIXTURES / "assess" / file).read_text(encoding="utf-8")):
            if data["kind"] == "CustomResourceDefinition":
                server.define(data)
            else:
                made.append(create(server, data))
    secret = {"apiVersion": "v1", "kind": "Secret", "type": "Opaque"}
    applied = {"kubectl.kubernetes.io/last-applied-configuration": json.dumps({"x": VALUE})}
    for name, values in (("app", {"password": VALUE, "user": "app"}), ("token", {"t": OTHER})):
        metadata = {"name": name, "namespace": "databases", "annotations": applied}
        made.append(create(server, secret | {"metadata": metadata, "stringData": values}))
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "rules": []}
    made.append(create(server, role | {"metadata": {"name": "nothing", "namespace": "databases"}}))
    thing = {"apiVersion": "db.example.org/v1", "kind": "Database"}
    made.append(create(server, thing | {"metadata": {"name": "orders", "namespace": "databases"}}))
    made.append(create(server, given_role(guide)))
    binding = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "reader"},
        "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": "ClusterRole",
            "name": page_role()["metadata"]["name"],
        },
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "reader"}],
    }
    made.append(create(server, binding))
    yield server
    for path in reversed(made):
        server.ask("DELETE", path)


def create(server: Server, data: Data) -> str:
    """Make an object and return its path."""
    resource, namespaced = server.resources(data["apiVersion"])[data["kind"]]
    root = "/api" if data["apiVersion"] == "v1" else "/apis"
    within = f"/namespaces/{data['metadata']['namespace']}" if namespaced else ""
    path = f"{root}/{data['apiVersion']}{within}/{resource}"
    server.ask("POST", path, data)
    return f"{path}/{data['metadata']['name']}"


def collected(server: Server, guide: Catalog, folder: Path, user: str) -> Path:
    """Run the script as a user and return the file."""
    assert shutil.which("kubectl"), "kubectl is missing: see tests/programs.sh"
    cluster = {"server": server.address, "insecure-skip-tls-verify": True}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "here", "cluster": cluster}],
        "users": [{"name": user, "user": {"token": f"{user}-token"}}],
        "contexts": [{"name": "here", "context": {"cluster": "here", "user": user}}],
        "current-context": "here",
    }
    (folder / "config").write_text(json.dumps(config))
    shown = script(guide, ["databases"], ["db-system"], ["databases.db.example.org"])
    (folder / "collect.sh").write_text(shown)
    path = folder / "cluster.json"
    with path.open("wb") as out:
        env = os.environ | {"KUBECONFIG": str(folder / "config"), "HOME": str(folder)}
        subprocess.run(["sh", folder / "collect.sh"], stdout=out, env=env, check=True)
    return path


def assessed(guide: Catalog, path: Path) -> Assessment:
    controls = [control for control in guide.active if control.id in QUESTIONS]
    return assess(guide, read_input([str(path)]), controls)


@pytest.fixture(scope="module")
def file(filled: Server, guide: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collected(filled, guide, tmp_path_factory.mktemp("reader"), "reader")


def test_the_rights_of_the_page_are_enough(file: Path, guide: Catalog) -> None:
    found = assessed(guide, file)
    assert [gap.message for gap in found.gaps if gap.kind == NOT_COLLECTED] == []
    assert [answer.unknown for answer in found.answers] == [""] * len(QUESTIONS)
    kinds = {obj.kind for obj in found.input.objects}
    assert {"Namespace", "Deployment", "Database", "ClusterRole", "Role"} <= kinds
    assert "CustomResourceDefinition" in kinds


def test_no_value_of_a_secret_is_in_the_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for value in (VALUE, OTHER):
        assert value not in text
        for padded in (value, f"\n{value}", f"{value}\n"):
            assert base64.b64encode(padded.encode()).decode().rstrip("=") not in text
    assert '"keys": ["password", "user"]' in text


def test_the_role_of_the_page_has_no_right_too_many(guide: Catalog) -> None:
    verbs = {verb for rule in page_role()["rules"] for verb in rule["verbs"]}
    assert verbs == {"get", "list"}
    shown = script(guide, ["a"], [])
    for rule in page_role()["rules"]:
        for resource in rule["resources"]:
            assert resource == "*" or re.search(rf"\b{resource}\b", shown), resource


def test_who_may_read_nothing_gets_gaps_and_no_answer(
    filled: Server, guide: Catalog, tmp_path: Path
) -> None:
    found = assessed(guide, collected(filled, guide, tmp_path, "stranger"))
    lost = {gap.subject for gap in found.gaps if gap.kind == NOT_COLLECTED}
    assert "kubectl get secrets --namespace=databases" in lost
    assert all(answer.unknown and not answer.lines for answer in found.answers)
    assert found.incomplete
