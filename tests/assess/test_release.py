"""The whole release is judged: what belongs to it, and what is named because nobody knows."""

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

from dok_guide.assess.findings import Assessment

HERE = "namespace: db-system"
OTHER_IMAGE = "registry.example.net/other:1"
ESCALATE = rule("rbac.authorization.k8s.io", "clusterroles", "escalate")
CERTS = (
    cluster_role("certs", ESCALATE, rule("", "nodes/proxy", "get")),
    bound("certs", account("certs")),
)
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: hook, namespace: db-system}
spec: {selector: {app: certs}}
"""
WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook}
webhooks:
  - name: v.db.example.org
    clientConfig: {service: {name: hook, namespace: db-system}}
    rules: [{apiGroups: [db.example.org], resources: [databases]}]
"""
CONVERTED = DEFINITION.replace(
    "scope: Namespaced",
    "conversion: {strategy: Webhook, webhook: {clientConfig: {service: "
    "{name: hook, namespace: db-system}}}}\n  scope: Namespaced",
)


def whose(result: Assessment) -> dict[str, tuple[str, str]]:
    return {each.title.rpartition("/")[2]: (each.whose, each.why) for each in result.workloads}


LINKS = {
    "image": ((*BASE, workload("certs")), "image registry.example.org/db-operator"),
    "webhook": (
        (*BASE, SERVICE, WEBHOOK, workload("certs", image=OTHER_IMAGE)),
        "called by ValidatingWebhookConfiguration hook",
    ),
    "conversion": (
        (CONVERTED, *BASE[1:], SERVICE, workload("certs", image=OTHER_IMAGE)),
        "called by CustomResourceDefinition databases.db.example.org",
    ),
    "hook": (
        (*BASE, workload("certs", "restartPolicy: Never", "Job", image=OTHER_IMAGE,
                         annotations="{helm.sh/hook: pre-install}")),
        "a hook of the chart",
    ),
    "part of": (
        (*BASE[:3], workload("db-operator", labels="{app.kubernetes.io/part-of: db}"),
         workload("certs", image=OTHER_IMAGE, labels="{app.kubernetes.io/part-of: db}")),
        "labeled app.kubernetes.io/part-of db",
    ),
    "chart": (
        (*BASE[:3], workload("db-operator", labels="{helm.sh/chart: db-1.2}"),
         workload("certs", image=OTHER_IMAGE, labels="{helm.sh/chart: db-1.2}")),
        "labeled helm.sh/chart db-1.2",
    ),
    "rendering": (
        (*BASE[:3], "\n# Source: db/templates/a.yaml" + workload("db-operator"),
         "\n# Source: db/templates/b.yaml" + workload("certs", image=OTHER_IMAGE)),
        "rendered from chart db",
    ),
    "instance": (
        tuple(
            text.replace("app: APP", "app.kubernetes.io/managed-by: Helm")
            for text in (
                *BASE[:3],
                workload("db-operator", labels="{app: APP, app.kubernetes.io/instance: rel}"),
                workload("certs", image=OTHER_IMAGE,
                         labels="{app: APP, app.kubernetes.io/instance: rel}"),
            )
        ),
        "labeled app.kubernetes.io/instance rel",
    ),
}  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_what_is_shipped_with_the_operator_is_judged(tmp_path: Path, link: str) -> None:
    documents, why = LINKS[link]
    result = assessed(tmp_path, (*documents, *CERTS), "KSI-7")
    shown = whose(result)["certs"]
    assert shown[0] == "operator"
    assert shown[1].startswith(why)
    assert found(result) == [
        "KSI-7.2 ClusterRole certs rules[0]",
        "KSI-7.3 ClusterRole certs rules[1]",
    ]
    assert gaps(result) == []


def test_a_link_names_what_it_leads_to(tmp_path: Path) -> None:
    documents = (*BASE, workload("first"), workload("second", image=OTHER_IMAGE))
    result = whose(assessed(tmp_path, documents, "KSI-7"))
    image = "image registry.example.org/db-operator"
    assert result == {
        "db-operator": (
            "operator",
            "its account has ClusterRole db-operator, with a rule on db.example.org",
        ),
        "first": ("operator", f"{image}, as Deployment db-system/db-operator"),
        "second": ("not classified", "nothing links it to the operator or to a database"),
    }


def test_a_workload_without_any_link_is_named_and_hides_what_it_may_do(
    tmp_path: Path,
) -> None:
    result = assessed(tmp_path, (*BASE, *CERTS, workload("certs", image=OTHER_IMAGE)), "KSI-7")
    assert whose(result)["certs"][0] == "not classified"
    assert gaps(result) == ["workload Deployment db-system/certs"]
    assert all(verdict.unseen for verdict in result.verdicts)
    assert result.incomplete


