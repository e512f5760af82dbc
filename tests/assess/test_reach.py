"""What an operator's account may do, read off invented roles."""

import json

import jsonschema
import pytest

from dok_guide.assess.classes import Classes
from dok_guide.assess.custom_resources import CustomResources
from dok_guide.assess.formats.as_reach import FORMATS, headline, short, short_markdown
from dok_guide.assess.install import Install
from dok_guide.assess.reach import reach_of
from dok_guide.engine.labels import parse_selector
from dok_guide.engine.links import Links
from dok_guide.engine.trial import objects_of
from dok_guide.exporters.json_schemas import bundled
from dok_guide.operators import Power, Reach

POD = """
apiVersion: v1
kind: Pod
metadata: {name: operator, namespace: system, labels: {app: operator}}
spec: {serviceAccountName: operator, containers: [{name: c, image: x}]}
"""
OTHER = """
---
apiVersion: v1
kind: Pod
metadata: {name: vault, namespace: safe}
spec: {serviceAccountName: vault, containers: [{name: c, image: y}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: vault, namespace: safe}
roleRef: {kind: ClusterRole, name: admin}
subjects: [{kind: ServiceAccount, name: vault}]
"""


def role(*rules: str, kind: str = "ClusterRole", name: str = "one", where: str = "") -> str:
    lines = "".join(f"  - {rule}\n" for rule in rules)
    namespace = f", namespace: {where}" if where else ""
    return (
        "---\napiVersion: rbac.authorization.k8s.io/v1\n"
        f"kind: {kind}\nmetadata: {{name: {name}{namespace}}}\nrules:\n{lines}"
    )


def binding(where: str = "", kind: str = "ClusterRole", name: str = "one") -> str:
    namespace = f", namespace: {where}" if where else ""
    return (
        "---\napiVersion: rbac.authorization.k8s.io/v1\n"
        f"kind: {'RoleBinding' if where else 'ClusterRoleBinding'}\n"
        f"metadata: {{name: of-{name}-{where or 'all'}{namespace}}}\n"
        f"roleRef: {{kind: {kind}, name: {name}}}\n"
        "subjects: [{kind: ServiceAccount, name: operator, namespace: system}]\n"
    )


def install(*manifests: str) -> Install:
    objects = objects_of(POD + "".join(manifests))
    links = Links(objects)
    classes = Classes(objects, links, (), None, parse_selector("app"))
    return Install(objects, links, classes, CustomResources(()))


def reach(*manifests: str) -> Reach:
    (found,) = reach_of(install(*manifests))
    return found


def said(found: Reach) -> dict[str, tuple]:
    return {power.ability: (power.where, power.names) for power in found.powers}


def rule(group: str, resources: str, verbs: str, names: str = "") -> str:
    only = f", resourceNames: [{names}]" if names else ""
    return f'{{apiGroups: ["{group}"], resources: [{resources}], verbs: [{verbs}]{only}}}'


RBAC = "rbac.authorization.k8s.io"
EVERYWHERE = (("*",), ())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("", "secrets", "list")], {"secrets"}),
        ([rule("", "secrets", "delete")], {"secrets-write"}),
        ([rule("", "secrets", "create, get")], {"token-secrets", "secrets", "secrets-write"}),
        ([rule("", "pods", "patch")], {"pods"}),
        ([rule("batch", "cronjobs", "create")], {"pods"}),
        ([rule("", "pods/exec", "create")], {"exec"}),
        ([rule("", "pods/ephemeralcontainers", "patch")], {"debug"}),
        ([rule("", "serviceaccounts/token", "create")], {"tokens"}),
        ([rule("", '"*/token"', "create")], {"tokens"}),
        ([rule("", '"pods/*"', "create")], set()),
        ([rule("", "serviceaccounts", "impersonate")], {"impersonate-accounts"}),
        ([rule("", "groups", "impersonate")], {"impersonate-people"}),
        ([rule("", "nodes/proxy", "get")], {"kubelet"}),
        ([rule(RBAC, "roles", "escalate")], set()),
        ([rule(RBAC, "roles", "escalate, update")], {"escalate", "roles"}),
        ([rule(RBAC, "clusterroles", "bind")], set()),
        (
            [rule(RBAC, "clusterroles", "bind"), rule(RBAC, "rolebindings", "create")],
            {"bind", "roles"},
        ),
        ([rule("apiextensions.k8s.io", "customresourcedefinitions", "patch")], {"definitions"}),
        (
            [rule("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "update")],
            {"webhooks"},
        ),
        ([rule("apps", "secrets", "list")], set()),
        ([rule('*", "', '"*"', "get")], {"exec", "kubelet", "port-forward", "secrets", "logs"}),
    ],
)
def test_rules_in_the_whole_cluster(rules: list[str], expected: set[str]) -> None:
    assert set(said(reach(role(*rules), binding()))) == expected


