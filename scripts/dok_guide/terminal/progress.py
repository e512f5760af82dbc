"""What a long run is doing, on a line of its own that it takes back."""

import time
from collections.abc import Callable
from typing import TextIO

#: Seconds before the first word, and between two.
PATIENCE, BREATH = 1.0, 0.2


class Progress:
    """Tells a person at a terminal; anything else is told nothing."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._next = clock() + PATIENCE
        self._shown = False
        self._told = stream.isatty()

    def tell(self, what: str) -> None:
        """Show what is being done, in words of our own and never of the input."""
        now = self._clock() if self._told else 0
        if not self._told or now < self._next:
            return
        self._next, self._shown = now + BREATH, True
        self._write(f"\r{what}\x1b[K")

    def done(self) -> None:
        """Take the line back."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
