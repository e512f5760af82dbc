"""The checklist as PDF to print or to fill in a reader: one up to each level, and one for all.

Typst sets it as PDF/UA-1, with a link where a field belongs; `pdf_form` makes a form of that.
"""

import json
from importlib.resources import files
from typing import Any

from dok_guide.exporters.pdf_form import with_fields
from dok_guide.model import LEVELS, Catalog, Level
from dok_guide.review.formats.pdf_names import HEAD, MADE_FOR, STATES, made_for, name_of
from dok_guide.review.model import requirements

TITLE = "PDF checklist"
DESCRIPTION = "To print on A4 or Letter, or to fill in a PDF reader; up to each level, and all."
MAIN = (
    "downloads/checklist.pdf",
    *(f"downloads/checklist-level-{level}.pdf" for level in LEVELS),
)
_HOW = (
    "For each requirement choose one verdict, and note what you saw and where. Partly met names "
    "the items that are not met. What is not applicable needs a reason; an accepted gap a reason, "
    "an owner and the last day. A row without a verdict is not reviewed. Fields hold Latin, Greek "
    "and Cyrillic letters; for other scripts use the checklist in the browser or the spreadsheet."
)
#: The fields below the evidence, in their order, with what is written on them.
_SMALL = {
    "items": "items not met", "reason": "reason", "owner": "owner", "expires": "accepted until",
}  # fmt: skip


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the files; a catalog with fewer levels has fewer."""
    whole = {MAIN[0]: _pdf(catalog, None)}
    return whole | {
        f"downloads/checklist-level-{level.id}.pdf": _pdf(catalog, level)
        for level in catalog.levels
    }


def _pdf(catalog: Catalog, level: Level | None) -> bytes:
    import typst

    source = (files("dok_guide") / "templates/checklist.typ").read_bytes()
    data = json.dumps(_data(catalog, level), ensure_ascii=False)
    laid_out = typst.compile(
        source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": data},
        ignore_system_fonts=True,
    )  # fmt: skip
    fingerprints = {
        name_of(control.id, audience): control.fingerprint(audience)
        for control, audience in requirements(catalog, level.id if level else None)
    }
    return with_fields(laid_out, {MADE_FOR: made_for(catalog.version, fingerprints)})


def _data(catalog: Catalog, level: Level | None) -> dict[str, Any]:
    scope = f"level {level.id} {level.title}, with the levels below" if level else "all levels"
    return {
        "title": catalog.title,
        "subtitle": f"checklist for {scope}",
        "version": catalog.version,
        "published": catalog.published,
        "url": catalog.base_url,
        "how": _HOW,
        "head": [{"name": name, "label": label} for name, label in HEAD.items()],
        "categories": [
            {"title": category.title, "rows": rows}
            for category in catalog.categories
            if (rows := _rows(catalog, category.id, level))
        ],
    }


def _rows(catalog: Catalog, category: str, level: Level | None) -> list[dict[str, Any]]:
    found = []
    for control, audience in requirements(catalog):
        if control.category != category or (level and control.level > level.id):
            continue
        small = [name for name in _SMALL if name != "items" or control.items_of(audience)]
        found.append(
            {
                "control": control.id,
                "audience": audience,
                "title": control.title,
                "level": str(control.level),
                "url": catalog.page_of(control),
                "summary": control.summary,
                "requirement": getattr(control.requirement, audience),
                "items": control.items_of(audience),
                "name": name_of(control.id, audience),
                "evidence": name_of(control.id, audience, "evidence"),
                "small": [
                    {"name": name_of(control.id, audience, name), "label": _SMALL[name]}
                    for name in small
                ],
                "statuses": [{"state": state, "label": label} for state, label in STATES.items()],
            }
        )
    return found
