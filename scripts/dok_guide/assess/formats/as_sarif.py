"""An assessment as SARIF 2.1.0 (OASIS), which code scanning and editors read."""

import hashlib
from typing import Any
from urllib.parse import quote

from dok_guide.assess.findings import Assessment, Finding
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.gaps import Gap
from dok_guide.model import Check, Control

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: What code scanning shows as high, medium, low.
_SEVERITY = {1: "8.0", 2: "5.5", 3: "3.0"}


def to_sarif(found: Assessment) -> str:
    """Return the findings, the checks as rules, and problems with the input as notifications."""
    checks = [(v.control, c) for v in found.verdicts for c in v.control.checks if _is(v, c)]
    run = {
        "tool": {
            "driver": {
                "name": "dok-guide",
                "semanticVersion": found.catalog.version,
                "informationUri": found.catalog.base_url,
                "rules": [_rule(found, control, check) for control, check in checks],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not found.incomplete,
                "toolExecutionNotifications": [_notification(gap) for gap in found.gaps],
            }
        ],
    }
    whole = lined(run, {"results": map(_result, found.findings)})
    return f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [\n{whole}]}}\n'


def _notification(gap: Gap) -> dict[str, Any]:
    """Return what was not seen; only what nobody has accepted makes the run a failed one."""
    accepted = f" Accepted until {gap.expires}: {gap.accepted}" if gap.accepted else ""
    return {
        "level": "note" if gap.accepted else "error",
        "descriptor": {"id": gap.kind},
        "message": {"text": f"{gap.message}{accepted}"},
        "locations": [_location(gap.source, gap.line)],
    }


def _is(verdict: Any, check: Check) -> bool:  # noqa: ANN401
    return bool(check.for_ == verdict.audience)


def _rule(found: Assessment, control: Control, check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": "".join(word.title() for word in control.title.split() if word.isalnum()),
        "shortDescription": {"text": f"{control.id} {control.title}"},
        "fullDescription": {"text": getattr(control.requirement, check.for_)},
        "help": {"text": getattr(control.remediation, check.for_)},
        "helpUri": f"{found.catalog.page_of(control)}#remediation",
        "defaultConfiguration": {"level": "error" if control.level == 1 else "warning"},
        "properties": {
            "tags": ["security", "kubernetes", f"level-{control.level}", check.for_],
            "security-severity": _SEVERITY.get(control.level, "3.0"),
        },
    }


def _result(finding: Finding) -> dict[str, Any]:
    level = "error" if finding.control.level == 1 else "warning"
    result: dict[str, Any] = {
        "ruleId": finding.check.id,
        "level": "note" if finding.undecided else level,
        "message": {"text": f"{finding.obj.title}: {finding.message}"},
        "locations": [_location(finding.obj.source, finding.line, finding)],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    if finding.accepted:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result


def _location(source: str, line: int, finding: Finding | None = None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(source)},
            "region": {"startLine": line},
        }
    }
    if finding and finding.path:
        name = f"{finding.obj.title} {finding.path}"
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return location


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when lines move: check, object, place and message."""
    parts = (finding.check.id, finding.obj.title, finding.path, finding.message)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
