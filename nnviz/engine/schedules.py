"""The schedules of the learning rate: each a row with the rate of an update in place of the α that is given."""

from dataclasses import dataclass
from typing import ClassVar

from nnviz.algebra.expressions import Expression, Op, Ref, minus, over, power, product
from nnviz.algebra.quantities import Letter, Quantity
from nnviz.engine.naming import RATE
from nnviz.engine.optimizers import NUMBER, ONE
from nnviz.engine.settings import COUNT, FACTOR, PLACE, Configured, setting

PRESENT_RATE = Quantity("alpha_t", Letter("α", "t"), "rate", PLACE)
EVERY = setting("every", "n", Letter("n"), COUNT)
GAMMA = setting("factor", "gamma", Letter("γ"), FACTOR)
BEFORE = minus(Ref(NUMBER), ONE)  # the updates that were made before this one


class Schedule(Configured):
    """How the learning rate goes on from update to update, whose number is t.

    ``rate`` is that of an update as an expression, None where it is always α; ``code`` is the same in Python.
    """

    rate: ClassVar[Expression | None] = None
    code: ClassVar[str] = "rate"


class ConstantRate(Schedule):
    """Always α."""

    key = "constant"


@dataclass(frozen=True)
class StepDecay(Schedule):
    """α, and γ times as much each time that n updates were made."""

    key = "step"
    settings = (EVERY, GAMMA)
    rate = product(Ref(RATE), power(Ref(GAMMA.quantity), Op("floor", (over(BEFORE, Ref(EVERY.quantity)),))))
    code = "rate * {gamma} ** (({t} - 1) // {n})"

    every: int = 100
    factor: float = 0.5


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """α, and γ times as much with each update."""

    key = "exponential"
    settings = (GAMMA,)
    rate = product(Ref(RATE), power(Ref(GAMMA.quantity), BEFORE))
    code = "rate * {gamma} ** ({t} - 1)"

    factor: float = 0.99


SCHEDULES: dict[str, type[Schedule]] = {row.key: row for row in (ConstantRate, StepDecay, ExponentialDecay)}
CONSTANT = ConstantRate()
