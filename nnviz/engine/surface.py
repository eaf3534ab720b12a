"""The loss over two parameters, the others held: many networks at once, that differ in these two alone.

An array has the units first, then the networks, where they differ, then the samples. Terms are added in the order in
which one network alone adds them, so that E of each is the same number.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.functions import Array
from nnviz.engine.network import Layer, Network, checked_samples
from nnviz.engine.parameters import where
from nnviz.engine.quantities import Place

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
    x, y = (np.ascontiguousarray(rows.T)[:, np.newaxis] for rows in checked_samples(network, inputs, targets))
    with np.errstate(over="ignore", invalid="ignore"):
        rows = [_losses(network, x, y, dict(zip(pair, (firsts, [v] * len(firsts)), strict=True))) for v in seconds]
    return np.array(rows)


def _losses(network: Network, x: Array, y: Array, values: Mapping[Place, Sequence[float]]) -> Array:
    """Return E of each of the networks in which the parameters at these places have these values."""
    z = a = x
    for number, layer in enumerate(network.layers, start=1):
        weights, biases = _stacked(layer, {place: v for place, v in values.items() if place.layer == number})
        z = reduce(add, (weights[:, source] * a[source] for source in range(len(a)))) + biases
        a = layer.rule.function(z)
    of_samples = reduce(add, network.rule.value(z if network.rule.of_sum else a, y))
    if network.rule.factor is not None:
        of_samples = network.rule.factor.value * of_samples
    return np.asarray(np.add.reduce(of_samples, axis=-1) / y.shape[-1])


def _stacked(layer: Layer, values: Mapping[Place, Sequence[float]]) -> tuple[Array, Array]:
    """Return a layer's weights, (n_out, n_in, n_networks or 1, 1), and biases, (n_out, n_networks or 1, 1)."""
    parts = {"weights": layer.matrix, "biases": np.zeros(len(layer.matrix)) if layer.vector is None else layer.vector}
    found = {name: numbers[..., np.newaxis, np.newaxis] for name, numbers in parts.items()}
    for place, numbers in values.items():
        name, _, index = where(layer, place)
        if found[name].shape[-2] == 1:
            found[name] = np.repeat(found[name], len(numbers), axis=-2)
        found[name][..., 0][index] = numbers
    return found["weights"], found["biases"]
