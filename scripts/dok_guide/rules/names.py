"""Rules about names: ids are unique and stand in the right place, and what is named exists."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from dok_guide.rules.files import Files
from dok_guide.source import Document, Problem


def file_name(files: Files) -> Iterator[Problem]:
    """The file is named after the id, the folder after the category; both agree."""
    for control in files.controls:
        id_, path = control.data["id"], PurePosixPath(control.path)
        if path.stem != id_:
            yield control.problem(f"id {id_} in {path.name}; name the file {id_}.yaml", "id")
        if path.parent.name != control.data["category"]:
            message = f"category {control.data['category']} in folder {path.parent.name}; move it"
            yield control.problem(message, "category")
        if id_.partition("-")[0] != control.data["category"]:
            message = (
                f"category {control.data['category']} of {id_}; an id begins with its category"
            )
            yield control.problem(message, "category")


def unique_ids(files: Files) -> Iterator[Problem]:
    """No two entries of a kind have the same id."""
    seen: dict[str, str] = {}
    for control in files.controls:
        id_ = control.data["id"]
        if id_ in seen:
            message = f"id {id_} is taken by {seen[id_]}; take the next number"
            yield control.problem(message, "id")
        seen.setdefault(id_, control.path)
        yield from _repeated(control, control.data.get("parameters", []), "parameters")
        yield from _repeated(control, control.data.get("checks", []), "checks")
    yield from _repeated(files.threats, files.threats.data)
    yield from _repeated(files.references, files.references.data)
    yield from _repeated(files.glossary, files.glossary.data)
    for field in ("operators", "facts"):
        yield from _repeated(files.survey, files.survey.data[field], field)
    for field in ("levels", "categories", "frameworks", "placeholders"):
        yield from _repeated(files.catalog, files.catalog.data[field], field)


def _repeated(document: Document, entries: list[Any], *place: str) -> Iterator[Problem]:
    seen = set()
    for index, entry in enumerate(entries):
        if entry["id"] in seen:
            message = f"a second entry with the id {entry['id']}; keep one"
            yield document.problem(message, *place, index, "id")
        seen.add(entry["id"])


def uuids(files: Files) -> Iterator[Problem]:
    """No two sources have the same UUID, frameworks included: OSCAL links to both by it."""
    seen = set()
    places: list[tuple[Document, tuple[str, ...], list[Any]]] = [
        (files.catalog, ("frameworks",), files.catalog.data["frameworks"]),
        (files.references, (), files.references.data),
    ]
    for document, place, entries in places:
        for index, entry in enumerate(entries):
            if entry["uuid"] in seen:
                message = f"uuid {entry['uuid']} stands twice; make a new one"
                yield document.problem(message, *place, index, "uuid")
            seen.add(entry["uuid"])


def known_names(files: Files) -> Iterator[Problem]:
    """What a control names exists."""
    threats = {entry["id"] for entry in files.threats.data}
    references = {entry["id"] for entry in files.references.data}
    for control in files.controls:
        data = control.data
        if data["category"] not in files.entries("categories"):
            message = f"category {data['category']} is not in catalog.yaml; declare it there"
            yield control.problem(message, "category")
        if data["level"] not in files.entries("levels"):
            yield control.problem(f"level {data['level']} is not in catalog.yaml", "level")
        yield from _unknown(control, threats, "threat", "threats.yaml", "threats")
        yield from _unknown(control, references, "reference", "references.yaml", "references")
        for field in ("needs", "replaced_by"):
            yield from _unknown(control, files.ids, "control", "controls/", field)
        for index, related in enumerate(data.get("related", [])):
            if related["control"] not in files.ids:
                message = f"control {related['control']} is not in controls/; write it first"
                yield control.problem(message, "related", index, "control")


def questions(files: Files) -> Iterator[Problem]:
    """A question belongs to a control, and a control has at most one."""
    seen = set()
    for index, entry in enumerate(files.questions.data):
        id_ = entry["control"]
        if id_ not in files.ids:
            message = f"control {id_} is not in controls/; write it first"
            yield files.questions.problem(message, index, "control")
        if id_ in seen:
            yield files.questions.problem(f"a second question on {id_}; keep one", index, "control")
        seen.add(id_)


def _unknown(
    control: Document, known: set[str] | frozenset[str], kind: str, home: str, field: str
) -> Iterator[Problem]:
    for index, name in enumerate(control.data.get(field, [])):
        if name not in known:
            message = f"{kind} {name} is not in {home}; correct it or add it there"
            yield control.problem(message, field, index)


def mappings(files: Files) -> Iterator[Problem]:
    """A mapping names a framework of the catalog and an id of that framework's form, once."""
    frameworks = files.entries("frameworks")
    for control in files.controls:
        seen = set()
        for index, mapping in enumerate(control.data["mappings"]):
            name, target = mapping["framework"], mapping["target"]
            place = ("mappings", index)
            if name not in frameworks:
                known = ", ".join(map(str, frameworks))
                message = f"framework {name} is not in catalog.yaml; use {known}"
                yield control.problem(message, *place, "framework")
            elif not re.fullmatch(frameworks[name]["pattern"], target):
                message = f"{target!r} is no id of {name}: {frameworks[name]['pattern']}"
                yield control.problem(message, *place, "target")
            elif target not in files.frameworks.get(name, {target: ""}):
                message = (
                    f"{target} is not in frameworks/{name}.json, or withdrawn there; correct it"
                )
                yield control.problem(message, *place, "target")
            if (name, target) in seen:
                yield control.problem(f"a second mapping to {name} {target}; keep one", *place)
            seen.add((name, target))


def evidence(files: Files) -> Iterator[Problem]:
    """The sources of the evidence for a threat exist, and threats cite each one once."""
    references = {entry["id"] for entry in files.references.data}
    for index, threat in enumerate(files.threats.data):
        seen = set()
        for number, item in enumerate(threat.get("evidence", [])):
            place = (index, "evidence", number)
            if item["reference"] not in references:
                message = f"reference {item['reference']} is not in references.yaml; add it there"
                yield files.threats.problem(message, *place, "reference")
            if item["id"] in seen:
                yield files.threats.problem(f"{item['id']} stands twice; keep one", *place)
            seen.add(item["id"])


def survey(files: Files) -> Iterator[Problem]:
    """A fact names operators of the survey, each once."""
    known = {entry["id"] for entry in files.survey.data["operators"]}
    for index, fact in enumerate(files.survey.data["facts"]):
        seen: set[str] = set()
        for field in ("seen", "not_reviewed"):
            for number, name in enumerate(fact.get(field, [])):
                place = ("facts", index, field, number)
                if name not in known:
                    message = f"operator {name} is not in this survey; add it there"
                    yield files.survey.problem(message, *place)
                if name in seen:
                    yield files.survey.problem(f"{name} stands twice; keep one", *place)
                seen.add(name)
