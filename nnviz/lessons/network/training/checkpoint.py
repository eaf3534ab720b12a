"""A place of a run from which one can go on: its iteration, its network, and what the optimizer has kept, as text."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array
from nnviz.engine.network import Layer, Network
from nnviz.engine.optimizer_state import OfLayer, OptimizerState, begun, state_of
from nnviz.engine.trainer import Descent
from nnviz.lessons.network.setup import Setup

LAST_ITERATION = 1_000_000


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A place of a run: the network before an iteration, what was kept, and E of the iteration before if known."""

    network: Network
    state: OptimizerState
    before: float | None = None

    @property
    def iteration(self) -> int:
        """The iteration that comes next, counted from 1."""
        return self.state.updates + 1

    @property
    def packed(self) -> str:
        """All weights and biases, what was kept of them, every bit, and E of the iteration before, or NaN, as text."""
        layers = [(layer.matrix, layer.vector) for layer in self.network.layers]
        rows = [*layers, *(of_layer for kept in self.state.kept.values() for of_layer in kept)]
        arrays = [array for pair in rows for array in pair if array is not None]
        arrays.append(np.array([np.nan if self.before is None else self.before]))
        return base64.b64encode(np.concatenate([array.ravel() for array in arrays]).astype("<f8").tobytes()).decode()

    @staticmethod
    def unpacked(setup: Setup, iteration: int, text: str) -> "Checkpoint":
        """Return what was packed as this text. Raises ValueError where it is none of this setup's network."""
        try:
            numbers = np.frombuffer(base64.b64decode(text, validate=True), dtype="<f8")
        except binascii.Error as problem:
            raise ValueError(text) from problem
        nothing = begun(setup.network, setup.method.optimizer)
        pairs = [(layer.matrix, layer.vector) for layer in setup.network.layers]
        pairs += [of_layer for kept in nothing.kept.values() for of_layer in kept]
        sizes = [array.size for pair in pairs for array in pair if array is not None]
        if sum(sizes) + 1 != len(numbers) or not 1 <= iteration <= LAST_ITERATION:
            raise ValueError(text)
        found = _shaped(numbers, pairs)
        layers = [_updated(layer, next(found)) for layer in setup.network.layers]
        kept = {letter: tuple(_finite(next(found)) for _ in of_layers) for letter, of_layers in nothing.kept.items()}
        before = float(numbers[-1])
        state = state_of(iteration - 1, kept)
        return Checkpoint(replace(setup.network, layers=layers), state, before if isfinite(before) else None)


def start_of(setup: Setup) -> Checkpoint:
    """Return where a run begins."""
    return Checkpoint(setup.network, begun(setup.network, setup.method.optimizer))


def checkpoint_of(descent: Descent, before: float | None) -> Checkpoint:
    """Return where a descent is, and E of the iteration before, if that is known."""
    return Checkpoint(descent.network, descent.state, before)


def _shaped(numbers: NDArray[np.float64], pairs: list[OfLayer]) -> Iterator[OfLayer]:
    """Yield numbers in the shapes of pairs of arrays, of which the second may be none."""
    start = 0
    for pair in pairs:
        arrays: list[Array | None] = []
        for array in pair:
            size = 0 if array is None else array.size
            arrays.append(None if array is None else numbers[start : start + size].reshape(array.shape))
            start += size
        first, second = arrays
        assert first is not None
        yield first, second


def _updated(layer: Layer, pair: OfLayer) -> Layer:
    return layer.updated(*pair)


def _finite(pair: OfLayer) -> OfLayer:
    """Return a pair of arrays. Raises ValueError where a number is not finite."""
    if not all(np.isfinite(array).all() for array in pair if array is not None):
        raise ValueError("not finite")
    return pair
