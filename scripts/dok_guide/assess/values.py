"""The value that is wrong, on one line, as a person reads it in a manifest; secrets stay hidden."""

import json
import re
from typing import Any

from dok_guide.engine.causes import Cause
from dok_guide.engine.objects import get, text
from dok_guide.source import Place

#: The longest value that is shown.
LONGEST = 160
_ROLES = ("Role", "ClusterRole")
#: What may hold a secret, of which no value is shown.
_CONFIDENTIAL_KINDS = ("Secret", "ConfigMap")
_CONFIDENTIAL = frozenset({"env", "args", "command", "httpHeaders"})
_CREDENTIAL = re.compile(r"(?i)password|private key|credential|token")
_PLAIN = re.compile(r"[\w./:@*+%-]+")


def value_of(data: dict[str, Any], cause: Cause, message: str, *, known: bool) -> str:
    """Return a cause with its value, `image: example.org/operator:1`, or only its key if secret.

    A rule of a role is shown whole, since a verb alone says nothing. Where nothing in particular is
    known to be wrong, because something is missing, there is no value.
    """
    place, keys = cause.place, cause.keys
    if data.get("kind") in _ROLES and place[:1] == ("rules",) and len(place) > 1:
        return _mapping(get(data, *place[:2]))
    if not known:
        return ""
    part = get(data, *place)
    if keys:
        shown = {key: part[key] for key in keys}
    elif place and not (part and isinstance(part, dict)):
        shown = {_key(place): part}
    else:
        return ""
    if _is_confidential(data, place, message):
        return ", ".join(shown)
    return _mapping(shown)


def name_of_entry(data: dict[str, Any], place: Place) -> str:
    """Return the names of the entries on the way to a place: `manager IMAGE` for a variable."""
    ways = [place[: index + 1] for index, step in enumerate(place) if isinstance(step, int)]
    return " ".join(name for way in ways if (name := text(get(data, *way), "name")))


def _key(place: Place) -> str:
    return next((step for step in reversed(place) if isinstance(step, str)), "")


def _is_confidential(data: dict[str, Any], place: Place, message: str) -> bool:
    if data.get("kind") in _CONFIDENTIAL_KINDS or _CREDENTIAL.search(message):
        return True
    return bool(_CONFIDENTIAL & {*place}) and "image" not in message


def _mapping(part: dict[str, Any]) -> str:
    shown = ", ".join(f"{key}: {_shown(value)}" for key, value in part.items())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."


def _shown(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_shown(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
