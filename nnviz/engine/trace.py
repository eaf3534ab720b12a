"""One iteration of a network's training, step by step."""

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Value
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.solution import result_line
from nnviz.algebra.trace import Step, Trace, followed, plain
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import PLAIN_METHOD, Method
from nnviz.engine.naming import LOSS, RATE
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.optimizer_state import OfLayer, OptimizerState, checked_state, state_of
from nnviz.engine.optimizers import GRADIENT_DESCENT, Kept, Optimizer
from nnviz.engine.plan import Plan, plan_of
from nnviz.engine.schedules import CONSTANT, Schedule
from nnviz.text import say


@dataclass(frozen=True, eq=False, repr=False)
class Iteration(Trace):
    """Everything that one iteration of a network's training did.

    ``start`` is the network before it. ``pauses`` has one step, or all of a stage where the detail is a layer.
    ``method`` is how the network is updated, after so many ``updates`` before.
    """

    start: Network
    plan: Plan
    method: Method = PLAIN_METHOD
    updates: int = 0

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
        q, layers = self.plan.quantities.after_update(frozenset(self.plan.trained)), []
        for layer, rows, row in zip(self.start.layers, q.weights[1:], q.biases[1:], strict=True):
            weights = np.array([[self.values.get(w.id, 0.0) for w in row] for row in rows])
            biases = layer.vector if layer.vector is None else np.array([self.values[b.id] for b in row])
            layers.append(layer.updated(weights, biases))
        return replace(self.start, layers=layers)

    @cached_property
    def state(self) -> OptimizerState | None:
        """What the optimizer has kept after the update, or None where a number became too large for a float."""
        return None if self.overflow is not None else self._kept(self.updates + 1, new=True)

    @cached_property
    def state_before(self) -> OptimizerState:
        """What the optimizer had kept before the update."""
        return self._kept(self.updates, new=False)

    def _kept(self, updates: int, *, new: bool) -> OptimizerState:
        def value(kept: Kept, parameter: Quantity) -> Value:
            quantity = kept.of(parameter)
            return self.values.get(quantity.after_update().id if new else quantity.id, 0.0)

        q, found = self.plan.quantities, dict[str, tuple[OfLayer, ...]]()
        for kept in self.method.optimizer.keeps:
            found[kept.letter] = tuple(
                (
                    np.array([[value(kept, w) for w in row] for row in rows]),
                    np.array([value(kept, b) for b in row]) if self.plan.shape.trains_biases(number) else None,
                )
                for number, (rows, row) in enumerate(zip(q.weights[1:], q.biases[1:], strict=True), start=1)
            )
        return state_of(updates, found)


def trace(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    manner: Manner = PLAIN,
    *,
    optimizer: Optimizer = GRADIENT_DESCENT,
    schedule: Schedule = CONSTANT,
    weight_decay: float = 0.0,
    state: OptimizerState | None = None,
) -> Iteration:
    """Return one iteration of training, step by step, told in a manner.

    ``inputs`` have shape (n_samples, n_in), ``targets`` (n_samples, n_out). The ``state`` of the iteration before this
    one goes on with what the optimizer has kept, and with the schedule; None begins. With ``weight_decay`` λ, each
    weight is updated by ∂E/∂w + λ·w, as PyTorch has it, and E stays as it is. Raises ValueError where samples or state
    do not fit the network, the learning rate is not a finite number above 0, or the decay not one of 0 or more, and
    TypeError where ``network``, ``manner``, ``optimizer``, ``schedule`` or ``state`` is none.
    """
    if not isinstance(manner, Manner):
        raise TypeError(say("error.manner_type", given=type(manner).__name__))
    x, y = checked_samples(network, inputs, targets)
    method = Method(optimizer, schedule, weight_decay)
    state = checked_state(network, optimizer, state)
    plan = plan_of(network.shape, len(x), manner, method.update)
    given = _given(network, plan, x, y, checked_rate(learning_rate))
    given |= method.numbers(state.updates) | _given_kept(plan, method, state)
    return Iteration(MappingProxyType(given), followed(plan.rules, given), network, plan, method, state.updates)


def retold(iteration: Iteration, manner: Manner) -> Iteration:
    """Return the same iteration, told in another manner."""
    plan = iteration.plan.told(manner)
    return replace(iteration, plan=plan, steps=followed(plan.rules, iteration.given))


def _given(network: Network, plan: Plan, x: Array, y: Array, rate: float) -> dict[str, Value]:
    """Return the values that are known before the first step, by id."""
    q = plan.quantities
    values: dict[str, Value] = {RATE.id: rate}
    values |= {quantity.id: plain(column) for quantity, column in zip(q.neurons[0], x.T, strict=True)}
    values |= {quantity.id: plain(column) for quantity, column in zip(q.targets, y.T, strict=True)}
    for layer, rows, row in zip(network.layers, q.weights[1:], q.biases[1:], strict=True):
        for weights, numbers in zip(rows, layer.matrix.tolist(), strict=True):
            pairs = zip(weights, numbers, strict=True)
            values |= {weight.id: number for weight, number in pairs if weight.id not in q.absent}
        if layer.vector is not None:
            values |= {bias.id: number for bias, number in zip(row, layer.vector.tolist(), strict=True)}
    return values


def _given_kept(plan: Plan, method: Method, state: OptimizerState) -> dict[str, Value]:
    """Return what the optimizer has kept of each parameter before the update, by id."""
    values: dict[str, Value] = {}
    trained = set(plan.trained)
    for kept in method.optimizer.keeps:
        layers = zip(state.kept[kept.letter], plan.quantities.weights[1:], plan.quantities.biases[1:], strict=True)
        for (of_weights, of_biases), rows, row in layers:
            for weights, numbers in zip(rows, of_weights.tolist(), strict=True):
                pairs = zip(weights, numbers, strict=True)
                values |= {kept.of(w).id: number for w, number in pairs if w in trained}
            if of_biases is not None:
                pairs = zip(row, of_biases.tolist(), strict=True)
                values |= {kept.of(b).id: number for b, number in pairs if b in trained}
    return values
