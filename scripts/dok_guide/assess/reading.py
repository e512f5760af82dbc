"""The input: files, folders and standard input become objects; what can't be used is said."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dok_guide.engine.manifests import Manifest, UnreadableError, parse_manifests
from dok_guide.engine.objects import Object, get, mappings, strings, text
from dok_guide.engine.unpack import unpacked
from dok_guide.source import Problem

#: A larger file holds no manifests; the definitions of a whole operator have about 4 MB.
MOST_BYTES = 64_000_000
STDIN = "-"
_ENDINGS = (".yaml", ".yml", ".json")
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
#: How the names of files end that hold no manifests.
_NO_MANIFESTS = (*_KUSTOMIZATIONS, "Chart.yaml", "values.yaml", "values.schema.json")
_TEMPLATE = re.compile(r"\{\{-?\s*(\.|\$|include|template|if|range|with|toYaml|tpl|define|/\*)")
_RENDER = "render it first: helm template NAME CHART | dok-guide assess -"
_TEMPLATE_LEFT = f"a Helm template that is not rendered; {_RENDER}"


@dataclass
class Input:
    """The objects that were read, and everything about the input that a person should know.

    `texts` holds the text of each document, and the line on which it begins, by the source and
    line of its objects.
    """

    objects: list[Object] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    texts: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def problem(self, source: str, line: int, message: str) -> None:
        """Note that a part of the input could not be used."""
        self.problems.append(Problem(source, line, message))


def read_input(paths: Iterable[str]) -> Input:
    """Return what the paths hold, `-` being standard input; a bad part doesn't stop the rest."""
    found = Input()
    for path in paths:
        if path == STDIN:
            _read(found, "<stdin>", sys.stdin.buffer.read(MOST_BYTES + 1))
        elif Path(path).is_dir():
            _read_folder(found, Path(path))
        elif Path(path).exists():
            _read_file(found, Path(path))
        else:
            found.problem(path, 1, "there is no such file or folder")
    return found


def _read_folder(found: Input, folder: Path) -> None:
    charts = {path.parent for path in folder.rglob("Chart.yaml")}
    patches = set(_patches(found, folder))
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix not in _ENDINGS:
            found.passed_over["files that are neither YAML nor JSON"] += path.is_file()
        elif path.name.endswith(_NO_MANIFESTS):
            found.passed_over["files of Helm and Kustomize"] += 1
        elif path.resolve() in patches:
            found.passed_over["patches of Kustomize"] += 1
        elif any(chart / "templates" in path.parents for chart in charts):
            found.passed_over["templates of Helm"] += 1
        else:
            _read_file(found, path)
    for chart in sorted(charts):
        found.problem(str(chart), 1, f"a Helm chart; {_RENDER.replace('CHART', str(chart))}")


def _patches(found: Input, folder: Path) -> Iterator[Path]:
    """Yield the files that a kustomization of the folder uses as something else than objects."""
    for path in sorted(p for name in _KUSTOMIZATIONS for p in folder.rglob(name)):
        try:
            documents = [d.data for d in parse_manifests(path.read_text(encoding="utf-8"))]
        except (UnreadableError, UnicodeDecodeError) as error:
            found.problem(str(path), getattr(error, "line", 1), str(error))
            continue
        for data in documents:
            named = [text(each, "path") for each in mappings(data, "patches")]
            for key in ("patchesStrategicMerge", "configurations", "transformers", "replacements"):
                named += strings(data, key) + [text(each, "path") for each in mappings(data, key)]
            yield from ((path.parent / name).resolve() for name in named if name)
        note = f"kubectl kustomize {path.parent} | dok-guide assess -"
        found.notes.append(f"{path} was not applied; to assess what it makes: {note}")


def _read_file(found: Input, path: Path) -> None:
    try:
        with path.open("rb") as file:
            _read(found, path.as_posix(), file.read(MOST_BYTES + 1))
    except OSError as error:
        found.problem(path.as_posix(), 1, f"can't be read: {error.strerror}")


def _read(found: Input, source: str, raw: bytes) -> None:
    if len(raw) > MOST_BYTES:
        found.problem(source, 1, f"more than {MOST_BYTES:,} bytes; split it")
        return
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found.problem(source, line, "not text in UTF-8; is it a manifest?")
        return
    try:
        for document in parse_manifests(content):
            found.texts[source, document.line] = (document.text, document.begins)
            _take(found, source, document)
            for line, key in document.duplicates:
                found.notes.append(f"{source}:{line}: a second key {key!r}; the last one counts")
    except UnreadableError as error:
        template = bool(_TEMPLATE.search(content))
        found.problem(source, error.line, _TEMPLATE_LEFT if template else str(error))


def _take(found: Input, source: str, document: Manifest) -> None:
    """Add the objects of a document, or say why it has none."""
    template = bool(_TEMPLATE.search(document.text))
    if not isinstance(document.data, dict):
        message = "no object; a manifest is a mapping with kind and apiVersion"
        found.problem(source, document.line, _TEMPLATE_LEFT if template else message)
        return
    for obj in unpacked(document.data, source, document.line):
        fault = _fault(obj)
        if fault or (template and _TEMPLATE.search(f"{obj.kind} {obj.name} {obj.namespace}")):
            found.problem(source, document.line, _TEMPLATE_LEFT if template else fault)
        else:
            found.objects.append(obj)


def _fault(obj: Object) -> str:
    """Return why an object can't be assessed, nothing if it can."""
    for name in ("kind", "apiVersion"):
        if not text(obj.data, name):
            return f"no {name}; a manifest has kind and apiVersion"
    if not isinstance(get(obj.data, "metadata"), dict):
        return f"a {obj.kind} without metadata; it is not assessed"
    return ""
