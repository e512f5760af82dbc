"""The checks of a control as parts: everything that a round trip needs."""

import json
from collections.abc import Iterator
from typing import Any

from dok_guide.data import to_data
from dok_guide.model import Catalog, Check, Control
from dok_guide.oscal.ids import part_id
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_part, own_prop, prop
from dok_guide.texts import fence


def checks(catalog: Catalog, entry: Control) -> Iterator[dict[str, Any]]:
    """Yield a part for each check of a control."""
    for number, check in enumerate(entry.checks, 1):
        id_ = part_id(entry, "chk", str(number))
        props = [
            prop("label", check.id),
            own_prop(catalog, "audience", check.for_),
            *(own_prop(catalog, "covers", item) for item in check.covers),
            own_prop(catalog, "target", check.target),
            own_prop(catalog, "scope", check.scope),
        ]
        yield own_part(catalog, "check", id_, props=props, parts=[*_inside(catalog, check, id_)])


def _inside(catalog: Catalog, check: Check, id_: str) -> Iterator[dict[str, Any]]:
    rules = fence(json.dumps(to_data(check.match), indent=2), "json")
    yield own_part(catalog, "match", f"{id_}.match", prose=rules)
    for word, named in (("match-condition", check.matchConditions), ("variable", check.variables)):
        for each in named:
            yield own_part(
                catalog, word, f"{id_}.{word}.{each.name}",
                title=each.name, prose=fence(each.expression, "cel"),
            )  # fmt: skip
    for number, validation in enumerate(check.validations, 1):
        yield own_part(
            catalog, "validation", f"{id_}.validation.{number}",
            title=prose(validation.message), prose=fence(validation.expression, "cel"),
        )  # fmt: skip
