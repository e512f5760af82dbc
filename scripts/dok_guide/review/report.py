"""What a review found: open findings with their remediation, and accepted gaps with their end."""

from dataclasses import dataclass
from datetime import date

from dok_guide.model import Catalog, Control
from dok_guide.render import render_template
from dok_guide.review.model import STATUSES, Answer, Review, counts
from dok_guide.rules.texts import renderer

#: A gap; what was not reviewed is counted and named, but nobody knows whether it is one.
OPEN = ("partly met", "not met")


@dataclass(frozen=True)
class Finding:
    """An answer with its control, and whether the requirement has changed since."""

    control: Control
    answer: Answer
    changed: bool

    @property
    def remediation(self) -> str:
        """What to do, as Markdown."""
        return getattr(self.control.remediation, self.answer.audience) or ""

    @property
    def requirement(self) -> str:
        """What was asked."""
        return getattr(self.control.requirement, self.answer.audience) or ""

    @property
    def items(self) -> tuple[str, ...]:
        """The items that the requirement points at."""
        return self.control.items_of(self.answer.audience)


@dataclass(frozen=True)
class Report:
    """The findings of a review on a day, which decides what has expired."""

    review: Review
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    expired: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]
    changed: tuple[Finding, ...]

    def fails(self, level: int) -> bool:
        """Whether something is open or has expired at this level or below."""
        return any(each.control.level <= level for each in self.findings + self.expired)


def report(review: Review, catalog: Catalog, day: date) -> Report:
    """Sort the answers of a review, level by level in the order of the catalog."""
    every = [
        Finding(catalog.control(answer.control), answer, answer.changed)
        for answer in review.answers
    ]
    every.sort(key=lambda finding: finding.control.level)
    gaps = [each for each in every if each.answer.status in OPEN]
    return Report(
        review=review,
        counts=counts(review.answers),
        findings=tuple(each for each in gaps if not each.answer.expires),
        accepted=tuple(each for each in gaps if _until(each) and not _over(each, day)),
        expired=tuple(each for each in gaps if _until(each) and _over(each, day)),
        not_applicable=tuple(each for each in every if each.answer.status == "not applicable"),
        changed=tuple(each for each in every if each.changed),
    )


def _until(finding: Finding) -> str:
    return finding.answer.expires or ""


def _over(finding: Finding, day: date) -> bool:
    return date.fromisoformat(_until(finding)) < day


def to_markdown(found: Report, catalog: Catalog) -> str:
    """Return the report as Markdown."""
    return render_template("report.md", report=found, catalog=catalog, statuses=STATUSES)


def to_html(found: Report, catalog: Catalog) -> str:
    """Return the report as one page that needs no other file and runs nothing."""
    body = renderer("tables").reset().convert(to_markdown(found, catalog))
    return render_template("report.html", body=body, title=f"{catalog.title}: report")


FORMATS = {"markdown": to_markdown, "html": to_html}
