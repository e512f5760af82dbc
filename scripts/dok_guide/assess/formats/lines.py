"""JSON with one entry of a list on a line: quick to write, and a diff shows what has changed."""

import json
from collections.abc import Iterable, Iterator, Mapping

from dok_guide.assess.formats.terminal import escaped


def lined(data: Mapping[str, object], lists: Mapping[str, Iterable[object]]) -> Iterator[str]:
    """Yield a mapping in JSON; each entry of the lists, which come last, has a line of its own."""
    yield "{\n"
    yield ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in data.items())
    for key, values in lists.items():
        yield f",\n  {_json(key)}: ["
        for number, value in enumerate(values):
            yield f"{',' if number else ''}\n    {_json(value)}"
        yield "\n  ]"
    yield "\n}\n"


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False))
