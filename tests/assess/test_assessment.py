"""Verdicts, exceptions and formats, on the invented operator and checks made for it."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from building import FIXTURES
from golden import assert_golden

from dok_guide.admission import ResourceRule, Validation
from dok_guide.assess.assessment import assess
from dok_guide.assess.exceptions import accept, read_exceptions
from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.formats.view import View
from dok_guide.assess.reading import Input, read_input
from dok_guide.model import Catalog, Check, Control
from dok_guide.review.formats import as_json
from dok_guide.rules.schemas import schema
from dok_guide.source import CatalogError

INSTALL = FIXTURES / "assess"
ROLES = ResourceRule(
    apiGroups=("rbac.authorization.k8s.io",),
    apiVersions=("v1",),
    operations=("CREATE",),
    resources=("roles", "clusterroles"),
)
PODS = replace(ROLES, apiGroups=("",), resources=("pods",))
NO_ESCALATE = "object.rules.all(r, !('escalate' in r.verbs))"


def check(number: int, expression: str, covers: str = "", **other) -> Check:
    values = {"for_": "producer", "target": "operator", "scope": "object", "match": (ROLES,)}
    return Check(
        id=f"AB-1.{number}",
        covers=tuple(covers),
        validations=(Validation(message="That is\nwrong.", expression=expression),),
        **values | other,
    )


@pytest.fixture
def control(catalog: Catalog) -> Control:
    """AB-1 asks the producer for two items, a and b."""
    return catalog.control("AB-1")


def judged(catalog: Catalog, control: Control, given: Input, *checks: Check) -> Assessment:
    changed = replace(control, checks=checks)
    return assess(catalog, given, [changed])


def rendered(name: str, found: Assessment) -> str:
    return "".join(FORMATS[name](found, View()))


def statuses(found: Assessment) -> list[tuple]:
    return [(v.audience, v.status, "".join(v.decided), "".join(v.open)) for v in found.verdicts]


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([], ("not reviewed", "", "ab")),
        ([check(1, "true", "ab")], ("met", "ab", "")),
        ([check(1, "true", "a"), check(2, "true", "b")], ("met", "ab", "")),
        ([check(1, "true", "a")], ("partly reviewed", "a", "b")),
        ([check(1, "true")], ("partly reviewed", "", "ab")),
        ([check(1, NO_ESCALATE, "a"), check(2, "true", "b")], ("not met", "b", "a")),
        # an item that two checks decide needs both
        ([check(1, "true", "ab"), check(2, NO_ESCALATE, "b")], ("not met", "a", "b")),
        # nothing to judge is no answer
        ([check(1, "true", "ab", target="database")], ("not reviewed", "", "ab")),
        ([check(1, "true", "a"), check(2, "true", "b", target="crd")],
         ("partly reviewed", "a", "b")),
        # what can't be decided is not met
        ([check(1, "object.none", "ab")], ("partly reviewed", "", "ab")),
        ([check(1, "true", "ab", for_="consumer")], ("not reviewed", "", "ab")),
    ],
)  # fmt: skip
def test_verdicts(
    catalog: Catalog, control: Control, whole: Input, checks: list[Check], verdict: tuple
) -> None:
    found = judged(catalog, control, whole, *checks)
    assert statuses(found)[0] == ("producer", *verdict)


def test_a_finding_says_where(catalog: Catalog, control: Control, whole: Input) -> None:
    found = judged(catalog, control, whole, check(1, NO_ESCALATE))
    (finding,) = found.findings
    assert finding.obj.title == "ClusterRole example-db-operator"
    assert finding.path == "rules[2]"
    (spot,) = finding.spots()
    assert (spot.path, spot.line) == ("rules[2].verbs[1]", 18)
    assert spot.value == (
        "apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [create, escalate]"
    )
    assert finding.message == "That is wrong."
    assert found.fails(1)
    assert not found.incomplete


def test_a_pod_of_a_workload_is_shown_as_the_workload(
    catalog: Catalog, control: Control, install: Input
) -> None:
    no_tag = "object.spec.containers.all(c, !c.image.contains(':'))"
    found = judged(catalog, control, install, check(1, no_tag, match=(PODS,)))
    (finding,) = found.findings
    assert finding.obj.title == "Deployment db-system/example-db-operator"
    assert finding.path == "spec.template.spec.containers[0]"
    assert finding.line == 37


def test_what_nobody_knows_is_named_and_not_judged(
    catalog: Catalog, control: Control, install: Input
) -> None:
    found = judged(catalog, control, install, check(1, "false"))
    assert {f.obj.name for f in found.findings} == {"example-db-operator"}
    assert found.counted == {"operator": 1, "database": 1, "not classified": 1}
    assert found.unseen["Deployment"] == 2
    assert "ClusterRole" not in found.unseen
    (gap,) = found.gaps
    assert (gap.kind, gap.subject) == ("workload", "Deployment db-system/dashboard")
    assert found.incomplete


def test_what_is_hidden_is_never_met(catalog: Catalog, control: Control, install: Input) -> None:
    found = judged(catalog, control, install, check(1, "true", "ab"))
    assert statuses(found)[0] == ("producer", "partly reviewed", "ab", "")


def test_what_cannot_be_decided_makes_the_result_incomplete(
    catalog: Catalog, control: Control, install: Input
) -> None:
    found = judged(catalog, control, install, check(1, "object.none == 1"))
    assert found.incomplete
    assert not found.fails(3)
    assert found.findings[0].message == 'not decided: Key not found in map : "none"'


EXCEPTION = """
- check: AB-1.1
  object: ClusterRole example-*
  reason: Known.
  expires: "2027-01-31"
