"""Steps come first: training, which may wait, waits while anybody's step is computed."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST_WAIT = 0.5  # seconds


class Courtesy:
    """Lets what is quick go before what takes long, whoever asked for it."""

    def __init__(self) -> None:
        self._quick, self._changed = 0, Condition()

    @contextmanager
    def quick(self) -> Iterator[None]:
        """Mark what is done within as quick."""
        with self._changed:
            self._quick += 1
        try:
            yield
        finally:
            with self._changed:
                self._quick -= 1
                self._changed.notify_all()

    def wait(self) -> None:
        """Wait until nothing quick is under way, but no longer than LONGEST_WAIT."""
        with self._changed:
            self._changed.wait_for(lambda: not self._quick, timeout=LONGEST_WAIT)
