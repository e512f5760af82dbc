"""An assessment for other tools, in the shape of `assessment.schema.json`."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from dok_guide.assess.findings import Assessment, Finding, Verdict
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.formats.view import USUAL, View
from dok_guide.assess.gaps import Gap
from dok_guide.assess.spots import Spot

SCHEMA_VERSION = "1.1"


def to_json(found: Assessment, _view: View = USUAL) -> Iterator[str]:
    """Yield an assessment as JSON, which always says everything."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "catalog": found.catalog.version,
        "complete": not found.incomplete,
        "groups": sorted(found.groups),
        "objects": len(found.input.objects),
        "workloads": dict(sorted(found.counted.items())),
        "unseen": dict(sorted(found.unseen.items())),
        "passed_over": dict(sorted((+found.input.passed_over).items())),
    }
    return lined(
        data,
        {
            "notes": found.input.notes,
            "gaps": map(gap_data, found.gaps),
            "explained": map(asdict, found.workloads),
            **_answers(found),
            "verdicts": (_verdict(found, verdict) for verdict in found.verdicts),
        },
    )


def _answers(found: Assessment) -> dict[str, Iterable[dict[str, Any]]]:
    """Return what a collected cluster answers, nothing for other input."""
    if not found.answers:
        return {}
    from dok_guide.assess.formats.as_answers import data

    return {"answers": map(data, found.answers)}


def gap_data(gap: Gap) -> dict[str, Any]:
    """Return what was not seen, as JSON holds it."""
    data = {
        "kind": gap.kind,
        "subject": gap.subject,
        "source": gap.source,
        "line": gap.line,
        "message": gap.message,
        "accepted": gap.accepted,
        "expires": gap.expires,
    }
    return {key: value for key, value in data.items() if value is not None}


def _verdict(found: Assessment, verdict: Verdict) -> dict[str, Any]:
    return {
        "control": verdict.control.id,
        "title": verdict.control.title,
        "level": verdict.control.level,
        "audience": verdict.audience,
        "status": verdict.status,
        "decided": verdict.decided,
        "open": verdict.open,
        "unseen": len(verdict.unseen),
        "url": found.catalog.page_of(verdict.control),
        "findings": [finding_data(finding) for finding in verdict.findings],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON holds it."""
    spots = finding.spots()
    data = {
        "check": finding.check.id,
        "object": finding.obj.title,
        "path": finding.path,
        "source": finding.obj.source,
        "line": finding.line_of(spots),
        "message": finding.message,
        "undecided": finding.undecided,
        "spots": [_spot(spot) for spot in spots],
        "accepted": finding.accepted,
        "expires": finding.expires,
        "example": finding.example,
    }
    return {key: value for key, value in data.items() if value is not None}


def _spot(spot: Spot) -> dict[str, Any]:
    data = {
        "object": spot.title,
        "path": spot.path,
        "value": spot.value,
        "name": spot.name,
        "source": spot.source,
        "line": spot.line,
    }
    return {key: value for key, value in data.items() if value != ""}
