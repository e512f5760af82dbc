"""Kubernetes' own type checker has no complaint about the policies."""

import json
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest
from apiserver.enforcing import with_account
from apiserver.policy_cases import Data, newest
from apiserver.serving import Server, build
from operators.settings_cases import guide

pytestmark = [pytest.mark.slow, pytest.mark.crds]


def complaints(server: Server, policies: list[Data], folder: Path) -> list[str]:
    program = build("typecheck", folder)
    command = [program, server.address, server.token, server.certificate]
    done = subprocess.run(
        command, input=json.dumps(policies), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_no_policy_has_a_wrong_type(defined: Server, tmp_path: Path) -> None:
    policies = [
        next(policy.manifests([])) for each in guide().operators for policy in with_account(each)
    ]
    assert len(policies) == sum(len(newest(each)) for each in guide().operators)
    assert complaints(defined, policies, tmp_path) == []


def test_what_is_misspelled_is_found_for_each_kind(defined: Server, tmp_path: Path) -> None:
    """So the types of every kind are known to the checker."""
    wrong, seen = [], set()
    for operator in guide().operators:
        for policy in newest(operator):
            if policy.setting.kind not in seen:
                seen.add(policy.setting.kind)
                found = deepcopy(next(policy.manifests([])))
                found["spec"]["validations"] = [{"expression": "object.spek.x == 1"}]
                wrong.append(found)
    told = complaints(defined, wrong, tmp_path)
    assert {line.split()[0] for line in told} == {each["metadata"]["name"] for each in wrong}
