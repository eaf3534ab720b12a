"""Samples with what a network predicts for them, at first and before an iteration, and what is to be said of that."""

import sys
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately, exactly
from nnviz.charts.axes import FARTHEST
from nnviz.engine.matrix import predict
from nnviz.engine.naming import NUMBERED, Names, Row, quantities_of
from nnviz.engine.network import Network
from nnviz.text import say

BETWEEN = 0.5  # the classes 0 and 1


@dataclass(frozen=True, eq=False)
class Predicted:
    """Samples, (n_samples, n_in) and (n_samples, n_out), and what is predicted, at first and before an iteration.

    A prediction is nan where it is too large to be drawn. ``own`` are the names of inputs and targets that have any.
    Some of the samples are those of a test, (n_samples,).
    """

    x: Array
    y: Array
    predicted_first: Array
    predicted: Array
    iteration: int
    own: Names
    is_tested: NDArray[np.bool_]

    @cached_property
    def are_classes(self) -> bool:
        """Whether all targets are 0 or 1."""
        return bool(np.all((self.y == 0.0) | (self.y == 1.0)))

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which outputs are on the side of 0.5 that their target is on: above it for 1; (n_samples, n_out)."""
        return np.asarray(np.isfinite(self.predicted) & ((self.predicted > BETWEEN) == (self.y > BETWEEN)))

    @cached_property
    def is_one_of_several(self) -> bool:
        """Whether each sample is of one of several classes, an output each: then that of the largest is predicted."""
        return self.are_classes and self.y.shape[1] > 1 and bool(np.all(self.y.sum(axis=1) == 1.0))

    @cached_property
    def is_right(self) -> NDArray[np.bool_]:
        """Which samples are classified correctly, in every output or by the largest one; (n_samples,)."""
        if self.is_one_of_several:
            is_there = np.isfinite(self.predicted).all(axis=1)
            return np.asarray(is_there & (self.predicted.argmax(axis=1) == self.y.argmax(axis=1)))
        return np.asarray(self.right.all(axis=1))

    def predicted_class(self, sample: int) -> str:
        """Return the class that is predicted for a sample: 0 or 1 for each output, or that of the largest, by name."""
        found = self.predicted[sample]
        if not np.isfinite(found).all():
            return say("unknown")
        if self.is_one_of_several:
            return self.names[2][int(found.argmax())]
        return " ".join(str(int(output > BETWEEN)) for output in found)

    @cached_property
    def names(self) -> tuple[list[str], list[str], list[str]]:
        """The names of the inputs, the outputs and the targets."""
        q = quantities_of((self.x.shape[1], self.y.shape[1]), (False,), NUMBERED, self.own)
        return _names(q.neurons[0]), _names(q.neurons[-1]), _names(q.targets)

    @property
    def has_begun(self) -> bool:
        """Whether there was an update before."""
        return self.iteration > 1

    @property
    def when(self) -> str:
        """After how many iterations this is."""
        return say("predictions.after", done=self.iteration - 1) if self.has_begun else say("predictions.before")

    def words(self) -> list[str]:
        """Return the sentences that say how well the network does."""
        said, count = [], len(self.x)
        if self.are_classes:
            is_single = self.y.shape[1] == 1 or self.is_one_of_several
            key = "predictions.right" if is_single else "predictions.all_right"
            said.append(say(key, right=int(self.is_right.sum()), count=count, when=self.when))
            if tested := int(self.is_tested.sum()):
                of_test = int(self.is_right[self.is_tested].sum())
                said.append(say("predictions.right_of_test", right=of_test, count=tested))
        large = int(np.isnan(self.predicted).any(axis=1).sum())
        if large:
            return [*said, say("predictions.too_large", large=large, count=count)]
        sample, error = _largest(self.predicted, self.y)
        key = "predictions.error" if said else "predictions.error_at"
        said.append(say(key, error=approximately(error), sample=sample + 1, when=self.when))
        _, before = _largest(self.predicted_first, self.y)
        if self.has_begun and np.isfinite(before):
            said.append(say("predictions.error_before", error=approximately(before)))
        return said

    def hover(self, sample: int) -> str:
        """Return a sample's numbers with all their digits, a line each."""
        values = (self.x[sample], self.y[sample], self.predicted[sample])
        inputs, predicted, targets = self.names
        lines = [
            f"{name} = {_exactly(value)}"
            for names, numbers in zip((inputs, targets, predicted), values, strict=True)
            for name, value in zip(names, numbers.tolist(), strict=True)
        ]
        verdict = [self.verdict(sample)] if self.are_classes else []
        key = "predictions.test_sample" if self.is_tested[sample] else "predictions.sample"
        return "<br>".join([say(key, number=sample + 1), *lines, *verdict])

    def verdict(self, sample: int) -> str:
        """Return "right", or "wrong", and of several outputs which ones."""
        if self.is_right[sample]:
            return say("predictions.is_right")
        if self.y.shape[1] == 1 or self.is_one_of_several:
            return say("predictions.is_wrong")
        wrong = [name for name, right in zip(self.names[1], self.right[sample], strict=True) if not right]
        return say("predictions.wrong_outputs", names=", ".join(wrong))


def outputs(network: Network, x: Array) -> Array:
    """Return the outputs for the inputs, with nan for all that is too large to be drawn."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = predict(network, x)
    return np.where(np.abs(found) <= FARTHEST, found, np.nan)


def _largest(predicted: Array, targets: Array) -> tuple[int, float]:
    """Return the sample with the largest error, counted from 0, and the error."""
    with np.errstate(over="ignore"):
        errors = np.minimum(np.abs(predicted - targets), sys.float_info.max).max(axis=1)
    sample = int(errors.argmax())
    return sample, float(errors[sample])


def _names(row: Row) -> list[str]:
    return [quantity.name for quantity in row]


def _exactly(value: float) -> str:
    return exactly(value) if np.isfinite(value) else say("predictions.large")
