"""An assessment to read in a pull request."""

from collections import Counter
from collections.abc import Iterator

from dok_guide.assess.findings import MET, NOT_MET, NOT_REVIEWED, PARTLY, Assessment
from dok_guide.assess.formats.as_reach import short_markdown, why_open
from dok_guide.assess.formats.sections import MOST_NAMES, left_by_level, noted, summary
from dok_guide.assess.formats.terminal import shown
from dok_guide.assess.formats.view import USUAL, View
from dok_guide.assess.grouping import MOST_TRACED, by_urgency, grouped, grouped_gaps
from dok_guide.render import render_template

_ORDER = (NOT_MET, MET, PARTLY, NOT_REVIEWED)
#: How many places of the same value are shown.
PLACES = 10


def to_markdown(found: Assessment, view: View = USUAL) -> Iterator[str]:
    """Yield an assessment as Markdown; equal findings stand together."""
    counts = Counter(verdict.status for verdict in found.verdicts)
    levels = sorted({verdict.control.level for verdict in found.verdicts})
    most = None if view.verbose else MOST_TRACED
    verdicts = [(verdict, grouped(verdict.findings, most)) for verdict in by_urgency(found)]
    left = [v for v in found.verdicts if v.status in (PARTLY, NOT_REVIEWED)]
    why = why_open(found)
    text = render_template(
        "assessment.md",
        found=found,
        view=view,
        catalog=found.catalog,
        counts={status: counts[status] for status in _ORDER},
        levels=levels,
        verdicts=verdicts,
        gaps=grouped_gaps(found.gaps),
        places=None if view.verbose else PLACES,
        not_met=NOT_MET,
        left=left,
        left_by_level=left_by_level(left),
        head=[line.text for line in summary(found)],
        reach=short_markdown(found.install) + (f"\n{why}\n" if why else ""),
        notes=noted(found, None if view.verbose else MOST_NAMES),
    )
    yield from shown(text)
    if found.answers:
        from dok_guide.assess.formats.as_answers import markdown

        yield from shown("\n".join(markdown(found.catalog, found.answers)))
