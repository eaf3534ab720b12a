"""An iteration of a run as a reader walks it: its passes, and how much of it a browser gets at a time."""

from functools import cached_property
from itertools import accumulate, groupby

from nnviz.algebra.trace import Trace

MOST_VIEWS, BEHIND, AHEAD = 150, 40, 80


class Run:
    """An iteration of a lesson's run as a reader walks it: its number in the run, and whether it is the last one."""

    iteration: Trace
    number: int
    is_last: bool
    end_of_all = "refusal.last"  # the key of what is said behind the last one

    @cached_property
    def passes(self) -> tuple[tuple[str, int], ...]:
        """The passes in order, each with the number of pauses at its end."""
        phases = groupby(steps[0].phase for steps in self.iteration.pauses)
        counts = [(phase, len(list(group))) for phase, group in phases]
        ends = accumulate(count for _, count in counts)
        return tuple((phase, end) for (phase, _), end in zip(counts, ends, strict=True))

    @property
    def forward_end(self) -> int:
        """The number of pauses of the forward pass."""
        return self.passes[0][1]

    @property
    def end(self) -> int:
        """The number of pauses of the iteration."""
        return len(self.iteration.pauses)

    def window(self, cursor: int) -> range:
        """Return the cursors that a browser gets whose own is there: all up to the end of the forward or the last pass.

        Of a long iteration it gets those around its own, and none of a later pass.
        """
        if self.end <= MOST_VIEWS:
            return range((self.forward_end if cursor <= self.forward_end else self.end) + 1)
        end = next(end for _, end in self.passes if cursor <= end)
        return range(max(0, cursor - BEHIND), min(end, cursor + AHEAD) + 1)

    @property
    def can_go_on(self) -> bool:
        """Whether there is a next iteration."""
        return not self.is_last and self.iteration.overflow is None
