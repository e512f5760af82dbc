"""Whether the files of a catalog can be used: schema first, then texts, then RULES."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from dok_guide.rules import RULES, Files, Release, texts
from dok_guide.rules.files import JsonFile, OperatorFiles
from dok_guide.rules.schemas import schema
from dok_guide.source import CatalogError, Document, Problem, place_name, read, read_text

#: Files of a catalog that are not controls; each has a schema of the same name.
SINGLE_FILES = ("catalog", "threats", "references", "glossary", "questions", "survey")
#: Folders of a catalog that hold no controls.
OTHER_FOLDERS = ("frameworks", "operators", "releases", "schemas")
#: Files in the folder of an operator; the last one may be missing.
OPERATOR_FILES = (
    "operator.yaml", "settings.yaml", "hardened.yaml", "definitions.json", "assessment.json"
)  # fmt: skip


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name))


def check(root: Path) -> Files:
    """Return the checked files of a catalog; raise CatalogError with everything that is wrong."""
    paths = [
        path for path in sorted(root.glob("*/*.yaml")) if path.parent.name not in OTHER_FOLDERS
    ]
    problems = list(_unread(root, paths))
    single = {name: _checked(root / f"{name}.yaml", name, problems) for name in SINGLE_FILES}
    controls = [_checked(path, "control", problems) for path in paths]
    operators = [_operator(path, problems) for path in _operators(root)]
    if any(document is None for document in single.values()):
        raise CatalogError(problems)
    files = Files(
        **{name: document for name, document in single.items() if document},
        controls=tuple(document for document in controls if document),
        ids=frozenset(path.stem for path in paths),
        frameworks={path.stem: _json(path) for path in sorted(root.glob("frameworks/*.json"))},
        releases=releases(root),
        operators=tuple(each for each in operators if each),
    )
    problems += (problem for rule in RULES for problem in rule(files))
    if problems:
        raise CatalogError(problems)
    return files


def releases(root: Path) -> tuple[Release, ...]:
    """Return what was released, the oldest first."""
    read_ = (
        Release(_shown(path), path.read_text(encoding="utf-8"), _json(path))
        for path in root.glob("releases/*.json")
    )
    return tuple(sorted(read_, key=lambda release: str(release.data["published"])))


def _operators(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("operators/*") if path.is_dir())


def _operator(folder: Path, problems: list[Problem]) -> OperatorFiles | None:
    """Return the files of an operator if all keep to their schemas; add what is wrong."""
    yaml = [_checked(folder / f"{name}.yaml", name, problems) for name in ("operator", "settings")]
    definitions = _checked_json(folder / "definitions.json", "definitions", problems)
    hardened = _checked_text(folder / "hardened.yaml", problems)
    path = folder / "assessment.json"
    assessment = None
    if path.exists():
        assessment = _checked_json(path, "operator-assessment", problems)
    if not all(yaml) or not definitions or hardened is None or (path.exists() and not assessment):
        return None
    operator, settings = (document for document in yaml if document)
    shown = _shown(folder / "hardened.yaml")
    return OperatorFiles(folder.name, operator, settings, shown, hardened, definitions, assessment)


def _checked_text(path: Path, problems: list[Problem]) -> str | None:
    if not path.exists():
        problems.append(Problem(_shown(path), 1, "the file is missing; restore it"))
        return None
    try:
        return read_text(path, _shown(path))
    except CatalogError as error:
        problems += error.problems
        return None


def _checked_json(path: Path, name: str, problems: list[Problem]) -> JsonFile | None:
    """Return a file that a command writes if it keeps to its schema; add what is wrong with it."""
    if not path.exists():
        message = "the file is missing; `dok-guide operator` writes it"
        problems.append(Problem(_shown(path), 1, message))
        return None
    try:
        data = _json(path)
    except CatalogError as error:
        problems += error.problems
        return None
    found = list(schema_problems(Document(_shown(path), data, {(): 1}, {}), name))
    problems += found
    return None if found else JsonFile(_shown(path), data)


def _json(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise CatalogError([Problem(_shown(path), line, f"is no JSON: {error}")]) from None
    return data


def _unread(root: Path, controls: list[Path]) -> Iterator[Problem]:
    """Yield a problem for each file that would be left out without a word."""
    known = {*controls, *(root / f"{name}.yaml" for name in SINGLE_FILES)}
    known |= {folder / name for folder in _operators(root) for name in OPERATOR_FILES}
    for path in sorted(root.rglob("*")):
        folder = path.relative_to(root).parts[0]
        if not path.is_file() or path in known:
            continue
        if folder == "operators":
            message = f"nothing reads this file; an operator has {', '.join(OPERATOR_FILES)}"
            yield Problem(_shown(path), 1, message)
        elif folder not in OTHER_FOLDERS:
            message = "nothing reads this file; name it CATEGORY/ID.yaml or remove it"
            yield Problem(_shown(path), 1, message)


def checked_document(path: Path, name: str) -> Document:
    """Return a file that keeps to a schema; raise CatalogError with everything that is wrong."""
    problems: list[Problem] = []
    document = _checked(path, name, problems)
    if problems or document is None:
        raise CatalogError(problems)
    return document


def _checked(path: Path, name: str, problems: list[Problem]) -> Document | None:
    """Return the document if it keeps to its schema; add what is wrong with it to problems."""
    shown = _shown(path)
    if not path.exists():
        problems.append(Problem(shown, 1, "the file is missing; restore it"))
        return None
    try:
        document = read(path, shown)
    except CatalogError as error:
        problems += error.problems
        return None
    found = list(schema_problems(document, name))
    problems += found or text_problems(document, name)
    return None if found else document


def _shown(path: Path) -> str:
    """Return a path as messages show it: from the working directory, if it is below."""
    path, here = path.absolute(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def schema_problems(document: Document, name: str) -> Iterator[Problem]:
    """Yield every point in which a document doesn't keep to a schema."""
    for error in _validator(name).iter_errors(document.data):
        place = tuple(error.absolute_path)
        for message, key in _explain(error):
            yield document.problem(message, *place, *key)


