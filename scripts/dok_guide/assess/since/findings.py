"""Which findings came and which went."""

import json
from collections.abc import Hashable, Iterable

from dok_guide.assess.findings import Finding
from dok_guide.assess.since.identity import named_path, unmatched, versionless
from dok_guide.engine.objects import get


def came_and_went(
    old: Iterable[Finding], new: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that only the new side has, and those that only the old one had.

    A finding is the same if it is about the same content in the same object, or says the same of
    the same place, or stands there, or if its object has another name and the same content.
    """
    went, came = unmatched(old, new, (_exact, _said, _placed, _renamed))
    return tuple(came), tuple(went)


def _exact(finding: Finding) -> Hashable:
    return (*_object(finding), _place(finding), _content(finding))


def _said(finding: Finding) -> Hashable:
    return (*_object(finding), _place(finding), versionless(finding.message))


def _placed(finding: Finding) -> Hashable:
    return (*_object(finding), _place(finding))


def _renamed(finding: Finding) -> Hashable:
    about = (finding.check.id, finding.control.id, finding.obj.kind)
    return (*about, _place(finding), _content(finding))


def _place(finding: Finding) -> str:
    return named_path(finding.obj.data, finding.place)


def _object(finding: Finding) -> tuple[str, ...]:
    return finding.check.id, finding.control.id, versionless(finding.obj.title)


def _content(finding: Finding) -> str:
    """Return what stands at the place of a finding, without versions; of an object, its kind."""
    found = get(finding.obj.data, *finding.place) if finding.place else finding.obj.title
    return versionless(json.dumps(found, sort_keys=True, default=str))
