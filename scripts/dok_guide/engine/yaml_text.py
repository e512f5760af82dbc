"""YAML as Kubernetes' decoder takes it: many documents, anchors and merge keys expanded.

It comes from strangers. Nesting and the size that anchors expand to are bounded, nothing recurses,
and no tag constructs anything.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from dok_guide.engine.collection import Collection, Duplicate
from dok_guide.engine.scalars import ScalarError, scalar

MAX_DEPTH = 100
#: Values in one document, anchors expanded; a large CustomResourceDefinition has some 50,000.
MAX_VALUES = 1_000_000
#: Line ends for YAML alone; editors and code scanning don't count them.
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_NODES = _ENDS | _STARTS | {yaml.ScalarEvent, yaml.AliasEvent}
_MERGE, _MERGE_TAG = "<<", "tag:yaml.org,2002:merge"


class UnreadableError(Exception):
    """The text can't be used from a line on; what stood before has been returned."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def builders(text: str) -> Iterator["Builder"]:
    """Yield what has read each document; raise UnreadableError where the text can't be read."""
    line_at = _line_counter(text)
    builder = Builder(line_at)
    try:
        for event in _events(text):
            if type(event) in _NODES:
                builder.add(event)
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                builder.begin(event.start_mark)
            elif isinstance(event, yaml.DocumentEndEvent):
                builder.end(event.end_mark)
                yield builder
                builder = Builder(line_at)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not YAML: {error.problem or error.context}"
        raise UnreadableError(line_at(mark) if mark else 1, message) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, f"not text: {error.reason}") from None


def _events(text: str) -> Iterator[Any]:
    """Return the events of a text, as `yaml.parse` yields them, without its loop in Python."""
    return iter(yaml.CSafeLoader(text).get_event, None)


def _line_counter(text: str) -> Callable[[Any], int]:
    """Return what tells the line of a mark as editors count it."""
    if not _ODD_BREAKS.search(text):
        return _line
    ends = [found.start() for found in re.finditer("\n", text)]
    return lambda mark: bisect_left(ends, mark.index) + 1


def _line(mark: Any) -> int:  # noqa: ANN401 - PyYAML's marks have no types
    return int(mark.line) + 1


class Builder:
    """Makes the data of one document from events, without recursion."""

    def __init__(self, line_at: Callable[[Any], int]) -> None:
        self.data: Any = None
        self.line, self.begins = 0, 1
        self.span = [0, 0]
        self.duplicates: list[Duplicate] = []
        self.marks: dict[int, int] = {}
        self.fault: tuple[int, str] | None = None
        self._line_at = line_at
        self._open: list[Collection] = []
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
        self.marks[id(data)] = event.start_mark.index
        self._open.append(Collection(data, line, event.anchor, self._values, not self._open))

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


def entry_index(text: str, start: int, step: str | int) -> int | None:
    """Return where in a text the key or entry of the mapping or list that begins at `start` stands.

    None if the text doesn't tell, as for what a merge key brings. A key that stands twice counts as
    the decoder counts it: the last one does.
    """
    before = start - (text.rfind("\n", 0, start) + 1)
    found = None
    try:
        for key, index in _entries(" " * before + text[start:]):
            if key == step:
                found = start + index - before
    except yaml.YAMLError:
        pass  # what follows belongs to something around it
    return found


def _entries(text: str) -> Iterator[tuple[str | int, int]]:
    """Yield each key or number of an entry with its place, of the first mapping or list."""
    depth, number, is_mapping = 0, 0, False
    for event in _events(text):
        kind = type(event)
        if kind in _ENDS:
            depth -= 1
            if depth == 0:
                return
        elif kind in _NODES:
            if depth == 0:
                is_mapping = kind is yaml.MappingStartEvent
            elif depth == 1:
                if not is_mapping:
                    yield number, event.start_mark.index
                elif number % 2 == 0 and kind is yaml.ScalarEvent:
                    yield event.value, event.start_mark.index
                number += 1
            depth += kind in _STARTS
