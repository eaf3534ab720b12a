"""Steps come first: training, which may wait, waits while anybody's step is computed."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Condition

LONGEST_WAIT = 0.5  # seconds
MOST_LONG = 2  # that are computed at a time


class Priority:
    """Lets what is quick go before what takes long, whoever asked for it."""

    def __init__(self) -> None:
        self._quick, self._changed, self._long = 0, Condition(), BoundedSemaphore(MOST_LONG)

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

    @contextmanager
    def long(self) -> Iterator[bool]:
        """Mark what is done within as long, and yield whether there is room for it."""
        has_room = self._long.acquire(blocking=False)
        try:
            yield has_room
        finally:
            if has_room:
                self._long.release()

    def wait(self) -> None:
        """Wait until nothing quick is under way, but no longer than LONGEST_WAIT."""
        with self._changed:
            self._changed.wait_for(lambda: not self._quick, timeout=LONGEST_WAIT)
