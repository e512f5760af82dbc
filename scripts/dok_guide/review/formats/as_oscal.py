"""A review as OSCAL assessment results: only written, other tools take it from there."""

from collections.abc import Iterator
from typing import Any

from dok_guide.data import to_bytes
from dok_guide.model import Catalog
from dok_guide.oscal.document import VERSION, document, moment, person, responsible
from dok_guide.oscal.ids import oscal_id, part_id, plan_path
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop
from dok_guide.review.formats.findings import STATES, finding, observation, uuid
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


def read(_data: bytes, _catalog: Catalog) -> Taken:
    """Refuse: not everything of a review has a place in OSCAL."""
    raise ValueError("OSCAL results are only written; read the review that they were made from")


def write(review: Review, catalog: Catalog) -> bytes:
    """Return the results; raise ValueError if the review says nothing or not when it was made."""
    if review.date is None:
        raise ValueError("the review has no date, which OSCAL needs; write it into the review")
    if review.started and review.started > review.date:
        raise ValueError(f"it started on {review.started}, after its date; correct one of them")
    answers = [each for each in in_scope(review, catalog) if each.status != UNANSWERED]
    if not answers:
        raise ValueError("nothing has been reviewed, and OSCAL has no results without a control")
    body = {
        "metadata": {
            "title": f"{prose(_subject(review))}: review with the {catalog.title}",
            "last-modified": moment(review.date),
            "version": review.date,
            "oscal-version": VERSION,
            **_people(review, catalog),
        },
        "import-ap": {"href": _plan(review, catalog)},
        "results": [_result(review, catalog, answers)],
    }
    return to_bytes(document(catalog, "assessment-results", body))


def _subject(review: Review) -> str:
    words = f"{review.subject or 'Unnamed'} {review.subject_version or ''}"
    return " ".join(words.split())  # a title is one line


def _people(review: Review, catalog: Catalog) -> dict[str, Any]:
    """Return who answers for the results; nobody if the review doesn't say."""
    reviewer = dict.fromkeys(("creator", "contact", "assessor"), review.reviewer)
    names = reviewer | {"approver": review.approver}
    found = {role: person(catalog, name) for role, name in names.items() if name}
    return responsible(found) if found else {}


def _plan(review: Review, catalog: Catalog) -> str:
    """Return the address of the published plan with the smallest scope that has the review's."""
    level = f"level-{review.level or catalog.levels[-1].id}"
    name = review.audience if review.audience and not review.level else level
    return f"{catalog.home}oscal/{plan_path(name)}"


def _result(review: Review, catalog: Catalog, answers: list[Answer]) -> dict[str, Any]:
    findings = [finding(review, catalog, each) for each in answers if each.status in STATES]
    rest = list(_rest(review, answers))
    return {
        "uuid": uuid(review, catalog, "result"),
        "title": prose(_subject(review)),
        "description": prose("; ".join(_about(review, catalog))),
        "start": moment(review.started or review.date or ""),
        "end": moment(review.date or ""),
        **({"props": [own_prop(catalog, "depth", review.depth)]} if review.depth else {}),
        "local-definitions": {"components": [_component(review, catalog)]},
        "reviewed-controls": {"control-selections": [_selection(catalog, answers)]},
        "observations": [observation(review, catalog, each) for each in answers],
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
        "uuid": uuid(review, catalog, "component"),
        "type": "software",
        "title": prose(_subject(review)),
        "description": "The operator or installation that was reviewed.",
        "status": {"state": "other", "remarks": "The review does not say."},
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
