"""A run of a descent: an iteration of a method on a curve, and all iterations before it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nnviz.algebra.quantities import Quantity
from nnviz.algebra.trace import Trace
from nnviz.lessons.descent.arrival import StoppingRule
from nnviz.lessons.descent.curves import SLOPE, Curve, X
from nnviz.lessons.descent.methods import NEW
from nnviz.player.run import Run

Printed = Literal["", "document", "other"]


@dataclass(frozen=True)
class DescentRun(Run):
    """An iteration of a method on a kind of curve, and all iterations before it.

    There are ``most`` iterations. ``usual`` is the part of the x axis to draw at least. ``rule`` says when it has come
    to rest, where that can be said. ``printed`` says that x is shown as the document prints it, which is the
    "document" itself or "other" numbers.
    """

    curve: Curve
    kind: str
    method: str
    earlier: tuple[Trace, ...]
    iteration: Trace
    most: int
    usual: tuple[float, float]
    rule: StoppingRule | None
    printed: Printed = ""

    @property
    def start(self) -> float:
        """Where the run begins."""
        return value_of((*self.earlier, self.iteration)[0], X)

    @cached_property
    def rest(self) -> int | None:
        """The number of the first iteration so far that meets the stopping rule, if one does."""
        rule, iterations = self.rule, (*self.earlier, self.iteration)
        if rule is None:
            return None
        measured = ((number, move_of(one), value_of(one, SLOPE)) for number, one in enumerate(iterations, start=1))
        return next((number for number, move, slope in measured if rule.is_met(move, slope)), None)

    @property
    def number(self) -> int:  # type: ignore[override]
        """The number of the iteration, counted from 1."""
        return len(self.earlier) + 1

    @property
    def is_last(self) -> bool:  # type: ignore[override]
        """Whether it is the last iteration that is computed."""
        return self.number >= self.most


def value_of(iteration: Trace, quantity: Quantity) -> float:
    """Return a quantity's value in an iteration. Raises KeyError where it has none there."""
    return float(iteration.values[quantity.id])


def move_of(iteration: Trace) -> float:
    """Return how far an iteration moves along x. Raises KeyError where it does not move."""
    return value_of(iteration, NEW) - value_of(iteration, X)
