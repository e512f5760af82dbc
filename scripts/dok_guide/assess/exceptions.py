"""Findings and gaps that somebody has accepted, with a reason and until a day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from dok_guide.assess.findings import Assessment, Finding
from dok_guide.assess.gaps import Gap
from dok_guide.data import from_data
from dok_guide.source import CatalogError, Problem, read

#: What can be accepted.
Marked = TypeVar("Marked", Finding, Gap)


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """An entry of an exceptions file; its schema says what the fields mean."""

    check: str | None = None
    gap: str | None = None
    object: str = "*"
    path: str = "*"
    file: str = "*"
    reason: str
    expires: str

    @property
    def where(self) -> str:
        """What it is limited to, as the notes name it."""
        return self.object if self.file == "*" else f"{self.object} in {self.file}"

    def fits(self, each: Finding | Gap) -> bool:
        """Whether it is about a finding or a gap."""
        if isinstance(each, Gap):
            about = self.gap == each.kind and fnmatchcase(each.subject, self.object)
            return about and fnmatchcase(each.source, self.file)
        if self.check not in (each.check.id, each.control.id):
            return False
        if not (
            fnmatchcase(each.obj.title, self.object) and fnmatchcase(each.obj.source, self.file)
        ):
            return False
        return self._means(each)

    def _means(self, each: Finding) -> bool:
        """Whether the path is that of the entry, or of every field in it that is wrong."""
        if self.path in ("*", each.path) or fnmatchcase(each.path, self.path):
            return True
        return all(s.path == self.path or fnmatchcase(s.path, self.path) for s in each.spots())


def read_exceptions(path: Path) -> tuple[Exemption, ...]:
    """Return the entries of a file; raise CatalogError with everything that is wrong with it."""
    from dok_guide.check import schema_problems

    if not path.is_file():
        raise CatalogError([Problem(str(path), 1, "there is no such file")])
    document = read(path, str(path))
    problems = list(schema_problems(document, "exceptions"))
    for index, entry in enumerate(document.data if not problems else ()):
        try:
            date.fromisoformat(entry["expires"])
        except ValueError:
            message = f"{entry['expires']!r} is no day; write it as 2027-03-31"
            problems.append(document.problem(message, index, "expires"))
    if problems:
        raise CatalogError(problems)
    return tuple(from_data(Exemption, entry) for entry in document.data)


def accept(found: Assessment, exceptions: tuple[Exemption, ...], day: date) -> None:
    """Mark what is accepted on a day; say which exceptions are over or idle."""
    valid = [each for each in exceptions if date.fromisoformat(each.expires) >= day]
    found.input.notes += _notes(found, exceptions, valid)
    marked = {id(gap): _marked(gap, valid) for gap in found.gaps}
    found.gaps = list(marked.values())
    found.verdicts = [
        replace(
            verdict,
            findings=tuple(_marked(finding, valid) for finding in verdict.findings),
            unseen=tuple(marked[id(gap)] for gap in verdict.unseen),
        )
        for verdict in found.verdicts
    ]


def _marked(each: Marked, valid: list[Exemption]) -> Marked:
    for exemption in valid:
        if exemption.fits(each):
            return replace(each, accepted=exemption.reason, expires=exemption.expires)
    return each


def _notes(
    found: Assessment, exceptions: tuple[Exemption, ...], valid: list[Exemption]
) -> Iterator[str]:
    everything: list[Finding | Gap] = [*found.findings, *found.gaps]
    for each in exceptions:
        name = f"the exception for {each.check or each.gap} ({each.where})"
        if each not in valid:
            yield f"{name} has expired on {each.expires}"
        elif not any(each.fits(one) for one in everything):
            yield f"{name} fits nothing that was found or not seen; remove it"
