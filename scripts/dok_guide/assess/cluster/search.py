"""Marks of credentials in objects that are no Secret; only the place is told, never the value."""

import base64
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from dok_guide.engine.objects import Object, mapping, text
from dok_guide.source import Place, place_name

_WORDS = (
    r"(?:passw(?:or)?d|pwd|passphrase|token|secret|credentials?|hash"
    r"|(?:access|secret|private|api)_?key)"
)
_NAME = re.compile(rf"(?i){_WORDS}$")
_IN_TEXT = re.compile(
    rf"(?i)([a-z0-9_.-]{{0,60}}{_WORDS})\\?[\"']?[ \t]*[:=][ \t]*\\?[\"']?(?=[^\s\"'{{\[\\])"
)
#: What a text holds that is a private key, an account's secret or its verifier.
_MARKS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|[a-z0-9_.-]{0,60}(?:passw(?:or)?d|pwd|secret)[a-z0-9_]*"
    r"(?=[\"']?[ \t]*[:=>][ \t]*[\"']?[^ \t\r\n\"'<$])"
    r"|(?:requirepass|masterauth|primaryauth)(?=[ \t]+[^ \t\r\n$])|\nuser(?= [^\n]* >[^ \n$])"
    r"|\$(?:2[abxy]|5|6|A|argon2[a-z]*)\$|SCRAM-SHA-[0-9]+\$|\bmd5(?=[0-9a-f]{32})"
    r"|\#(?=[0-9a-f]{64})",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\$\{[^}\n]*\}")


def marks(obj: Object) -> Iterator[str]:
    """Yield the files of a ConfigMap with a mark of a key or an account in them (UM-7)."""
    for key, value in _files(obj):
        whole = _PLACEHOLDER.sub("$", f"{key}: {value}")
        found = dict.fromkeys(each[0].strip() for each in _MARKS.finditer(whole))
        if found:
            yield f"{obj.title} {key}: {', '.join(found)}"


def _files(obj: Object) -> Iterator[tuple[str, str]]:
    for key, value in mapping(obj.data, "data").items():
        yield key, str(value)
    for key, value in mapping(obj.data, "binaryData").items():
        with suppress(ValueError):
            yield key, base64.b64decode(str(value)).decode("utf-8", "replace")


def credentials(obj: Object, known: Collection[str]) -> Iterator[str]:
    """Yield the places of an object with a value that may be a credential (CM-2).

    `known` are names of Secrets: a reference to one is no credential.
    """
    for place, name, value in _texts(obj.data, ()):
        if value and value not in known:
            if _NAME.search(name):
                yield f"{obj.title} {place_name(place)}"
            elif found := dict.fromkeys(each[1] for each in _IN_TEXT.finditer(value)):
                yield f"{obj.title} {place_name(place)}: {', '.join(found)}"


def _texts(data: Any, place: Place) -> Iterator[tuple[Place, str, str]]:  # noqa: ANN401
    """Yield place, name and value of each text; a variable's value is known by its name."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str):
                named = text(data, "name") if key == "value" else key
                yield (*place, key), named, value
            elif key != "managedFields":
                yield from _texts(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if isinstance(value, str):
                yield (*place, index), "", value
            else:
                yield from _texts(value, (*place, index))