def test_everything_is_said_once() -> None:
    found = reach(binding(name="cluster-admin"))
    assert said(found) == {"everything": EVERYWHERE}
    assert found.cluster == ("everything",)
    assert found.rest == ()


def test_a_role_binding_holds_in_its_namespace_and_grants_nothing_of_the_cluster() -> None:
    rules = [rule("", "secrets, nodes", "get, update")]
    found = reach(role(*rules), binding("blue"), binding("red"))
    both = (("blue", "red"), ())
    assert said(found) == {"secrets": both, "secrets-write": both}
    assert found.cluster == ()
    assert found.rest == ()


def test_what_holds_everywhere_is_not_said_of_a_namespace_again() -> None:
    found = reach(role(rule("", "secrets", "get")), binding(), binding("blue"))
    assert said(found) == {"secrets": EVERYWHERE}


def test_rights_of_two_bindings_come_together() -> None:
    found = reach(
        role(rule("", "secrets", "create")),
        binding("blue"),
        role(rule("", "secrets", "get"), name="two"),
        binding(name="two"),
    )
    assert said(found)["token-secrets"] == (("blue",), ())
    assert said(found)["secrets"] == EVERYWHERE


def test_names_limit_what_is_meant_and_create_takes_none() -> None:
    found = reach(role(rule("", "secrets", "get, create", "b, a")), binding())
    assert said(found) == {"secrets": (("*",), ("a", "b"))}
    assert found.powers[0].verbs == ("get",)
    wider = reach(role(rule("", "secrets", "get", "a"), rule("", "secrets", "get")), binding())
    assert said(wider) == {"secrets": EVERYWHERE}


def test_the_rules_that_grant_it_are_named() -> None:
    (power,) = reach(role(rule("", "events", "get"), rule("", "secrets", "get")), binding()).powers
    assert power.by == ("ClusterRole one rules[1]",)


def test_an_aggregated_role_is_filled_and_names_the_true_place() -> None:
    aggregated = (
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
        "metadata: {name: all}\naggregationRule:\n"
        "  clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]\n"
    )
    part = role(rule("", "secrets", "get")).replace(
        "{name: one}", "{name: one, labels: {part: 'yes'}}"
    )
    found = reach(aggregated, part, binding(name="all"))
    assert found.powers[0].by == ("ClusterRole one rules[0]",)
    assert found.missing == ()
    assert reach(aggregated, binding(name="all")).missing == ("ClusterRole all",)


def test_built_in_roles_are_known() -> None:
    found = said(reach(binding("blue", name="edit")))
    assert found["pods"] == (("blue",), ())
    assert "roles" not in found
    assert "roles" in said(reach(binding("blue", name="admin")))
    assert "secrets" not in said(reach(binding("blue", name="view")))


def test_a_role_that_is_not_in_the_input_is_said() -> None:
    found = reach(binding(name="absent"))
    assert found.missing == ("ClusterRole absent",)
    for form in ("text", "markdown"):
        assert "Not known: what ClusterRole absent" in _shown(form, found).replace("not k", "Not k")
    assert any(
        "what ClusterRole absent grants" in line.text
        for line in short(install(binding(name="absent")))
    )
    assert not json.loads(_shown("json", found))["complete"]


def test_a_role_of_kubernetes_without_harm_is_named() -> None:
    assert reach(binding(name="system:auth-delegator")).harmless == ("system:auth-delegator",)


def test_accounts_whose_rights_come_along() -> None:
    rules = role(rule("", "pods", "create"))
    assert _through(reach(OTHER, rules, binding())) == ("safe/vault",)
    assert _through(reach(OTHER, rules, binding("safe"))) == ("safe/vault",)
    assert _through(reach(OTHER, rules, binding("blue"))) == ()


def test_a_binding_of_a_group_counts() -> None:
    group = binding().replace(
        "{kind: ServiceAccount, name: operator, namespace: system}",
        "{kind: Group, name: 'system:serviceaccounts:system'}",
    )
    assert said(reach(role(rule("", "secrets", "get")), group)) == {"secrets": EVERYWHERE}


def test_what_no_power_speaks_of_is_left() -> None:
    found = reach(
        role(
            rule("", "pods, secrets", "get, list"),
            rule("coordination.k8s.io", "leases", "get"),
            rule(RBAC, "roles", "escalate"),
        ),
        binding(),
        binding("blue"),
    )
    assert [(r.where, r.verbs, r.resources) for r in found.rest] == [
        ("*", ("get",), ("leases.coordination.k8s.io",)),
        ("*", ("get", "list"), ("pods",)),
        ("*", ("escalate",), (f"roles.{RBAC}",)),
    ]


