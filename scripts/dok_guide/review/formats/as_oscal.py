"""A review as OSCAL assessment results: only written, other tools take it from there."""

from collections.abc import Iterator
from typing import Any

from dok_guide.data import to_bytes
from dok_guide.model import Catalog
from dok_guide.oscal.document import VERSION, document, moment, people, publisher
from dok_guide.oscal.ids import oscal_id, part_id, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop
from dok_guide.review.evidence import Reference, references
from dok_guide.review.model import (
    HEAD,
    NOT_APPLICABLE,
    UNANSWERED,
    WRITTEN,
    Answer,
    Review,
    Taken,
    in_scope,
)

_CHANGED = "The requirement has changed since it was reviewed."
#: State and reason of a finding; OSCAL knows no third state.
_STATES = {
    "met": {"state": "satisfied", "reason": "pass"},
    "partly met": {"state": "not-satisfied", "reason": "partial"},
    "not met": {"state": "not-satisfied", "reason": "fail"},
}
#: What a finding says as props; each is one line.
_PROPS = ("owner", "due", "expires")


def read(_data: bytes, _catalog: Catalog) -> Taken:
    """Refuse: not everything of a review has a place in OSCAL."""
    raise ValueError("OSCAL results are only written; read the review that they were made from")


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the results; raise ValueError if the review says nothing or not when it was made."""
    if review.date is None:
        raise ValueError("the review has no date, which OSCAL needs; write it into the review")
    answers = [each for each in in_scope(review, catalog) if each.status != UNANSWERED]
    if not answers:
        raise ValueError("nothing has been reviewed, and OSCAL has no results without a control")
    plan = _uuid(review, catalog, "plan")
    who = {"assessor": review.reviewer, "approver": review.approver}
    body = {
        "metadata": {
            "title": f"{prose(_subject(review))}: review with the {catalog.title}",
            "last-modified": moment(review.date),
            "version": review.date,
            "oscal-version": VERSION,
            **(people(catalog, who) if review.reviewer else publisher(catalog)),
        },
        "import-ap": {"href": f"#{plan}", "remarks": "A review with the checklist has no plan."},
        "results": [_result(review, catalog, answers)],
        "back-matter": {"resources": [_plan(review, catalog, plan)]},
    }
    return to_bytes(document(catalog, "assessment-results", body))


def _subject(review: Review) -> str:
    words = f"{review.subject or 'Unnamed'} {review.subject_version or ''}"
    return " ".join(words.split())  # a title is one line


def _uuid(review: Review, catalog: Catalog, *key: str) -> str:
    """Return a UUID that is the same for the same product, version and day."""
    head = (review.subject or "", review.subject_version or "", review.date or "")
    return subject_uuid(catalog, "results", *head, *key)


def _plan(review: Review, catalog: Catalog, uuid: str) -> dict[str, Any]:
    """Return what stands in for the assessment plan: the profile that was reviewed."""
    level = f"level-{review.level or catalog.levels[-1].id}"
    name = review.audience if review.audience and not review.level else level
    link = {"href": f"{catalog.home}oscal/{name}.json", "media-type": "application/json"}
    return {"uuid": uuid, "title": "The profile that was reviewed", "rlinks": [link]}


def _result(review: Review, catalog: Catalog, answers: list[Answer]) -> dict[str, Any]:
    findings = [_finding(review, catalog, each) for each in answers if each.status in _STATES]
    rest = list(_rest(review, answers))
    return {
        "uuid": _uuid(review, catalog, "result"),
        "title": prose(_subject(review)),
        "description": prose("; ".join(_about(review, catalog))),
        "start": moment(review.started or review.date or ""),
        "end": moment(review.date or ""),
        **({"props": [own_prop(catalog, "depth", review.depth)]} if review.depth else {}),
        "local-definitions": {"components": [_component(review, catalog)]},
        "reviewed-controls": {"control-selections": [_selection(catalog, answers)]},
        "observations": [_observation(review, catalog, each) for each in answers],
        **({"findings": findings} if findings else {}),
        **({"remarks": "\n\n".join(rest)} if rest else {}),
    }


def _about(review: Review, catalog: Catalog) -> Iterator[str]:
    yield f"Review with version {review.catalog} of {catalog.title}"
    for name in HEAD:
        if name not in ("subject", "subject_version") and (value := getattr(review, name)):
            yield f"{name}: {value}"


def _rest(review: Review, answers: list[Answer]) -> Iterator[str]:
    """Yield what has no place among the findings: it is not lost."""
    reviewed = {answer.key for answer in answers}
    for answer in review.answers:
        if answer.key not in reviewed and not answer.empty:
            why = "no verdict" if answer.status == UNANSWERED else "outside the scope"
            yield f"{why}: {_everything(answer)}"
    yield from (f"kept apart: {_everything(answer)}" for answer in review.kept_apart)


def _everything(answer: Answer) -> str:
    """Return all that somebody wrote, as prose."""
    texts = [f"{name}: {prose(text)}" for name in WRITTEN if (text := answer.text(name))]
    return "; ".join([f"{prose(answer.name)} {answer.status}", *texts])


def _component(review: Review, catalog: Catalog) -> dict[str, Any]:
    return {
        "uuid": _uuid(review, catalog, "component"),
        "type": "software",
        "title": prose(_subject(review)),
        "description": "The operator or installation that was reviewed.",
        "status": {"state": "operational"},
    }


def _selection(catalog: Catalog, answers: list[Answer]) -> dict[str, Any]:
    """Return what was in scope, without what is not applicable for the reasons in the remark."""
    selected = {"include-controls": [_selected(catalog, each) for each in answers]}
    excluded = [each for each in answers if each.status == NOT_APPLICABLE]
    if not excluded:
        return selected
    return selected | {
        "exclude-controls": [_selected(catalog, each) for each in excluded],
        "remarks": "\n".join(_reason(each) for each in excluded),
    }


def _reason(answer: Answer) -> str:
    reason = prose(answer.reason or "no reason was given")
    return f"- Not applicable: {answer.control} ({answer.audience}), {' '.join(reason.split())}"


def _selected(catalog: Catalog, answer: Answer) -> dict[str, Any]:
    control = catalog.control(answer.control)
    statement = part_id(control, "smt", answer.audience)
    return {"control-id": oscal_id(control.id), "statement-ids": [statement]}


def _title(answer: Answer) -> str:
    return f"{answer.control} ({answer.audience}): {answer.status}"


def _observation(review: Review, catalog: Catalog, answer: Answer) -> dict[str, Any]:
    control = catalog.control(answer.control)
    ways = [way.method.upper() for way in control.verification if way.for_ == answer.audience]
    evidence = [_evidence(each) for each in references(answer.evidence)]
    return {
        "uuid": _uuid(review, catalog, "observation", *answer.key),
        "title": _title(answer),
        "description": prose(answer.note or answer.evidence or control.title),
        "props": [
            own_prop(catalog, "verdict", answer.status),
            own_prop(catalog, "audience", answer.audience),
        ],
        "methods": sorted(set(ways)),
        "types": ["control-objective"],
        "subjects": [
            {"subject-uuid": _uuid(review, catalog, "component"), "type": "component"},
        ],
        **({"relevant-evidence": evidence} if evidence else {}),
        "collected": moment(review.date or ""),
        **({"remarks": _CHANGED} if answer.changed else {}),
    }


def _evidence(each: Reference) -> dict[str, str]:
    link = {"href": each.address} if each.address else {}
    return {**link, "description": prose(each.text)}


def _finding(review: Review, catalog: Catalog, answer: Answer) -> dict[str, Any]:
    control = catalog.control(answer.control)
    props = [own_prop(catalog, "audience", answer.audience)]
    props += [own_prop(catalog, "item", letter) for letter in answer.items]
    props += [own_prop(catalog, name, text) for name in _PROPS if (text := answer.text(name))]
    observation = _uuid(review, catalog, "observation", *answer.key)
    return {
        "uuid": _uuid(review, catalog, "finding", *answer.key),
        "title": _title(answer),
        "description": control.title,
        "props": props,
        "target": {
            "type": "objective-id",
            "target-id": part_id(control, "obj", answer.audience),
            "status": _STATES[answer.status],
        },
        "related-observations": [{"observation-uuid": observation}],
        **({"remarks": prose(answer.reason)} if answer.reason else {}),
    }
