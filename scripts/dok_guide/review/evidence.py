"""Evidence as references: each line of the field is one, which a report numbers."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_DIGEST = re.compile(r"\bsha256:([0-9a-f]{64})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """A line of evidence: the text, and the address and digest that it names."""

    text: str
    address: str | None
    sha256: str | None


def references(evidence: str | None) -> tuple[Reference, ...]:
    """Return what an evidence field refers to, line by line."""
    lines = (line.strip() for line in (evidence or "").split("\n"))
    return tuple(_reference(line) for line in lines if line)


def _reference(line: str) -> Reference:
    address, digest = _ADDRESS.search(line), _DIGEST.search(line)
    return Reference(
        line,
        address[0].rstrip(".,;)") if address else None,
        digest[1].lower() if digest else None,
    )
