"""One iteration of training as a sequence of immutable steps, each an expression over earlier quantities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import isfinite, nan
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.expressions import Expression, Value, evaluate
from nnviz.engine.functions import Array
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.plan import Plan, Rule, plan_of
from nnviz.engine.quantities import LOSS, RATE, Quantity
from nnviz.engine.solution import line, result_line
from nnviz.text import say


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
    operands are there too (see ``plan.Rule``).
    """

    phase: str
    quantity: Quantity
    expression: Expression
    value: Value
    operands: Mapping[str, Value]
    computed: bool = True
    short: Expression | None = None

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


@dataclass(frozen=True, eq=False, repr=False)
class Iteration(Trace):
    """Everything that one iteration of a network's training did.

    ``start`` is the network before it. ``pauses`` has one step, or all of a stage where the detail is a layer.
    """

    start: Network
    plan: Plan

    def __repr__(self) -> str:
        errors = [result_line(self.by_id[loss.id]) for loss in (LOSS, LOSS.after_update())]
        facts = {"network": self.start, "samples": self.plan.n_samples, "steps": len(self.steps)}
        return say("repr.iteration", errors=", ".join(errors), **facts)

    @cached_property
    def pauses(self) -> tuple[tuple[Step, ...], ...]:
        """The steps that a reader takes at a time: one, or all of a stage where the detail is a layer."""
        return tuple(self.steps[pause] for pause in self.plan.pauses)

    @cached_property
    def network(self) -> Network | None:
        """The network after the update, or None where a number became too large for a float."""
        if self.overflow is not None:
            return None
        q, layers = self.plan.quantities, []
        for layer, rows, row in zip(self.start.layers, q.weights[1:], q.biases[1:], strict=True):
            weights = np.array([[self.values[w.after_update().id] for w in row] for row in rows])
            biases = layer.vector
            if layer.has_trained_biases:
                biases = np.array([self.values[b.after_update().id] for b in row])
            layers.append(layer.updated(weights, biases))
        return Network(layers, self.start.loss)


def trace(
    network: Network, inputs: ArrayLike, targets: ArrayLike, learning_rate: float, manner: Manner = PLAIN
) -> Iteration:
    """Return one iteration of gradient descent, step by step, told in a manner.

    ``inputs`` have shape (n_samples, n_in), ``targets`` (n_samples, n_out). Raises ValueError where they do not fit
    the network, or the learning rate is not a finite number above 0, and TypeError where ``network`` or ``manner`` is
    none.
    """
    if not isinstance(manner, Manner):
        raise TypeError(say("error.manner_type", given=type(manner).__name__))
    x, y = checked_samples(network, inputs, targets)
    rate = checked_rate(learning_rate)
    plan = plan_of(network.shape, len(x), manner)
    given = _given(network, plan, x, y, rate)
    return Iteration(MappingProxyType(given), followed(plan.rules, given), network, plan)


def followed(rules: Iterable[Rule], given: Mapping[str, Value]) -> tuple[Step, ...]:
    """Return the steps that come of following rules, in order, from given values by id."""
    values, steps, diverged = dict(given), [], False
    with np.errstate(over="ignore", invalid="ignore"):
        for rule in rules:
            operands = MappingProxyType({key: values[key] for key in rule.operands})
            value = nan if diverged else _plain(evaluate(rule.expression, operands))
            values[rule.quantity.id] = value
            step = Step(rule.phase, rule.quantity, rule.expression, value, operands, not diverged, rule.short)
            steps.append(step)
            diverged = diverged or step.overflowed
    return tuple(steps)


def _given(network: Network, plan: Plan, x: Array, y: Array, rate: float) -> dict[str, Value]:
    """Return the values that are known before the first step, by id."""
    q = plan.quantities
    values: dict[str, Value] = {RATE.id: rate}
    values |= {quantity.id: _plain(column) for quantity, column in zip(q.neurons[0], x.T, strict=True)}
    values |= {quantity.id: _plain(column) for quantity, column in zip(q.targets, y.T, strict=True)}
    for layer, rows, row in zip(network.layers, q.weights[1:], q.biases[1:], strict=True):
        for weights, numbers in zip(rows, layer.matrix.tolist(), strict=True):
            values |= {weight.id: number for weight, number in zip(weights, numbers, strict=True)}
        if layer.vector is not None:
            values |= {bias.id: number for bias, number in zip(row, layer.vector.tolist(), strict=True)}
    return values


def _plain(value: Value) -> Value:
    """Return one sample's value as a float, several samples' as a read-only array."""
    if isinstance(value, float):
        return float(value)
    array = np.asarray(value, dtype=np.float64)
    if array.size == 1:
        return float(array.reshape(()))
    array.setflags(write=False)
    return array
