"""The forms in which an assessment is shown or passed on."""

from collections.abc import Callable, Iterator

from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import (
    as_annotations,
    as_json,
    as_markdown,
    as_review,
    as_sarif,
    as_text,
)
from dok_guide.assess.formats.view import View

#: Each yields the text in pieces, so that a long one is never in memory as a whole.
FORMATS: dict[str, Callable[[Assessment, View], Iterator[str]]] = {
    "text": as_text.to_text,
    "json": as_json.to_json,
    "sarif": as_sarif.to_sarif,
    "markdown": as_markdown.to_markdown,
    "review": as_review.to_review,
    "annotations": as_annotations.to_annotations,
}
