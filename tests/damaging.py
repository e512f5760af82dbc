"""Files of reviews damaged by chance, the same for the same seed.

`python tests/damaging.py 10000` reads as many and says what each kind of file took at most.
"""

import io
import random
import resource
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from dok_guide.load import load_catalog
from dok_guide.model import Catalog
from dok_guide.review.formats import READ_BACK, as_csv, as_xlsx
from dok_guide.review.model import Answer, Review, blank

SECONDS, BYTES = 2, 500_000_000
_TOKENS = (
    b"&", b"<", b">", b'"', b"'", b"\x00", b"\xff", b"\xfe", b";", b",", b"\n", b"]]>", b"<!--",
    b"<c>", b"</row>", b"<row>", b'r="XFD1048576"', b't="s"', b't="b"', b't="e"', b't="d"',
    b's="99"', b"<f>A1</f>", b"<is><t>x</t></is>", b"-1", b"1e999", b"99999999999999999999",
    b'ref="A1:XFD1048576"', b"<mergeCell/>", b"&#x0;", b"&a;", b'""', b"=1+1",
    "é".encode("cp1252"), "é".encode("utf-16"), b"nan", b"sep=;\n",
)  # fmt: skip


def example(catalog: Catalog) -> Review:
    """Return a review in which something stands in each field."""
    empty = blank(catalog)
    statuses = ("partly met", "met", "not met", "not applicable")
    answers = tuple(
        replace(answer, status=status, evidence="seen\nthere", reason="r", due="2027-01-31")
        for answer, status in zip(empty.answers, statuses, strict=False)
    )
    apart = (Answer(control="ZZ-9", audience="producer", status="met", note="x;=1"),)
    rest = empty.answers[len(answers) :]
    return replace(empty, subject="Orders", level=1, answers=answers + rest, kept_apart=apart)


def damaged(catalog: Catalog, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield endings and contents of damaged files, workbooks and CSV in turn."""
    chance = random.Random(seed)
    review = example(catalog)
    book, table = as_xlsx.write(review, catalog), as_csv.write(review, catalog)
    for number in range(count):
        if number % 2:
            yield ".csv", _spoil(table, chance)
        elif chance.random() < 0.2:
            yield ".xlsx", _spoil(book, chance)
        else:
            yield ".xlsx", _spoil_part(book, chance)


def _spoil(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _spoil_part(book: bytes, chance: random.Random) -> bytes:
    """Damage one file of a workbook, or leave it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = old.namelist()
        sheets = [name for name in names if "sheet" in name or "shared" in name]
        chosen = chance.choice(sheets if chance.random() < 0.7 else names)
        for name in names:
            content = old.read(name)
            if name != chosen:
                new.writestr(name, content)
            elif chance.random() < 0.95:
                new.writestr(name, _spoil(content, chance))
    return out.getvalue()


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _without(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(200) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.randrange(2000)
    return data[:at] + data[at : at + length] * chance.choice((2, 3, 100)) + data[at + length :]


def _with_token(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_TOKENS) + data[at:]


def _exchanged(data: bytes, chance: random.Random) -> bytes:
    """Put a token in place of a value between quotation marks."""
    parts = data.split(b'"')
    at = chance.randrange(len(parts))
    parts[at] = chance.choice(_TOKENS)
    return b'"'.join(parts)


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, *(3 * [_flip]), *(2 * [_without]), *(2 * [_twice]), *(6 * [_with_token]),
    *(6 * [_exchanged]),
)  # fmt: skip


class TooSlow(BaseException):
    """Reading took too much time of the processor."""


def _stop(*_: object) -> None:
    raise TooSlow


def outcome(catalog: Catalog, ending: str, data: bytes) -> tuple[str, float]:
    """Return what reading a file came to, and the seconds of the processor that it took.

    `read` and `refused` are fine, anything else is the name of an error.
    """
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    began = time.process_time()
    try:
        READ_BACK[ending].read(data, catalog)
        result = "read"
    except ValueError as error:
        result = "refused" if str(error) else "refused without a message"
    except (Exception, TooSlow) as error:
        result = repr(error)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return result, time.process_time() - began


def limit_memory() -> None:
    """Let this process use no more than it has and BYTES."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    used = pages * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))


def main(count: int, seed: int) -> int:
    catalog = load_catalog(Path(__file__).parent / "fixtures/catalog")
    limit_memory()
    results: dict[str, int] = {}
    slowest = 0.0
    for ending, data in damaged(catalog, count, seed):
        result, seconds = outcome(catalog, ending, data)
        results[result] = results.get(result, 0) + 1
        slowest = max(slowest, seconds)
    for result, number in sorted(results.items()):
        print(f"{number:6} {result}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"slowest {slowest:.2f} s of processor time, {peak} MB at most in all")
    return int(bool(set(results) - {"read", "refused"}))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