@pytest.mark.parametrize("image", ["quay.io/x/kube-rbac-proxy:1", "docker.io/bitnami/kubectl:1"])
def test_an_image_that_anybody_has_is_no_link(tmp_path: Path, image: str) -> None:
    documents = (*BASE[:3], workload("db-operator", image=image), workload("other", image=image))
    assert whose(assessed(tmp_path, documents, "KSI-7"))["other"][0] == "not classified"


def test_of_a_whole_release_nothing_is_unseen(tmp_path: Path) -> None:
    result = assessed(tmp_path, BASE)
    assert gaps(result) == []
    assert not any(verdict.unseen for verdict in result.verdicts)
    assert not result.incomplete


def test_the_groups_are_read_off_the_roles_where_no_definition_is(tmp_path: Path) -> None:
    wide = cluster_role("db-operator", OWN, rule("", "nodes/proxy", "get"))
    result = assessed(tmp_path, (wide, *BASE[2:]), "KSI-7")
    assert result.groups == {"db.example.org"}
    assert found(result) == ["KSI-7.3 ClusterRole db-operator rules[1]"]


@pytest.mark.parametrize(
    ("rules", "groups"),
    [
        ((rule("db.example.org", "'*'", "'*'"),), {"db.example.org"}),
        ((rule("db.example.org", "databases/finalizers", "update"),), {"db.example.org"}),
        ((rule("db.example.org", "databases/status", "get"),), set()),
        ((rule("db.example.org", "databases", "update"),), set()),
        ((rule("apps", "'*'", "'*'"), rule("route.openshift.io", "'*'", "'*'")), set()),
        ((OWN, rule("monitoring.coreos.com", "'*'", "'*'")), {"db.example.org"}),
        ((rule("cert-manager.io", "certificates/status", "patch"),), {"cert-manager.io"}),
    ],
)
def test_who_writes_the_status_of_resources_is_their_controller(
    tmp_path: Path, rules: tuple[str, ...], groups: set[str]
) -> None:
    documents = (cluster_role("db-operator", *rules), *BASE[2:])
    assert assessed(tmp_path, documents, "KSI-7").groups == groups


def test_an_administrator_is_the_operator_only_where_no_rule_names_its_group(
    tmp_path: Path,
) -> None:
    admin = (bound("cluster-admin", account("tool")), workload("tool", image=OTHER_IMAGE))
    assert whose(assessed(tmp_path, (*BASE, *admin), "KSI-7"))["tool"][0] == "not classified"
    alone = (DEFINITION, *admin)
    assert whose(assessed(tmp_path, alone, "KSI-7"))["tool"][0] == "operator"


def test_a_hook_that_adds_to_a_built_in_role(tmp_path: Path) -> None:
    upgrade = (
        cluster_role("upgrade", rule("apiextensions.k8s.io", "customresourcedefinitions", "update"),
                     labels="rbac.authorization.k8s.io/aggregate-to-view: 'true'"),
        bound("upgrade", account("upgrade")),
        workload("upgrade", "restartPolicy: Never", "Job",
                 annotations="{helm.sh/hook: pre-upgrade}"),
    )  # fmt: skip
    assert found(assessed(tmp_path, (*BASE, *upgrade), "KSI-8")) == [
        "KSI-8.6 ClusterRole upgrade rules[0]",
        "KSI-8.8 ClusterRole upgrade rules[0]",
    ]


def test_the_role_of_a_hooks_job_is_not_the_scope_of_the_operator(tmp_path: Path) -> None:
    role = cluster_role("init", rule("db.example.org", "configs", "create"))
    documents = (
        *BASE,
        role.replace("ClusterRole", "Role").replace(
            "name: init,", "name: init, namespace: db-system,"
        ),
        bound("init", account("init")).replace("ClusterRole", "Role"),
        cluster_role(
            "init-crds", rule("apiextensions.k8s.io", "customresourcedefinitions", "create")
        ),
        bound("init-crds", account("init")),
        workload("init", "restartPolicy: Never", "Job", annotations="{helm.sh/hook: pre-install}"),
    )
    assert found(assessed(tmp_path, documents, "KSI-1")) == []


SUBJECTS = {
    "account": account("db-operator"),
    "user": "{kind: User, name: 'system:serviceaccount:db-system:db-operator'}",
    "group of the namespace": "{kind: Group, name: 'system:serviceaccounts:db-system'}",
    "group of all accounts": "{kind: Group, name: 'system:serviceaccounts'}",
    "everybody": "{kind: Group, name: 'system:authenticated'}",
}


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_an_account_by_any_name_has_the_rights(tmp_path: Path, subject: str) -> None:
    wide = (cluster_role("wide", rule("", "secrets", "get")), bound("wide", subject))
    assert found(assessed(tmp_path, (*BASE, *wide), "KSI-8"), "KSI-8.1") == [
        "KSI-8.1 ClusterRole wide rules[0]"
    ]


