"""How the fields of the PDF form are called, by whoever makes it and whoever reads it."""

import re

from dok_guide.review.model import STATUSES

#: The fields of the head that the form has, with their labels.
HEAD = {
    "subject": "Operator or installation",
    "subject_version": "Version",
    "reviewer": "Reviewer",
    "date": "Date",
    "approver": "Approver",
    "depth": "Depth (quick or deep)",
}
#: The fields of an answer that it has besides the verdict.
WRITTEN = ("items", "evidence", "reason", "owner", "expires")
#: A field that nobody sees: the version of the guide, then `name=fingerprint` for each verdict.
MADE_FOR = "made-for"
_NAME = re.compile(rf"([A-Z]+-\d+)-(producer|consumer)(?:-({'|'.join(WRITTEN)}))?")
#: The states of the verdict; a name of PDF has no spaces.
STATES = {status.replace(" ", "-"): status for status in STATUSES[1:]}


def name_of(control: str, audience: str, field: str = "") -> str:
    """Return the name of a field; without `field` that of the verdict."""
    return f"{control}-{audience}-{field}" if field else f"{control}-{audience}"


def parts_of(name: str) -> tuple[str, str, str] | None:
    """Return control, audience and field of a name; None if it is none of an answer."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2], found[3] or "status") if found else None


def made_for(version: str, fingerprints: dict[str, str]) -> str:
    """Return the value of the field MADE_FOR."""
    return " ".join([version, *(f"{name}={digits}" for name, digits in fingerprints.items())])


def fingerprints_of(text: str) -> tuple[str | None, dict[str, str]]:
    """Return the version and the fingerprints by the names of the verdicts."""
    version, *pairs = text.split() or [""]
    found = (pair.partition("=") for pair in pairs)
    return version or None, {name: digits for name, _, digits in found}
