"""A report to sign: what a review found, with what to do, and what it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dok_guide.model import Catalog, Control
from dok_guide.render import render_template
from dok_guide.review.evidence import Reference, references
from dok_guide.review.gate import why_open
from dok_guide.review.model import GAPS, NOT_APPLICABLE, STATUSES, Answer, Review, counts, in_scope
from dok_guide.rules.texts import renderer

#: The fields of a finding that are shown as texts; evidence is shown as references.
TEXTS = ("reason", "note", "owner", "due", "expires")
LABELS = {"expires": "Accepted until", "due": "Due"}


@dataclass(frozen=True)
class Origin:
    """What a report is made from: the file and the catalog, each with its SHA-256."""

    name: str
    sha256: str
    catalog_sha256: str


@dataclass(frozen=True)
class Finding:
    """An answer with its control, and why it is open, if it is."""

    control: Control
    answer: Answer
    why: str
    evidence: tuple[tuple[str, Reference], ...]

    @property
    def remediation(self) -> str:
        """What to do, as Markdown."""
        return getattr(self.control.remediation, self.answer.audience) or ""

    @property
    def requirement(self) -> str:
        """What was asked."""
        return getattr(self.control.requirement, self.answer.audience) or ""

    @property
    def items(self) -> tuple[tuple[str, str, bool], ...]:
        """The items that the requirement points at: letter, text, whether it is said not met."""
        lettered = self.control.lettered(self.answer.audience)
        return tuple((letter, text, letter in self.answer.items) for letter, text in lettered)

    @property
    def texts(self) -> tuple[tuple[str, list[str]], ...]:
        """What somebody wrote besides the evidence, line by line."""
        return tuple(
            (LABELS.get(name, name.capitalize()), text.split("\n"))
            for name in TEXTS
            if (text := self.answer.text(name))
        )


@dataclass(frozen=True)
class Report:
    """The findings of a review on a day, which decides what has expired.

    `findings` are gaps that nobody accepts or no longer, `unclear` other answers that close the
    gate, `numbers` the counts of statuses by level and by category.
    """

    review: Review
    origin: Origin
    day: date
    counts: dict[str, int]
    numbers: tuple[tuple[str, dict[str, int]], ...]
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    unclear: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]
    outside: tuple[Finding, ...]
    met: tuple[Finding, ...]

    @property
    def evidence(self) -> tuple[tuple[str, Reference], ...]:
        """The evidence that can be looked up, with its number: by an address or a digest."""
        shown = self.findings + self.unclear + self.accepted + self.not_applicable + self.met
        pieces = (each for finding in shown for each in finding.evidence)
        return tuple((number, each) for number, each in pieces if each.address or each.sha256)


def report(review: Review, catalog: Catalog, day: date, origin: Origin) -> Report:
    """Sort the answers of a review, level by level in the order of the catalog."""
    inside = in_scope(review, catalog)
    every = _findings(inside, review, catalog, day)
    gaps = [each for each in every if each.answer.status in GAPS]
    fine = [each for each in every if not each.why]
    outside = [a for a in review.answers if a not in inside and not a.empty]
    return Report(
        review=review,
        origin=origin,
        day=day,
        counts=counts(inside),
        numbers=tuple(_numbers(inside, catalog)),
        findings=tuple(each for each in gaps if each.why),
        accepted=tuple(each for each in gaps if not each.why),
        unclear=tuple(each for each in every if each.why and each not in gaps),
        not_applicable=tuple(each for each in fine if each.answer.status == NOT_APPLICABLE),
        outside=tuple(_findings(outside, review, catalog, day)),
        met=tuple(each for each in fine if each.answer.status == "met"),
    )


def _findings(
    answers: Iterable[Answer], review: Review, catalog: Catalog, day: date
) -> list[Finding]:
    """Return a finding for each answer; the evidence is numbered through."""
    twice = {answer.key for answer in review.kept_apart}
    found = []
    for answer in sorted(answers, key=lambda each: catalog.control(each.control).level):
        why = "contradicted by another answer" if answer.key in twice else why_open(answer, day)
        pieces = references(answer.evidence)
        label = f"{answer.control} {answer.audience}"
        numbered = tuple((f"{label} {number}", each) for number, each in enumerate(pieces, 1))
        found.append(Finding(catalog.control(answer.control), answer, why, numbered))
    return found


def _numbers(inside: tuple[Answer, ...], catalog: Catalog) -> Iterable[tuple[str, dict[str, int]]]:
    """Yield how many answers of each level and category have each status."""
    level = {answer.key: catalog.control(answer.control).level for answer in inside}
    category = {answer.key: catalog.control(answer.control).category for answer in inside}
    for each in catalog.levels:
        chosen = tuple(answer for answer in inside if level[answer.key] == each.id)
        yield f"Level {each.id} {each.title}", counts(chosen)
    for group in catalog.categories:
        chosen = tuple(answer for answer in inside if category[answer.key] == group.id)
        yield group.title, counts(chosen)


def to_markdown(found: Report, catalog: Catalog) -> str:
    """Return the report as Markdown."""
    return render_template("report.md", report=found, catalog=catalog, statuses=STATUSES)


def to_html(found: Report, catalog: Catalog) -> str:
    """Return the report as one page that needs no other file and runs nothing."""
    body = renderer("tables").reset().convert(to_markdown(found, catalog))
    return render_template("report.html", body=body, title=f"{catalog.title}: report")


def to_oscal(found: Report, catalog: Catalog) -> str:
    """Return the report as OSCAL assessment results; raise ValueError if OSCAL needs more."""
    from dok_guide.review.formats import as_oscal, whole

    return whole(as_oscal, found.review, catalog).decode()


FORMATS = {"markdown": to_markdown, "html": to_html, "oscal": to_oscal}
