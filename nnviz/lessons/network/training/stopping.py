"""When training stops: at an iteration, or before it, as soon as what is measured is below a bound."""

from dataclasses import dataclass

from nnviz.engine.batches import ALL
from nnviz.engine.trainer import Descent
from nnviz.protocol import Measure

LOSS: Measure = "loss"
GRADIENT: Measure = "gradient"
STEP: Measure = "step"
MEASURES = (LOSS, GRADIENT, STEP)


@dataclass(frozen=True)
class Goal:
    """Where training stops: at an iteration, or before it, as soon as a ``measure`` is ``below`` a value.

    That is E, the largest gradient, or the largest step of a weight or a bias, each of all samples.
    """

    iteration: int
    below: float | None = None
    measure: Measure = LOSS

    def is_met(self, descent: Descent) -> bool:
        """Whether the measure is below the value before the iteration that comes next; with batches, of both."""
        if self.below is None or not measured(descent, self.measure) < self.below:
            return False
        return descent.batches == ALL or measured(descent.of_all, self.measure) < self.below


def measured(descent: Descent, measure: Measure) -> float:
    """Return E of the iteration that comes next, its largest gradient, or its largest step."""
    if measure == LOSS:
        return descent.error
    gradient, step = descent.coming()
    return gradient if measure == GRADIENT else step