def test_nothing_granted() -> None:
    found = reach()
    assert found.powers == ()
    assert "nothing that an attacker would look for" in _shown("text", found)
    assert "nothing that an attacker would look for" in short_markdown(install())


def test_no_account_is_said() -> None:
    assert "no workload is known as the operator's" in "".join(FORMATS["text"]((), [], "1"))
    assert not json.loads("".join(FORMATS["json"]((), [], "1")))["complete"]
    nothing = Links([])
    assert not [*short(Install([], nothing, Classes([], nothing), CustomResources(())))]


def test_json_is_what_the_schema_says() -> None:
    found = reach(OTHER, role(rule("", "pods, events", "create")), binding(), binding(name="gone"))
    data = json.loads(_shown("json", found))
    jsonschema.Draft202012Validator(bundled("reach.schema.json")).validate(data)
    assert data["accounts"][0]["powers"][0]["through"] == ["safe/vault"]


def test_names_command_no_terminal_and_are_no_markup() -> None:
    found = reach(role(rule("", "secrets", "get", r'"a\e[1m<b>"')), binding())
    assert "\x1b" not in _shown("text", found)
    assert "<b>" not in _shown("markdown", found)


def _shown(form: str, found: Reach) -> str:
    return "".join(FORMATS[form]((found,), [], "1"))


def _through(found: Reach) -> tuple[str, ...]:
    power: Power = found.powers[0]
    return power.through


def test_an_assessment_names_some_accounts_and_counts_the_rest() -> None:
    more = (f"---{POD}".replace("name: operator, n", f"name: o-{n}, n") for n in range(11))
    pods = (text.replace("serviceAccountName: operator", f"serviceAccountName: a-{number}")
            for number, text in enumerate(more))  # fmt: skip
    lines = [line.text for line in short(install(*pods))]
    assert sum(line.startswith("system/") for line in lines) == 10
    assert lines[-1] == "2 more accounts; dok-guide reach says by which rules"


@pytest.mark.parametrize(
    ("manifests", "words"),
    [
        ((), "nothing that an attacker would look for"),
        ((role(rule("", "pods", "create")), binding()), "can take over the whole cluster"),
        ((role(rule("", "pods", "create")), binding("blue")),
         "may create pods in namespace blue"),
        ((role(rule("", "pods", "create")), binding("blue"),
          role(rule("", "secrets", "get"), name="two"), binding(name="two")),
         "may create pods in namespace blue; read Secrets in the whole cluster"),
        ((binding(name="gone"),), "what a role grants that is not in the input is not known"),
    ],
)  # fmt: skip
def test_each_account_has_a_verdict_and_the_worst_is_the_headline(
    manifests: tuple[str, ...], words: str
) -> None:
    harmless = f"{POD.replace('operator', 'webhook')}---{POD}".replace("app: webhook", "app: x")
    found = install("---", harmless, *manifests)
    assert f"system/operator: {words}" in [line.text for line in short(found)]
    assert f"- system/operator: {words}\n" in short_markdown(found)
    many = " (1 of 2 accounts)" if "take over" in words else ""
    assert headline(found) == (
        f"the operator's pod: {words}{many}; see WHOEVER TAKES OVER THE OPERATOR'S POD"
    )


@pytest.mark.parametrize(
    ("granted", "words"),
    [
        (rule("", "secrets", "create, patch"), "create or change Secrets"),
        (rule("", "secrets", "deletecollection"), "delete Secrets"),
        (rule("", "configmaps", '"*"'), "create, change or delete ConfigMaps"),
        (rule("", "services", "update"), "change Services"),
        (rule("networking.k8s.io", "ingresses", "create, patch"), "create or change Ingresses"),
        (rule("", "pods", "create"), "create pods"),
        (rule(RBAC, "clusterrolebindings", "create"), "create bindings within its own rights"),
        (rule(RBAC, "roles, rolebindings", "create, delete"),
         "create or delete roles or bindings within its own rights"),
    ],
)  # fmt: skip
def test_a_power_says_no_more_than_what_is_granted(granted: str, words: str) -> None:
    found = reach(role(granted), binding())
    assert [power.does for power in found.powers] == [words]
    assert f"    {words} (" in _shown("text", found)


def test_an_account_without_namespace_is_said_to_be_where_it_is_installed() -> None:
    objects = objects_of(POD.replace(", namespace: system", ""))
    links = Links(objects)
    classes = Classes(objects, links, (), None, parse_selector("app"))
    found = Install(objects, links, classes, CustomResources(()))
    title = "default/operator (if installed in default)"
    assert f"{title}: nothing that" in [line.text for line in short(found)][2]
    assert f"- {title}: " in short_markdown(found)
    (account,) = reach_of(found)
    assert account.account == "operator"
    assert f"{title}, the account of" in _shown("text", account)