def test_a_person_is_no_account(tmp_path: Path) -> None:
    wide = (
        cluster_role("wide", rule("", "secrets", "get")),
        bound("wide", "{kind: User, name: a}"),
    )
    assert found(assessed(tmp_path, (*BASE, *wide), "KSI-8"), "KSI-8.1") == []


def test_a_role_that_is_elsewhere_is_named_and_nothing_about_roles_is_met(tmp_path: Path) -> None:
    result = assessed(tmp_path, (*BASE, bound("more", account("db-operator"))), "KSI-7", "OA-1")
    assert gaps(result) == ["role-elsewhere ClusterRoleBinding more"]
    assert {v.control.id for v in result.verdicts if v.unseen} == {"KSI-7"}
    assert result.incomplete


@pytest.mark.parametrize("role", ["view", "edit", "cluster-admin", "system:auth-delegator"])
def test_roles_of_kubernetes_are_not_elsewhere(tmp_path: Path, role: str) -> None:
    documents = (*BASE, bound(f"'{role}'", account("db-operator"), "more"))
    assert gaps(assessed(tmp_path, documents, "KSI-7")) == []


AGGREGATE = "aggregationRule: {clusterRoleSelectors: [{matchLabels: {LABEL: 'true'}}]}\n"


def aggregated(name: str, label: str, labels: str = "") -> str:
    return cluster_role(name, labels=labels) + AGGREGATE.replace("LABEL", label)


def test_rules_are_found_in_the_parts_of_a_role_however_deep(tmp_path: Path) -> None:
    documents = (
        *BASE,
        aggregated("top", "to-top"),
        aggregated("middle", "to-middle", "to-top: 'true'"),
        cluster_role("leaf", rule("", "secrets", "get"), labels="to-middle: 'true'"),
        bound("top", account("db-operator")),
    )
    result = assessed(tmp_path, documents, "KSI-8")
    assert found(result, "KSI-8.1") == ["KSI-8.1 ClusterRole leaf rules[0]"]


def test_a_role_that_is_filled_with_those_of_edit_grants_what_edit_grants(tmp_path: Path) -> None:
    documents = (
        *BASE,
        aggregated("like-edit", "rbac.authorization.k8s.io/aggregate-to-edit"),
        bound("like-edit", account("db-operator")),
    )
    result = assessed(tmp_path, documents, "KSI-8")
    assert found(result, "KSI-8.1") == ["KSI-8.1 ClusterRole like-edit aggregationRule"]


def test_a_role_that_is_filled_from_elsewhere_is_named(tmp_path: Path) -> None:
    documents = (*BASE, aggregated("top", "to-top"), bound("top", account("db-operator")))
    assert gaps(assessed(tmp_path, documents, "KSI-7")) == ["role-elsewhere ClusterRole top"]


def test_a_role_that_has_rules_of_its_own_is_filled(tmp_path: Path) -> None:
    own = cluster_role("top", rule("", "pods", "get")) + AGGREGATE.replace("LABEL", "to-top")
    documents = (*BASE, own, bound("top", account("db-operator")))
    assert gaps(assessed(tmp_path, documents, "KSI-7")) == []


def test_a_pod_whose_owner_is_not_in_the_input_says_what_to_add(tmp_path: Path) -> None:
    pod = """
apiVersion: v1
kind: Pod
metadata:
  name: orders-0
  namespace: databases
  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: orders}]
spec: {containers: [{name: c, image: i}]}
"""
    (gap,) = assessed(tmp_path, (*BASE, pod), "KSI-7").gaps
    assert "its owner StatefulSet orders is not in the input" in gap.message


@pytest.mark.parametrize(
    "group",
    ["monitoring.coreos.com", "operators.coreos.com", "cert-manager.io", "acme.cert-manager.io",
     "external-secrets.io", "networking.istio.io", "security.istio.io", "traefik.io",
     "traefik.containo.us", "projectcontour.io", "keda.sh", "velero.io", "argoproj.io",
     "kyverno.io", "gateway.envoyproxy.io", "cilium.io", "snapshot.storage.k8s.io"],
)  # fmt: skip
def test_what_an_operator_makes_for_another_product_is_not_its_group(
    tmp_path: Path, group: str
) -> None:
    wide = cluster_role("db-operator", OWN, rule(group, "'*'", "'*'"))
    assert assessed(tmp_path, (wide, *BASE[2:]), "KSI-7").groups == {"db.example.org"}
