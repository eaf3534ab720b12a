"""An assignment: so many tasks in a way, with so many hints, on numbers that are drawn from seeds, or on those given.

As a text it is way-hints-seed-count, such as iteration-2-7-3: three tasks, of the seeds 7, 8 and 9; or way-hints.
"""

import re
from dataclasses import dataclass

from nnviz.player.refusal import LARGEST_SEED
from nnviz.practice.ways import HINTS, WAYS

MOST_TASKS = 60
WRITTEN = re.compile(r"([a-z]+)-([0-9])(?:-([0-9]{1,9})-([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True)
class Assignment:
    """So many tasks in a way, with so many ``hints`` to each number; without a ``seed`` on numbers that are there."""

    way: str
    hints: int
    seed: int | None = None
    count: int = 1

    @staticmethod
    def of(text: str) -> "Assignment":
        """Return the assignment in a text. Raises ValueError where it is none."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(text)
        way, hints, seed, count = found.groups()
        made = Assignment(way, int(hints), None if seed is None else int(seed), int(count or 1))
        is_fine = made.way in WAYS and made.hints <= HINTS and 1 <= made.count <= MOST_TASKS
        if not is_fine or (made.seed or 0) + made.count > LARGEST_SEED:
            raise ValueError(text)
        return made

    @property
    def text(self) -> str:
        """The assignment as links have it."""
        return f"{self.way}-{self.hints}" + ("" if self.seed is None else f"-{self.seed}-{self.count}")

    def seed_of(self, number: int) -> int | None:
        """Return the seed of a task, counted from 0, or None where the numbers are those that are there."""
        return None if self.seed is None else self.seed + number
