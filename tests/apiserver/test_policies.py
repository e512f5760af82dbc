"""The policies on a real API server: they find what `assess` finds, warn of it and refuse it."""

from collections import Counter

import pytest
import yaml
from apiserver.admission import Requests
from apiserver.enforcing import ACCOUNT, KNOWN, deny, found_by_server, moved, ready
from apiserver.policy_cases import Data, cases, found_by_assess, hardened, newest
from operators.settings_cases import guide

from dok_guide.operators import Operator

pytestmark = [pytest.mark.slow, pytest.mark.crds]

every_operator = pytest.mark.parametrize("operator", guide().operators, ids=lambda each: each.id)


def names(resource: Data) -> tuple[str, str]:
    return resource["metadata"]["namespace"], resource["metadata"]["name"]


@every_operator
def test_a_new_resource_is_judged_as_by_assess(enforced: Requests, operator: Operator) -> None:
    differences, settings = [], set()
    for number, case in enumerate(cases(operator)):
        resource = ready(enforced, case, number)
        answer = enforced.create(resource, dry=True)
        assert answer.code == 201, (case.title, answer.message)
        server = found_by_server(enforced, operator, answer)
        assess = found_by_assess(operator, resource)
        settings |= {setting for setting, _ in server}
        if server != assess:
            differences.append((case.title, server - assess, assess - server))
    assert not differences
    assert settings == {policy.setting.id for policy in newest(operator)}


@every_operator
def test_a_change_is_judged_by_what_it_breaks(enforced: Requests, operator: Operator) -> None:
    """From the hardened resource, which breaks nothing, and from one that breaks rules already."""
    stored = [*_stored(enforced, operator)]
    differences, judged = [], Counter()
    for before in stored:
        old = found_by_assess(operator, before)
        for case in cases(operator):
            if case.kind != before["kind"]:
                continue
            resource = moved(enforced, case.resource, *names(before))
            answer = enforced.replace(resource, before, dry=True)
            if answer.code != 200:  # some definitions forbid some changes
                assert answer.code == 422
                assert "ValidatingAdmissionPolicy" not in answer.message
                judged["refused by the definition"] += 1
                continue
            expected = found_by_assess(operator, resource) - old
            server = found_by_server(enforced, operator, answer)
            judged["found" if server else "nothing found"] += 1
            if resource["spec"] != before["spec"] and server != expected:
                differences.append((case.title, server - expected, expected - server))
    assert not differences
    assert judged["found"] > len(stored)
    assert judged["refused by the definition"] < sum(judged.values()) / 10, judged


def _stored(requests: Requests, operator: Operator):
    """Yield a good and a bad resource of each kind that policies are about, as they are stored."""
    good = {each["kind"]: each for each in hardened(operator)}
    for kind in sorted({policy.setting.kind for policy in newest(operator)}):
        mine = [case.resource for case in cases(operator) if case.kind == kind]
        first = good.get(kind) or min(mine, key=lambda each: len(found_by_assess(operator, each)))
        last = max(mine, key=lambda each: len(found_by_assess(operator, each)))
        for name, resource in (("before-good", first), ("before-bad", last)):
            where = first["metadata"].get("namespace", "default")
            answer = requests.create(moved(requests, resource, where, name))
            assert answer.code == 201, answer.message
            yield answer.data


@every_operator
def test_denying_is_for_namespaces_with_the_label(enforced: Requests, operator: Operator) -> None:
    for level in (1, 2, 3):
        deny(enforced, f"level-{level}", level)
    enforced.ensure_namespace("level-0")
    levels = {policy.setting.id: policy.level for policy in newest(operator)}
    codes = Counter()
    for policy in newest(operator):
        for level in (0, 1, 2, 3):
            bad = yaml.safe_load(policy.variant.non_compliant or "")
            resource = moved(enforced, bad, f"level-{level}", "refused")
            found = found_by_assess(operator, resource)
            refused = any(levels[setting] <= level for setting, _ in found)
            answer = enforced.create(resource, dry=True)
            assert (answer.code == 422) == refused, (policy.name, level, answer.message)
            assert answer.code in (201, 422)
            assert ("denied request" in answer.message) == refused
            assert bool(answer.warnings) == bool(found)
            codes[answer.code] += 1
    assert min(codes[201], codes[422]) >= len(newest(operator))


def test_the_message_says_value_level_control_and_page(enforced: Requests) -> None:
    operator = guide().operator("cloudnative-pg")
    policy = next(p for p in newest(operator) if p.setting.id.endswith("superuser-access"))
    bad = yaml.safe_load(policy.variant.non_compliant or "")
    deny(enforced, "level-1", 1)
    answer = enforced.create(moved(enforced, bad, "level-1", "refused"), dry=True)
    said = (
        "The superuser `postgres` may log in over the network with a password. "
        "spec.enableSuperuserAccess is true. UM-1, level 1: "
        "https://dokc.github.io/sig-operator/operators/cloudnative-pg/#cloudnative-pg-superuser-access"
    )
    # the server cuts long lists of warnings, and the log holds everything
    assert any(said[:90] in each for each in answer.warnings)
    [failure] = [f for f in enforced.failures(answer) if f["policy"] == policy.name]
    assert failure["message"] == said


def test_the_operator_that_was_named_is_never_refused(enforced: Requests) -> None:
    operator = guide().operator("mariadb-operator")
    account = Requests(enforced.server, ACCOUNT.format(KNOWN.replace("/", ":")))
    deny(enforced, "level-3", 3)
    for policy in newest(operator):
        bad = yaml.safe_load(policy.variant.non_compliant or "")
        answer = account.create(moved(enforced, bad, "level-3", "own"), dry=True)
        assert answer.code == 201
        assert not answer.warnings
    account.close()


def test_the_metric_counts_what_is_found(enforced: Requests) -> None:
    text = enforced.text("/metrics")
    name = "apiserver_validating_admission_policy_check_total"
    counted = [line for line in text.splitlines() if line.startswith(name) and '"dok-' in line]
    for action in ("warn", "audit", "deny"):
        assert any(f'enforcement_action="{action}"' in line for line in counted)
    assert not [each for each in counted if "compile_error" in each or "out_of_budget" in each]
