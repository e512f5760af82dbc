"""An assessment to read: in a terminal, or in a pull request."""

import re
from collections import Counter

from dok_guide.assess.findings import MET, NOT_MET, NOT_REVIEWED, PARTLY, Assessment
from dok_guide.render import render_template

_ORDER = (NOT_MET, MET, PARTLY, NOT_REVIEWED)
#: What a terminal would obey instead of showing it; names in manifests come from strangers.
_COMMANDS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def to_text(found: Assessment) -> str:
    """Return an assessment for the terminal."""
    return _COMMANDS.sub("?", _render("assessment.txt", found))


def to_markdown(found: Assessment) -> str:
    """Return an assessment as Markdown."""
    return _render("assessment.md", found)


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
