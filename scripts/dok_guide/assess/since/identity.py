"""What stays the same thing from one release to the next: names and images carry versions."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from dok_guide.engine.objects import get, strings, text
from dok_guide.source import Place

Item = TypeVar("Item")
#: `1.29.0`, `v1-29`, `18.1-rc2`, and the digest of an image.
_VERSION = re.compile(r"\bsha256:[0-9a-f]{64}\b|\bv?\d+(?:[.-]\d+)+(?:[-+]\w+)*")


def versionless(text: str) -> str:
    """Return a text in which each version is a star."""
    return _VERSION.sub("*", text)


def named_path(data: Any, place: Place) -> str:  # noqa: ANN401 - manifests hold anything
    """Return a place in which entries of lists have their name; a number moves when one is added.

    A rule of a role has no name and is known by its resources, others are alike.
    """
    found = []
    for number, step in enumerate(place, 1):
        entry = get(data, *place[:number])
        known = text(entry, "name") or ", ".join(sorted(strings(entry, "resources")))
        found.append(f"[{known}]" if isinstance(step, int) else f".{step}")
    return versionless("".join(found))


def unmatched(
    old: Iterable[Item], new: Iterable[Item], keys: Iterable[Callable[[Item], Hashable]]
) -> tuple[list[Item], list[Item]]:
    """Return what of each side has no counterpart; the first key matches first."""
    left, right = dict(enumerate(old)), list(new)
    for key in keys:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number, item in reversed(left.items()):
            waiting[key(item)].append(number)
        rest = []
        for item in right:
            if same := waiting[key(item)]:
                del left[same.pop()]
            else:
                rest.append(item)
        right = rest
    return list(left.values()), right
