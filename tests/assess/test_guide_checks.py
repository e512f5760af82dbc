"""The guide's own checks, tried on examples and fixtures, and mutated."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from trials import Case, checks, examples, fixture_files, fixtures, variants

from dok_guide.admission import Validation
from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.trial import try_check
from dok_guide.engine.unpack import without_nulls
from dok_guide.model import Check, Control

CHECKS = checks()
IDS = [check.id for _, check in CHECKS]
every_check = pytest.mark.parametrize(("control", "check"), CHECKS, ids=IDS)
_LIST = re.compile(r"\[([^\[\]]*'[^\[\]]*)\]")
_TEXT = re.compile(r"'[^']*'")


def outcome(check: Check, cases: list[Case]) -> list[tuple[bool, int]]:
    """What a check says of each case: whether it fails, and how often."""
    compiled = CompiledCheck(check)
    trials = [try_check(compiled, list(case.objects)) for case in cases]
    return [(bool(trial.judged), len(trial.found)) for trial in trials]


def all_cases(control: Control, check: Check) -> list[Case]:
    return [*examples(control), *fixtures().get(check.id, [])]


@every_check
def test_fixtures(control: Control, check: Check) -> None:  # noqa: ARG001
    """Every fixture is judged as it says; what the examples must do is a rule of `check`."""
    compiled = CompiledCheck(check)
    for case in fixtures().get(check.id, []):
        trial = try_check(compiled, list(case.objects))
        assert not trial.faults, (case.title, trial.faults)
        judged = None if not trial.judged else trial.fails
        assert judged == case.fails, (case.title, trial)


@every_check
def test_a_field_that_is_missing_null_or_empty_is_decided(control: Control, check: Check) -> None:
    compiled = CompiledCheck(check)
    for case in all_cases(control, check):
        for index, obj in enumerate(case.objects):
            for name, data in variants(obj.data):
                objects = list(case.objects)
                objects[index] = replace(obj, data=without_nulls(data))
                assert not try_check(compiled, objects).faults, (case.title, name)


@every_check
def test_mutants_are_caught(control: Control, check: Check) -> None:
    """Without a validation, or with another literal in a list, some case tells."""
    cases = all_cases(control, check)
    expected = outcome(check, cases)
    survivors = [name for name, mutant in mutants(check) if outcome(mutant, cases) == expected]
    assert not survivors


def mutants(check: Check) -> Iterator[tuple[str, Check]]:
    for index, validation in enumerate(check.validations):
        rest = check.validations[:index] + check.validations[index + 1 :]
        always = (Validation(message="none", expression="true"),)
        yield f"without {validation.message}", replace(check, validations=rest or always)
    for field in ("matchConditions", "variables", "validations"):
        entries = getattr(check, field)
        for index, entry in enumerate(entries):
            for literal, expression in _with_other_literals(entry.expression):
                other = replace(entry, expression=expression)
                changed = (*entries[:index], other, *entries[index + 1 :])
                yield f"{literal} in {field}[{index}]", replace(check, **{field: changed})


def _with_other_literals(expression: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a list, with the changed expression."""
    spans = [
        literal.span()
        for found in _LIST.finditer(expression)
        for literal in _TEXT.finditer(expression, *found.span())
    ]
    for start, end in spans:
        yield expression[start:end], f"{expression[:start]}'dok-mutant'{expression[end:]}"


@pytest.mark.parametrize("path", fixture_files(), ids=lambda path: path.stem)
def test_fixtures_belong_to_a_check(path: Path) -> None:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        assert entry["check"] in IDS
        assert entry["check"].startswith(f"{path.stem}.")
