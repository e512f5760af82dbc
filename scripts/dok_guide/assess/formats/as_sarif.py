"""An assessment as SARIF 2.1.0 (OASIS), which code scanning and editors read."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from dok_guide.assess.findings import Assessment, Finding
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.formats.view import USUAL, View
from dok_guide.assess.gaps import Gap
from dok_guide.assess.spots import Spot
from dok_guide.model import Check, Control

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: How many further places of a finding are named.
MOST_RELATED = 20
#: What code scanning shows as high, medium, low.
_SEVERITY = {1: "8.0", 2: "5.5", 3: "3.0"}


def to_sarif(found: Assessment, _view: View = USUAL) -> Iterator[str]:
    """Yield the findings, the checks as rules, and problems with the input as notifications."""
    checks = [(v.control, c) for v in found.verdicts for c in v.control.checks if _is(v, c)]
    listed = {check.id for _, check in checks}
    others = {f.check.id: (f.control, f.check) for f in found.findings if f.check.id not in listed}
    checks += others.values()
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
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [\n'
    yield from lined(run, {"results": _results(found.findings)})
    yield "]}\n"


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


def _results(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """Yield the results; of those that are equal but for their lines, each has a number."""
    seen: Counter[bytes] = Counter()
    for finding in findings:
        spots = finding.spots()
        identity = hashlib.sha256(_identity(finding, spots).encode("utf-8", "backslashreplace"))
        seen[identity.digest()] += 1
        identity.update(str(seen[identity.digest()]).encode())
        yield _result(finding, spots, identity.hexdigest()[:32])


def _result(finding: Finding, spots: Sequence[Spot], identity: str) -> dict[str, Any]:
    level = "error" if finding.control.level == 1 else "warning"
    spot, more = spots[0], spots[1 : 1 + MOST_RELATED]
    value = f" {spot.value}" if spot.value else ""
    result: dict[str, Any] = {
        "ruleId": finding.check.id,
        "level": "note" if finding.undecided else level,
        "message": {"text": f"{finding.obj.title}: {finding.message}{value}"},
        "locations": [_located(spot)],
        "partialFingerprints": {"finding/v2": identity},
    }
    if more:
        result["relatedLocations"] = [_located(each) for each in more]
    if finding.accepted:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result


def _located(spot: Spot) -> dict[str, Any]:
    location = _location(spot.source, spot.line)
    if spot.path:
        name = f"{spot.title} {spot.path}"
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return location


def _location(source: str, line: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(source)},
            "region": {"startLine": line},
        }
    }


def _identity(finding: Finding, spots: Sequence[Spot]) -> str:
    """Return what stays the same when lines and entries move: control, check, object, value."""
    values = (f"{spot.title} {spot.name} {_keys(spot)} {spot.value}" for spot in spots)
    parts = (finding.control.id, finding.check.id, finding.obj.title, finding.message, *values)
    return "\n".join(parts)


def _keys(spot: Spot) -> str:
    return ".".join(step for step in spot.place if isinstance(step, str))
