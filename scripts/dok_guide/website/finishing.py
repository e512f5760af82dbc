"""After the build: the Content-Security-Policy, checksums, and a check of the built pages."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from dok_guide.source import Problem
from dok_guide.website.checking import check_site
from dok_guide.writing import write_bytes, write_text

_POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_CHARSET = re.compile(rb'<meta charset="utf-8">', re.IGNORECASE)
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL)


def finish(site: Path, downloads: Iterable[str]) -> list[Problem]:
    """Write policy and checksums into a built site; return what is wrong with its pages."""
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        write_bytes(path, with_policy(path.read_bytes()))
    sums = (
        f"{hashlib.sha256((site / n).read_bytes()).hexdigest()}  {n}" for n in sorted(downloads)
    )
    write_text(site / "SHA256SUMS", "\n".join(sums) + "\n")
    return sorted(set(check_site(site)))


def with_policy(page: bytes) -> bytes:
    """Return a page with a policy that allows its own inline scripts, by their hashes."""
    page = _META.sub(b"", page)
    hashes = sorted({_hash(body) for kind, body in _INLINE_SCRIPT.findall(page) if _runs(kind)})
    policy = _POLICY.format(hashes=" ".join(hashes)).replace("  ", " ")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'.encode()
    return _CHARSET.sub(lambda found: found[0] + meta, page, count=1)


def _runs(attributes: bytes) -> bool:
    """Whether a script element holds a program and not data."""
    found = re.search(rb'type="?([^"\s>]+)', attributes)
    return not found or b"javascript" in found[1] or found[1] == b"module"


def _hash(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
