"""The same mathematics in matrices, over all samples at once: for training, and as the trace's oracle.

A^0 = X, Z^l = A^(l−1) W^lᵀ + b^l, A^l = f(Z^l); δ^L = ∂E/∂A^L ⊙ f′(Z^L), δ^l = (δ^(l+1) W^(l+1)) ⊙ f′(Z^l);
∂E/∂W^l = δ^lᵀ A^(l−1), ∂E/∂b^l = Σ_samples δ^l.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.functions import Array
from nnviz.engine.network import Network, checked_inputs, checked_rate, checked_samples
from nnviz.text import say

Gradients = list[tuple[Array, Array | None]]
Pass = list[tuple[Array, Array]]


@dataclass(frozen=True, eq=False)
class History:
    """What training left: the network, and the losses, where losses[k] is the loss before update k + 1.

    One more loss, that of the network, stands at the end. ``diverged_at`` is None, or the number of updates after
    which the loss or a weight was no longer a finite number: then the network is the last with finite weights,
    and the losses end before.
    """

    network: Network
    losses: tuple[float, ...]
    diverged_at: int | None = None


def predict(network: Network, inputs: ArrayLike) -> Array:
    """Return the outputs, (n_samples, n_out), for inputs (n_samples, n_in)."""
    return _forward(network, checked_inputs(network, inputs))[-1][1]


def loss(network: Network, inputs: ArrayLike, targets: ArrayLike) -> float:
    """Return E over all samples."""
    x, y = checked_samples(network, inputs, targets)
    return _loss(network, _forward(network, x), y)


def gradients(network: Network, inputs: ArrayLike, targets: ArrayLike) -> Gradients:
    """Return a pair for each layer: ∂E/∂W, (n_out, n_in), and ∂E/∂b, (n_out,), or None without biases."""
    x, y = checked_samples(network, inputs, targets)
    return _backward(network, x, _forward(network, x), y)


def train(network: Network, inputs: ArrayLike, targets: ArrayLike, learning_rate: float, iterations: int) -> History:
    """Return the history of so many iterations of gradient descent over all samples.

    Warns with RuntimeWarning where it diverges, and stops there. Raises ValueError where the samples do not fit,
    or the learning rate or the number of iterations is not allowed.
    """
    if not isinstance(iterations, int) or iterations < 0:
        raise ValueError(say("error.iterations", given=iterations))
    x, y = checked_samples(network, inputs, targets)
    rate = checked_rate(learning_rate)
    losses: list[float] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for done in range(iterations + 1):
            activations = _forward(network, x)
            error = _loss(network, activations, y)
            following = None
            if np.isfinite(error):
                losses.append(error)
                if done == iterations:
                    break
                following = updated(network, _backward(network, x, activations, y), rate)
            if following is None:
                warnings.warn(say("error.diverged", iteration=done + 1), RuntimeWarning, stacklevel=2)
                return History(network, tuple(losses), diverged_at=len(losses))
            network = following
    return History(network, tuple(losses))


def updated(network: Network, slopes: Sequence[tuple[Array, Array | None]], rate: float) -> Network | None:
    """Return the network after w⁺ = w − α·∂E/∂w, or None where a new number is not finite."""
    layers = []
    for layer, (weight_slopes, bias_slopes) in zip(network.layers, slopes, strict=True):
        weights, biases = layer.matrix - rate * weight_slopes, layer.vector
        if biases is not None and bias_slopes is not None and layer.has_trained_biases:
            biases = biases - rate * bias_slopes
        if not (np.all(np.isfinite(weights)) and (biases is None or np.all(np.isfinite(biases)))):
            return None
        layers.append(layer.updated(weights, biases))
    return Network(layers, network.loss)


def _forward(network: Network, x: Array) -> Pass:
    """Return (Z, A) of each layer, both (n_samples, n_out)."""
    passed, a = [], x
    for layer in network.layers:
        z = a @ layer.matrix.T + (0.0 if layer.vector is None else layer.vector)
        a = layer.rule.function(z)
        passed.append((z, a))
    return passed


def _loss(network: Network, passed: Pass, y: Array) -> float:
    z, a = passed[-1]
    return network.rule.value(z if network.rule.of_sum else a, y)


def _backward(network: Network, x: Array, passed: Pass, y: Array) -> Gradients:
    z, a = passed[-1]
    if network.rule.of_sum:
        delta = network.rule.slope(z, y)
    else:
        delta = network.rule.slope(a, y) * network.layers[-1].rule.slope(z, a)
    found: Gradients = []
    for number in range(len(network.layers) - 1, -1, -1):
        layer = network.layers[number]
        before = passed[number - 1][1] if number else x
        found.append((delta.T @ before, None if layer.biases is None else delta.sum(axis=0)))
        if number:
            z, a = passed[number - 1]
            delta = (delta @ layer.matrix) * network.layers[number - 1].rule.slope(z, a)
    return found[::-1]
