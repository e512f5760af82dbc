"""An assessment as annotations of GitHub Actions: workflow commands, which a pull request shows.

Escapes as in `packages/core/src/command.ts` of actions/toolkit; a message is one line.
"""

from collections.abc import Iterator

from dok_guide.assess.findings import Assessment, Finding
from dok_guide.assess.formats.terminal import harmless
from dok_guide.assess.formats.view import USUAL, View
from dok_guide.assess.gaps import Gap
from dok_guide.assess.grouping import by_urgency


def to_annotations(found: Assessment, _view: View = USUAL) -> Iterator[str]:
    """Yield a line for each finding, the most urgent first, then for what was not seen.

    What somebody has accepted, and what is not sure, is a notice.
    """
    for verdict in by_urgency(found):
        yield from map(_finding, verdict.findings)
    yield from map(_gap, found.gaps)


def _finding(finding: Finding) -> str:
    spot = finding.spots()[0]
    kind = "error" if finding.control.level == 1 else "warning"
    title = f"{finding.control.id} {finding.control.title}"
    value = f" {spot.value}" if spot.value else ""
    message = f"{finding.obj.title}: {finding.message}{value}"
    if finding.undecided or finding.accepted:
        kind = "notice"
    return _command(kind, spot.source, spot.line, title, message + _accepted(finding))


def _gap(gap: Gap) -> str:
    kind = "notice" if gap.accepted else "warning"
    return _command(kind, gap.source, gap.line, "Not seen", gap.message + _accepted(gap))


def _accepted(what: Finding | Gap) -> str:
    return f" Accepted until {what.expires}: {what.accepted}" if what.accepted else ""


def _command(kind: str, source: str, line: int, title: str, message: str) -> str:
    place = f"file={_property(source)},line={line},title={_property(title)}"
    return f"::{kind} {place}::{_data(message)}\n"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
