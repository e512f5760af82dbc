"""An assessment to read: in a terminal, or in a pull request."""

from collections import Counter

from dok_guide.assess.findings import MET, NOT_MET, NOT_REVIEWED, PARTLY, Assessment
from dok_guide.assess.formats.as_reach import short_markdown, short_text
from dok_guide.assess.formats.terminal import shown
from dok_guide.render import render_template

_ORDER = (NOT_MET, MET, PARTLY, NOT_REVIEWED)


def to_text(found: Assessment) -> str:
    """Return an assessment for the terminal."""
    return shown(_render("assessment.txt", found)) + short_text(found.reach)


def to_markdown(found: Assessment) -> str:
    """Return an assessment as Markdown."""
    return _render("assessment.md", found) + short_markdown(found.reach)


def _render(template: str, found: Assessment) -> str:
    counts = Counter(verdict.status for verdict in found.verdicts)
    return render_template(
        template,
        found=found,
        catalog=found.catalog,
        counts={status: counts[status] for status in _ORDER},
        shown=[verdict for verdict in found.verdicts if verdict.status != NOT_REVIEWED],
        not_met=NOT_MET,
        partly=PARTLY,
        unclassified=found.unclassified,
    )
