"""A review as JSON, in the shape of `review.schema.json`."""

import json
from collections.abc import Iterator
from dataclasses import fields

from dok_guide.data import to_bytes
from dok_guide.model import Catalog
from dok_guide.review.model import HEAD, READ_VERSIONS, SCHEMA_VERSION, Answer, Review, Taken
from dok_guide.review.taking import Row, take

_LISTS = ("answers", "kept_apart")


def write(review: Review, _catalog: Catalog) -> bytes:
    """Return the review; fields without a value and answers without content are left out."""
    data: dict[str, object] = {"schema_version": SCHEMA_VERSION}
    for name in ("catalog", *HEAD):
        value = getattr(review, name)
        if value is not None:
            data[name] = value
    for name in _LISTS:
        answers = [_answer(each) for each in getattr(review, name) if not each.empty]
        if answers or name == "answers":
            data[name] = answers
    return to_bytes(data)


def _answer(answer: Answer) -> dict[str, object]:
    values = {field.name: getattr(answer, field.name) for field in fields(Answer)}
    return {name: value for name, value in values.items() if value not in (None, (), False)}


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a JSON file."""
    problems: list[str] = []
    found = _parsed(data, problems)
    if not isinstance(found, dict) or not isinstance(found.get("answers"), list):
        raise ValueError("holds no review; it has no list of answers")
    version = found.get("schema_version", SCHEMA_VERSION)
    if version not in READ_VERSIONS:
        raise ValueError(f"is of version {version}; only {' and '.join(READ_VERSIONS)} are read")
    head = {
        name: _text(value)
        for name, value in found.items()
        if name not in ("schema_version", *_LISTS)
    }
    if not isinstance(found.get("kept_apart", []), list):
        head["kept_apart"] = _text(found.pop("kept_apart"))
    taken = take(head, list(_rows(found, problems)), catalog)
    return Taken(taken.review, (*problems, *taken.problems))


def _parsed(data: bytes, problems: list[str]) -> object:
    """Return the data of a file; a key that stands twice is said."""

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in members]
        twice = sorted({name for name in names if names.count(name) > 1})
        problems.extend(f'the field "{name}" stands twice; the last is taken' for name in twice)
        return dict(members)

    try:
        return json.loads(data, object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"cannot be read as JSON: {error}") from None


def _rows(found: dict[str, object], problems: list[str]) -> Iterator[Row]:
    number = 0
    for name in _LISTS:
        entries = found.get(name, [])
        for entry in entries if isinstance(entries, list) else []:
            number += 1
            yield _row(f"answer {number}", entry, problems, apart=name == "kept_apart")


def _row(place: str, entry: object, problems: list[str], *, apart: bool) -> Row:
    if not isinstance(entry, dict):
        problems.append(f"{place}: is no answer; kept as a note")
        return Row(place, {"note": _text(entry)}, apart=apart)
    cells = {name: _text(value) for name, value in entry.items()}
    if isinstance(items := entry.get("items"), list):
        cells["items"] = ", ".join(_text(item) or "" for item in items)
    problems += [
        f"{place}: {name} is no text; taken over as JSON"
        for name, value in entry.items()
        if not isinstance(value, str | int | float | None) and name != "items"
    ]
    if entry.get("changed") is False:
        del cells["changed"]
    return Row(place, cells, apart=apart)


def _text(value: object) -> str | None:
    """Return a value as text; what is none is written as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
