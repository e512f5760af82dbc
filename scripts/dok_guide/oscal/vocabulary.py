"""Every name in the guide's own namespace, stated once: exporters use it, a page documents it."""

from dataclasses import dataclass
from typing import Any, Literal

from dok_guide.model import AUDIENCES, DEPTHS, EFFORTS, LEVELS, SCOPES, TARGETS, VERDICTS, Catalog
from dok_guide.oscal.ids import namespace

#: The namespace of NIST's Risk Management Framework: the method of an assessment is a name of it.
RMF = "http://csrc.nist.gov/ns/rmf"
YES_NO = ("yes", "no")


@dataclass(frozen=True, kw_only=True)
class Word:
    """The name of a prop or part; without values it holds any text."""

    name: str
    kind: Literal["prop", "part"]
    on: str
    meaning: str
    values: tuple[str, ...] = ()


def _prop(name: str, on: str, meaning: str, values: tuple[str, ...] = ()) -> Word:
    return Word(name=name, kind="prop", on=on, meaning=meaning, values=values)


def _part(name: str, on: str, meaning: str) -> Word:
    return Word(name=name, kind="part", on=on, meaning=meaning)


VOCABULARY: tuple[Word, ...] = (
    _prop("license", "metadata", "SPDX identifier of the license."),
    _prop(
        "level", "control", "The lowest level that selects the control.", tuple(map(str, LEVELS))
    ),
    _prop(
        "audience",
        "control, statement item, assessment, finding, check",
        "Of whom something is asked: who makes the operator, or who runs it. Once for each.",
        AUDIENCES,
    ),
    _prop("first", "control", "One of the few controls to start with.", ("yes",)),
    _prop("since", "control", "The first version of the guide that has the control."),
    _prop("effort", "control", "The work for a producer who starts without it.", EFFORTS),
    _prop("threat", "control", "The id of a threat that the control mitigates. Once for each."),
    _prop(
        "verdict",
        "example, observation",
        "Whether an example meets the requirement, or what a review found.",
        (*VERDICTS, "met", "partly met", "not met", "not applicable"),
    ),
    _prop(
        "depth",
        "assessment-method, result",
        "`quick` decides it for a review in a hurry, `deep` is for whoever certifies.",
        DEPTHS,
    ),
    _prop("minutes", "assessment-method", "How long it takes, in minutes."),
    _prop("automated", "assessment-method", "Whether it can run without a person.", YES_NO),
    _prop("applies-to", "assessment-method", "`all`, or the product that the commands are for."),
    _prop("covers", "check", "The letter of an item that it decides, or `all`. Once for each."),
    _prop("target", "check", "Whose manifests it reads.", TARGETS),
    _prop(
        "scope",
        "check",
        "One object at a time, or besides it `objects`, those that are linked to it.",
        SCOPES,
    ),
    _prop(
        "implementation-status",
        "implemented requirement",
        "How far the implementation is, in OSCAL's words.",
        ("implemented", "partial", "planned", "alternative", "not-applicable"),
    ),
    _prop("item", "finding", "The letter of an item that is not met. Once for each."),
    _prop("owner", "finding", "Who accepted the gap or closes it."),
    _prop("due", "finding", "The day until which the gap is to be closed."),
    _prop("expires", "finding", "The day until which the gap is accepted."),
    _part("default", "control", "What a typical operator does when nothing is set."),
    _part("impact", "control", "What the control costs or breaks, and for whom."),
    _part("remediation", "control", "What to do, step by step; one part for each audience."),
    _part("check", "control", "What a manifest can answer, shaped like an admission policy."),
    _part("match", "check", "`resourceRules` of a ValidatingAdmissionPolicy, as JSON."),
    _part("match-condition", "check", "A CEL expression; only where it is true an object counts."),
    _part("variable", "check", "A named CEL expression; the title is the name."),
    _part("validation", "check", "A CEL expression that must be true; the title says what if not."),
)
_WORDS = {(word.kind, word.name): word for word in VOCABULARY}


def own_prop(catalog: Catalog, name: str, value: str) -> dict[str, Any]:
    """Return a prop in our namespace; raise if VOCABULARY doesn't have it."""
    word = _WORDS["prop", name]
    if word.values and value not in word.values:
        raise ValueError(f"{name}: {value!r} is not one of {', '.join(word.values)}")
    return {"name": name, "ns": namespace(catalog), "value": value}


def own_part(catalog: Catalog, name: str, id_: str, **more: object) -> dict[str, Any]:
    """Return a part in our namespace; raise KeyError if VOCABULARY doesn't have it."""
    return {"id": id_, "name": _WORDS["part", name].name, "ns": namespace(catalog), **more}


def prop(name: str, value: str) -> dict[str, Any]:
    """Return a prop that OSCAL names."""
    return {"name": name, "value": value}
