"""One iteration of a network's training, step by step."""

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Value
from nnviz.algebra.solution import result_line
from nnviz.algebra.trace import Step, Trace, followed, plain
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.naming import LOSS, RATE
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.plan import Plan, plan_of
from nnviz.text import say


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


def retold(iteration: Iteration, manner: Manner) -> Iteration:
    """Return the same iteration, told in another manner."""
    plan = plan_of(iteration.plan.shape, iteration.plan.n_samples, manner)
    return Iteration(iteration.given, followed(plan.rules, iteration.given), iteration.start, plan)


def _given(network: Network, plan: Plan, x: Array, y: Array, rate: float) -> dict[str, Value]:
    """Return the values that are known before the first step, by id."""
    q = plan.quantities
    values: dict[str, Value] = {RATE.id: rate}
    values |= {quantity.id: plain(column) for quantity, column in zip(q.neurons[0], x.T, strict=True)}
    values |= {quantity.id: plain(column) for quantity, column in zip(q.targets, y.T, strict=True)}
    for layer, rows, row in zip(network.layers, q.weights[1:], q.biases[1:], strict=True):
        for weights, numbers in zip(rows, layer.matrix.tolist(), strict=True):
            values |= {weight.id: number for weight, number in zip(weights, numbers, strict=True)}
        if layer.vector is not None:
            values |= {bias.id: number for bias, number in zip(row, layer.vector.tolist(), strict=True)}
    return values
