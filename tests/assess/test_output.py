"""What a person reads: equal things once, the right value, the right place, and not too much."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from building import FIXTURES

from dok_guide.admission import ResourceRule, Validation
from dok_guide.assess.assessment import assess
from dok_guide.assess.exceptions import Exemption
from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.formats.as_text import MOST_LINES, to_text
from dok_guide.assess.formats.view import View
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog, Check

ROLES = ResourceRule(
    apiGroups=("rbac.authorization.k8s.io",),
    apiVersions=("v1",),
    operations=("CREATE",),
    resources=("clusterroles",),
)
PODS = replace(ROLES, apiGroups=("",), resources=("pods",))
INSTALL = (FIXTURES / "assess/install.yaml").read_text(encoding="utf-8")
TAGGED = "object.spec.containers.all(c, c.image.endsWith('@'))"


def check(expression: str, rule: ResourceRule = PODS, number: int = 1, **other: str) -> Check:
    values = {"for_": "producer", "target": "operator", "scope": "object"}
    return Check(
        id=f"AB-1.{number}",
        covers=(),
        match=(rule,),
        validations=(Validation(message="An image.", expression=expression),),
        **values | other,
    )


def judged(catalog: Catalog, path: str, *checks: Check) -> Assessment:
    return assess(catalog, read_input([path]), [replace(catalog.control("AB-1"), checks=checks)])


def shown(found: Assessment, **view: bool) -> str:
    return "".join(to_text(found, View(**view)))


def copies(count: int) -> str:
    """Return as many installs, each with names of its own."""
    names = r"\b(example-db-operator|dashboard|orders|db-system)\b(?!\.|/)"
    return "---\n".join(re.sub(names, rf"\1-{n}", INSTALL) for n in range(count))


def test_equal_findings_stand_together(catalog: Catalog, write) -> None:
    found = judged(catalog, write("many.yaml", copies(9)), check(TAGGED))
    assert len(found.findings) == 9
    text = shown(found)
    assert text.count("An image.") == 1
    assert text.count("    image: example.org/operator:1.0.0\n") == 1
    assert "    and 6 more; --verbose shows all\n" in text
    assert shown(found, verbose=True).count("(manager)") == 9
    assert "workload, 9 times: nobody knows whose these workloads are" in text


def test_a_long_result_is_cut_and_counted(catalog: Catalog, write) -> None:
    control = catalog.control("AB-1")
    controls = [
        replace(control, id=f"AB-{n}", checks=(check(TAGGED, number=n),)) for n in range(1, 99)
    ]
    path = write("many.yaml", copies(9))
    found = assess(catalog, read_input([path]), controls)
    lines = shown(found).splitlines()
    assert len(lines) <= MOST_LINES
    named = sum(line.startswith("AB-") for line in lines)
    (cut,) = (line for line in lines if line.endswith("more requirements with findings; --verbose"))
    assert named + int(cut.split()[1]) == 98
    assert len(shown(found, verbose=True).splitlines()) > 98 * 9


def test_the_summary_and_level_1_come_first(catalog: Catalog, write) -> None:
    control = catalog.control("AB-1")
    controls = [
        replace(control, id=f"AB-{level}", level=level, first=False, checks=(check(TAGGED),))
        for level in (3, 1, 2)
    ]
    found = assess(catalog, read_input([write("one.yaml", INSTALL)]), controls)
    lines = shown(found).splitlines()
    assert lines[0] == "not met: 1 of level 1, 1 of level 2, 1 of level 3"
    assert lines[2].startswith("do first: AB-1 ")
    assert [line for line in lines if line.startswith("LEVEL")] == ["LEVEL 1", "LEVEL 2", "LEVEL 3"]


def test_colors_are_ours_alone(catalog: Catalog, write) -> None:
    found = judged(catalog, write("one.yaml", INSTALL), check(TAGGED))
    plain, colored = shown(found), shown(found, color=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d*m", "", colored) == plain != colored


AGGREGATED = """\
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {to: whole}}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
  - apiGroups: [""]
    resources: [secrets]
    verbs:
      - get
      - impersonate
