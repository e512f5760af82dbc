"""Manifests as Kubernetes reads them: YAML or JSON, many documents, anchors expanded.

They come from strangers. Nesting and the size that anchors expand to are bounded, nothing recurses,
and no tag constructs anything.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from dok_guide.engine.scalars import scalar
from dok_guide.source import Place

MAX_DEPTH = 100
#: Values in one document, anchors expanded; a large CustomResourceDefinition has some 50,000.
MAX_VALUES = 1_000_000


class UnreadableError(Exception):
    """The text can't be used from a line on; what stood before has been returned."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


@dataclass
class Manifest:
    """One document: its data, the line of its first value, keys that stand twice, and its text.

    `begins` is the line on which the text begins, with comments and the `---` before the data.
    """

    data: Any
    line: int
    text: str
    begins: int
    duplicates: list[tuple[int, str]] = field(default_factory=list)


def parse_manifests(text: str) -> Iterator[Manifest]:
    """Yield the documents of a text; raise UnreadableError where it can't be read any further."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            yield Manifest(json.loads(text), 1, text, 1)
            return
        except RecursionError:
            raise UnreadableError(1, f"nested more than {MAX_DEPTH} levels deep") from None
        except ValueError:
            pass  # YAML in flow style, or several documents
    for builder in _builders(text):
        if builder.data is not None:
            part = text[slice(*builder.span)]
            yield Manifest(builder.data, builder.line, part, builder.begins, builder.duplicates)


def lines_of(text: str, begins: int) -> dict[Place, int]:
    """Return the line of each value in a document whose text begins on a line of its file."""
    builder = next(_builders(text, with_lines=True))
    return {place: line + begins - 1 for place, line in builder.lines.items()}


def _builders(text: str, *, with_lines: bool = False) -> Iterator["_Builder"]:
    builder = _Builder(with_lines=with_lines)
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        for event in events:
            start, end = event.start_mark, event.end_mark
            if isinstance(event, yaml.DocumentStartEvent):
                builder.begins = start.line + 1
                builder.span[0] = start.index
            elif isinstance(event, yaml.DocumentEndEvent):
                builder.span[1] = end.index
                yield builder
                builder = _Builder(with_lines=with_lines)
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                builder.add(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not YAML: {error.problem or error.context}"
        raise UnreadableError((mark.line if mark else 0) + 1, message) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, f"not text: {error.reason}") from None


class _Builder:
    """Makes the data of one document from events, without recursion."""

    def __init__(self, *, with_lines: bool) -> None:
        self.data: Any = None
        self.line = self.begins = 0
        self.span = [0, 0]
        self.duplicates: list[tuple[int, str]] = []
        self.lines: dict[Place, int] = {}
        self._with_lines = with_lines
        self._open: list[_Collection] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._values = 0

    def add(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
        """Take the next event; raise UnreadableError if the document gets too deep or too large."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            self._place(done.data, done.line, done.anchor, self._values - done.before)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= MAX_DEPTH:
                raise UnreadableError(line, f"nested more than {MAX_DEPTH} levels deep")
            data: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._open.append(_Collection(data, line, event.anchor, self._values, self._way()))
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise UnreadableError(line, f"the alias {event.anchor!r} has no anchor")
            value, size = self._anchors[event.anchor]
            self._values += size
            self._place(value, line)
        else:
            self._place(scalar(event), line, event.anchor)

    def _way(self) -> Place:
        """Return the place of the value that comes next."""
        if not self._open:
            return ()
        last = self._open[-1]
        step = len(last.data) if isinstance(last.data, list) else last.key
        return last.place if step is None else (*last.place, step)

    def _place(self, value: Any, line: int, anchor: str | None = None, size: int = 0) -> None:  # noqa: ANN401
        self._values += 1
        if self._values > MAX_VALUES:
            raise UnreadableError(line, f"more than {MAX_VALUES:,} values, anchors expanded")
        if anchor:
            self._anchors[anchor] = (value, size)
        if self._with_lines:
            self.lines.setdefault(self._way(), line)
        if self._open:
            self._open[-1].put(value, line, self.duplicates)
        else:
            self.data, self.line = value, line


@dataclass
class _Collection:
    """A list or mapping that is being filled."""

    data: Any
    line: int
    anchor: str | None
    before: int
    place: Place
    key: str | None = None
    own: set[str] = field(default_factory=set)

    def put(self, value: Any, line: int, duplicates: list[tuple[int, str]]) -> None:  # noqa: ANN401
        if isinstance(self.data, list):
            self.data.append(value)
        elif self.key is None:
            self.key = value if isinstance(value, str) else json.dumps(value, default=str)
            if self.key in self.own:
                duplicates.append((line, self.key))
            self.own.add(self.key)
        else:
            if self.key == "<<" and isinstance(value, dict | list):
                self._merge(value)
            else:
                self.data[self.key] = value
            self.key = None

    def _merge(self, value: Any) -> None:  # noqa: ANN401
        """Take over a merged mapping; keys that stand beside `<<` win."""
        for part in value if isinstance(value, list) else [value]:
            for key, inner in part.items() if isinstance(part, dict) else ():
                self.data.setdefault(key, inner)
