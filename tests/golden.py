"""Compare with a file in tests/golden, or write it: `pytest --write-golden`."""

from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(request: pytest.FixtureRequest, name: str, data: bytes) -> None:
    path = GOLDEN / name
    if request.config.option.write_golden:
        path.write_bytes(data)
    assert path.read_bytes() == data, f"{name}: look at the change, then `pytest --write-golden`"
