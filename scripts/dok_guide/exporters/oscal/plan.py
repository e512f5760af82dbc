"""Assessment plans: how what a profile selects is assessed, and what results of a review name."""

from collections.abc import Sequence
from typing import Any

from dok_guide.exporters.oscal.assessment import what_to_do
from dok_guide.exporters.oscal.profiles import Selection
from dok_guide.model import AUDIENCES, Catalog, Control, Verification
from dok_guide.oscal.document import document, metadata
from dok_guide.oscal.ids import oscal_id, part_id, plan_path, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop, prop

_NO_SSP = (
    "The security plan of the system that is assessed: put its address here. OSCAL asks for one, "
    "and the guide cannot know it."
)


def plan(guide: Catalog, selection: Selection) -> dict[str, Any]:
    """Return a plan with an activity for each way to verify what a profile selects."""
    audiences = (selection.name,) if selection.name in AUDIENCES else AUDIENCES
    entries = selection.controls
    activities = [
        _activity(guide, entry, number, way)
        for entry in entries
        for number, way in enumerate(entry.verification, 1)
        if way.for_ in audiences
    ]
    ssp = subject_uuid(guide, "plan", "ssp")
    title = f"{selection.title}: assessment plan"
    body = {
        "metadata": metadata(guide, plan_path(selection.name), title, "assessor"),
        "import-ssp": {"href": f"#{ssp}", "remarks": _NO_SSP},
        "local-definitions": {"activities": activities},
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [_reviewed(entry, audiences) for entry in entries]}
            ]
        },
        "assessment-subjects": [{"type": "component", "include-all": {}}],
        "back-matter": {
            "resources": [{"uuid": ssp, "title": "Security plan", "description": _NO_SSP}]
        },
    }
    return document(guide, "assessment-plan", body)


def _reviewed(entry: Control, audiences: Sequence[str]) -> dict[str, Any]:
    statements = [part_id(entry, "smt", each) for each in entry.audiences if each in audiences]
    return {"control-id": oscal_id(entry.id), "statement-ids": statements}


def _activity(guide: Catalog, entry: Control, number: int, way: Verification) -> dict[str, Any]:
    selected = {"include-controls": [_reviewed(entry, [way.for_])]}
    return {
        "uuid": subject_uuid(guide, "activity", entry.id, str(number)),
        "title": prose(f"{entry.id} V{number}: {way.title}"),
        "description": what_to_do(way),
        "props": [
            prop("method", way.method.upper()),
            own_prop(guide, "audience", way.for_),
            own_prop(guide, "depth", way.depth),
            own_prop(guide, "minutes", str(way.minutes)),
        ],
        "related-controls": {"control-selections": [selected]},
    }
