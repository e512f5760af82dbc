"""The PDF form, as somebody has filled it in: its fields are read, the file is never written."""

import io
from collections.abc import Iterator
from typing import Any

from dok_guide.model import Catalog
from dok_guide.review.formats.pdf_names import (
    HEAD,
    MADE_FOR,
    STATES,
    fingerprints_of,
    name_of,
    parts_of,
)
from dok_guide.review.model import Review, Taken
from dok_guide.review.taking import MOST_ANSWERS, Row, take

_OFF = "Off"
#: A form of ours has some 1,000.
_MOST_FIELDS = 10 * MOST_ANSWERS
_MOST_TEXT = 1_000_000


def write(_review: Review, _catalog: Catalog) -> bytes:
    """Refuse: a form in a reader is there to be filled in by hand."""
    raise ValueError("PDF is only read; use .xlsx, or the blank form among the downloads")


def read(data: bytes, catalog: Catalog) -> Taken:
    """Return the review of a form; raise ValueError if the file has none of our fields."""
    problems: list[str] = []
    head: dict[str, str | None] = {}
    answers: dict[tuple[str, str], dict[str, str | None]] = {}
    fields = _fields(data)
    version, fingerprints = fingerprints_of(
        next((text for name, _, text in fields if name == MADE_FOR), "")
    )
    for name, kind, text in fields:
        if parts := parts_of(name):
            cells = answers.setdefault(parts[:2], {"control": parts[0], "audience": parts[1]})
            cells[parts[2]] = text
            cells["fingerprint"] = fingerprints.get(name_of(*parts[:2]))
        elif name in HEAD:
            head[name] = text
        elif text and name != MADE_FOR and kind != "/Sig":
            problems.append(f"the field {name} is left out: {text}")
    head["catalog"] = version
    if not answers:
        raise ValueError("has no field of the checklist; was it printed into a file?")
    rows = [Row(f"{key[0]} ({key[1]})", cells) for key, cells in answers.items()]
    taken = take(head, rows, catalog)
    return Taken(taken.review, (*problems, *taken.problems))


def _fields(data: bytes) -> list[tuple[str, str, str]]:
    """Return name, kind and value of each field."""
    try:
        import pikepdf
    except ImportError:
        raise ValueError("needs pikepdf to be read: pip install 'dok-guide[publish]'") from None
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            form: Any = pdf.Root.get("/AcroForm")
            return list(_walk(form.Fields, "", 0)) if form is not None else []
    except pikepdf.PasswordError:
        raise ValueError("is encrypted; save it without a password") from None
    except ValueError:
        raise
    except Exception as error:  # qpdf and pikepdf let many errors of damaged files through
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"cannot be read as PDF: {reason}") from None


def _walk(fields: Any, above: str, depth: int) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    """Yield the fields of a form; a field without a name of its own is a widget of that above."""
    if len(fields) > _MOST_FIELDS or depth > 5:  # noqa: PLR2004 - ours has no field inside another
        raise ValueError("has more fields than a checklist; this is no review")
    for field in fields:
        own = str(field.get("/T", ""))
        name = f"{above}.{own}" if above else own
        kids = field.get("/Kids", [])
        if any("/T" in kid for kid in kids):
            yield from _walk(kids, name, depth + 1)
        else:
            kind = str(field.get("/FT", ""))
            text = _chosen(field, kids) if kind == "/Btn" else _text(field.get("/V"))
            yield name, kind, text


def _chosen(field: Any, kids: Any) -> str:  # noqa: ANN401 - of pikepdf
    """Return the verdict of buttons; some programs set the buttons alone."""
    states = [str(kid.get("/AS", "")).removeprefix("/") for kid in kids]
    told = str(field.get("/V", "")).removeprefix("/")
    chosen = {state for state in (*states, told) if state not in ("", _OFF)}
    return " and ".join(STATES.get(state, state) for state in sorted(chosen))


def _text(value: Any) -> str:  # noqa: ANN401
    """Return the text of a field, which may be a stream."""
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes()[:_MOST_TEXT]
        return str(pikepdf.String(data))
    return "" if value is None else str(value)
