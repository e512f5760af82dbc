"""What another release of an operator changes for the settings that were written down."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from dok_guide.engine.definitions import Schema, at, fields
from dok_guide.engine.paths import EACH, steps
from dok_guide.operators import Operator, Setting, Source, Variant


def changes(
    operator: Operator, old: dict[str, Schema], new: dict[str, Schema], repository: Path | None
) -> Iterator[str]:
    """Yield, setting by setting, what vanished, moved or changed, in sentences.

    `old` and `new` are the schemas of the newest release that was looked at and of another one;
    `repository` is a folder with the files of the other one, to compare the quoted lines.
    """
    for name in sorted({*old} - {*new}):
        yield f"{name} is gone"
    for name in sorted({*new} - {*old}):
        yield f"{name} is new: read what a user sets there"
    for setting in operator.settings:
        for variant in _current(operator, setting):
            for name in _names(operator, setting, variant):
                if name in old and name in new:
                    yield from _field(setting, variant, old[name], new[name])
        for source in setting.source if repository else ():
            if not source.repository and (change := _quoted(source, repository)):
                yield f"{setting.id}: {change}"


def _current(operator: Operator, setting: Setting) -> Iterator[Variant]:
    """Yield the variants that hold for the newest release that was looked at."""
    newest = operator.releases[0].version
    yield from (v for v in setting.variants if v.holds_for(newest) and not v.absent)


def _names(operator: Operator, setting: Setting, variant: Variant) -> Iterator[str]:
    kind = operator.kind(setting.kind or "")
    yield from (f"{kind.group}/{version}/{kind.kind}" for version in variant.versions)


def _field(setting: Setting, variant: Variant, old: Schema, new: Schema) -> Iterator[str]:
    path = variant.field or setting.field or ""
    way = steps(path)
    before, after = at(old, way), at(new, way)
    if after is None:
        moved = [
            _shown(place)
            for place, part in fields(new)
            if part == before != {} and (place[-1] == way[-1] and at(old, place) is None)
        ]
        where = f"; perhaps it moved to {' or '.join(moved)}" if moved else ""
        yield f"{setting.id}: the field {path} is gone{where}"
    elif before != after:
        for word in sorted({*(before or {}), *after}):
            was, is_ = (before or {}).get(word), after.get(word)
            if was != is_ and word not in ("properties", "items", "additionalProperties"):
                yield f"{setting.id}: {word} of {path} was {was!r} and is {is_!r}"


def _shown(way: tuple[str, ...]) -> str:
    return "".join(step if step == EACH else f".{step}" for step in way).removeprefix(".")


def _quoted(source: Source, repository: Path | None) -> str:
    """Return how the lines of a source changed, nothing if they did not."""
    path = (repository or Path()) / source.path
    if not path.is_file():
        return f"{source.path} is gone; find where its lines {source.lines} went"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    first, _, last = source.lines.partition("-")
    count = int(last or first) - int(first) + 1
    if digest(lines, int(first), count) == source.sha256:
        return ""
    for start in range(1, len(lines) - count + 2):
        if digest(lines, start, count) == source.sha256:
            now = f"{start}-{start + count - 1}" if last else str(start)
            return f"lines {source.lines} of {source.path} are lines {now} now"
    return f"lines {source.lines} of {source.path} changed; read them again"


def digest(lines: list[str], first: int, count: int) -> str:
    """Return the SHA-256 of some lines, each with its line break; `first` counts from 1."""
    quoted = "".join(f"{line}\n" for line in lines[first - 1 : first - 1 + count])
    return hashlib.sha256(quoted.encode()).hexdigest()
