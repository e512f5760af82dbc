"""All kinds that make pods, all containers of a pod, and objects in the versions of old."""

from pathlib import Path

import pytest
from installs import (
    BASE,
    DEFINITION,
    OWN,
    account,
    assessed,
    bound,
    cluster_role,
    found,
    gaps,
    rule,
    workload,
)

DEBUG = "ephemeralContainers: [{name: debug, image: 'busybox:latest', %s}]"


def of_kind(kind: str, version: str) -> str:
    """The operator as another kind of workload, on the network of the host."""
    text = workload("db-operator", "hostNetwork: true").replace("apps/v1", version)
    return text.replace("kind: Deployment", f"kind: {kind}")


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("DeploymentConfig", "apps.openshift.io/v1"),
        ("Rollout", "argoproj.io/v1alpha1"),
        ("CloneSet", "apps.kruise.io/v1alpha1"),
        ("BroadcastJob", "apps.kruise.io/v1alpha1"),
        ("StatefulSet", "apps.kruise.io/v1beta1"),
        ("Deployment", "extensions/v1beta1"),
    ],
)
def test_kinds_beyond_those_of_kubernetes_make_pods(
    tmp_path: Path, kind: str, version: str
) -> None:
    result = assessed(tmp_path, (*BASE[:3], of_kind(kind, version)), "KSI-5")
    title = f"KSI-5.2 {kind} db-system/db-operator"
    assert found(result) == [f"{title} spec.template"]
    assert gaps(result) == []


def test_a_template_of_pods_stands_at_the_top(tmp_path: Path) -> None:
    text = """
apiVersion: v1
kind: PodTemplate
metadata: {name: db-operator, namespace: db-system}
template: {spec: {serviceAccountName: db-operator, hostNetwork: true, containers: [{name: c}]}}
"""
    result = assessed(tmp_path, (*BASE[:3], text), "KSI-5")
    assert found(result) == ["KSI-5.2 PodTemplate db-system/db-operator template"]


def test_a_kind_that_nobody_knows_is_named(tmp_path: Path) -> None:
    result = assessed(tmp_path, (*BASE, of_kind("Workload", "example.net/v1")), "KSI-5")
    assert gaps(result) == ["workload Workload db-system/db-operator"]


def test_a_template_of_openshift_is_unpacked_with_its_parameters(tmp_path: Path) -> None:
    text = """
apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: t}
parameters: [{name: TAG, value: latest}]
objects:
  - apiVersion: v1
    kind: Pod
    metadata: {name: p, namespace: db-system}
    spec:
      serviceAccountName: db-operator
      containers: [{name: c, image: "registry.example.org/op:${TAG}"}]
"""
    result = assessed(tmp_path, (*BASE, text), "SSC-2")
    assert found(result) == ["SSC-2.1 Pod db-system/p objects[0].spec.containers[0]"]


def test_containers_for_debugging_are_judged(tmp_path: Path) -> None:
    debug = DEBUG % "securityContext: {privileged: true}"
    documents = (*BASE[:3], workload("db-operator", debug))
    place = "Deployment db-system/db-operator spec.template.spec.ephemeralContainers[0]"
    result = assessed(tmp_path, documents, "WI-1", "SSC-2", "SSC-9")
    checks = {each.partition(" ")[0] for each in found(result)}
    assert checks == {"WI-1.1", "WI-1.2", "SSC-2.1", "SSC-9.1"}
    assert all(each.endswith(place) for each in found(result))


def test_a_pod_of_a_workload_with_a_container_for_debugging_is_judged(tmp_path: Path) -> None:
    pod = f"""
apiVersion: v1
kind: Pod
metadata:
  name: db-operator-0
  namespace: db-system
  ownerReferences: [{{apiVersion: apps/v1, kind: Deployment, name: db-operator}}]
spec:
  serviceAccountName: db-operator
  containers: [{{name: c, image: i}}]
  {DEBUG % "securityContext: {privileged: true}"}
"""
    result = assessed(tmp_path, (*BASE, pod), "WI-1")
    assert "WI-1.1 Pod db-system/db-operator-0 spec.ephemeralContainers[0]" in found(result)


BUNDLE = """
apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: {name: op.v1, namespace: placeholder}
spec:
  install:
    spec:
      clusterPermissions: [{serviceAccountName: op, rules: [RULE]}]
      deployments:
        - name: op
          spec:
            selector: {matchLabels: {app: op}}
            template:
              metadata: {labels: {app: op}}
              spec: {serviceAccountName: op, containers: [{name: m, image: "i:1"}]}
        - name: second
          spec:
            template:
              spec: {hostNetwork: true, containers: [{name: m, image: "j:1"}]}
  webhookdefinitions:
    - type: ValidatingAdmissionWebhook
      generateName: v.db.example.org
      deploymentName: op
      failurePolicy: Ignore
      timeoutSeconds: 30
      rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    - {type: ConversionWebhook, generateName: c.db.example.org, deploymentName: op}
""".replace("RULE", OWN)


