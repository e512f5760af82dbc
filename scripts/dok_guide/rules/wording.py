"""Rules about the texts of a control: one MUST per audience, and nothing missing or left over."""

import re
from collections.abc import Iterator

from dok_guide.model import AUDIENCES, LITERAL_FIELDS, PARAMETER
from dok_guide.rules.files import Files
from dok_guide.source import Place, Problem, compose_problem

_KEYWORD = re.compile(r"\b(MUST NOT|MUST|SHALL|SHOULD|MAY|REQUIRED|RECOMMENDED|OPTIONAL)\b")
_ALL = re.compile(r"all of the following\.$")
_ANY = re.compile(r"any of the following\.$")


def requirement(files: Files) -> Iterator[Problem]:
    """One MUST per audience, and items exactly where a requirement points at them."""
    for control in files.controls:
        data = control.data
        points = False
        for audience, lines in data["requirement"].items():
            text = " ".join(lines.split())
            words = _KEYWORD.findall(text)
            place = ("requirement", audience)
            if words not in (["MUST"], ["MUST NOT"]):
                found = ", ".join(words) or "none"
                message = f"exactly one MUST or MUST NOT is wanted, found: {found}; move the rest"
                yield control.problem(f"{message} to items or another control", *place)
                continue
            ending, name = (_ALL, "all") if words == ["MUST"] else (_ANY, "any")
            points |= bool(ending.search(text))
            if "the following" in text and not ending.search(text):
                message = f'{words[0]} with items ends in "{name} of the following."'
                yield control.problem(message, *place)
        if data.get("items") and not points:
            yield control.problem('no requirement ends in "of the following."', "items")
        if points and not data.get("items"):
            yield control.problem("the requirement has no items; add them", "requirement")
        for index, item in enumerate(data.get("items", [])):
            if words := _KEYWORD.findall(item):
                message = f"{words[0]} in an item; the MUST is in the requirement"
                yield control.problem(message, "items", index)


def audiences(files: Files) -> Iterator[Problem]:
    """Each audience of the requirement has a remediation and a verification, and no other has."""
    for control in files.controls:
        data = control.data
        for audience in AUDIENCES:
            asked = audience in data["requirement"]
            if asked != (audience in data["remediation"]):
                message = f"{audience} has {'no' if asked else 'a'} remediation, unlike requirement"
                yield control.problem(message, "remediation")
            verified = [v["for"] == audience for v in data["verification"]]
            if asked and not any(verified):
                message = f"no verification decides the requirement for the {audience}; add one"
                yield control.problem(message, "verification")
            if not asked and any(verified):
                message = f"requirement asks nothing of the {audience}; drop this"
                yield control.problem(message, "verification", verified.index(True))


def parameters(files: Files) -> Iterator[Problem]:
    """Every `{id}` in a text is a parameter or a fact of the survey; every parameter is used."""
    facts = [f"survey-{entry['id']}" for entry in files.survey.data["facts"]]
    for control in files.controls:
        declared = [entry["id"] for entry in control.data.get("parameters", [])]
        used = set()
        for place, text in _texts(control.data, ()):
            for found in PARAMETER.finditer(text):
                used.add(found[1])
                if found[1] not in (*declared, *facts):
                    message = f"{found[0]} is no parameter; declare it or move the text to `run`"
                    offset = text.count("\n", 0, found.start())
                    yield control.problem_in_text(message, offset, *place)
        for index, name in enumerate(declared):
            if name not in used:
                message = f"parameter {name} is used in no text; drop it"
                yield control.problem(message, "parameters", index)


def _texts(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield place and text of every string in which a parameter counts."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _texts(item, (*place, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in LITERAL_FIELDS:
                yield from _texts(value, (*place, key))


def manifests(files: Files) -> Iterator[Problem]:
    """An example can be parsed as YAML."""
    for control in files.controls:
        for index, example in enumerate(control.data["examples"]):
            place = ("examples", index, "manifest")
            if found := compose_problem(example["manifest"]):
                yield control.problem_in_text(f"the manifest is {found[1]}", found[0], *place)
