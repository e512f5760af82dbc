"""What a review says of a requirement, as an observation and a finding of OSCAL."""

from typing import Any

from dok_guide.model import Catalog, Control
from dok_guide.oscal.document import moment, person
from dok_guide.oscal.ids import part_id, subject_uuid
from dok_guide.oscal.prose import prose
from dok_guide.oscal.vocabulary import own_prop
from dok_guide.review.evidence import Reference, references
from dok_guide.review.model import Answer, Review

_CHANGED = "The requirement has changed since it was reviewed."
#: State and reason of a finding; OSCAL knows no third state.
STATES = {
    "met": {"state": "satisfied", "reason": "pass"},
    "partly met": {"state": "not-satisfied", "reason": "partial"},
    "not met": {"state": "not-satisfied", "reason": "fail"},
}
#: What OSCAL says of a method that nobody has named.
_UNKNOWN = "UNKNOWN"
#: What a finding says as props; each is one line.
_PROPS = ("owner", "due", "expires")


def uuid(review: Review, catalog: Catalog, *key: str) -> str:
    """Return a UUID that is the same for the same product, version and day."""
    head = (review.subject or "", review.subject_version or "", review.date or "")
    return subject_uuid(catalog, "results", *head, *key)


def _title(answer: Answer) -> str:
    return f"{answer.control} ({answer.audience}): {answer.status}"


def observation(review: Review, catalog: Catalog, answer: Answer) -> dict[str, Any]:
    """Return what was seen, with the verdict."""
    control = catalog.control(answer.control)
    evidence = [_evidence(each) for each in references(answer.evidence)]
    return {
        "uuid": uuid(review, catalog, "observation", *answer.key),
        "title": _title(answer),
        "description": prose(answer.note or answer.evidence or control.title),
        "props": [
            own_prop(catalog, "verdict", answer.status),
            own_prop(catalog, "audience", answer.audience),
        ],
        "methods": _methods(review, control, answer.audience),
        "types": ["control-objective"],
        **_origins(review, catalog),
        "subjects": [
            {"subject-uuid": uuid(review, catalog, "component"), "type": "component"},
        ],
        **({"relevant-evidence": evidence} if evidence else {}),
        "collected": moment(review.date or ""),
        **({"remarks": _CHANGED} if answer.changed else {}),
    }


def _methods(review: Review, control: Control, audience: str) -> list[str]:
    """Return the methods that the review's depth means; without one nobody knows which."""
    ways = [way for way in control.verification if way.for_ == audience]
    used = [way for way in ways if review.depth in ("deep", way.depth)]
    return sorted({way.method.upper() for way in used}) or [_UNKNOWN]


def _evidence(each: Reference) -> dict[str, str]:
    link = {"href": each.address} if each.address else {}
    return {**link, "description": prose(each.text)}


def finding(review: Review, catalog: Catalog, answer: Answer) -> dict[str, Any]:
    """Return what follows for the objective of the requirement."""
    control = catalog.control(answer.control)
    props = [own_prop(catalog, "audience", answer.audience)]
    props += [own_prop(catalog, "item", letter) for letter in answer.items]
    props += [own_prop(catalog, name, text) for name in _PROPS if (text := answer.text(name))]
    observation = uuid(review, catalog, "observation", *answer.key)
    return {
        "uuid": uuid(review, catalog, "finding", *answer.key),
        "title": _title(answer),
        "description": control.title,
        "props": props,
        **_origins(review, catalog),
        "target": {
            "type": "objective-id",
            "target-id": part_id(control, "obj", answer.audience),
            "status": STATES[answer.status],
        },
        "related-observations": [{"observation-uuid": observation}],
        **({"remarks": prose(answer.reason)} if answer.reason else {}),
    }


def _origins(review: Review, catalog: Catalog) -> dict[str, Any]:
    """Return from whom an observation or finding comes."""
    if not review.reviewer:
        return {}
    uuid = person(catalog, review.reviewer)["uuid"]
    actor = {"type": "party", "actor-uuid": uuid, "role-id": "assessor"}
    return {"origins": [{"actors": [actor]}]}
