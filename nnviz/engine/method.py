"""How a network is updated: by an optimizer, at a rate that a schedule may change, with weights that may decay."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nnviz.algebra.expressions import references
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.engine.naming import RATE, gradient
from nnviz.engine.optimizers import GRADIENT_DESCENT, NUMBER, GradientDescent, Optimizer, Rule
from nnviz.engine.schedules import CONSTANT, PRESENT_RATE, ConstantRate, Schedule
from nnviz.engine.settings import checked
from nnviz.engine.weight_decay import WEIGHT_DECAY, decay_rule
from nnviz.text import say

ANY_WEIGHT = Quantity("w", Letter("w"), "weight", Place("weight"))
ANY_BIAS = Quantity("b", Letter("b"), "bias", Place("bias"))


class Update(NamedTuple):
    """All of a method that decides which rules there are: everything but its numbers."""

    optimizer: type[Optimizer] = GradientDescent
    schedule: type[Schedule] = ConstantRate
    decays: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a step is α·∂E/∂w, with the α that is given."""
        return self == PLAIN_UPDATE

    @property
    def is_constant(self) -> bool:
        """Whether the rate is always the α that is given."""
        return self.schedule.rate is None

    @property
    def rate(self) -> Quantity:
        """The rate of an update: α, or what a schedule makes of it."""
        return RATE if self.schedule.rate is None else PRESENT_RATE

    @property
    def rate_rule(self) -> Rule | None:
        """What a schedule makes of α; None where that stays as it is."""
        return None if self.schedule.rate is None else (PRESENT_RATE, self.schedule.rate)

    def rules(self, parameter: Quantity) -> tuple[Rule, ...]:
        """Return what leads to the new value of a parameter, in order, and that last."""
        if not (self.decays and parameter.kind == "weight"):
            return tuple(self.optimizer.rules(parameter, gradient(parameter), self.rate))
        slope, expression = decay_rule(parameter)
        return (slope, expression), *self.optimizer.rules(parameter, slope, self.rate)

    def kept(self, parameter: Quantity) -> Iterator[Quantity]:
        """Yield what is kept of a parameter, as it is before the update."""
        return (kept.of(parameter) for kept in self.optimizer.keeps)

    @property
    def settings(self) -> tuple[Quantity, ...]:
        """The numbers that it is set by, and the number of the update where that makes a difference."""
        return _settings(self)


PLAIN_UPDATE = Update()


@lru_cache(maxsize=64)
def _settings(update: Update) -> tuple[Quantity, ...]:
    decay = (WEIGHT_DECAY,) if update.decays else ()
    found = [part.quantity for part in (*decay, *update.optimizer.settings, *update.schedule.settings)]
    rules = (*update.rules(ANY_WEIGHT), *(rule for rule in (update.rate_rule,) if rule is not None))
    is_counted = any(NUMBER in references(expression) for _, expression in rules)
    return (*found, NUMBER) if is_counted else tuple(found)


@dataclass(frozen=True, slots=True)
class Method:
    """How a network is updated: an optimizer, a schedule, and the λ of weight decay, where 0 is none.

    Raises TypeError where the optimizer or the schedule is none, and ValueError where λ is no number of 0 or more.
    """

    optimizer: Optimizer = GRADIENT_DESCENT
    schedule: Schedule = CONSTANT
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        for name, given, kind in (("optimizer", self.optimizer, Optimizer), ("schedule", self.schedule, Schedule)):
            if not isinstance(given, kind) or type(given) is kind:
                raise TypeError(say(f"error.{name}_type", given=type(given).__name__))
        object.__setattr__(self, "weight_decay", checked(WEIGHT_DECAY, self.weight_decay))

    @property
    def update(self) -> Update:
        """Everything of it but its numbers."""
        return Update(type(self.optimizer), type(self.schedule), self.weight_decay > 0)

    def numbers(self, updates: int) -> dict[str, float]:
        """Return the numbers of an update by id, after so many others."""
        found = self.optimizer.numbers | self.schedule.numbers
        if self.update.decays:
            found[WEIGHT_DECAY.quantity.id] = float(self.weight_decay)
        return found | {NUMBER.id: updates + 1.0} if NUMBER in self.update.settings else found


PLAIN_METHOD = Method()
