"""A review as JSON, in the shape of `review.schema.json`."""

import json
from dataclasses import fields

from dok_guide.data import to_bytes
from dok_guide.model import Catalog
from dok_guide.review.model import SCHEMA_VERSION, Answer, Review, Row, Taken, take


def write(review: Review, _catalog: Catalog) -> bytes:
    """Return the review; fields without a value and answers without content are left out."""
    data: dict[str, object] = {"schema_version": SCHEMA_VERSION}
    for field in fields(Review):
        value = getattr(review, field.name)
        if field.name in ("answers", "kept_apart"):
            value = [_answer(each) for each in value if not each.empty]
        if value is not None and (value or field.name == "answers"):
            data[field.name] = value
    return to_bytes(data)


def _answer(answer: Answer) -> dict[str, str]:
    values = {field.name: getattr(answer, field.name) for field in fields(Answer)}
    return {name: value for name, value in values.items() if value is not None}


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a JSON file."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"cannot be read as JSON: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("answers"), list):
        raise ValueError("holds no review; it has no list of answers")
    if str(found.get("schema_version", SCHEMA_VERSION)).split(".")[0] != SCHEMA_VERSION[0]:
        raise ValueError(
            f"is of version {found['schema_version']}; this program knows {SCHEMA_VERSION}"
        )
    apart = found.get("kept_apart")
    entries = [*found["answers"], *(apart if isinstance(apart, list) else [])]
    rows = [
        Row(f"answer {number}", entry if isinstance(entry, dict) else {"note": str(entry)})
        for number, entry in enumerate(entries, 1)
    ]
    return take(found, rows, catalog)
