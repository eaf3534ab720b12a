"""Who goes first: training, which may wait, waits while anybody's step is computed, and takes turns among itself.

Whoever trains is told when to come back, each another time, so that nobody asks in vain and all get as much. It is all
of one process: another one has turns of its own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import BoundedSemaphore, Condition

LONGEST_WAIT = 0.5  # seconds for steps to be computed
MOST_LONG = MOST_LARGE = 2  # that are computed at a time
PATIENCE = 0.25  # seconds to wait for another's turn to end, where somebody comes a bit early
USUAL_TURN = 0.2  # seconds
FARTHEST = 5.0  # seconds until somebody may come back, at most: who trains is to see that it goes on
MEMORY = 0.8  # of how long turns took


class Priority:
    """Lets what is quick go before what takes long, whoever asked for it; ``clock`` tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._quick, self._changed, self._long = 0, Condition(), BoundedSemaphore(MOST_LONG)
        self._large = BoundedSemaphore(MOST_LARGE)
        self._clock, self._turn, self._taken_until = clock, USUAL_TURN, 0.0

    @contextmanager
    def quick(self, is_large: bool = False) -> Iterator[None]:
        """Mark what is done within as quick; of what is large, others wait here while MOST_LARGE are done."""
        with self._large if is_large else nullcontext():
            with self._changed:
                self._quick += 1
            try:
                yield
            finally:
                with self._changed:
                    self._quick -= 1
                    self._changed.notify_all()

    @property
    def is_idle(self) -> bool:
        """Whether nothing quick is under way."""
        return not self._quick

    @contextmanager
    def long(self) -> Iterator[bool]:
        """Mark what is done within as long, and yield whether there is room for it, now or in a moment."""
        has_room = self._long.acquire(timeout=PATIENCE)
        began = self._clock()
        try:
            yield has_room
        finally:
            if has_room:
                with self._changed:
                    self._turn = MEMORY * self._turn + (1 - MEMORY) * (self._clock() - began)
                self._long.release()

    def wait(self) -> None:
        """Wait until nothing quick is under way, but no longer than LONGEST_WAIT."""
        with self._changed:
            self._changed.wait_for(lambda: not self._quick, timeout=LONGEST_WAIT)

    def next_turn(self) -> float:
        """Return in how many seconds whoever asks may come for something long, and keep that turn for them."""
        with self._changed:
            now = self._clock()
            begins = max(now, self._taken_until)
            if begins - now > FARTHEST:
                return FARTHEST
            self._taken_until = begins + self._turn
            return begins - now
