"""An assessment for other tools, in the shape of `assessment.schema.json`."""

import json
from typing import Any

from dok_guide.assess.assessment import Assessment, Finding, Verdict

SCHEMA_VERSION = "1.0"


def to_json(found: Assessment) -> str:
    """Return an assessment as JSON."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "catalog": found.catalog.version,
        "groups": sorted(found.groups),
        "objects": len(found.input.objects),
        "workloads": dict(sorted(found.workloads.items())),
        "unseen": dict(sorted(found.unseen.items())),
        "passed_over": dict(sorted(found.input.passed_over.items())),
        "problems": [
            {"source": each.path, "line": each.line, "message": each.message}
            for each in found.input.problems
        ],
        "notes": found.input.notes,
        "verdicts": [_verdict(found, verdict) for verdict in found.verdicts],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _verdict(found: Assessment, verdict: Verdict) -> dict[str, Any]:
    return {
        "control": verdict.control.id,
        "title": verdict.control.title,
        "level": verdict.control.level,
        "audience": verdict.audience,
        "status": verdict.status,
        "decided": verdict.decided,
        "open": verdict.open,
        "url": found.catalog.page_of(verdict.control),
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data = {
        "check": finding.check.id,
        "object": finding.obj.title,
        "path": finding.path,
        "source": finding.obj.source,
        "line": finding.line,
        "message": finding.message,
        "undecided": finding.undecided,
        "accepted": finding.accepted,
        "expires": finding.expires,
    }
    return {key: value for key, value in data.items() if value is not None}
