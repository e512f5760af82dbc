"""A review as a task list that GitHub renders: a tick is met, other verdicts stand behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dok_guide.model import Catalog
from dok_guide.render import render_template
from dok_guide.review.formats.marked import code, fenced_below, plain
from dok_guide.review.model import HEAD, UNANSWERED, WRITTEN, Answer, Review, Taken, blank
from dok_guide.review.starting import setting_of
from dok_guide.review.taking import CONFIRMED, Row, take

#: What a field of an answer is called; a person may write such a line, too.
LABELS = {"items": "Items not met", "expires": "Accepted until", "changed": "Flag"}
LABELS |= {name: name.capitalize() for name in (*WRITTEN, "fingerprint") if name not in LABELS}
CHANGED = f"changed since the answer; write {CONFIRMED} instead if it still holds"
_HEADS = {name: name.replace("_", " ").capitalize() for name in HEAD}
_APART = "Kept apart"
_NOBODY = {"no control", "no audience"}

_TASK = re.compile(r"[\s>]*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s+(.*)")
#: Code of a line, between as many backticks as inside it never stand together.
_CODE = r"(?P<{0}_ticks>`+)(?!`).*?(?<!`)(?P={0}_ticks)(?!`)"
_WHAT = re.compile(
    rf"(?:\[(?P<link>[^\]]+)\]\([^)]*\)|(?P<code>{_CODE.format('code')})|(?P<none>no control)"
    rf"|(?P<bare>[^\s`]+)).*?"
    rf"\((?:level \d+, )?(?P<audience>{_CODE.format('audience')}|[\w ]*)\)"
    r"\s*(?:·\s*(?P<words>.*))?"
)
_FIELD = re.compile(r"[\s>]*[-*+]\s+([A-Z][a-z ]+):(.*)")
_VERSION = re.compile(r"Version (\S+) of the guide\b")
#: How many lines that nobody understands are repeated.
_MOST_SAID = 20


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the list by category; an answer that is met has its box ticked."""
    answers = {answer.key: answer for answer in review.answers}
    tasks = [
        (control, audience, answers[control.id, audience])
        for control in catalog.active
        for audience in control.audiences
        if (control.id, audience) in answers
    ]
    text = render_template(
        "review.md",
        catalog=catalog,
        head=[
            f"{label}:{code(str(value), 2)}"
            for name, label in _HEADS.items()
            if (value := getattr(review, name)) is not None
        ],
        inside=[task for task in tasks if review.covers(task[0], task[1])],
        outside=[t for t in tasks if not review.covers(t[0], t[1]) and not t[2].empty],
        apart=[(_named(answer), answer) for answer in review.kept_apart],
        fields=_fields,
        unanswered=UNANSWERED,
        setting=lambda control, audience: setting_of(review, catalog, control, audience),
        letters=lambda control, audience: control.lettered(audience),
    )
    return text.encode()


def _named(answer: Answer) -> str:
    control = code(answer.control, 0).strip() if answer.control else "no control"
    audience = code(answer.audience, 0).strip() if answer.audience else "no audience"
    return f"{control} ({audience})"


def _fields(answer: Answer) -> list[str]:
    """Return the lines of an answer; an empty one has none."""
    if answer.empty:
        return []
    lines = [f"{LABELS[name]}:{code(text, 4)}" for name in WRITTEN if (text := answer.text(name))]
    if answer.changed:
        lines.append(f"{LABELS['changed']}:{code(CHANGED, 4)}")
    if answer.fingerprint:
        lines.append(f"{LABELS['fingerprint']}:{code(answer.fingerprint, 4)}")
    return lines


@dataclass
class _Reading:
    """What was found so far, line by line."""

    head: dict[str, str | None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    apart: bool = False


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a task list; what stands in other lines than ours is said."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8: {error}") from None
    known = {each.strip() for each in write(blank(catalog), catalog).decode().split("\n")}
    reading = _Reading()
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        at = _read_line(lines, at, reading, known)
    if not reading.rows:
        raise ValueError("has no task such as `- [ ] [UM-1](...) Title (level 1, producer)`")
    taken = take(reading.head, reading.rows, catalog)
    return Taken(taken.review, (*reading.problems, *_said(reading.unknown), *taken.problems))


def _read_line(lines: list[str], at: int, reading: _Reading, known: set[str]) -> int:
    """Read what begins in a line; return the first line behind it."""
    line = lines[at]
    if line.startswith("## "):
        reading.apart = line.removeprefix("## ").strip() == _APART
    elif version := _VERSION.match(line):
        reading.head.setdefault("catalog", version[1])
    elif task := _TASK.fullmatch(line):
        _read_task(f"line {at + 1}", task[1], task[2], reading)
    elif (found := _FIELD.fullmatch(line)) and (name := _name(found[1], reading)):
        text, behind = (found[2], at + 1) if found[2].strip() else fenced_below(lines, at)
        _add(f"line {at + 1}", name, plain(text or "") if found[2].strip() else text, reading)
        return behind
    elif line.strip() and line.strip() not in known and not line.strip().startswith("# "):
        reading.unknown.append(f"line {at + 1}: is not taken over: {line.strip()}")
    return at + 1


def _name(label: str, reading: _Reading) -> str | None:
    """Return the field that a label means: of the head before the first task, then of answers."""
    names = LABELS if reading.rows else _HEADS
    return next((name for name, each in names.items() if each == label), None)


def _add(place: str, name: str, text: str | None, reading: _Reading) -> None:
    cells = reading.rows[-1].cells if reading.rows else reading.head
    if name == "changed" and text and text.startswith(CONFIRMED):
        text = CONFIRMED
    if cells.get(name):
        reading.problems.append(f"{place}: a second {name} was added to the first")
        text = f"{cells[name]}\n{text}"
    cells[name] = text


def _read_task(place: str, box: str, rest: str, reading: _Reading) -> None:
    found = _WHAT.fullmatch(rest.strip())
    if found is None:
        reading.unknown.append(f"{place}: names no requirement, and is not taken over: {rest}")
        return
    control = found["link"] or found["none"] or plain(found["code"] or found["bare"])
    words = (found["words"] or "").strip()
    status = words or ("met" if box != " " else UNANSWERED)
    if box != " " and status != "met":
        status = f"ticked, and {words}"
    cells: dict[str, str | None] = {
        "control": "" if control in _NOBODY else control,
        "audience": "" if found["audience"] in _NOBODY else plain(found["audience"]),
        "status": status,
    }
    reading.rows.append(Row(place, cells, apart=reading.apart))


def _said(unknown: list[str]) -> Iterator[str]:
    yield from unknown[:_MOST_SAID]
    if len(unknown) > _MOST_SAID:
        yield f"{len(unknown) - _MOST_SAID} more lines are not taken over"
