"""The same mathematics in matrices, over all samples at once: for training, and as the trace's oracle.

A^0 = Xᵀ, Z^l = W^l A^(l−1) + b^l, A^l = f(Z^l); δ^L = ∂E/∂A^L ⊙ f′(Z^L), δ^l = (W^(l+1)ᵀ δ^(l+1)) ⊙ f′(Z^l);
∂E/∂W^l = δ^l A^(l−1)ᵀ, ∂E/∂b^l = Σ_samples δ^l.

A column is a sample. Each product of matrices adds its terms one by one, as the trace does, so that both agree to
the last bit; networks of the size that a person can read are no slower for it. The forward pass and E may be those of
many networks at once: their matrices are stacked along a first axis, and so are Z, A and E.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.activations import Activation
from nnviz.engine.array_constraints import ArrayConstraints, Of
from nnviz.engine.losses import Loss
from nnviz.engine.network import Layer, Network, checked_inputs, checked_samples

Slopes = tuple[Array, Array | None]
Gradients = list[Slopes]
Pass = list[tuple[Array, Array]]


class Matrices(NamedTuple):
    """A layer's activation, weights (n_out, n_in), and biases as a column (n_out, 1), or None.

    A stack of either has the networks first.
    """

    rule: Activation
    weights: Array
    biases: Array | None

    @staticmethod
    def of(layer: Layer) -> "Matrices":
        """Return the matrices of a layer."""
        biases = None if layer.vector is None else layer.vector[:, np.newaxis]
        return Matrices(layer.rule, layer.matrix, biases)


def predict(network: Network, inputs: ArrayLike) -> Array:
    """Return the outputs, (n_samples, n_out), for inputs (n_samples, n_in)."""
    x = columns(checked_inputs(network, inputs))
    return forward(matrices(network), x)[-1][1].T


def loss(network: Network, inputs: ArrayLike, targets: ArrayLike) -> float:
    """Return E over all samples."""
    x, y = map(columns, checked_samples(network, inputs, targets))
    return float(error(network.rule, forward(matrices(network), x), y))


def gradients(network: Network, inputs: ArrayLike, targets: ArrayLike) -> Gradients:
    """Return a pair for each layer: ∂E/∂W, (n_out, n_in), and ∂E/∂b, (n_out,), or None without biases.

    Those of fixed ones are there too. That of an absent link is 0, and all places of a tie have the sum over them.
    """
    x, y = map(columns, checked_samples(network, inputs, targets))
    layers, shape = matrices(network), network.shape
    constraints = ArrayConstraints(shape, frozenset(shape.constraints.absent))
    found = list(backward(network.rule, layers, forward(layers, x), y, constraints))[::-1]
    constraints.spread(found)
    return [(of_weights, None if of_biases is None else of_biases[:, 0]) for of_weights, of_biases in found]


def matrices(network: Network) -> list[Matrices]:
    """Return the matrices of each layer."""
    return [Matrices.of(layer) for layer in network.layers]


def columns(rows: Array) -> Array:
    """Return samples that are rows as columns."""
    return np.ascontiguousarray(rows.T)


def forward(layers: Sequence[Matrices], x: Array) -> Pass:
    """Return (Z, A) of the inputs and of each layer, all (units, n_samples); of the inputs both are X."""
    passed, a = [(x, x)], x
    for layer in layers:
        z = _product(layer.weights, a)
        if layer.biases is not None:
            z = z + layer.biases  # not in place: the biases may be a stack where Z is none
        a = layer.rule.function(z)
        passed.append((z, a))
    return passed


def error(rule: Loss, passed: Pass, y: Array) -> Array:
    """Return E, a single number for each network: each sample's sum over the outputs, the sum of that, divided."""
    z, a = passed[-1]
    of_samples = reduce(add, rule.value(z if rule.of_sum else a, y).swapaxes(0, -2))
    if rule.factor is not None:
        of_samples = rule.factor.value * of_samples
    return np.asanyarray(np.add.reduce(of_samples, axis=-1) / rule.divisor(*y.shape))


def backward(
    rule: Loss,
    layers: Sequence[Matrices],
    passed: Pass,
    y: Array,
    constraints: ArrayConstraints,
    *,
    output_for_input: bool = False,
) -> Iterator[Slopes]:
    """Yield ∂E/∂W and ∂E/∂b, a column, of each layer, from the last to the first.

    The error goes on through the weights as they are in ``layers`` when the next pair is asked for. Whoever updates
    a layer before all are known makes a classic mistake. ``output_for_input`` makes the other one: what is taken for
    ∂E/∂W is then a column too, the same for every input. Of a tie, one place has the sum (see ``ArrayConstraints``).
    """
    seen: dict[int, Of] = {}
    z, a = passed[-1]
    n_samples = y.shape[1]
    delta = rule.slope(a, y) / rule.divisor(*y.shape)
    if not rule.of_sum:
        delta = _through(layers[-1], delta, z, a)
    for number in range(len(layers) - 1, -1, -1):
        z, a = passed[number]
        if output_for_input:
            of_weights = delta * passed[number + 1][1]
            of_weights = np.add.reduce(of_weights, axis=1, keepdims=True) if n_samples > 1 else of_weights
        else:
            of_weights = np.add.reduce(delta[:, np.newaxis] * a, axis=2) if n_samples > 1 else delta * a[:, 0]
        of_biases = None
        if layers[number].biases is not None:
            of_biases = np.add.reduce(delta, axis=1, keepdims=True) if n_samples > 1 else delta
        seen[number + 1] = delta, a, passed[number + 1][1] if output_for_input else None
        yield constraints.slopes(number + 1, (of_weights, of_biases), seen)
        if number:
            delta = _through(layers[number - 1], _product(layers[number].weights.T, delta), z, a)


def _through(layer: Matrices, slopes: Array, z: Array, a: Array) -> Array:
    """Return ∂E/∂Z, where ``slopes`` is ∂E/∂A."""
    return slopes if layer.rule.written is None else slopes * layer.rule.slope(z, a)


def _product(left: Array, right: Array) -> Array:
    """Return the product of two matrices, or of stacks of them, its terms added from the first to the last."""
    found: Array = left[..., 0:1] * right[..., 0:1, :]
    term = None
    for number in range(1, left.shape[-1]):
        term = np.multiply(left[..., number : number + 1], right[..., number : number + 1, :], out=term)
        found += term
    return found
