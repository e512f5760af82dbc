"""The input: files, folders and standard input become objects; what can't be used is said."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dok_guide.assess.folders import files_of
from dok_guide.assess.gaps import NOT_RENDERED, NOTHING_READ, RAN_TOGETHER
from dok_guide.assess.given import Input, Tell, name_of
from dok_guide.engine.helm import with_chart
from dok_guide.engine.manifests import Manifest, UnreadableError, parse_manifests
from dok_guide.engine.objects import Object, get, mappings, text
from dok_guide.engine.pods import TEMPLATES
from dok_guide.engine.unpack import unpacked

__all__ = ["Input", "read_input"]
#: A larger file holds no manifests; the definitions of a whole operator have about 4 MB.
MOST_BYTES = 64_000_000
STDIN, STDIN_NAME = "-", "<stdin>"
_BRACES = re.compile(r"\{\{-?\s*(\.|\$|include|template|if|range|with|toYaml|tpl|define|/\*)")
_RENDER = "render it first: helm template NAME CHART | dok-guide assess -"
_TEMPLATE_LEFT = f"a Helm template that is not rendered; {_RENDER}"
_LOST = "documents that ran together, so only the last one counts; put --- between them"
_EMPTY = "no object; is it what you wanted to assess?"
_EMPTY_STDIN = "no object on standard input; look whether the command before the pipe failed"
_NOTHING = "no object in the whole input; name the files that the install applies"
#: Keys of an object that stand twice only if two objects do.
_ONCE = ("apiVersion", "kind", "metadata")


def read_input(paths: Iterable[str], tell: Tell | None = None) -> Input:
    """Return what the paths hold, `-` being standard input; a bad part doesn't stop the rest."""
    found = Input(tell=tell) if tell else Input()
    for path in dict.fromkeys(paths):
        before = len(found.objects) + len(found.gaps)
        _read_path(found, path)
        if before == len(found.objects) + len(found.gaps):
            source = STDIN_NAME if path == STDIN else name_of(Path(path))
            found.gap(source, 1, _EMPTY_STDIN if path == STDIN else _EMPTY, NOTHING_READ)
    if not found.objects and not found.gaps:
        found.gap("-", 1, _NOTHING, NOTHING_READ)
    _drop_twins(found)
    return found


def _read_path(found: Input, path: str) -> None:
    if path == STDIN:
        _read(found, STDIN_NAME, sys.stdin.buffer.read(MOST_BYTES + 1))
    elif Path(path).is_dir():
        for file in files_of(found, Path(path)):
            _read_file(found, file)
    elif Path(path).exists():
        _read_file(found, Path(path))
    else:
        found.gap(name_of(Path(path)), 1, "there is no such file or folder")


def _read_file(found: Input, path: Path) -> None:
    try:
        with path.open("rb") as file:
            _read(found, name_of(path), file.read(MOST_BYTES + 1))
    except OSError as error:
        found.gap(name_of(path), 1, f"can't be read: {error.strerror}")


def _read(found: Input, source: str, raw: bytes) -> None:
    if len(raw) > MOST_BYTES:
        found.gap(source, 1, f"more than {MOST_BYTES:,} bytes; split it")
        return
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found.gap(source, line, "not text in UTF-8; is it a manifest?")
        return
    try:
        for document in parse_manifests(content):
            found.documents[source, document.line] = document
            _take(found, source, document)
            found.tell(f"read {len(found.objects):,} objects")
    except UnreadableError as error:
        _unusable(found, source, error.line, str(error), content)


def _unusable(found: Input, source: str, line: int, message: str, content: str) -> None:
    """Note a part that can't be used; a template is the most frequent reason."""
    if _BRACES.search(content):
        found.gap(source, line, _TEMPLATE_LEFT, NOT_RENDERED)
    else:
        found.gap(source, line, message)


def _take(found: Input, source: str, document: Manifest) -> None:
    """Add the objects of a document, or say why it has none."""
    if document.fault:
        line, message = document.fault
        _unusable(found, source, line, f"Kubernetes refuses it: {message}", document.text)
        return
    if not isinstance(document.data, dict):
        message = "no object; a manifest is a mapping with kind and apiVersion"
        _unusable(found, source, document.line, message, document.text)
        return
    _note_duplicates(found, source, document)
    template = bool(_BRACES.search(document.text))
    for obj in unpacked(document.data, source, document.line):
        if template and _BRACES.search(" ".join(_filled_in(obj))):
            found.gap(source, document.line, _TEMPLATE_LEFT, NOT_RENDERED)
        elif fault := _fault(obj):
            found.gap(source, document.line, fault)
        else:
            found.objects.append(with_chart(obj, document.text))


def _note_duplicates(found: Input, source: str, document: Manifest) -> None:
    lost = [each for each in document.duplicates if each.top and each.key in _ONCE]
    if lost:
        found.gap(source, lost[0].line, _LOST, RAN_TOGETHER)
    for each in document.duplicates:
        if each not in lost:
            note = f"{source}:{each.line}: a second key {each.key!r}; the last one counts"
            found.notes.append(note)


def _filled_in(obj: Object) -> Iterable[str]:
    """Return the texts of an object in which braces are those of a template, and nothing else."""
    yield from (obj.kind, obj.name, obj.namespace)
    spec = get(obj.data, *TEMPLATES.get(obj.kind, ()), "spec")
    for key in ("containers", "initContainers"):
        yield from (text(each, "image") for each in mappings(spec, key))


def _fault(obj: Object) -> str:
    """Return why an object can't be assessed, nothing if it can."""
    for name in ("kind", "apiVersion"):
        if not text(obj.data, name):
            return f"no {name}; a manifest has kind and apiVersion"
    if not isinstance(get(obj.data, "metadata"), dict):
        return f"a {obj.kind} without metadata; it is not assessed"
    for way in _needed(obj):
        if not get(obj.data, *way):
            missing = ".".join(map(str, way))
            return f"a {obj.kind} without {missing}; if it is a patch, render what it belongs to"
    return ""


def _needed(obj: Object) -> Iterable[tuple[Any, ...]]:
    """Return the places without which an object is not whole, as a patch is not."""
    if obj.kind == "CustomResourceDefinition":
        return (("spec", "group"), ("spec", "names"), ("spec", "versions"))
    if obj.kind == "Pod":
        return (("spec", "containers"),)
    if obj.kind in TEMPLATES and not get(obj.data, "spec", "workloadRef"):
        return ((*TEMPLATES[obj.kind], "spec", "containers"),)
    return ()


def _drop_twins(found: Input) -> None:
    """Keep one of each object that stands twice in the same words, and say where the others are."""
    first: dict[tuple[str, ...], Object] = {}
    kept, said = [], set()
    for obj in found.objects:
        key = (obj.group, obj.kind, obj.namespace, obj.name)
        twin = first.setdefault(key, obj) if obj.name else obj
        if twin is obj or twin.data != obj.data:
            kept.append(obj)
        elif (obj.source, twin.source) not in said:
            said.add((obj.source, twin.source))
            note = f"{obj.source}:{obj.line}: {obj.title} stands in {twin.source}:{twin.line} too"
            found.notes.append(f"{note}; what stands twice counts once")
    found.objects = kept