def test_webhooks_of_a_bundle_are_judged_where_they_stand(tmp_path: Path) -> None:
    result = assessed(tmp_path, (DEFINITION, BUNDLE), "OA-5")
    title = "ValidatingWebhookConfiguration placeholder/v.db.example.org"
    assert found(result) == [
        f"OA-5.{number} {title} spec.webhookdefinitions[0]" for number in (1, 2, 3)
    ]
    lines = (tmp_path / "install.yaml").read_text().splitlines()
    assert {lines[each.line - 1].split()[0] for each in result.findings} == {
        "rules:", "failurePolicy:", "timeoutSeconds:",
    }  # fmt: skip


def test_all_deployments_of_a_bundle_are_the_release(tmp_path: Path) -> None:
    result = assessed(tmp_path, (DEFINITION, BUNDLE), "KSI-5")
    assert [each.why.partition(" ")[0] for each in result.workloads] == ["its", "in"]
    (place,) = found(result)
    assert place.endswith("spec.install.spec.deployments[1].spec.template")


OLD_WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1beta1
kind: ValidatingWebhookConfiguration
metadata: {name: w}
webhooks: [{name: w, clientConfig: {}, rules: [{apiGroups: [db.example.org]}]}]
"""


def test_roles_of_an_old_version_are_judged(tmp_path: Path) -> None:
    wide = cluster_role("wide", rule("", "nodes/proxy", "get"))
    documents = (*BASE, wide, bound("wide", account("db-operator")))
    old = [text.replace("k8s.io/v1\nkind: ClusterRole", "k8s.io/v1beta1\nkind: ClusterRole")
           for text in documents]  # fmt: skip
    assert found(assessed(tmp_path, old, "KSI-7")) == ["KSI-7.3 ClusterRole wide rules[0]"]


def test_an_absent_field_has_the_default_of_its_version(tmp_path: Path) -> None:
    assert [each[:6] for each in found(assessed(tmp_path, (*BASE, OLD_WEBHOOK), "OA-5"))] == [
        "OA-5.2",
        "OA-5.3",
    ]
    new = OLD_WEBHOOK.replace("v1beta1", "v1")
    assert found(assessed(tmp_path, (*BASE, new), "OA-5")) == []


def test_a_definition_of_the_old_version_has_one_schema_for_all(tmp_path: Path) -> None:
    old = """
apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: {name: databases.db.example.org}
spec:
  group: db.example.org
  names: {kind: Database, plural: databases}
  version: v1
  validation: {openAPIV3Schema: {x-kubernetes-preserve-unknown-fields: true}}
"""
    result = assessed(tmp_path, (old, *BASE[1:]), "OA-1")
    assert [each[:6] for each in found(result)] == ["OA-1.1"]


POLICY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: db-system}
spec: {%s policyTypes: [Ingress]}
"""


@pytest.mark.parametrize(
    "selector",
    ["podSelector: {},", "podSelector: null,", "", "podSelector: {matchLabels: null},",
     "podSelector: {matchExpressions: [{key: x, operator: DoesNotExist}]},"],
)  # fmt: skip
def test_a_policy_without_selector_selects_every_pod(tmp_path: Path, selector: str) -> None:
    result = assessed(tmp_path, (*BASE, POLICY % selector), "NM-12")
    assert found(result, "NM-12.1") == ["NM-12.1 Deployment db-system/db-operator spec.template"]


def test_a_volume_without_source_is_an_empty_directory(tmp_path: Path) -> None:
    documents = (
        *BASE[:3],
        workload("db-operator", "volumes: [{name: v}, {name: w, secret: null}]"),
    )
    assert found(assessed(tmp_path, documents, "WI-1")) == []


def test_resources_of_the_operators_own_kinds_are_named(tmp_path: Path) -> None:
    database = "apiVersion: db.example.org/v1\nkind: Database\nmetadata: {name: orders}\n"
    result = assessed(tmp_path, (*BASE, database), "KSI-7", "CM-2")
    assert gaps(result) == ["custom-resource Database orders"]
    hidden = {(v.control.id, v.audience) for v in result.verdicts if v.unseen}
    assert ("CM-2", "consumer") in hidden
    assert ("CM-2", "producer") not in hidden
    assert result.incomplete


def test_a_password_that_a_chart_makes_is_not_the_same_everywhere(tmp_path: Path) -> None:
    secret = "\nkind: Secret\napiVersion: v1\nmetadata: {name: s, labels: {LABELS}}\n" + (
        "data: {admin_password: bjhTdzJxTHc=}\n"
    )
    for document in (
        secret.replace("LABELS", "chart: db, heritage: Helm, release: op"),
        "\n# Source: db/templates/secret.yaml" + secret.replace("LABELS", ""),
    ):
        result = assessed(tmp_path, (*BASE, document), "UM-1", "CN-1", "CN-3")
        assert found(result) == ["CN-1.3 Secret s"]
    plain = assessed(tmp_path, (*BASE, secret.replace("LABELS", "")), "UM-1", "CN-1", "CN-3")
    assert found(plain) == ["UM-1.1 Secret s", "CN-3.1 Secret s"]


def test_a_definition_in_the_folder_for_them_is_not_deleted_by_helm(tmp_path: Path) -> None:
    kept = assessed(tmp_path, ("\n# Source: db/crds/a.yaml" + DEFINITION, *BASE[1:]), "CN-1")
    lost = assessed(tmp_path, ("\n# Source: db/templates/a.yaml" + DEFINITION, *BASE[1:]), "CN-1")
    assert found(kept) == []
    assert [each[:6] for each in found(lost)] == ["CN-1.4"]
