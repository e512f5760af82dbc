"""Manifests as Kubernetes reads them: YAML or JSON, many documents, and lines of their parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dok_guide.engine.collection import Duplicate
from dok_guide.engine.json_text import TooDeepError, json_lines, json_values
from dok_guide.engine.objects import get
from dok_guide.engine.yaml_text import MAX_DEPTH, UnreadableError, builders, entry_index
from dok_guide.source import Place

__all__ = ["Manifest", "UnreadableError", "line_of", "parse_manifests"]


@dataclass
class Manifest:
    """One document: its data, the line of its first value, keys that stand twice, and its text.

    `begins` is the line on which the text begins, with comments and the `---` before the data.
    `fault` says where and why Kubernetes refuses this document, while others can be read. `marks`
    tells where in the text each mapping and list of YAML begins, by its `id`; `places` has the
    lines of JSON, as soon as one is asked for.
    """

    data: Any
    line: int
    text: str
    begins: int
    duplicates: tuple[Duplicate, ...] = ()
    fault: tuple[int, str] | None = None
    marks: dict[int, int] | None = None
    places: dict[Place, int] | None = None


def parse_manifests(text: str) -> Iterator[Manifest]:
    """Yield the documents of a text; raise UnreadableError where it can't be read any further."""
    found = _json_manifests(text)
    yield from _yaml_manifests(text) if found is None else found


def _json_manifests(text: str) -> list[Manifest] | None:
    """Return the documents of a text in JSON, None if it is YAML, be it in flow style."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    found = []
    try:
        for data, begin, end in json_values(text, MAX_DEPTH):
            line = text.count("\n", 0, begin) + 1
            found.append(Manifest(data, line, text[begin:end], line))
    except TooDeepError:
        raise UnreadableError(1, f"nested more than {MAX_DEPTH} levels deep") from None
    except ValueError:
        return None
    return found


def _yaml_manifests(text: str) -> Iterator[Manifest]:
    for builder in builders(text):
        if builder.data is not None or builder.fault:
            part = text[slice(*builder.span)]
            yield Manifest(
                builder.data,
                builder.line,
                part,
                builder.begins,
                tuple(builder.duplicates),
                builder.fault,
                {key: index - builder.span[0] for key, index in builder.marks.items()}
                if builder.span[0]
                else builder.marks,
            )


def line_of(manifest: Manifest, place: Place) -> int:
    """Return the line of what stands at a place, or of the nearest thing around it."""
    if manifest.marks is None:
        return _line_in_json(manifest, place)
    data, index = manifest.data, manifest.marks.get(id(manifest.data))
    for step in place:
        data = get(data, step)
        if data is None or index is None:
            break
        # what is no mapping or list, or where an anchor brought it, is looked up in the text
        inner = manifest.marks.get(id(data))
        inner = entry_index(manifest.text, index, step) if inner is None else inner
        index = index if inner is None else inner
    return manifest.line if index is None else _line_at(manifest, index)


def _line_at(manifest: Manifest, index: int) -> int:
    return manifest.begins + manifest.text.count("\n", 0, index)


def _line_in_json(manifest: Manifest, place: Place) -> int:
    """Find the line in the text, since the parser of JSON tells none."""
    if manifest.places is None:
        manifest.places = json_lines(manifest.text)
    while place and place not in manifest.places:
        place = place[:-1]
    return manifest.places.get(place, 1) + manifest.begins - 1
