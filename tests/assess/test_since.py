"""What an upgrade changes: the invented operator in two releases, and one difference at a time."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from building import FIXTURES
from golden import assert_golden

from dok_guide.admission import ResourceRule, Validation
from dok_guide.assess.assessment import assess
from dok_guide.assess.findings import Assessment
from dok_guide.assess.reading import read_input
from dok_guide.assess.since.formats import FORMATS
from dok_guide.assess.since.identity import unmatched, versionless
from dok_guide.assess.since.upgrade import Upgrade, upgrade
from dok_guide.exporters.json_schemas import bundled
from dok_guide.model import Catalog, Check

ROLES = Check(
    id="AB-1.1", for_="producer", covers=(), target="operator", scope="object",
    match=(
        ResourceRule(
            apiGroups=("rbac.authorization.k8s.io",), apiVersions=("v1",),
            operations=("CREATE",), resources=("clusterroles",),
        ),
    ),
    validations=(
        Validation(
            message="A rule has a wildcard.",
            expression="object.rules.all(rule, !('*' in rule.verbs))",
        ),
    ),
)  # fmt: skip

Judge = Callable[[str], Assessment]
OLD = (FIXTURES / "upgrade/old.yaml").read_text(encoding="utf-8")
NEW = (FIXTURES / "upgrade/new.yaml").read_text(encoding="utf-8")


@pytest.fixture
def judge(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    monkeypatch.chdir(tmp_path)
    control = replace(catalog.control("AB-1"), checks=(ROLES,))

    def run(text: str) -> Assessment:
        Path("install.yaml").write_text(text, encoding="utf-8")
        return assess(catalog, read_input(["install.yaml"]), [control])

    return run


@pytest.fixture
def whole(judge: Judge) -> Upgrade:
    return upgrade(judge(OLD), judge(NEW))


def changed(judge: Judge, old: str, new: str) -> Upgrade:
    """Return what replacing a part of the old install changes."""
    assert old in OLD
    return upgrade(judge(OLD), judge(OLD.replace(old, new)))


def shown(form: str, found: Upgrade) -> str:
    return "".join(FORMATS[form](found))


def said(found: Upgrade) -> list[tuple[str, str, str, str, str]]:
    return [(c.area, c.how, c.subject, c.old, c.new) for c in found.changes]


@pytest.mark.parametrize("form", FORMATS)
def test_golden(request: pytest.FixtureRequest, whole: Upgrade, form: str) -> None:
    assert_golden(request, f"upgrade.{form}", shown(form, whole).encode())


def test_json_is_what_the_schema_says(whole: Upgrade) -> None:
    data = json.loads(shown("json", whole))
    jsonschema.Draft202012Validator(bundled("upgrade.schema.json")).validate(data)
    assert {change["area"] for change in data["changes"]} == {
        "reach", "rights", "webhooks", "workloads", "services", "definitions",
    }  # fmt: skip
    assert [each["path"] for each in data["came"]] == ["rules[2]", "rules[3]"]
    assert [each["path"] for each in data["went"]] == ["rules[2]"]


def test_the_same_install_changes_nothing(judge: Judge) -> None:
    found = upgrade(judge(OLD), judge(OLD))
    assert (found.came, found.went, found.changes, found.same) == ((), (), (), 1)
    assert "nothing else changed" in shown("text", found)
    assert "Nothing else changed" in shown("markdown", found)


def test_moved_lines_and_rules_are_the_same_finding(judge: Judge) -> None:
    more = 'rules:\n  - {apiGroups: [""], resources: [events], verbs: [create]}\n'
    found = changed(judge, "rules:\n", f"# moved\n{more}")
    assert (found.came, found.went, found.same) == ((), (), 1)


def test_a_renamed_version_is_the_same_finding(judge: Judge) -> None:
    assert changed(judge, "invented-1.0.0", "invented-1.1.0").came == ()


def test_a_renamed_role_with_the_same_rule_is_the_same_finding(judge: Judge) -> None:
    found = changed(judge, "invented-1.0.0", "another")
    assert (found.came, found.went) == ((), ())


def test_a_second_finding_of_the_same_kind_is_new(judge: Judge) -> None:
    more = 'rules:\n  - {apiGroups: [apps], resources: [daemonsets], verbs: ["*"]}\n'
    found = changed(judge, "rules:\n", more)
    assert [finding.path for finding in found.came] == ["rules[0]"]
    assert found.fails
    assert found.went == ()


def test_a_finding_that_somebody_accepted_or_nobody_decided_fails_nothing(judge: Judge) -> None:
    more = 'rules:\n  - {apiGroups: [apps], resources: [daemonsets], verbs: ["*"]}\n'
    found = changed(judge, "rules:\n", more)
    for excuse in ({"accepted": "It goes soon."}, {"undecided": True}):
        assert not replace(found, came=(replace(found.came[0], **excuse),)).fails


def test_narrowed_wildcards_gain_nothing(judge: Judge) -> None:
    found = changed(
        judge, 'resources: [configmaps], verbs: ["*"]', "resources: [configmaps], verbs: [get]"
    )
    rights = [change for change in found.changes if change.area == "rights"]
    assert [(c.how, c.old) for c in rights] == [("lost", "*")]


def test_scope_is_gained(judge: Judge) -> None:
    old = "kind: RoleBinding\nmetadata: {name: invented, namespace: databases}"
    new = "kind: ClusterRoleBinding\nmetadata: {name: invented}"
    found = said(changed(judge, old, new))
    assert ("rights", "gained", "secrets in the whole cluster", "", "get") in found
    assert ("reach", "gained", "read Secrets in the whole cluster", "", "verbs get") in found
    assert ("reach", "lost", "read Secrets in namespace databases", "verbs get", "") in found
    assert not any(area == "rights" and how == "lost" for area, how, *_ in found)


def test_a_renamed_account_changes_no_right(judge: Judge) -> None:
    text = OLD.replace("serviceAccountName: invented", "serviceAccountName: other")
    text = text.replace(
        "{kind: ServiceAccount, name: invented,", "{kind: ServiceAccount, name: other,"
    )
    assert upgrade(judge(OLD), judge(text)).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("failurePolicy: Fail", "failurePolicy: Ignore",
         ("webhooks", "changed", "ValidatingWebhook v.example.org, failurePolicy",
          "Fail", "Ignore")),
        ("type: ClusterIP", "type: LoadBalancer",
         ("services", "changed", "Service system/invented, type", "ClusterIP", "LoadBalancer")),
        ("containerPort: 9443", "containerPort: 9443, hostPort: 443",
         ("workloads", "changed", "Deployment system/invented, container manager, ports",
          "9443/TCP", "9443/TCP on the node's 443")),
        ("serviceAccountName: invented", "hostNetwork: true\n      serviceAccountName: invented",
         ("workloads", "changed", "Deployment system/invented, shares with the node",
          "", "hostNetwork")),
        ("default: true", "default: false",
         ("definitions", "changed", "Thing.db.example.org v1 spec.tls, default", "true", "false")),
        ("required: [tls]", "required: [size, tls]",
         ("definitions", "changed", "Thing.db.example.org v1 spec, required",
          '["tls"]', '["size", "tls"]')),
    ],
)  # fmt: skip
def test_each_fact(judge: Judge, old: str, new: str, expected: tuple[str, ...]) -> None:
    assert said(changed(judge, old, new)) == [expected]


def test_what_is_in_a_new_field_is_not_listed(judge: Judge) -> None:
    more = "properties: {a: {type: object, properties: {b: {type: string, default: x}}}, "
    found = said(changed(judge, "properties: {tls:", f"{more}tls:"))
    assert found == [("definitions", "gained", "Thing.db.example.org v1 spec.a", "", "")]


def test_what_was_not_seen_on_the_old_side_makes_it_incomplete(judge: Judge) -> None:
    found = upgrade(judge(f"{OLD}---\nkind: 3\n"), judge(OLD))
    assert found.incomplete
    assert "not seen in the old one" in shown("text", found)


def test_a_long_list_is_cut_for_people_and_says_so(judge: Judge) -> None:
    fields = "".join(f"f{number}: {{type: string}}, " for number in range(60))
    found = changed(judge, "properties: {tls:", f"properties: {{{fields}tls:")
    assert "and 20 more" in shown("text", found)
    assert "And 20 more" in shown("markdown", found)
    assert len(json.loads(shown("json", found))["changes"]) == 60


@pytest.mark.parametrize(
    "name", ["operator-1.29.0", "operator:v1.30.0-rc1", f"operator@sha256:{'a' * 64}", "crd-1-29"]
)
def test_versions_are_no_part_of_a_name(name: str) -> None:
    assert versionless(name).endswith("*")


@pytest.mark.parametrize("name", ["v1beta2", "rules[0]", "port 9443", "kafka"])
def test_what_is_no_version(name: str) -> None:
    assert versionless(name) == name


def test_each_thing_has_one_counterpart() -> None:
    assert unmatched("aab", "abbc", (str,)) == (["a"], ["b", "c"])
