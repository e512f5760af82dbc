"""The forms in which an assessment is shown or passed on."""

from collections.abc import Callable

from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import as_json, as_review, as_sarif, as_text

FORMATS: dict[str, Callable[[Assessment], str]] = {
    "text": as_text.to_text,
    "json": as_json.to_json,
    "sarif": as_sarif.to_sarif,
    "markdown": as_text.to_markdown,
    "review": as_review.to_review,
}
