"""Training: thousands of iterations in matrices, each with the bits that its trace has."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately
from nnviz.engine.array_constraints import ArrayConstraints, held_numbers
from nnviz.engine.array_update import ArrayUpdate
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.held_out import HeldOut
from nnviz.engine.matrix import Pass, backward, columns, error, forward, matrices
from nnviz.engine.method import ANY_BIAS, PLAIN_METHOD, Method
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.optimizer_state import NOTHING_KEPT, OptimizerState, checked_state, state_of
from nnviz.engine.optimizers import GRADIENT_DESCENT, Optimizer
from nnviz.engine.schedules import CONSTANT, Schedule
from nnviz.engine.tape import Tape, recorded
from nnviz.text import say


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """What training left: the network, and the losses, where losses[k] is the loss before update k + 1.

    One more loss, that of the network, stands at the end. ``diverged_at`` is None, or the iteration whose new weights
    or their loss were no longer finite numbers: then the network is the one before it, and its loss the last one.
    With batches, a loss is that of its iteration's batch. ``test_losses`` are those of the test samples at the same
    places, () without any. ``state`` is what the optimizer has kept; with it, training goes on from the network as if
    it had not stopped.
    """

    network: Network
    losses: tuple[float, ...]
    diverged_at: int | None = None
    state: OptimizerState = NOTHING_KEPT
    test_losses: tuple[float, ...] = ()

    def __repr__(self) -> str:
        first, last = (approximately(losses[0]) if losses else "" for losses in (self.losses, self.losses[-1:]))
        key = "repr.history" if self.diverged_at is None else "repr.history.diverged"
        facts = {"network": self.network, "iterations": len(self.losses) - 1, "diverged_at": self.diverged_at}
        of_test = [say("repr.history.test", last=approximately(loss)) for loss in self.test_losses[-1:]]
        return say(key, first=first, last=last, tested="".join(of_test), **facts)


class Descent:
    """A network on its way down: ``error`` is E of the iteration that comes next, whose number is ``iteration``.

    ``go_on`` makes that iteration. ``state`` is where the method goes on; None begins. ``in_place`` and
    ``output_for_input`` make the classic mistakes of a ``Manner``. Raises ValueError where the samples or the state do
    not fit or the learning rate is not allowed, and TypeError where the state is none.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        learning_rate: float,
        batches: Batches = ALL,
        *,
        method: Method = PLAIN_METHOD,
        state: OptimizerState | None = None,
        in_place: bool = False,
        output_for_input: bool = False,
    ) -> None:
        x, y = checked_samples(network, inputs, targets)
        self.x, self.y, self.rate = columns(x), columns(y), checked_rate(learning_rate)
        self.start, self.batches, self.method = network, batches, method
        self.in_place, self.output_for_input = in_place, output_for_input
        state = checked_state(network, method.optimizer, state)
        self.iteration = state.updates + 1
        self.layers = matrices(network)
        self.constraints = ArrayConstraints(network.shape, network.constraints.held)
        self.held = held_numbers(network)
        self.kept = _kept(network, state)
        self.numbers, self.parameters = self._made_movable()
        self.update_of_weights = self.update_of_biases = ArrayUpdate(method, self.rate)
        if method.update.decays:
            self.update_of_biases = ArrayUpdate(method, self.rate, ANY_BIAS)
        self._passes: dict[int, _Passes] = {}
        self._arrive()

    def go_on(self) -> bool:
        """Make the next iteration; where its new weights or their E are not finite, stay before it and return False."""
        before = self.numbers.copy()
        self._go_back()
        self.iteration += 1
        is_finite = self._present.is_finite
        self._arrive()
        if isfinite(self.error) and is_finite:
            return True
        self.numbers[:] = before
        self.iteration -= 1
        self._arrive()
        return False

    def coming(self) -> tuple[float, float]:
        """Return the largest gradient of the iteration that comes next, and its largest step; neither is made.

        With a classic mistake, the gradients are what it takes for them.
        """
        before = self.numbers.copy()
        self._go_back()
        step = float(np.abs(self.parameters - before[: len(self.parameters)]).max())
        self.numbers[:] = before
        return max(float(np.abs(slopes).max()) for slopes in self._present.slopes), step

    @property
    def of_all(self) -> "Descent":
        """The same descent where it is, going on with all samples in each iteration."""
        return Descent(
            self.network, self.x.T, self.y.T, self.rate, method=self.method, state=self.state,
            in_place=self.in_place, output_for_input=self.output_for_input,
        )  # fmt: skip

    @property
    def network(self) -> Network:
        """The network before the iteration that comes next."""
        layers = [
            old.updated(layer.weights, None if layer.biases is None else layer.biases[:, 0])
            for old, layer in zip(self.start.layers, self.layers, strict=True)
        ]
        return replace(self.start, layers=layers)

    @property
    def state(self) -> OptimizerState:
        """What the optimizer has kept before the iteration that comes next."""
        found = {}
        for at, kept in enumerate(self.method.optimizer.keeps):
            found[kept.letter] = tuple(
                (np.array(of_weights[at]), np.array(of_biases[at])[:, 0] if of_biases else None)
                for of_weights, of_biases in self.kept
            )
        return state_of(self.iteration - 1, found)

    @property
    def error_of_all(self) -> float:
        """E over all samples, where ``error`` may be that of a batch."""
        return float(error(self.start.rule, forward(matrices(self.network), self.x), self.y))

    def _go_back(self) -> None:
        """Make the backward pass and the update of the iteration that comes next."""
        for update in {self.update_of_weights, self.update_of_biases}:
            update.prepare(self.iteration - 1)
        self._present.backward.play()

    def _made_movable(self) -> tuple[Array, Array]:
        """Put all numbers that move into a row: the weights and biases, then what is kept; return both.

        The layers' matrices, and what is kept of each, become recorded views of the row.
        """
        parameters = [array for layer in self.layers for array in (layer.weights, layer.biases) if array is not None]
        kept = [array for layer in self.kept for part in layer for array in part]
        row = np.concatenate([array.ravel() for array in (*parameters, *kept)])
        ends = np.cumsum([array.size for array in (*parameters, *kept)])[:-1]
        views = iter([
            recorded(part.reshape(array.shape))
            for part, array in zip(np.split(row, ends), (*parameters, *kept), strict=True)
        ])  # fmt: skip
        self.layers = [
            layer._replace(weights=next(views), biases=None if layer.biases is None else next(views))
            for layer in self.layers
        ]
        self.kept = [([next(views) for _ in ofw], [next(views) for _ in ofb]) for ofw, ofb in self.kept]
        return row, row[: sum(array.size for array in parameters)]

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

    ``slopes`` are the gradients of the trained parameters, as soon as the backward pass has been played, and
    ``computed`` what the update has computed beside the parameters and what is kept.
    """

    def __init__(self, descent: Descent, n_samples: int) -> None:
        self._descent, self._rule = descent, descent.start.rule
        self._x, self._y = descent.x[:, :n_samples].copy(), descent.y[:, :n_samples].copy()
        self.forward, self.backward = Tape(self._go_forward), Tape(self._go_backward)
        self.passed: Pass = []
        self.error: Array = np.array(np.nan)
        self.slopes: list[Array] = []
        self.computed: list[Array] = []

    @property
    def is_finite(self) -> bool:
        """Whether all that the update gave is: where the sum of the squares of what moves is, so is the rest."""
        row = self._descent.numbers
        return isfinite(np.vdot(row, row)) or all(np.isfinite(array).all() for array in (row, *self.computed))

    def take(self, batch: NDArray[np.int64]) -> None:
        """Take up a batch: samples by their number, counted from 0."""
        np.take(self._descent.x, batch, axis=1, out=self._x)
        np.take(self._descent.y, batch, axis=1, out=self._y)

    def _go_forward(self) -> None:
        self.passed = forward(self._descent.layers, recorded(self._x))
        self.error = error(self._rule, self.passed, recorded(self._y))

    def _go_backward(self) -> None:
        descent, layers = self._descent, self._descent.layers
        slopes = backward(
            self._rule, layers, self.passed, recorded(self._y), descent.constraints,
            output_for_input=descent.output_for_input,
        )  # fmt: skip
        numbers = range(len(layers), 0, -1)
        for number, (of_weights, of_biases) in zip(numbers, slopes if descent.in_place else list(slopes), strict=True):
            layer, (kept_of_weights, kept_of_biases) = layers[number - 1], descent.kept[number - 1]
            self._update(descent.update_of_weights, layer.weights, of_weights, kept_of_weights)
            if descent.start.shape.trains_biases(number) and layer.biases is not None and of_biases is not None:
                self._update(descent.update_of_biases, layer.biases, of_biases, kept_of_biases)
            if descent.in_place or number == 1:
                self._constrain()

    def _constrain(self) -> None:
        """Make one of what is tied, the parameters and what is kept of them, and leave what is held as it was."""
        descent = self._descent
        parameters = [(layer.weights, layer.biases) for layer in descent.layers]
        kept = [
            [(weights[at], biases[at] if biases else None) for weights, biases in descent.kept]
            for at in range(len(descent.method.optimizer.keeps))
        ]
        for of_layers in (parameters, *kept):
            descent.constraints.spread(of_layers)
        if descent.method.weight_decay:  # else their slopes are 0
            descent.constraints.hold(parameters, descent.held)
            for of_layers in kept:
                descent.constraints.hold(of_layers, {})

    def _update(self, update: ArrayUpdate, parameters: Array, slopes: Array, kept: Sequence[Array]) -> None:
        self.computed += update.make(parameters, slopes, kept)
        self.slopes.append(np.asarray(slopes))


def train(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    iterations: int,
    batches: Batches = ALL,
    *,
    optimizer: Optimizer = GRADIENT_DESCENT,
    schedule: Schedule = CONSTANT,
    weight_decay: float = 0.0,
    state: OptimizerState | None = None,
    test_inputs: ArrayLike | None = None,
    test_targets: ArrayLike | None = None,
) -> History:
    """Return the history of so many iterations, by gradient descent or another optimizer.

    With ``weight_decay`` λ, each weight is updated by ∂E/∂w + λ·w, as PyTorch has it; biases by their gradients alone.
    Test samples are not trained on; their losses stand beside the others.
    The ``state`` of another history or iteration goes on from there: with what the optimizer has kept, with the
    schedule, and with the next batch. Warns with RuntimeWarning where it diverges, and stops there. Raises ValueError
    where the samples or the state do not fit, test inputs have no targets, or the learning rate, the decay or the
    number of iterations is not allowed, and TypeError where ``network``, ``batches``, ``optimizer``, ``schedule`` or
    ``state`` is none.
    """
    if isinstance(iterations, bool) or not isinstance(iterations, Integral) or iterations < 0:
        raise ValueError(say("error.iterations", given=iterations))
    if not isinstance(batches, Batches):
        raise TypeError(say("error.batches_type", given=type(batches).__name__))
    with np.errstate(over="ignore", invalid="ignore"):
        descent = Descent(
            network,
            inputs,
            targets,
            learning_rate,
            batches,
            method=Method(optimizer, schedule, weight_decay),
            state=state,
        )
        held_out = _held_out(descent, test_inputs, test_targets)
        losses, tested = [descent.error], [test.error for test in held_out]
        while isfinite(descent.error) and len(losses) <= iterations and descent.go_on():
            losses.append(descent.error)
            tested += [test.error for test in held_out]
    if isfinite(descent.error) and len(losses) > iterations:
        return History(descent.network, tuple(losses), state=descent.state, test_losses=tuple(tested))
    warnings.warn(say("error.diverged", iteration=descent.iteration), RuntimeWarning, stacklevel=2)
    finite = tuple(filter(isfinite, losses))
    return History(descent.network, finite, descent.iteration, descent.state, tuple(tested[: len(finite)]))


def _held_out(descent: Descent, inputs: ArrayLike | None, targets: ArrayLike | None) -> list[HeldOut]:
    """Return the samples of a test, if there are any. Raises ValueError where they do not fit."""
    if inputs is None and targets is None:
        return []
    if inputs is None or targets is None:
        raise ValueError(say("error.test_samples"))
    try:
        return [HeldOut(descent.start, descent.layers, inputs, targets)]
    except ValueError as problem:
        raise ValueError(say("error.test_problem", problem=problem)) from problem


def _kept(network: Network, state: OptimizerState) -> list[tuple[list[Array], list[Array]]]:
    """Return what is kept of each layer's weights and trained biases, which are columns: an array a letter."""
    found = []
    for at in range(len(network.layers)):
        pairs = [of_layers[at] for of_layers in state.kept.values()]
        of_biases = [biases[:, np.newaxis] for _, biases in pairs if biases is not None]
        found.append(([weights for weights, _ in pairs], of_biases if network.shape.trains_biases(at + 1) else []))
    return found
