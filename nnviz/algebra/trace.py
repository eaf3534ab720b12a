"""A computation as a sequence of immutable steps, each an expression over earlier quantities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import isfinite, nan
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from nnviz.algebra.expressions import Expression, Value, evaluate, references
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.solution import line, result_line
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Rule:
    """In this phase this quantity is this expression, made of the operands, quantities by their ids.

    ``short`` is the same in fewer factors, where a chain rule is multiplied out although the gradient of what is in
    front is known: ∂E/∂h1·∂h1/∂w1 for ∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1. Its quantities are among the operands. ``computed`` is
    the same computed in another way than it is written, where that keeps digits; it is of quantities known before.
    """

    phase: str
    quantity: Quantity
    expression: Expression
    operands: tuple[str, ...]
    short: Expression | None = None
    computed: Expression | None = None


class _Locked:
    """What is copied and pickled by its fields, and whose mappings and arrays stay read-only in the copy."""

    def __getstate__(self) -> dict[str, Any]:
        state = {field.name: getattr(self, field.name) for field in fields(cast(Any, self))}
        return {name: dict(part) if isinstance(part, MappingProxyType) else part for name, part in state.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, part in state.items():
            for value in part.values() if isinstance(part, dict) else (part,):
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)
            self.__dict__[name] = MappingProxyType(part) if isinstance(part, dict) else part


@dataclass(frozen=True, eq=False, repr=False)
class Step(_Locked):
    """One quantity gets its value from an expression over earlier quantities.

    ``value`` is a float, or an array (n_samples,) where there are several samples. ``operands`` are the values
    that the expression was evaluated with, by id. A step after one whose value was too large for a float
    is not ``computed``, and its value is nan. ``short`` is the expression in fewer factors, where there is one; its
    operands are there too (see ``Rule``). ``in_sums`` is the expression as it is computed, where that is another way
    than it is written, and the operands of both.
    """

    phase: str
    quantity: Quantity
    expression: Expression
    value: Value
    operands: Mapping[str, Value]
    computed: bool = True
    short: Expression | None = None
    in_sums: tuple[Expression, Mapping[str, Value]] | None = None

    @property
    def id(self) -> str:
        """The quantity's id, such as "h1", "dE/dw5" or "w5+"."""
        return self.quantity.id

    @property
    def name(self) -> str:
        """The quantity's name, such as "h1", "∂E/∂w5" or "w5⁺"."""
        return self.quantity.name

    @cached_property
    def shortened(self) -> "Step | None":
        """The same step in fewer factors, if there is one."""
        return None if self.short is None else replace(self, expression=self.short, short=None)

    @cached_property
    def overflowed(self) -> bool:
        """Whether this is the step whose value is too large for a float."""
        finite = isfinite(self.value) if isinstance(self.value, float) else bool(np.all(np.isfinite(self.value)))
        return self.computed and not finite

    def __str__(self) -> str:
        return line(self)

    def __repr__(self) -> str:
        return say("repr.step", phase=self.phase, result=result_line(self))


@dataclass(frozen=True, eq=False, repr=False)
class Trace(_Locked):
    """The steps of one iteration, in order, and the values that they start from, by id."""

    given: Mapping[str, Value]
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        return say("repr.trace", kind=type(self).__name__, steps=len(self.steps))

    @cached_property
    def pauses(self) -> tuple[tuple[Step, ...], ...]:
        """The steps that a reader takes at a time."""
        return tuple((step,) for step in self.steps)

    @cached_property
    def position(self) -> dict[str, int]:
        """The number of pauses after which each quantity is known: 0 for what is given."""
        return dict.fromkeys(self.given, 0) | {
            step.id: number for number, pause in enumerate(self.pauses, start=1) for step in pause
        }

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by the ids of their quantities."""
        return {step.id: step for step in self.steps}

    @cached_property
    def by_name(self) -> dict[str, Step]:
        """The steps by name, as people write it: "∂E/∂w5"."""
        return {step.name: step for step in self.steps}

    @cached_property
    def values(self) -> dict[str, Value]:
        """All values by id, those of the end of the iteration."""
        return dict(self.given) | {step.id: step.value for step in self.steps}

    @cached_property
    def overflow(self) -> Step | None:
        """The step whose value is too large for a float, if there is one."""
        return next((step for step in self.steps if step.overflowed), None)


def followed(rules: Iterable[Rule], given: Mapping[str, Value]) -> tuple[Step, ...]:
    """Return the steps that come of following rules, in order, from given values by id."""
    values, steps, diverged = dict(given), [], False
    with np.errstate(over="ignore", invalid="ignore"):
        for rule in rules:
            operands = MappingProxyType({key: values[key] for key in rule.operands})
            value = nan if diverged else plain(_computed(rule, operands, values))
            values[rule.quantity.id] = value
            in_sums = None
            if rule.computed is not None:
                others = {quantity.id: values[quantity.id] for quantity in references(rule.computed)}
                in_sums = (rule.computed, operands | others)
            step = Step(rule.phase, rule.quantity, rule.expression, value, operands, not diverged, rule.short, in_sums)
            steps.append(step)
            diverged = diverged or step.overflowed
    return tuple(steps)


def _computed(rule: Rule, operands: Mapping[str, Value], values: Mapping[str, Value]) -> Value:
    found: Value = evaluate(rule.expression, operands) if rule.computed is None else evaluate(rule.computed, values)
    return found


def plain(value: Value) -> Value:
    """Return one sample's value as a float, several samples' as a read-only array."""
    if isinstance(value, float):
        return float(value)
    array = np.asarray(value, dtype=np.float64)
    if array.size == 1:
        return float(array.reshape(()))
    array.setflags(write=False)
    return array
