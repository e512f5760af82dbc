"""Rules about operators: whose a kind is, which releases were read, what settings cover."""

from collections.abc import Iterator
from typing import Any

from dok_guide.model import LETTERS, points_at_items
from dok_guide.rules.files import PROVEN, Files, OperatorFiles
from dok_guide.source import Document, Problem


def ids(files: Files) -> Iterator[Problem]:
    """An operator is named after its folder, a setting after its operator; none stands twice."""
    for operator in files.operators:
        id_ = operator.operator.data["id"]
        if id_ != operator.id:
            message = f"id {id_} in folder {operator.id}; name the folder {id_}"
            yield operator.operator.problem(message, "id")
        seen = set()
        for index, setting in enumerate(operator.settings.data):
            if not setting["id"].startswith(f"{id_}-"):
                message = f"id {setting['id']}; begin it with {id_}-"
                yield operator.settings.problem(message, index, "id")
            if setting["id"] in seen:
                message = f"a second entry with the id {setting['id']}; keep one"
                yield operator.settings.problem(message, index, "id")
            seen.add(setting["id"])


def kinds(files: Files) -> Iterator[Problem]:
    """A kind of a group belongs to one operator, and what is embedded stands in a kind of it."""
    owner: dict[tuple[str, str], str] = {}
    for operator in files.operators:
        document = operator.operator
        names = [kind["kind"] for kind in document.data["kinds"]]
        for index, kind in enumerate(document.data["kinds"]):
            for group in (kind["group"], *kind.get("aliases", [])):
                key = (group, kind["kind"])
                if key in owner:
                    message = f"{kind['kind']} of {group} is claimed by {owner[key]}; keep one"
                    yield document.problem(message, "kinds", index)
                owner.setdefault(key, operator.id)
        for index, embedded in enumerate(document.data["embeds"]):
            if embedded["kind"] not in names:
                message = f"{embedded['kind']} is none of its kinds; add it to them"
                yield document.problem(message, "embeds", index, "kind")


def releases(files: Files) -> Iterator[Problem]:
    """Releases stand newest first, each once, and each has its definitions."""
    for operator in files.operators:
        document, seen = operator.operator, [*_versions(operator)]
        for index, version in enumerate(seen):
            place = ("releases", index, "version")
            if index and _key(version) >= _key(seen[index - 1]):
                message = f"{version} after {seen[index - 1]}; put the newest first, each once"
                yield document.problem(message, *place)
            if version not in operator.schemas.releases:
                message = f"{version} is not in definitions.json; run `dok-guide operator"
                yield document.problem(f"{message} definitions {operator.id}`", *place)
        for version in operator.schemas.releases:
            if version not in seen:
                message = f"{version} is not in operator.yaml; run `dok-guide operator definitions`"
                yield operator.definitions.problem(message)


def _versions(operator: OperatorFiles) -> Iterator[str]:
    yield from (release["version"] for release in operator.operator.data["releases"])


def _key(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def covered(files: Files) -> Iterator[Problem]:
    """A setting names an active control and items of its requirement for consumers."""
    known = {control.data["id"]: control for control in files.controls}
    for operator in files.operators:
        for index, setting in enumerate(operator.settings.data):
            for number, entry in enumerate(setting["controls"]):
                place = (index, "controls", number)
                if entry["control"] not in files.ids:
                    message = f"control {entry['control']} is not in controls/; correct it"
                    yield operator.settings.problem(message, *place, "control")
                elif entry["control"] in known:
                    control = known[entry["control"]]
                    yield from _items(operator.settings, place, control.data, entry["items"])


def _items(
    document: Document, place: tuple[str | int, ...], control: dict[str, Any], names: list[str]
) -> Iterator[Problem]:
    asked = items_of(control)
    if not asked:
        message = f"{control['id']} asks nothing of consumers, or is withdrawn; drop it"
        yield document.problem(message, *place, "control")
    for index, name in enumerate(names if asked else ()):
        if name not in asked:
            message = f"{name!r} is none of {', '.join(asked)}, the items of {control['id']}"
            yield document.problem(f"{message}; correct it", *place, "items", index)


def items_of(control: dict[str, Any]) -> list[str]:
    """Return what a control asks of consumers: letters of items, `all` without them, or nothing."""
    text = control["requirement"].get("consumer")
    if text is None or control["status"] != "active":
        return []
    count = len(control.get("items", [])) if points_at_items(text) else 0
    return [*LETTERS[:count]] or ["all"]


def complete(files: Files) -> Iterator[Problem]:
    """Each consumer's item of the lowest level has a setting, a substitute, or `none`."""
    lowest = files.catalog.data["levels"][0]["id"]
    for operator in files.operators:
        named = {
            (entry["control"], item)
            for setting in operator.settings.data
            for entry in setting["controls"]
            for item in entry["items"]
        }
        for control in files.controls:
            if control.data["level"] != lowest:
                continue
            for item in items_of(control.data):
                if (control.data["id"], item) not in named:
                    message = f"no setting covers {control.data['id']} {item}"
                    yield operator.settings.problem(f"{message}; add one, or one with none")


def sources(files: Files) -> Iterator[Problem]:
    """What was read in the operator's repository was read at a release."""
    for operator in files.operators:
        commits = {release["commit"] for release in operator.operator.data["releases"]}
        for index, setting in enumerate(operator.settings.data):
            for number, source in enumerate(setting["source"]):
                place = (index, "source", number)
                if "repository" not in source and source["commit"] not in commits:
                    message = f"commit {source['commit'][:12]} is none of the releases'"
                    yield operator.settings.problem(f"{message}; read it there", *place, "commit")
                first, _, last = source["lines"].partition("-")
                if last and int(last) <= int(first):
                    message = f"lines {source['lines']}; the first one comes first"
                    yield operator.settings.problem(message, *place, "lines")


def written(files: Files) -> Iterator[Problem]:
    """What commands and trials have left says what it is of."""
    for operator in files.operators:
        if not PROVEN.match(operator.hardened):
            message = "the first line is not `# proven:` with schema, webhook or started; write it"
            yield Problem(operator.hardened_path, 1, message)
        newest = next(_versions(operator))
        if operator.assessment and operator.assessment.data["release"] != newest:
            message = f"of {operator.assessment.data['release']}, not {newest}"
            yield operator.assessment.problem(f"{message}; run `dok-guide operator assess`")