"""


def test_the_place_in_an_aggregated_role_is_that_of_the_rule(catalog: Catalog, write) -> None:
    whole = INSTALL.replace(
        "metadata: {name: example-db-operator}\nrules:",
        "metadata: {name: example-db-operator}\naggregationRule:\n"
        "  clusterRoleSelectors: [{matchLabels: {to: whole}}]\nrules:",
        1,
    )
    path = write("aggregated.yaml", whole + AGGREGATED)
    rule = "object.rules.all(r, !('impersonate' in r.verbs))"
    found = judged(catalog, path, check(rule, ROLES))
    line = Path(path).read_text().splitlines().index("      - impersonate") + 1
    for finding in found.findings:
        (spot,) = finding.spots()
        assert (spot.title, spot.path, spot.line) == ("ClusterRole part", "rules[1].verbs[1]", line)
    assert found.findings


def test_a_rule_of_a_role_that_makes_a_pod_fail(catalog: Catalog, write) -> None:
    rule = "!objects.exists(r, r.kind == 'ClusterRole' && r.rules.exists(e, 'escalate' in e.verbs))"
    path = write("one.yaml", INSTALL)
    (finding,) = judged(catalog, path, check(rule, scope="bundle")).findings
    (spot,) = finding.spots()
    assert finding.obj.title.startswith("Deployment ")
    assert (spot.title, spot.path) == ("ClusterRole example-db-operator", "rules[2].verbs[1]")
    assert (spot.line, finding.line) == (18, 33)


SECRET = "          env: [{name: DB_PASSWORD, value: s3cr3t}]\n"


def test_what_may_be_secret_is_never_shown(catalog: Catalog, write) -> None:
    text = INSTALL.replace(
        '        - {name: manager, image: "example.org/operator:1.0.0"}\n',
        "        - name: manager\n          image: x\n" + SECRET,
    )
    expression = "object.spec.containers.all(c, !has(c.env) || c.env.all(e, !has(e.value)))"
    given = check(expression)
    secret = replace(given, validations=(Validation(message="A word.", expression=expression),))
    output = shown(judged(catalog, write("one.yaml", text), secret))
    assert "s3cr3t" not in output
    assert "(manager DB_PASSWORD)" in output


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ({}, True),
        ({"file": "*/one.yaml"}, True),
        ({"file": "*/other.yaml"}, False),
        ({"path": "spec.template.spec.containers[0]"}, True),
        ({"path": "spec.template.spec.containers[0].image"}, True),
        ({"path": "spec.template.spec.containers[0].name"}, False),
        ({"object": "Deployment *", "file": "*.yaml", "path": "*.image"}, True),
    ],
)
def test_an_exception_names_object_path_and_file(
    catalog: Catalog, write, limits: dict[str, str], fits: bool
) -> None:
    (finding,) = judged(catalog, write("one.yaml", INSTALL), check(TAGGED)).findings
    entry = Exemption(check="AB-1.1", reason="x", expires="2027-01-01", **limits)
    assert entry.fits(finding) is fits


def test_a_gap_is_excepted_by_file(catalog: Catalog, write) -> None:
    (gap,) = judged(catalog, write("one.yaml", INSTALL), check(TAGGED)).gaps
    for file, fits in (("*/one.yaml", True), ("*/other.yaml", False)):
        entry = Exemption(gap="workload", file=file, reason="x", expires="2027-01-01")
        assert entry.fits(gap) is fits


def test_nothing_judged_is_never_quietly_green(catalog: Catalog, write) -> None:
    alone = judged(catalog, write("one.yaml", INSTALL.partition("---")[0]), check(TAGGED))
    assert shown(alone).startswith("nothing was judged: ")
    fine = judged(catalog, write("two.yaml", INSTALL), check("true"))
    assert shown(fine).startswith("not met: none of what was seen\n")


def test_what_the_account_may_do_comes_right_below_what_to_do_first(
    catalog: Catalog, write
) -> None:
    lines = shown(judged(catalog, write("one.yaml", INSTALL), check(TAGGED))).splitlines()
    assert lines[2].startswith("do first: ")
    assert lines[3].startswith("the operator's pod: can take over the whole cluster; see ")


def test_why_an_account_as_strong_as_an_administrator_is_no_finding(guide: Catalog, write) -> None:
    given = read_input([write("one.yaml", INSTALL)])
    admin, other = ([guide.control(id_)] for id_ in ("KSI-1", "KSI-7"))
    for form in ("text", "markdown"):
        assert "KSI-1 has no finding all the same" in "".join(
            FORMATS[form](assess(guide, given, admin), View())
        )
    assert "KSI-1 has no" not in shown(assess(guide, given, other))
    bound = INSTALL.replace(
        "ClusterRole, name: example-db-operator}", "ClusterRole, name: cluster-admin}"
    )
    assert bound != INSTALL
    given = read_input([write("two.yaml", bound)])
    assert "KSI-1 has no" not in shown(assess(guide, given, admin))


NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: db-system}\n"
RESOURCE = "---\napiVersion: db.example.org/v1\nkind: Database\nmetadata: {name: a}\n"


def test_what_is_not_in_the_input_is_said_at_one_place(catalog: Catalog, write) -> None:
    crd = "---\n" + (FIXTURES / "assess/crds/databases.yaml").read_text(encoding="utf-8")
    operator, _, _ = INSTALL.partition("---\napiVersion: apps/v1\nkind: StatefulSet")
    for more, absent in (
        ("", ["not in the input: definitions, namespaces, databases"]),
        (NAMESPACE, ["not in the input: definitions, databases"]),
        (RESOURCE, ["not in the input: definitions, namespaces"]),
        (crd + NAMESPACE + RESOURCE, []),
    ):
        text = shown(judged(catalog, write("one.yaml", operator + more), check(TAGGED)))
        head = text.partition("\n\n")[0].splitlines()
        read = next(n for n, line in enumerate(head) if line.startswith("read: "))
        assert [line for line in head[read + 1 :] if "not in the input" in line] == absent


def test_files_that_are_passed_over_are_named(catalog: Catalog, write, tmp_path: Path) -> None:
    write("in/one.yaml", INSTALL)
    for number in range(5):
        write(f"in/{number}-values.yaml", "a: 1")
    found = judged(catalog, str(tmp_path / "in"), check(TAGGED))
    names = [f"{tmp_path}/in/{number}-values.yaml" for number in range(5)]
    line = "passed over: 5 files of Helm and Kustomize: "
    assert f"{line}{', '.join(names[:3])} and 2 more\n" in shown(found)
    assert f"{line}{', '.join(names)}\n" in shown(found, verbose=True)


def test_custom_resources_are_counted_beside_workloads(catalog: Catalog, write) -> None:
    none = shown(judged(catalog, write("one.yaml", INSTALL), check(TAGGED)))
    assert "custom resource" not in none.partition("\n\n")[0]
    two = INSTALL + RESOURCE + RESOURCE.replace("name: a", "name: b")
    text = shown(judged(catalog, write("two.yaml", two), check(TAGGED)))
    assert "not classified and not judged; 2 custom resources\n" in text


def test_the_audiences_are_explained_where_they_stand(catalog: Catalog, write) -> None:
    path = write("one.yaml", INSTALL)
    line = "producer: for the makers of the operator; consumer: for you, who run it\n"
    assert line in shown(judged(catalog, path, check(TAGGED))).partition("\n\n")[0] + "\n"
    assert line not in shown(judged(catalog, path, check("true")))


def test_a_resource_of_an_operator_that_the_guide_does_not_know_has_a_way_on(
    guide: Catalog, write
) -> None:
    text = shown(assess(guide, read_input([write("one.yaml", RESOURCE)]), guide.active))
    assert "this guide has no checks for db.example.org; add the operator's install" in text
    assert "--group" not in text


def test_letters_are_explained_where_they_stand(catalog: Catalog, write) -> None:
    found = judged(catalog, write("one.yaml", INSTALL), check("true"))
    line = "letters are the items of the requirement"
    assert line in shown(found, verbose=True).partition("LEFT FOR A PERSON")[2]
    assert line not in shown(found)
