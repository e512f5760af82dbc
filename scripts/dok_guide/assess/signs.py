"""General signs in the resources of operators that the guide does not know: each one a guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dok_guide.engine.objects import Object
from dok_guide.source import Place

_PASSWORD = re.compile(r"(?i)(^|[a-z_-])(password|passwd|secretkey|secret_key)$")
_TLS = re.compile(r"(?i)(tls|ssl)")
_SWITCHED_OFF = re.compile(
    r"(?i)^(insecure|insecureSkipVerify|skipTls\w*|allowUnsafe\w*|disable_?(tls|ssl))$"
)
_IMAGE = re.compile(r"(?i)image(name)?$")
_OPEN = ("LoadBalancer", "NodePort")


@dataclass(frozen=True)
class Sign:
    """Something in a resource that often means a problem; the control that would ask for it."""

    obj: Object
    control: str
    place: Place
    message: str


def signs(obj: Object) -> Iterator[Sign]:
    """Yield the signs in a resource; none of them is sure, and no sign means nothing."""
    waiting: list[tuple[Place, Any]] = [((), obj.data.get("spec"))]
    while waiting:
        place, value = waiting.pop()
        for step, inner in _inner(value):
            here = (*place, step)
            for control, message in _found(here, inner):
                yield Sign(obj, control, ("spec", *here), f"a guess: {message}")
            waiting.append((here, inner))


def _inner(value: Any) -> Iterator[tuple[str | int, Any]]:  # noqa: ANN401
    if isinstance(value, dict):
        yield from reversed(value.items())
    elif isinstance(value, list):
        yield from reversed([*enumerate(value)])


def _found(place: Place, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield control and message of what a value at a place looks like."""
    name = str(place[-1])
    if isinstance(value, str) and value and _PASSWORD.search(name):
        yield "CM-2", "this looks like a password in clear text"
    if value in _OPEN and isinstance(value, str):
        yield "KSI-5", f"this looks like a Service of type {value}"
    if value is True and _SWITCHED_OFF.match(name):
        yield "NM-4", "this looks like TLS, or its verification, switched off"
    if value is False and (_TLS.search(name) or _is_switch_of_tls(place)):
        yield "NM-4", "this looks like TLS switched off"
    if isinstance(value, str) and _IMAGE.search(name) and _moves(value):
        yield "SSC-2", "this looks like an image by `latest`, or without a tag"


def _is_switch_of_tls(place: Place) -> bool:
    around = str(place[-2]) if len(place) > 1 else ""
    return str(place[-1]) in ("enabled", "enable") and bool(_TLS.search(around))


def _moves(image: str) -> bool:
    last = image.rpartition("/")[2]
    return "@" not in image and (":" not in last or last.endswith(":latest"))
