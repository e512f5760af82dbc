"""Manifests as Kubernetes reads them: YAML or JSON, many documents, anchors expanded.

They come from strangers. Nesting and the size that anchors expand to are bounded, nothing recurses,
and no tag constructs anything.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import yaml

from dok_guide.engine.json_text import TooDeepError, json_lines, json_values
from dok_guide.engine.objects import get
from dok_guide.engine.scalars import ScalarError, scalar
from dok_guide.source import Place

MAX_DEPTH = 100
#: Values in one document, anchors expanded; a large CustomResourceDefinition has some 50,000.
MAX_VALUES = 1_000_000
#: Line ends for YAML alone; editors and code scanning don't count them.
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_NODES = _ENDS | {
    yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent,
}  # fmt: skip
_MERGE, _MERGE_TAG = "<<", "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class Duplicate:
    """A key that stands twice in a mapping, which is the document itself or a part of it."""

    line: int
    key: str
    top: bool


class UnreadableError(Exception):
    """The text can't be used from a line on; what stood before has been returned."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


@dataclass
class Manifest:
    """One document: its data, the line of its first value, keys that stand twice, and its text.

    `begins` is the line on which the text begins, with comments and the `---` before the data.
    `fault` says where and why Kubernetes refuses this document, while others can be read. `lines`
    has the line of each mapping and list of YAML, by its `id`; `places` those of JSON, as soon as
    one is asked for.
    """

    data: Any
    line: int
    text: str
    begins: int
    duplicates: tuple[Duplicate, ...] = ()
    fault: tuple[int, str] | None = None
    lines: dict[int, int] | None = None
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
    for builder in _builders(text):
        if builder.data is not None or builder.fault:
            part = text[slice(*builder.span)]
            yield Manifest(
                builder.data,
                builder.line,
                part,
                builder.begins,
                tuple(builder.duplicates),
                builder.fault,
                builder.lines,
            )


def line_of(manifest: Manifest, place: Place) -> int:
    """Return the line of the mapping or list at a place, or of the nearest one around it."""
    if manifest.lines is None:
        return _line_in_json(manifest, place)
    data, line = manifest.data, manifest.line
    for step in place:
        data = get(data, step)
        line = manifest.lines.get(id(data), line)
    return line


def _line_in_json(manifest: Manifest, place: Place) -> int:
    """Find the line in the text, since the parser of JSON tells none."""
    if manifest.places is None:
        manifest.places = json_lines(manifest.text)
    while place and place not in manifest.places:
        place = place[:-1]
    return manifest.places.get(place, 1) + manifest.begins - 1


def _builders(text: str) -> Iterator["_Builder"]:
    line_at = _line_counter(text)
    builder = _Builder(line_at)
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        for event in events:
            if type(event) in _NODES:
                builder.add(event)
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                builder.begin(event.start_mark)
            elif isinstance(event, yaml.DocumentEndEvent):
                builder.end(event.end_mark)
                yield builder
                builder = _Builder(line_at)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not YAML: {error.problem or error.context}"
        raise UnreadableError(line_at(mark) if mark else 1, message) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, f"not text: {error.reason}") from None


def _line_counter(text: str) -> Callable[[Any], int]:
    """Return what tells the line of a mark as editors count it."""
    if not _ODD_BREAKS.search(text):
        return _line
    ends = list(accumulate(len(line) for line in re.split(r"(?<=\n)", text)))
    return lambda mark: bisect_right(ends, mark.index) + 1


def _line(mark: Any) -> int:  # noqa: ANN401 - PyYAML's marks have no types
    return int(mark.line) + 1


