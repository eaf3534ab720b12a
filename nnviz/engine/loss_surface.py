"""The loss over two parameters, the others held: many networks at once, that differ in these two alone."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Place
from nnviz.engine.matrix import Matrices, columns, error, forward
from nnviz.engine.network import Layer, Network, checked_samples
from nnviz.engine.parameters import where

Pair = tuple[Place, Place]


def surface(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    pair: Pair,
    firsts: Sequence[float],
    seconds: Sequence[float],
) -> Array:
    """Return E, (n_seconds, n_firsts), with the two different parameters of the pair at each of these values.

    Where a number becomes too large for a float, E is not finite. Raises ValueError where the samples do not fit.
    """
    x, y = map(columns, checked_samples(network, inputs, targets))
    with np.errstate(over="ignore", invalid="ignore"):
        rows = [_losses(network, x, y, dict(zip(pair, (firsts, [v] * len(firsts)), strict=True))) for v in seconds]
    return np.array(rows)


def _losses(network: Network, x: Array, y: Array, values: Mapping[Place, Sequence[float]]) -> Array:
    """Return E of each of the networks in which the parameters at these places have these values."""
    uses = network.shape.quantities().uses
    everywhere = {place: v for own, v in values.items() for place in uses[own]}
    layers = [
        _stacked(layer, {place: v for place, v in everywhere.items() if place.layer == number})
        for number, layer in enumerate(network.layers, start=1)
    ]
    return error(network.rule, forward(layers, x), y)


def _stacked(layer: Layer, values: Mapping[Place, Sequence[float]]) -> Matrices:
    """Return a layer's matrices, of its weights and its biases a stack where any of them have values of their own."""
    stacks: dict[str, Array] = {}
    for place, numbers in values.items():
        name, own, index = where(layer, place)
        stack = stacks.setdefault(name, np.repeat(own[np.newaxis], len(numbers), axis=0))
        of_each: tuple[slice | int, ...] = (slice(None), *index)
        stack[of_each] = numbers
    weights, biases = stacks.get("weights", layer.matrix), stacks.get("biases", layer.vector)
    return Matrices.of(layer)._replace(weights=weights, biases=None if biases is None else biases[..., np.newaxis])
