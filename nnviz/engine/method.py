"""How a network is updated: by an optimizer, at a rate that a schedule may change from update to update."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nnviz.algebra.expressions import references
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.engine.naming import RATE
from nnviz.engine.optimizers import GRADIENT_DESCENT, NUMBER, GradientDescent, Optimizer, Rule
from nnviz.engine.schedules import CONSTANT, PRESENT_RATE, ConstantRate, Schedule
from nnviz.text import say

ANY = Quantity("w", Letter("w"), "weight", Place("weight"))  # stands for any parameter


class Update(NamedTuple):
    """All of a method that decides which rules there are: everything but its numbers."""

    optimizer: type[Optimizer] = GradientDescent
    schedule: type[Schedule] = ConstantRate

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
        return tuple(self.optimizer.rules(parameter, self.rate))

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
    found = [part.quantity for part in (*update.optimizer.settings, *update.schedule.settings)]
    rules = (*update.rules(ANY), *(rule for rule in (update.rate_rule,) if rule is not None))
    is_counted = any(NUMBER in references(expression) for _, expression in rules)
    return (*found, NUMBER) if is_counted else tuple(found)


@dataclass(frozen=True, slots=True)
class Method:
    """How a network is updated: an optimizer and a schedule. Raises TypeError where one is none."""

    optimizer: Optimizer = GRADIENT_DESCENT
    schedule: Schedule = CONSTANT

    def __post_init__(self) -> None:
        for name, given, kind in (("optimizer", self.optimizer, Optimizer), ("schedule", self.schedule, Schedule)):
            if not isinstance(given, kind) or type(given) is kind:
                raise TypeError(say(f"error.{name}_type", given=type(given).__name__))

    @property
    def update(self) -> Update:
        """Everything of it but its numbers."""
        return Update(type(self.optimizer), type(self.schedule))

    def numbers(self, updates: int) -> dict[str, float]:
        """Return the numbers of an update by id, after so many others."""
        found = self.optimizer.numbers | self.schedule.numbers
        return found | {NUMBER.id: updates + 1.0} if NUMBER in self.update.settings else found


PLAIN_METHOD = Method()