def text_problems(document: Document, name: str) -> Iterator[Problem]:
    """Yield everything in the texts of a document that they may not hold."""
    for kind, place, text in texts.texts(schema(name), document.data):
        for offset, message in texts.faults(kind, text):
            yield document.problem_in_text(f"{place_name(place)}: {message}", offset, *place)


def _explain(error: Any) -> Iterator[tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - see below
    """Yield message and key of a schema's complaint; what to do comes with it.

    The error is a ValidationError, whose attributes have as many types as JSON Schema has keywords.
    """
    value, name = error.instance, place_name(error.absolute_path)
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in value]
        yield from ((f"{_within(name)}{key!r} is missing; add it", ()) for key in missing)
    elif error.validator == "additionalProperties":
        unknown = [key for key in value if key not in known]
        for key in unknown:
            yield f"unknown field {key!r}; known are {', '.join(known)}", (key,)
    else:
        yield f"{_within(name)}{_fault(error)}", ()


def _within(name: str) -> str:
    return f"{name}: " if name else ""


def _fault(error: Any) -> str:  # noqa: ANN401 - as above
    """Return what is wrong with a single value."""
    value, wanted = error.instance, error.validator_value
    about = error.schema.get("description") if isinstance(error.schema, dict) else None
    hint = f" ({about})" if about else ""
    messages: dict[str, Callable[[], str]] = {
        "enum": lambda: f"{value!r} is not one of {', '.join(map(str, wanted))}",
        "pattern": lambda: f"{value!r} does not match {wanted}{hint}",
        "type": lambda: _type_fault(value, wanted),
        "maxItems": lambda: f"has {len(value)} entries; {wanted} at most",
        "uniqueItems": lambda: "an entry stands twice; keep one",
        "anyOf": lambda: "'steps' or 'run' is missing; add one",
        "not": lambda: str(about),
    }
    return messages.get(error.validator, lambda: f"{error.message}{hint}")()


def _type_fault(value: object, wanted: str) -> str:
    if wanted == "string" and not isinstance(value, str | list | dict):
        return f"YAML reads this as {value}; put the text in quotes"
    return f"{value!r} is not {'an' if wanted[0] in 'aio' else 'a'} {wanted}"
