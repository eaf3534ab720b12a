"""What is exported, looked over: the steps of it, and the sample whose numbers are wanted."""

from numbers import Integral

import numpy as np

from nnviz.algebra.trace import Step
from nnviz.engine.trace import Iteration
from nnviz.text import say


def checked_told(told: object) -> tuple[Step, ...]:
    """Return the steps of an iteration, or the step itself. Raises TypeError where it is neither."""
    if isinstance(told, Iteration):
        return told.steps
    if isinstance(told, Step):
        return (told,)
    raise TypeError(say("error.told", given=type(told).__name__))


def checked_sample(steps: tuple[Step, ...], sample: int) -> int:
    """Return the sample, counted from 0. Raises IndexError where the steps have none of that number."""
    count = max(np.size(value) for step in steps for value in (step.value, *step.operands.values()))
    if isinstance(sample, bool) or not isinstance(sample, Integral) or not 0 <= sample < count:
        raise IndexError(say("error.sample", last=count - 1, given=sample))
    return int(sample)
