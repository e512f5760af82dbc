"""Rules about checks: they can be run, say whom and what they answer, and the examples try them."""

from collections.abc import Iterator
from typing import Any

from dok_guide.data import from_data
from dok_guide.engine.cel import CelError, Program, refused
from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.manifests import UnreadableError
from dok_guide.engine.trial import Trial, objects_of, try_check
from dok_guide.model import LETTERS, Check, points_at_items
from dok_guide.rules.files import Files
from dok_guide.source import Document, Place, Problem


def names(files: Files) -> Iterator[Problem]:
    """A check is named after its control, and names an audience and items that exist."""
    for control, index, check in _checks(files):
        place = ("checks", index)
        if not check["id"].startswith(f"{control.data['id']}."):
            message = f"check {check['id']} of {control.data['id']}; name it after its control"
            yield control.problem(message, *place, "id")
        text = control.data["requirement"].get(check["for"])
        if text is None:
            message = f"the requirement asks nothing of the {check['for']}"
            yield control.problem(message, *place, "for")
            continue
        with_items = points_at_items(text)
        count = len(control.data.get("items", [])) if with_items else 0
        known = [*LETTERS[:count]] or ["all"]
        for number, name in enumerate(check["covers"]):
            if name not in known:
                message = f"{name!r} is none of {', '.join(known)}; name what the check decides"
                yield control.problem(message, *place, "covers", number)


def expressions(files: Files) -> Iterator[Problem]:
    """An expression is CEL, of the part that the API server and every library share."""
    for control, index, check in _checks(files):
        for field in ("matchConditions", "variables", "validations"):
            for number, entry in enumerate(check.get(field, [])):
                place = ("checks", index, field, number, "expression")
                yield from faults_of_expression(control, entry["expression"], place, field)


def faults_of_expression(
    document: Document, expression: str, place: Place, field: str
) -> Iterator[Problem]:
    """Yield what is wrong with an expression of `matchConditions`, `variables`, `validations`."""
    found = list(refused(expression))
    for position, message in found:
        offset = expression.count("\n", 0, position)
        yield document.problem_in_text(message, offset, *place)
    try:
        Program(expression, boolean=field != "variables")
    except CelError as error:
        if not found:
            yield document.problem(f"no CEL: {error}", *place)
    if field == "matchConditions" and "variables." in expression:
        message = "a condition of an admission policy knows no variables; write it out"
        yield document.problem(message, *place)


def examples(files: Files) -> Iterator[Problem]:
    """A compliant example passes every check that means it; each check has one that fails it."""
    for control, index, data in _checks(files):
        try:
            check = CompiledCheck(from_data(Check, data))
            trials = [(entry, _trial(check, entry)) for entry in control.data["examples"]]
        except (CelError, UnreadableError):
            continue  # reported by other rules
        passed = failed = False
        for number, (entry, trial) in enumerate(trials):
            compliant = entry["verdict"] == "compliant"
            passed |= compliant and trial.judged > 0
            failed |= not compliant and bool(trial.found)
            if not compliant and trial.faults:
                message = f"{data['id']} can't decide this example: {_faults_of(trial)}"
                yield control.problem(f"{message}; ask has() first", "examples", number)
            if compliant and trial.found:
                message = f"{data['id']} does not pass this compliant example: {_why(trial)}"
                yield control.problem(message, "examples", number)
        if not passed:
            message = f"{data['id']} means no compliant example; add one that passes"
            yield control.problem(message, "checks", index)
        if not failed:
            message = f"{data['id']} fails no non-compliant example; add one that it catches"
            yield control.problem(message, "checks", index)


def _trial(check: CompiledCheck, example: dict[str, Any]) -> Trial:
    return try_check(check, objects_of(example["manifest"]))


def _faults_of(trial: Trial) -> str:
    return "; ".join(sorted({each.message for each in trial.faults}))


def _why(trial: Trial) -> str:
    return "; ".join(sorted({each.message.strip() for each in trial.found}))


def _checks(files: Files) -> Iterator[tuple[Document, int, dict[str, Any]]]:
    for control in files.controls:
        for index, check in enumerate(control.data.get("checks", [])):
            yield control, index, check
