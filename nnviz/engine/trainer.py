"""Gradient descent: thousands of iterations in matrices, each with the bits that its trace has."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.matrix import Matrices, Pass, backward, columns, error, forward, matrices
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.tape import Tape, recorded
from nnviz.text import say


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """What training left: the network, and the losses, where losses[k] is the loss before update k + 1.

    One more loss, that of the network, stands at the end. ``diverged_at`` is None, or the iteration whose new weights
    or their loss were no longer finite numbers: then the network is the one before it, and its loss the last one.
    With batches, a loss is that of its iteration's batch.
    """

    network: Network
    losses: tuple[float, ...]
    diverged_at: int | None = None

    def __repr__(self) -> str:
        first, last = (approximately(losses[0]) if losses else "" for losses in (self.losses, self.losses[-1:]))
        key = "repr.history" if self.diverged_at is None else "repr.history.diverged"
        facts = {"network": self.network, "iterations": len(self.losses) - 1, "diverged_at": self.diverged_at}
        return say(key, first=first, last=last, **facts)


class Descent:
    """A network on its way down: ``error`` is E of the iteration that comes next, whose number is ``iteration``.

    ``go_on`` makes that iteration. ``in_place`` and ``output_for_input`` make the classic mistakes of a ``Manner``.
    Raises ValueError where the samples do not fit or the learning rate is not allowed.
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
        output_for_input: bool = False,
    ) -> None:
        x, y = checked_samples(network, inputs, targets)
        self.x, self.y, self.rate = columns(x), columns(y), checked_rate(learning_rate)
        self.start, self.batches, self.iteration = network, batches, iteration
        self.in_place, self.output_for_input = in_place, output_for_input
        self.parameters, self.layers = _movable(matrices(network))
        self._passes: dict[int, _Passes] = {}
        self._arrive()

    def go_on(self) -> bool:
        """Make the next iteration; where its new weights or their E are not finite, stay before it and return False."""
        kept = self.parameters.copy()
        self._present.backward.play()
        self.iteration += 1
        self._arrive()
        if isfinite(self.error) and _is_finite(self.parameters):
            return True
        self.parameters[:] = kept
        self.iteration -= 1
        self._arrive()
        return False

    def coming(self) -> tuple[float, float]:
        """Return the largest gradient of the iteration that comes next, and its largest step; neither is made.

        With a classic mistake, the gradients are what it takes for them.
        """
        kept = self.parameters.copy()
        self._present.backward.play()
        step = float(np.abs(self.parameters - kept).max())
        self.parameters[:] = kept
        return max(float(np.abs(slopes).max()) for slopes in self._present.slopes), step

    @property
    def of_all(self) -> "Descent":
        """The same descent where it is, going on with all samples in each iteration."""
        return Descent(
            self.network, self.x.T, self.y.T, self.rate, iteration=self.iteration,
            in_place=self.in_place, output_for_input=self.output_for_input,
        )  # fmt: skip

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
        return float(error(self.start.rule, forward(matrices(self.network), self.x), self.y))

    def _arrive(self) -> None:
        """Take up the iteration that comes next: its samples, its forward pass, and its E."""
        n_samples = self.x.shape[1]
        batch = self.batches.of(self.iteration, n_samples)
        count = n_samples if batch is None else len(batch)
        if count not in self._passes:
            self._passes[count] = _Passes(self, count)
        self._present = self._passes[count]
        if batch is not None:
            self._present.take(batch)
        self._present.forward.play()
        self.error = float(self._present.error)


class _Passes:
    """Both passes of an iteration of a descent with so many samples, on tape; it begins with the first ones.

    ``slopes`` are the gradients of the trained parameters, as soon as the backward pass has been played.
    """

    def __init__(self, descent: Descent, n_samples: int) -> None:
        self._descent, self._rule = descent, descent.start.rule
        self._x, self._y = descent.x[:, :n_samples].copy(), descent.y[:, :n_samples].copy()
        self.forward, self.backward = Tape(self._go_forward), Tape(self._go_backward)
        self.passed: Pass = []
        self.error: Array = np.array(np.nan)
        self.slopes: list[Array] = []

    def take(self, batch: NDArray[np.int64]) -> None:
        """Take up a batch: samples by their number, counted from 0."""
        np.take(self._descent.x, batch, axis=1, out=self._x)
        np.take(self._descent.y, batch, axis=1, out=self._y)

    def _go_forward(self) -> None:
        self.passed = forward(self._descent.layers, recorded(self._x))
        self.error = error(self._rule, self.passed, recorded(self._y))

    def _go_backward(self) -> None:
        descent, layers = self._descent, self._descent.layers
        slopes = backward(self._rule, layers, self.passed, recorded(self._y), output_for_input=descent.output_for_input)
        for layer, of_layer in zip(reversed(layers), slopes if descent.in_place else list(slopes), strict=True):
            layer.update(of_layer, descent.rate)
            trained = of_layer if layer.trains_biases else of_layer[:1]
            self.slopes += [np.asarray(part) for part in trained if part is not None]


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
    or the learning rate or the number of iterations is not allowed, and TypeError where ``network`` or ``batches`` is
    none.
    """
    if isinstance(iterations, bool) or not isinstance(iterations, Integral) or iterations < 0:
        raise ValueError(say("error.iterations", given=iterations))
    if not isinstance(batches, Batches):
        raise TypeError(say("error.batches_type", given=type(batches).__name__))
    with np.errstate(over="ignore", invalid="ignore"):
        descent = Descent(network, inputs, targets, learning_rate, batches)
        losses = [descent.error]
        while isfinite(descent.error) and len(losses) <= iterations and descent.go_on():
            losses.append(descent.error)
    if isfinite(descent.error) and len(losses) > iterations:
        return History(descent.network, tuple(losses))
    warnings.warn(say("error.diverged", iteration=descent.iteration), RuntimeWarning, stacklevel=2)
    return History(descent.network, tuple(filter(isfinite, losses)), diverged_at=descent.iteration)


def _movable(layers: Sequence[Matrices]) -> tuple[Array, list[Matrices]]:
    """Return all weights and biases in a row, and the layers whose matrices are recorded views of it."""
    arrays = [array for layer in layers for array in (layer.weights, layer.biases) if array is not None]
    row = np.concatenate([array.ravel() for array in arrays])
    ends = np.cumsum([array.size for array in arrays])[:-1]
    views = iter([recorded(part.reshape(array.shape)) for part, array in zip(np.split(row, ends), arrays, strict=True)])
    return row, [
        layer._replace(weights=next(views), biases=None if layer.biases is None else next(views)) for layer in layers
    ]


def _is_finite(parameters: Array) -> bool:
    """Whether all weights and biases are finite; where the sum of their squares is, they are."""
    return isfinite(np.vdot(parameters, parameters)) or bool(np.isfinite(parameters).all())
