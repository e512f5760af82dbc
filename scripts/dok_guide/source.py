"""YAML files with line numbers: the only module that reads YAML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dok_guide.mistakes import mistake

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_CONSTRUCTORS = yaml.constructor.SafeConstructor.yaml_constructors

#: The way to a value: keys and list indexes, as in `("requirement", "producer")`.
Place = tuple[str | int, ...]


def place_name(place: Iterable[str | int]) -> str:
    """Return a place as people write it: `spec.containers[0]`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.removeprefix(".")


def controls_dir() -> Path:
    """Return the folder of the controls: in the wheel beside the code, in a checkout above it."""
    here = Path(__file__).parent
    inside = here / "controls"
    return inside if inside.is_dir() else here.parents[1] / "controls"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file: where it is, what is wrong and what to do."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return `path:line: message`."""
        return f"{self.path}:{self.line}: {self.message}"

    def annotation(self) -> str:
        """Return the problem as an error in the form of a workflow command of GitHub Actions."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return f"::error file={self.path},line={self.line}::{message}"


class CatalogError(Exception):
    """The files can't be used; holds every problem that was found, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Document:
    """A YAML file: its data, the line of each value and the line on which each text begins."""

    path: str
    data: Any
    lines: dict[Place, int] = field(repr=False)
    text_lines: dict[Place, int] = field(repr=False)

    def line(self, *place: str | int) -> int:
        """Return the line of the value at a place, or of the nearest one around it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def problem(self, message: str, *place: str | int) -> Problem:
        """Return a problem with the value at a place."""
        return Problem(self.path, self.line(*place), message)

    def problem_in_text(self, message: str, offset: int, *place: str | int) -> Problem:
        """Return a problem on a line of the text at a place, `offset` lines below its first."""
        return Problem(self.path, self.text_lines[place] + offset, message)


def read(path: Path, shown: str) -> Document:
    """Read a catalog file, `shown` being its path in messages; raise CatalogError if unusable."""
    return parse(read_text(path, shown), shown)


def read_text(path: Path, shown: str) -> str:
    """Return the text of a file of a sensible size in UTF-8; raise CatalogError otherwise."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _error(shown, 1, f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _error(shown, line, f"not UTF-8: {error.reason}; save the file as UTF-8") from None


def parse(text: str, shown: str) -> Document:
    """Parse YAML that holds one document without anchors, tags or duplicate keys.

    Raises CatalogError with the first thing that makes the text unreadable as YAML, or with all
    duplicate keys.
    """
    try:
        _refuse_events(text, shown)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _error(shown, *mistake(error, text)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _error(shown, line, f"unreadable: {error.reason}; remove it") from None
    if node is None:
        raise _error(shown, 1, "the file is empty")
    document = Document(shown, None, {(): node.start_mark.line + 1}, {})
    problems = [Problem(shown, *found) for found in _walk(node, (), document)]
    if problems:
        raise CatalogError(problems)
    return replace(document, data=_construct(node, shown))


def _refuse_events(text: str, shown: str) -> None:
    """Raise CatalogError at the first anchor, alias, tag, second document or too deep nesting."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if message := _refusal(event, depth, documents):
            mark = event.start_mark
            raise _error(shown, mark.line + 1 if mark else 1, message)


def _refusal(event: yaml.Event, depth: int, documents: int) -> str | None:
    if documents > 1:
        return "a second YAML document begins; write one per file"
    if depth > MAX_DEPTH:
        return f"nested more than {MAX_DEPTH} levels deep; a catalog file never is"
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return f"anchor or alias {event.anchor!r}; write the value out"
    if tag := getattr(event, "tag", None):
        return f"tag {tag!r}; write the value without a tag"
    return None


def _walk(node: Node, place: Place, document: Document) -> Iterator[tuple[int, str]]:
    """Note the line of every value; yield line and message of every duplicate key."""
    if isinstance(node, ScalarNode):
        block = node.style in ("|", ">")
        document.text_lines[place] = node.start_mark.line + (2 if block else 1)
    children: list[tuple[str | int, Node, Node]] = []
    if isinstance(node, SequenceNode):
        children = [(index, item, item) for index, item in enumerate(node.value)]
    elif isinstance(node, MappingNode):
        children = [(_key(key), key, value) for key, value in node.value]
    for name, marked, value in children:
        line = marked.start_mark.line + 1
        if (*place, name) in document.lines:
            first = document.lines[(*place, name)]
            yield line, f"duplicate key {name!r}, first on line {first}; keep one"
            continue
        document.lines[(*place, name)] = line
        yield from _walk(value, (*place, name), document)


def _key(node: Node) -> str:
    return node.value if isinstance(node, ScalarNode) else str(node.tag)


def _construct(node: Node, shown: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the data of a node; keys stay the strings that stand in the file."""
    if isinstance(node, SequenceNode):
        return [_construct(item, shown) for item in node.value]
    if isinstance(node, MappingNode):
        return {_key(key): _construct(value, shown) for key, value in node.value}
    try:
        return _CONSTRUCTORS[node.tag](yaml.constructor.SafeConstructor(), node)
    except (KeyError, ValueError):
        message = f"{node.value!r} looks like a date or number and is none; put it in quotes"
        raise _error(shown, node.start_mark.line + 1, message) from None


def _error(shown: str, line: int, message: str) -> CatalogError:
    return CatalogError([Problem(shown, line, message)])


def compose_problem(text: str) -> tuple[int, str] | None:
    """Return line offset and message if a manifest, of one or more documents, isn't YAML."""
    try:
        for _ in yaml.compose_all(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        line, message = mistake(error, text)
        return line - 1, message
    return None
