"""An assessment as the beginning of a review: what manifests tell is filled in."""

from collections.abc import Iterator
from dataclasses import replace

from dok_guide.assess.findings import MET, NOT_MET, PARTLY, Assessment, Finding, Verdict
from dok_guide.assess.formats.terminal import escaped, harmless
from dok_guide.assess.formats.view import USUAL, View
from dok_guide.assess.gaps import Gap
from dok_guide.review.formats import as_json
from dok_guide.review.model import UNANSWERED, Answer, blank
from dok_guide.review.values import clean

#: A review's field holds 32,000 characters; a longer list of findings is no reading matter anyway.
MOST_FINDINGS = 20
#: The gaps of an answer that are named; the other formats name all.
MOST_GAPS = 10


def to_review(found: Assessment, _view: View = USUAL) -> Iterator[str]:
    """Yield a review in JSON, for `dok-guide review` and the checklist in the browser.

    *Partly reviewed* stays *not reviewed*, with a note that says what is left to do.
    """
    verdicts = {(v.control.id, str(v.audience)): v for v in found.verdicts}
    review = blank(found.catalog)
    answers = tuple(
        _answer(answer, verdicts[answer.key]) if answer.key in verdicts else answer
        for answer in review.answers
    )
    yield escaped(as_json.write(replace(review, answers=answers), found.catalog).decode())


def _answer(answer: Answer, verdict: Verdict) -> Answer:
    findings = verdict.findings
    accepted = [f for f in findings if f.accepted]
    if verdict.status == NOT_MET and accepted and len(accepted) == len(findings):
        reason = "; ".join(dict.fromkeys(str(f.accepted) for f in accepted))
        answer = replace(answer, reason=reason, expires=min(str(f.expires) for f in accepted))
    status = verdict.status if verdict.status in (MET, NOT_MET) else UNANSWERED
    return replace(answer, status=status, evidence=_evidence(verdict), note=_note(verdict))


def _evidence(verdict: Verdict) -> str | None:
    lines = [_shown(finding) for finding in verdict.findings[:MOST_FINDINGS]]
    if more := len(verdict.findings) - len(lines):
        lines.append(f"and {more} more")
    if verdict.status == MET:
        lines.append("Read off the manifests by dok-guide assess.")
    return _text(lines)


def _shown(finding: Finding) -> str:
    spot = finding.spots()[0]
    value = f" {spot.value}" if spot.value else ""
    place = f"{finding.obj.title} {spot.path} ({spot.source}:{spot.line})"
    return harmless(f"{finding.check.id} {place}: {finding.message}{value}")


def _note(verdict: Verdict) -> str | None:
    lines = []
    if verdict.status == PARTLY:
        lines.append("Partly reviewed: the manifests show nothing wrong.")
        if verdict.decided:
            lines[0] += f" Decided: {', '.join(verdict.decided)}."
        if verdict.open:
            lines[0] += f" Left for a person: {', '.join(verdict.open)}."
    lines += [_unseen(gap) for gap in verdict.unseen[:MOST_GAPS]]
    if len(verdict.unseen) > MOST_GAPS:
        lines.append(f"and {len(verdict.unseen) - MOST_GAPS} more")
    return _text(lines)


def _text(lines: list[str]) -> str | None:
    """Return lines without what no review can hold: names of strangers are in them."""
    return clean("\n".join(lines), "", [])


def _unseen(gap: Gap) -> str:
    accepted = f". Accepted until {gap.expires}: {gap.accepted}" if gap.accepted else ""
    return harmless(f"Not seen: {gap}{accepted}")