class _Builder:
    """Makes the data of one document from events, without recursion."""

    def __init__(self, line_at: Callable[[Any], int]) -> None:
        self.data: Any = None
        self.line, self.begins = 0, 1
        self.span = [0, 0]
        self.duplicates: list[Duplicate] = []
        self.lines: dict[int, int] = {}
        self.fault: tuple[int, str] | None = None
        self._line_at = line_at
        self._open: list[_Collection] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._values = 0

    def begin(self, mark: Any) -> None:  # noqa: ANN401
        """Take the place of the `---` with which a document begins; the first may lack it."""
        self.begins, self.span[0] = self._line_at(mark), mark.index

    def end(self, mark: Any) -> None:  # noqa: ANN401
        """Take the place at which it ends."""
        self.span[1] = mark.index

    def add(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
        """Take the next event; raise UnreadableError if the document gets too deep or too large."""
        line = self._line_at(event.start_mark)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._place(self._scalar(event, line), line, event.anchor, merge=_is_merge(event))
        elif kind in _ENDS:
            done = self._open.pop()
            self._place(done.data, done.line, done.anchor, self._values - done.before)
        elif kind is yaml.AliasEvent:
            self._alias(event, line)
        else:
            self._begin(event, line)

    def _begin(self, event: Any, line: int) -> None:  # noqa: ANN401
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableError(line, f"nested more than {MAX_DEPTH} levels deep")
        data: Any = {} if type(event) is yaml.MappingStartEvent else []
        self.lines[id(data)] = line
        self._open.append(_Collection(data, line, event.anchor, self._values, not self._open))

    def _scalar(self, event: Any, line: int) -> Any:  # noqa: ANN401
        try:
            return scalar(event)
        except ScalarError as error:
            self._refuse(line, str(error))
            return None

    def _alias(self, event: Any, line: int) -> None:  # noqa: ANN401
        if event.anchor not in self._anchors:
            raise UnreadableError(line, f"the alias {event.anchor!r} has no anchor")
        value, size = self._anchors[event.anchor]
        self._values += size
        self._place(value, line)

    def _refuse(self, line: int, message: str) -> None:
        """Note the first fault for which Kubernetes refuses the document."""
        self.fault = self.fault or (line, message)
        self.line = self.line or line

    def _place(
        self,
        value: Any,  # noqa: ANN401
        line: int,
        anchor: str | None = None,
        size: int = 0,
        *,
        merge: bool = False,
    ) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise UnreadableError(line, f"more than {MAX_VALUES:,} values, anchors expanded")
        if anchor:
            self._anchors[anchor] = (value, size)
        if not self._open:
            self.data, self.line = value, line
        elif problem := self._open[-1].put(value, line, self.duplicates, merge=merge):
            self._refuse(line, problem)


def _is_merge(event: Any) -> bool:  # noqa: ANN401
    """Whether a scalar is the merge key, which it is without quotes only."""
    return bool(event.value == _MERGE) and bool(event.implicit[0] or event.tag == _MERGE_TAG)


@dataclass
class _Collection:
    """A list or mapping that is being filled."""

    data: Any
    line: int
    anchor: str | None
    before: int
    top: bool
    key: str | None = None
    merges: bool = False
    own: set[str] = field(default_factory=set)

    def put(
        self,
        value: Any,  # noqa: ANN401
        line: int,
        duplicates: list[Duplicate],
        *,
        merge: bool,
    ) -> str:
        """Take the next entry, key or value; return why the decoder refuses it, if it does."""
        if isinstance(self.data, list):
            self.data.append(value)
        elif self.key is None:
            return self._begin(value, line, duplicates, merge=merge)
        else:
            merges, key = self.merges, self.key
            self.key, self.merges = None, False
            if merges:
                return self._merge(value)
            self.data[key] = value
        return ""

    def _begin(
        self,
        key: Any,  # noqa: ANN401
        line: int,
        duplicates: list[Duplicate],
        *,
        merge: bool,
    ) -> str:
        self.key = key if isinstance(key, str) else json.dumps(key, default=str)
        self.merges = merge
        if self.key in self.own and not merge:
            duplicates.append(Duplicate(line, self.key, self.top))
        self.own.add(self.key)
        return "" if isinstance(key, str | bool | int | float) else "a key that is no text"

    def _merge(self, value: Any) -> str:  # noqa: ANN401
        """Take over merged mappings as Kubernetes' decoder does: what stands later wins.

        In a list of mappings the earlier one wins.
        """
        parts = value[::-1] if isinstance(value, list) else [value]
        for part in parts:
            if not isinstance(part, dict):
                return "<< merges something that is no mapping"
            self.data.update(part)
        return ""
