"""What an optimizer keeps from iteration to iteration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.engine.network import Network
from nnviz.engine.optimizers import Optimizer
from nnviz.text import say

OfLayer = tuple[Array, Array | None]


@dataclass(frozen=True, eq=False, repr=False)
class OptimizerState:
    """How many updates were made, and what the optimizer has kept of each parameter.

    ``kept`` has for each of its letters, such as "m" and "v", a pair a layer: for the weights (n_out, n_in), and for
    the biases (n_out,), None where none is trained. It is 0 of what no update moves, and the same in all places of a
    tie.
    """

    updates: int = 0
    kept: Mapping[str, tuple[OfLayer, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def __repr__(self) -> str:
        key = "repr.state" if self.kept else "repr.state.nothing"
        return say(key, updates=self.updates, kept=", ".join(self.kept))

    def __reduce__(self) -> tuple[Any, ...]:
        return state_of, (self.updates, dict(self.kept))


def state_of(updates: int, kept: Mapping[str, tuple[OfLayer, ...]]) -> OptimizerState:
    """Return the state after so many updates, with what was kept."""
    return OptimizerState(updates, MappingProxyType(dict(kept)))


NOTHING_KEPT = OptimizerState()


def begun(network: Network, optimizer: Optimizer, updates: int = 0) -> OptimizerState:
    """Return the state before any update of an optimizer, which has kept nothing; or after so many without it."""
    layers = tuple(
        (np.zeros(layer.matrix.shape), np.zeros(len(layer.matrix)) if network.shape.trains_biases(number) else None)
        for number, layer in enumerate(network.layers, start=1)
    )
    return state_of(updates, {kept.letter: layers for kept in optimizer.keeps})


def checked_state(network: Network, optimizer: Optimizer, state: OptimizerState | None) -> OptimizerState:
    """Return a state, where there is none that of the beginning.

    Raises TypeError where it is none, and ValueError where it is that of another network or another optimizer.
    """
    start = begun(network, optimizer)
    if state is None:
        return start
    if not isinstance(state, OptimizerState):
        raise TypeError(say("error.state_type", given=type(state).__name__))
    if _shapes(state) != _shapes(start):
        raise ValueError(say("error.state", optimizer=type(optimizer).__name__))
    return state


def _shapes(state: OptimizerState) -> dict[str, list[tuple[object, object]]]:
    return {
        letter: [(weights.shape, None if biases is None else biases.shape) for weights, biases in layers]
        for letter, layers in state.kept.items()
    }
