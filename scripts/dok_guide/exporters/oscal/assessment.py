"""How a control is assessed: objectives tied to the statement, methods tied to objectives."""

from collections.abc import Iterator
from typing import Any

from dok_guide.model import Catalog, Control, Verification
from dok_guide.oscal.ids import part_id
from dok_guide.oscal.prose import bullets, prose, titled
from dok_guide.oscal.vocabulary import RMF, own_prop, prop
from dok_guide.texts import fence


def assessment(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    """Yield an objective for each audience, and a method for each way to verify it."""
    for audience, text in entry.requirement.items():
        items = entry.lettered(audience)
        below = [_objective(entry, item, audience, letter) for letter, item in items]
        yield _objective(entry, text, audience) | ({"parts": below} if below else {})
    for number, way in enumerate(entry.verification, 1):
        yield _method(catalog, entry, number, way)


def _objective(entry: Control, text: str, *below: str) -> dict[str, Any]:
    return {
        "id": part_id(entry, "obj", *below),
        "name": "assessment-objective",
        "prose": prose(text),
        "links": [{"href": f"#{part_id(entry, 'smt', *below)}", "rel": "assessment-for"}],
    }


def _method(catalog: Catalog, entry: Control, number: int, way: Verification) -> dict[str, Any]:
    id_ = part_id(entry, "asm", str(number))
    return {
        "id": id_,
        "name": "assessment-method",
        "title": prose(way.title),
        "props": [
            prop("label", f"{entry.id} V{number}"),
            {"name": "method", "ns": RMF, "value": way.method.upper()},
            own_prop(catalog, "audience", way.for_),
            own_prop(catalog, "depth", way.depth),
            own_prop(catalog, "minutes", str(way.minutes)),
            own_prop(catalog, "automated", "yes" if way.automated else "no"),
            own_prop(catalog, "applies-to", way.applies_to),
        ],
        "prose": titled(way.title, what_to_do(way)),
        "parts": [
            {"id": f"{id_}_obs", "name": "assessment-objects", "prose": bullets(entry.evidence)}
        ],
        "links": [{"href": f"#{part_id(entry, 'obj', way.for_)}", "rel": "assessment-for"}],
    }


def what_to_do(way: Verification) -> str:
    """Return steps, command and expectation of a verification."""
    run = fence(way.run, "sh") if way.run else None
    expect = f"**Expect:** {prose(way.expect)}"
    unclear = f"**Unclear:** {prose(way.unclear)}" if way.unclear else None
    return "\n\n".join(part for part in (way.steps, run, expect, unclear) if part)
