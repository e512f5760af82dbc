"""What differs between two values of plain data, part by part."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

#: What tells entries of lists apart, most telling first.
_KEYS = (
    ("framework", "target", "relationship"), ("for", "title"), ("id",), ("title",), ("control",),
)  # fmt: skip


def differing(
    name: str,
    old: Any,  # noqa: ANN401 - what JSON can hold
    new: Any,  # noqa: ANN401
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the parts of a value that differ: names, values before and after.

    Of a list these are its entries that are gone and that are new, by what tells them apart. A part
    of an entry that is in both is named after it, as in `verification, Look at it.expect`.
    """
    if old == new:
        return
    if _is(dict, old, new):
        for key in {**(old or {}), **(new or {})}:
            yield from differing(f"{name}.{key}", (old or {}).get(key), (new or {}).get(key))
    elif _is(list, old, new):
        yield from _lists(name, old or [], new or [])
    else:
        yield name, old, new


def _is(kind: type, *values: object) -> bool:
    """Tell whether values are of a kind; one of them may be absent."""
    return all(isinstance(value, kind | None) for value in values)


def _lists(name: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    before, after = _keyed(old), _keyed(new)
    gone = [key for key in before if key not in after]
    added = [key for key in after if key not in before]
    if gone or added:
        yield name, gone, added
    elif list(before) != list(after):
        yield f"order of {name}", list(before), list(after)
    for key in before:
        if key in after:
            yield from differing(f"{name}, {key}", before[key], after[key])


def _keyed(entries: list[Any]) -> dict[str, Any]:
    """Return entries by what tells them apart: a text by itself; of two alike, by their number."""
    alike: Counter[str] = Counter()
    keyed: dict[str, Any] = {}
    for entry in entries:
        key = _key(entry)
        alike[key] += 1
        keyed[f"{key} ({alike[key]})" if alike[key] > 1 else key] = entry
    return keyed


def _key(entry: object) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    names = next((names for names in _KEYS if all(name in entry for name in names)), sorted(entry))
    return " ".join(str(entry[name]) for name in names)
