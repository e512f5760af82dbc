"""Findings that somebody has accepted, with a reason and until a day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from dok_guide.assess.assessment import Assessment, Finding
from dok_guide.data import from_data
from dok_guide.source import CatalogError, Problem, read


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """An entry of an exceptions file; its schema says what the fields mean."""

    check: str
    object: str = "*"
    reason: str
    expires: str

    def fits(self, finding: Finding) -> bool:
        """Whether it is about a finding."""
        named = self.check in (finding.check.id, finding.control.id)
        return named and fnmatchcase(finding.obj.title, self.object)


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
    """Mark the findings that are accepted on a day; say which exceptions are over or idle."""
    valid = [each for each in exceptions if date.fromisoformat(each.expires) >= day]
    for verdict in found.verdicts:
        marked = tuple(_marked(finding, valid) for finding in verdict.findings)
        found.verdicts[found.verdicts.index(verdict)] = replace(verdict, findings=marked)
    found.input.notes += _notes(found, exceptions, valid)


def _marked(finding: Finding, valid: list[Exemption]) -> Finding:
    for each in valid:
        if each.fits(finding) and not finding.undecided:
            return replace(finding, accepted=each.reason, expires=each.expires)
    return finding


def _notes(
    found: Assessment, exceptions: tuple[Exemption, ...], valid: list[Exemption]
) -> Iterator[str]:
    for each in exceptions:
        name = f"the exception for {each.check} ({each.object})"
        if each not in valid:
            yield f"{name} has expired on {each.expires}"
        elif not any(each.fits(finding) for finding in found.findings):
            yield f"{name} fits no finding; remove it"
