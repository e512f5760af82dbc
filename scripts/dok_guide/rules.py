"""What a catalog must fulfill beyond its schemas: each rule yields every problem that it finds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from dok_guide.model import AUDIENCES, LITERAL_FIELDS, PARAMETER
from dok_guide.source import Document, Place, Problem, compose_problem

_KEYWORD = re.compile(r"\b(MUST NOT|MUST|SHALL|SHOULD|MAY|REQUIRED|RECOMMENDED|OPTIONAL)\b")
_ALL = re.compile(r"all of the following\.$")
_ANY = re.compile(r"any of the following\.$")


@dataclass(frozen=True)
class Files:
    """The documents of a catalog that keep to their schemas.

    `ids` are the ids of all control files, those with problems included, so that one bad file
    doesn't make every control that names it look bad.
    """

    catalog: Document
    threats: Document
    references: Document
    glossary: Document
    controls: tuple[Document, ...]
    ids: frozenset[str]
    frameworks: dict[str, dict[str, str]]
    released: Document | None

    def entries(self, field: str) -> dict[str | int, Any]:
        """Return the entries of a list in `catalog.yaml` by their ids."""
        return {entry["id"]: entry for entry in self.catalog.data[field]}


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
    for field in ("levels", "categories", "frameworks"):
        yield from _repeated(files.catalog, files.catalog.data[field], field)


def _repeated(document: Document, entries: list[Any], *place: str) -> Iterator[Problem]:
    seen = set()
    for index, entry in enumerate(entries):
        if entry["id"] in seen:
            message = f"a second entry with the id {entry['id']}; keep one"
            yield document.problem(message, *place, index, "id")
        seen.add(entry["id"])


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


def order(files: Files) -> Iterator[Problem]:
    """What a control needs is no harder to reach, and nothing needs itself in the end."""
    controls = {control.data["id"]: control for control in files.controls}
    for id_, control in controls.items():
        for index, need in enumerate(control.data["needs"]):
            needed = controls.get(need)
            if needed and needed.data["level"] > control.data["level"]:
                message = (
                    f"{id_} of level {control.data['level']} needs {need} of level "
                    f"{needed.data['level']}; change a level or drop the need"
                )
                yield control.problem(message, "needs", index)
        cycle = _cycle(id_, controls)
        if cycle and id_ == min(cycle):  # once, at the member that comes first
            way = " -> ".join([*cycle, id_])
            yield control.problem(f"a cycle in needs: {way}; drop one of them", "needs")


def _cycle(start: str, controls: dict[str, Document]) -> list[str] | None:
    """Return the shortest way over `needs` from a control back to itself."""
    ways, seen = [[start]], {start}
    for way in ways:
        for need in controls[way[-1]].data["needs"]:
            if need == start:
                return way
            if need in controls and need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return None


def successors(files: Files) -> Iterator[Problem]:
    """Nothing leads to a withdrawn control, not even another withdrawn one."""
    withdrawn = {c.data["id"] for c in files.controls if c.data["status"] == "withdrawn"}
    for control in files.controls:
        for field in ("replaced_by", "needs"):
            for index, name in enumerate(control.data.get(field, [])):
                if name in withdrawn:
                    message = f"{name} is withdrawn; name its successor"
                    yield control.problem(message, field, index)
        for index, related in enumerate(control.data.get("related", [])):
            if related["control"] in withdrawn:
                message = f"{related['control']} is withdrawn; name its successor"
                yield control.problem(message, "related", index, "control")


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
    """Every `{id}` in a text is a parameter, and every parameter is used."""
    for control in files.controls:
        declared = {entry["id"] for entry in control.data.get("parameters", [])}
        used = set()
        for place, text in _texts(control.data, ()):
            for found in PARAMETER.finditer(text):
                used.add(found[1])
                if found[1] not in declared:
                    message = f"{found[0]} is no parameter; declare it or move the text to `run`"
                    offset = text.count("\n", 0, found.start())
                    yield control.problem_in_text(message, offset, *place)
        for index, entry in enumerate(control.data.get("parameters", [])):
            if entry["id"] not in used:
                message = f"parameter {entry['id']} is used in no text; drop it"
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


def limits(files: Files) -> Iterator[Problem]:
    """A level holds no more than its limit; the controls to start with are few, and of level 1."""
    active = [c for c in files.controls if c.data["status"] == "active"]
    for index, level in enumerate(files.catalog.data["levels"]):
        count = sum(c.data["level"] == level["id"] for c in active)
        if count > level.get("limit", count):
            message = f"level {level['id']} has {count} controls, more than its limit; move some up"
            yield files.catalog.problem(message, "levels", index, "limit")
    first = [c for c in active if c.data.get("first")]
    if len(first) > files.catalog.data["first"]:
        message = f"{len(first)} controls are marked first, more than this; unmark some"
        yield files.catalog.problem(message, "first")
    lowest = files.catalog.data["levels"][0]["id"]
    for control in first:
        if control.data["level"] != lowest:
            yield control.problem(f"only a control of level {lowest} can be first", "first")


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


def unmitigated(files: Files) -> Iterator[Problem]:
    """Every threat is mitigated by a control."""
    mitigated = {id_ for control in files.controls for id_ in control.data["threats"]}
    for index, threat in enumerate(files.threats.data):
        if threat["id"] not in mitigated:
            message = f"no control mitigates {threat['id']}; write one"
            yield files.threats.problem(message, index, "id")


def threats_mitigated(files: Files) -> Iterator[Problem]:
    """From version 1.0.0 on every threat is mitigated; before, it is a warning."""
    if "-" not in files.catalog.data["version"]:
        yield from unmitigated(files)


def warnings(files: Files) -> list[Problem]:
    """Return what is not wrong yet and will be when the version is released."""
    return list(unmitigated(files)) if "-" in files.catalog.data["version"] else []


def released_ids(files: Files) -> Iterator[Problem]:
    """A control that was released stays, with its title."""
    if files.released is None:
        return
    titles = {c.data["id"]: c for c in files.controls}
    for version, entries in files.released.data["releases"].items():
        for id_, title in entries.items():
            if id_ not in files.ids and id_ not in files.released.data["unwritten"]:
                message = (
                    f"{id_} was released in {version} and has no file; restore it, withdrawn and "
                    "with `replaced_by` if it no longer holds"
                )
                yield files.released.problem(message, "releases", version, id_)
            control = titles.get(id_)
            if control and control.data["title"] != title:
                message = f"released in {version} as {title!r}; a title never changes"
                yield control.problem(message, "title")


RULES: tuple[Callable[[Files], Iterator[Problem]], ...] = (
    file_name,
    unique_ids,
    known_names,
    mappings,
    order,
    successors,
    requirement,
    audiences,
    parameters,
    manifests,
    limits,
    evidence,
    threats_mitigated,
    released_ids,
)
