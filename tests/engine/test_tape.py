"""A tape: what is computed once is computed again with the numbers of that time, and nothing else can be recorded."""

from collections.abc import Callable

import numpy as np
import pytest

from nnviz.algebra.arrays import Array
from nnviz.engine.tape import Recorded, Tape, recorded


def scaled(x: Array, y: Array) -> Array:
    """Return what uses all that can be recorded: views, sums along an axis, numbers, and an array changed in place."""
    found = 2.0 * x[:, :2] + y.T
    found -= np.add.reduce(found, axis=1, keepdims=True) / 4
    return np.asanyarray(np.maximum(found, x[0:1, 1:]))


def test_a_tape_computes_with_what_the_arrays_hold_when_it_is_played() -> None:
    random, results = np.random.default_rng(1), []
    x, y = random.normal(size=(2, 3)), random.normal(size=(2, 2))
    tape = Tape(lambda: results.append(scaled(recorded(x), recorded(y))))
    for _ in range(4):
        tape.play()
        np.testing.assert_array_equal(np.array(results[0]), scaled(x, y), strict=True)
        x[:], y[:] = random.normal(size=x.shape), random.normal(size=y.shape)
    assert len(results) == 1


def test_two_tapes_of_the_same_arrays_are_played_in_turn() -> None:
    x = np.array([1.0])
    seen = recorded(x)

    def double() -> None:
        np.multiply(seen, 2.0, out=seen)

    def add() -> None:
        np.add(seen, 1.0, out=seen)

    doubling, adding, found = Tape(double), Tape(add), []
    for tape in (doubling, adding, doubling, adding, adding, doubling):
        tape.play()
        found.append(x.item())
    assert found == [2, 3, 6, 7, 8, 16]


@pytest.mark.parametrize("function", [np.sort, np.mean, lambda x: np.where(x > 0.0, x, 0.0)])
def test_what_would_not_be_replayed_is_refused(function: Callable[[Recorded], object]) -> None:
    def compute() -> None:
        function(recorded(np.array([1.0])))

    with pytest.raises(TypeError, match="cannot be recorded"):
        Tape(compute).play()


def test_nothing_is_computed_with_recorded_arrays_but_on_a_tape() -> None:
    with pytest.raises(LookupError):
        recorded(np.array([1.0])) + 1.0