"""


GAP = """
- gap: workload
  object: Deployment db-system/*
  reason: It is of another product.
  expires: "2027-01-31"
"""


def accepted(found: Assessment, path: Path, text: str, day: str) -> Assessment:
    path.write_text(text)
    accept(found, read_exceptions(path), date.fromisoformat(day))
    return found


@pytest.mark.parametrize(
    ("text", "day", "fails", "note"),
    [
        (EXCEPTION, "2027-01-31", False, None),
        (EXCEPTION, "2027-02-01", True, "has expired on 2027-01-31"),
        (EXCEPTION.replace("AB-1.1", "AB-1"), "2027-01-31", False, None),
        (EXCEPTION.replace("AB-1.1", "AB-1.2"), "2027-01-31", True, "fits nothing"),
        (EXCEPTION.replace("example-*", "other"), "2027-01-31", True, "fits nothing"),
        (EXCEPTION + "  path: rules[2]\n", "2027-01-31", False, None),
        (EXCEPTION + "  path: rules[1]\n", "2027-01-31", True, "fits nothing"),
    ],
)
def test_exceptions(
    catalog: Catalog, control: Control, install: Input, tmp_path: Path,
    text: str, day: str, fails: bool, note: str | None,
) -> None:  # fmt: skip
    found = judged(catalog, control, install, check(1, NO_ESCALATE))
    accepted(found, tmp_path / "e.yaml", text, day)
    assert found.fails(3) is fails
    assert found.verdicts[0].status == "not met"
    assert [note in each for each in found.input.notes] == ([True] if note else [])


def test_a_bad_exceptions_file_is_reported_whole(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text('- check: nonsense\n  reason: x\n- check: AB-1\n  expires: "2027-01-01"\n')
    with pytest.raises(CatalogError) as caught:
        read_exceptions(path)
    assert len(caught.value.problems) == 3
    path.write_text('- {check: AB-1, reason: x, expires: "2027-02-30"}\n')
    with pytest.raises(CatalogError, match=r"e\.yaml:1: '2027-02-30' is no day"):
        read_exceptions(path)
    with pytest.raises(CatalogError, match="no such file"):
        read_exceptions(tmp_path / "none.yaml")


@pytest.fixture
def found(catalog: Catalog, control: Control, install: Input, tmp_path: Path) -> Assessment:
    """One finding, one that is accepted, one check that could not decide, one problem."""
    install.gap("broken.yaml", 7, "not YAML: \x1b[31m")
    checks = (
        check(1, NO_ESCALATE),
        check(2, "object.rules.all(r, !('*' in r.verbs))"),
        check(3, "object.none == 1"),
    )
    found = judged(catalog, control, install, *checks)
    return accepted(found, tmp_path / "e.yaml", EXCEPTION.replace("1.1", "1.2"), "2026-11-25")


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_says_it_all(
    catalog: Catalog, control: Control, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, name: str,
) -> None:  # fmt: skip
    """Two findings, of which one is accepted, a check that could not decide, two gaps."""
    monkeypatch.chdir(FIXTURES)
    install = read_input(["assess", "nowhere.yaml"])
    checks = (
        check(1, NO_ESCALATE),
        check(2, "object.rules.all(r, !('*' in r.verbs))"),
        check(3, "object.none == 1"),
    )
    found = judged(catalog, replace(control, level=2), install, *checks)
    texts = EXCEPTION.replace("1.1", "1.2") + GAP + EXCEPTION.replace("AB-1.1", "AB-9")
    accepted(found, tmp_path / "e.yaml", texts, "2026-11-25")
    assert_golden(request, f"assessment.{name}", rendered(name, found).encode())


def test_json_keeps_to_its_schema(found: Assessment) -> None:
    data = json.loads(rendered("json", found))
    jsonschema.Draft202012Validator(schema("assessment")).validate(data)
    findings = data["verdicts"][0]["findings"]
    assert [(f["check"], f["undecided"], f.get("accepted")) for f in findings] == [
        ("AB-1.1", False, None),
        ("AB-1.2", False, "Known."),
        ("AB-1.3", True, None),
    ]
    assert data["complete"] is False
    assert [(g["kind"], g["source"]) for g in data["gaps"]] == [
        ("not-read", "broken.yaml"),
        ("workload", str(INSTALL / "install.yaml")),
    ]
    assert data["explained"][1]["whose"] == "not classified"


def test_text_shows_everything_and_obeys_nothing(found: Assessment) -> None:
    text = rendered("text", found)
    assert "  AB-1.1 That is wrong.\n    apiGroups: [rbac.authorization.k8s.io], resources" in text
    assert "install.yaml:18: ClusterRole example-db-operator at rules[2].verbs[1]\n" in text
    assert "AB-1.2 That is wrong. Accepted until 2027-01-31: Known." in text
    assert "not decided: " in text
    assert "not-read: broken.yaml:7: not YAML: ?[31m" in text
    assert "what to do: https://guide.example.org/controls/AB-1/#remediation" in text
    assert "1 not classified and not judged" in text
    assert "\x1b" not in text


def test_markdown_shows_everything(found: Assessment) -> None:
    text = rendered("markdown", found)
    assert ": ClusterRole example-db-operator at rules\\[2\\].verbs\\[1\\] (" in text
    assert "Accepted until 2027-01-31: Known." in text
    assert "- not-read: broken.yaml:7: not YAML" in text
    assert "The result is incomplete" in text


def test_markdown_begins_as_the_text_does_and_counts_what_is_left(found: Assessment) -> None:
    text = rendered("markdown", found)
    head = text.partition("| Status")[0]
    assert "- do first: AB-1 First Control" in head
    assert "- the operator's pod: can take over the whole cluster; see WHOEVER" in head
    reach, left = text.index("## What whoever takes over"), text.index("## Left for a person")
    assert reach < left
    assert "1 of level 1. `--verbose` lists them" in text[left:]
    assert "](" not in text[left:]
    assert "- no check is about: 2 ClusterRoleBinding" in text[left:]
    assert "[AB-1](" in "".join(FORMATS["markdown"](found, View(verbose=True)))[left:]


def test_sarif_says_rule_place_level_and_suppression(found: Assessment) -> None:
    (run,) = json.loads(rendered("sarif", found))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == {"AB-1.1", "AB-1.2", "AB-1.3"}
    assert rules["AB-1.1"]["defaultConfiguration"] == {"level": "error"}
    first, second, third = run["results"]
    place = first["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 18}
    assert place["logicalLocations"][0]["fullyQualifiedName"].endswith("rules[2].verbs[1]")
    assert (first["level"], third["level"]) == ("error", "note")
    assert second["suppressions"][0]["justification"] == "Known."
    assert run["invocations"][0]["executionSuccessful"] is False
    first, second = run["invocations"][0]["toolExecutionNotifications"]
    assert first["message"]["text"].startswith("not YAML")
    assert (second["level"], second["descriptor"]["id"]) == ("error", "workload")


def test_a_rule_of_sarif_stands_once_and_also_where_one_audience_is_asked(
    catalog: Catalog, whole: Input
) -> None:
    for control, audience in ((catalog.control("AB-1"), "producer"),
                              (catalog.control("AB-10"), "consumer")):  # fmt: skip
        found = judged(catalog, control, whole, check(1, "true", for_=audience))
        (run,) = json.loads(rendered("sarif", found))["runs"]
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["AB-1.1"]


def test_a_fingerprint_outlives_moved_lines_and_entries(
    catalog: Catalog, control: Control, write
) -> None:
    """A comment and another rule above: neither line nor index of what is wrong is the same."""
    text = (INSTALL / "install.yaml").read_text()
    moved = "# a comment\n" + text.replace("rules:\n", "rules:\n  - {verbs: [get]}\n", 1)
    prints = []
    for name, each in (("old.yaml", text), ("new.yaml", moved)):
        found = judged(catalog, control, read_input([write(name, each)]), check(1, NO_ESCALATE))
        (result,) = json.loads(rendered("sarif", found))["runs"][0]["results"]
        place = result["locations"][0]
        prints.append(result["partialFingerprints"])
        assert place["logicalLocations"][0]["fullyQualifiedName"].endswith("].verbs[1]")
    assert place["physicalLocation"]["region"] == {"startLine": 20}
    assert prints[0] == prints[1]


def test_equal_results_have_fingerprints_of_their_own(
    catalog: Catalog, control: Control, write
) -> None:
    text = (INSTALL / "install.yaml").read_text()
    rule = text[
        text.index("  - apiGroups: [rbac") : text.index(
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding"
        )
    ]
    given = read_input([write("twice.yaml", text.replace(rule, rule + rule))])
    found = judged(catalog, control, given, check(1, NO_ESCALATE))
    results = json.loads(rendered("sarif", found))["runs"][0]["results"]
    assert len({json.dumps(each["partialFingerprints"]) for each in results}) == 2


def test_a_review_begins_with_what_manifests_tell(catalog: Catalog, found: Assessment) -> None:
    taken = as_json.read(rendered("review", found).encode(), catalog)
    assert taken.problems == ()
    answer, other = taken.review.answers[:2]
    assert (answer.control, answer.audience, answer.status) == ("AB-1", "producer", "not met")
    assert "install.yaml:18" in (answer.evidence or "")
    assert answer.reason is None  # not everything is accepted
    assert other.empty


@pytest.mark.parametrize(
    ("checks", "status", "words"),
    [
        ([check(1, "true", "ab")], "met", "Read off the manifests"),
        ([check(1, "true", "a")], "not reviewed", "Decided: a. Left for a person: b."),
    ],
)
def test_a_review_of_what_is_in_order(
    catalog: Catalog, control: Control, whole: Input, checks: list[Check], status: str, words: str
) -> None:
    data = json.loads(rendered("review", judged(catalog, control, whole, *checks)))
    (answer,) = data["answers"]
    assert answer["status"] == status
    assert words in answer.get("note", "") + answer.get("evidence", "")


def test_what_is_accepted_whole_is_an_accepted_gap(
    catalog: Catalog, control: Control, install: Input, tmp_path: Path
) -> None:
    found = judged(catalog, control, install, check(1, NO_ESCALATE))
    accepted(found, tmp_path / "e.yaml", EXCEPTION, "2026-11-25")
    (answer,) = json.loads(rendered("review", found))["answers"]
    assert (answer["status"], answer["reason"], answer["expires"]) == (
        "not met", "Known.", "2027-01-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day", "incomplete"),
    [
        (GAP, "2027-01-31", False),
        (GAP, "2027-02-01", True),
        (GAP.replace("workload", "role-elsewhere"), "2027-01-31", True),
        (GAP.replace("db-system/*", "other"), "2027-01-31", True),
    ],
)
def test_a_gap_that_is_accepted_is_shown_and_no_longer_incomplete(
    catalog: Catalog, control: Control, install: Input, tmp_path: Path,
    text: str, day: str, incomplete: bool,
) -> None:  # fmt: skip
    found = judged(catalog, control, install, check(1, "true", "ab"))
    accepted(found, tmp_path / "e.yaml", text, day)
    assert found.incomplete is incomplete
    assert statuses(found)[0][1] == "partly reviewed"
    for name in FORMATS:
        assert "dashboard" in rendered(name, found), name
        assert ("It is of another product." in rendered(name, found)) is not incomplete, name


HOSTILE = "x\x1b[2J\r\nnot met: none\x9b1m\u202e\u2028\x85"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_from_a_manifest_reaches_the_terminal_as_a_command(
    catalog: Catalog, control: Control, install: Input, name: str
) -> None:
    """Neither an escape nor a line that looks like one of ours."""
    for obj in install.objects:
        if obj.kind in ("ClusterRole", "StatefulSet"):
            obj.data["metadata"]["name"] += HOSTILE
        if obj.kind == "ClusterRole":
            obj.data["rules"][-1]["verbs"] += ["escalate", HOSTILE]
        if obj.kind == "ClusterRoleBinding":
            obj.data["roleRef"]["name"] += HOSTILE
    install.notes.append(HOSTILE)
    install.gap(HOSTILE, 1, HOSTILE)
    found = judged(catalog, control, install, check(1, NO_ESCALATE))
    text = "".join(FORMATS[name](found, View(verbose=True, explain=True)))
    assert found.findings
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)
    assert "not met: none" not in text.splitlines()


@pytest.mark.parametrize("name", FORMATS)
def test_same_input_same_bytes(
    catalog: Catalog, control: Control, install: Input, name: str
) -> None:
    results = {
        rendered(name, judged(catalog, control, install, check(1, NO_ESCALATE))) for _ in range(2)
    }
    assert len(results) == 1
