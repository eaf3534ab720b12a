"""Gradient descent: thousands of iterations in matrices, each with the bits that its trace has."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.batches import ALL, Batches
from nnviz.engine.matrix import Matrices, Pass, backward, columns, error, forward, matrices
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.text import say


@dataclass(frozen=True, eq=False)
class History:
    """What training left: the network, and the losses, where losses[k] is the loss before update k + 1.

    One more loss, that of the network, stands at the end. ``diverged_at`` is None, or the iteration whose new weights
    or their loss were no longer finite numbers: then the network is the one before it, and its loss the last one.
    With batches, a loss is that of its iteration's batch.
    """

    network: Network
    losses: tuple[float, ...]
    diverged_at: int | None = None


class Descent:
    """A network on its way down: ``error`` is E of the iteration that comes next, whose number is ``iteration``.

    ``go_on`` makes that iteration. ``in_place`` makes the classic mistake: each layer is updated before the error
    goes on through it. Raises ValueError where the samples do not fit or the learning rate is not allowed.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        learning_rate: float,
        batches: Batches = ALL,
        *,
        iteration: int = 1,
        in_place: bool = False,
    ) -> None:
        x, y = checked_samples(network, inputs, targets)
        self.x, self.y, self.rate = columns(x), columns(y), checked_rate(learning_rate)
        self.start, self.rule, self.batches, self.in_place = network, network.rule, batches, in_place
        self._arrive(matrices(network), iteration)

    def go_on(self) -> bool:
        """Make the next iteration; where its new weights or their E are not finite, stay before it and return False."""
        kept = self.layers, self.iteration
        layers = list(self.layers)
        slopes = backward(self.rule, layers, self.passed, self.targets)
        for number in reversed(range(len(layers))) if self.in_place else ():
            layers[number] = layers[number].updated(next(slopes), self.rate)
        if not self.in_place:
            layers = [
                layer.updated(of_layer, self.rate)
                for layer, of_layer in zip(layers, reversed(list(slopes)), strict=True)
            ]
        self._arrive(layers, self.iteration + 1)
        if isfinite(self.error) and _are_finite(layers):
            return True
        self._arrive(*kept)
        return False

    @property
    def network(self) -> Network:
        """The network before the iteration that comes next."""
        return Network(
            [
                old.updated(layer.weights, None if layer.biases is None else layer.biases[:, 0])
                for old, layer in zip(self.start.layers, self.layers, strict=True)
            ],
            self.start.loss,
        )

    @property
    def error_of_all(self) -> float:
        """E over all samples, where ``error`` may be that of a batch."""
        return error(self.rule, forward(self.layers, self.x), self.y)

    def _arrive(self, layers: Sequence[Matrices], iteration: int) -> None:
        """Take up an iteration: its samples, its forward pass, and its E."""
        self.layers, self.iteration = layers, iteration
        inputs, self.targets = self.x, self.y
        batch = self.batches.of(iteration, self.x.shape[1])
        if batch is not None:
            inputs, self.targets = self.x[:, batch], self.y[:, batch]
        self.passed: Pass = forward(layers, inputs)
        self.error = error(self.rule, self.passed, self.targets)


def train(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    iterations: int,
    batches: Batches = ALL,
) -> History:
    """Return the history of so many iterations of gradient descent.

    Warns with RuntimeWarning where it diverges, and stops there. Raises ValueError where the samples do not fit,
    or the learning rate or the number of iterations is not allowed.
    """
    if not isinstance(iterations, int) or iterations < 0:
        raise ValueError(say("error.iterations", given=iterations))
    with np.errstate(over="ignore", invalid="ignore"):
        descent = Descent(network, inputs, targets, learning_rate, batches)
        losses = [descent.error]
        while isfinite(descent.error) and len(losses) <= iterations and descent.go_on():
            losses.append(descent.error)
    if isfinite(descent.error) and len(losses) > iterations:
        return History(descent.network, tuple(losses))
    warnings.warn(say("error.diverged", iteration=descent.iteration), RuntimeWarning, stacklevel=2)
    return History(descent.network, tuple(filter(isfinite, losses)), diverged_at=descent.iteration)


def _are_finite(layers: Sequence[Matrices]) -> bool:
    """Whether all weights and biases are finite; where the sum of their squares is, they are."""
    arrays = [array for layer in layers for array in (layer.weights, layer.biases) if array is not None]
    return isfinite(sum([np.vdot(array, array) for array in arrays])) or all(np.isfinite(a).all() for a in arrays)
