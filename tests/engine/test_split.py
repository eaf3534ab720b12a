"""Samples kept apart for a test: which they are, and that training does not know of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnviz
from tests.parameters import bits
from tests.problems import Problem, problems

SHARES = st.floats(0.01, 0.99)


@given(SHARES, st.integers(0, 10**9), st.integers(2, 200))
def test_each_sample_is_in_one_part_and_neither_is_empty(share: float, seed: int, count: int) -> None:
    trained, tested = nnviz.Split(share, seed).numbers(count)
    assert sorted([*trained, *tested]) == list(range(count))
    assert list(trained) == sorted(trained)
    assert list(tested) == sorted(tested)
    assert len(trained) >= 1
    assert len(tested) == min(max(1, round(share * count)), count - 1)
    again, other = nnviz.Split(share, seed).numbers(count), nnviz.Split(share, seed + 1).numbers(count)
    assert list(again[1]) == list(tested)
    assert len(other[1]) == len(tested)


def test_another_seed_draws_others_and_no_share_none() -> None:
    assert len({tuple(nnviz.Split(0.2, seed).numbers(100)[1]) for seed in range(20)}) == 20
    trained, tested = nnviz.Split().numbers(7)
    assert (list(trained), list(tested)) == (list(range(7)), [])
    assert [len(part) for part in nnviz.Split(0.5).numbers(1)] == [1, 0]


def test_the_parts_of_samples_hold_their_rows_together() -> None:
    x, y = np.arange(20).reshape(10, 2), np.arange(10).reshape(10, 1)
    parts = nnviz.Split(0.3, seed=7).parts(x, y)
    assert [len(part) for part in parts] == [7, 3, 7, 3]
    assert (parts.inputs[:, 0] == 2 * parts.targets[:, 0]).all()
    assert (parts.test_inputs[:, 0] == 2 * parts.test_targets[:, 0]).all()
    with pytest.raises(ValueError, match="there are 10 inputs and 9 targets"):
        nnviz.Split(0.3).parts(x, y[:9])


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"share": 1.0}, "a number from 0 to below 1"),
        ({"share": -0.1}, "a number from 0"),
        ({"share": 20}, "such as 0.2; not 20"),
        ({"share": True}, "not True"),
        ({"share": "half"}, "not 'half'"),
        ({"share": 0.2, "seed": -1}, "seed: it must be a whole number"),
        ({"share": 0.2, "seed": 0.5}, "seed: it must be a whole number"),
    ],
)
def test_what_is_no_split_is_refused(given_: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.Split(**given_)  # type: ignore[arg-type]


@given(problems(max_samples=9, rates=st.floats(0.001, 0.1)), SHARES, st.none() | st.integers(1, 3))
def test_test_losses_are_those_of_traces_and_nothing_else_changes(problem: Problem, share: float, size: int) -> None:
    """The trace of an iteration with the test samples begins with their E."""
    x, y = np.array(problem.inputs), np.array(problem.targets)
    parts = nnviz.Split(share).parts(x, y)
    assume(len(parts.test_inputs))
    rest = (parts.inputs, parts.targets, problem.learning_rate, 3, nnviz.Batches(size, seed=1))
    plain = nnviz.train(problem.network, *rest)
    tested = nnviz.train(problem.network, *rest, test_inputs=parts.test_inputs, test_targets=parts.test_targets)
    assert (tested.losses, bits(tested.network)) == (plain.losses, bits(plain.network))
    assert len(tested.test_losses) == len(tested.losses)
    assert plain.test_losses == ()
    for iterations, error in enumerate(tested.test_losses):
        network = nnviz.train(problem.network, *rest[:3], iterations, rest[4]).network
        traced = nnviz.trace(network, parts.test_inputs, parts.test_targets, problem.learning_rate)
        assert error == float(traced.values["E"])


def test_a_history_tells_and_exports_its_test_losses() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]])])
    history = nnviz.train(network, [[1]], [[1]], 0.5, 1, test_inputs=[[2], [4]], test_targets=[[2], [4]])
    assert history.test_losses == (1.25, 0.3125)  # ½·(1² + 2²)/2, then half of each error
    assert repr(history).endswith("of the test: 0.3125)")
    assert nnviz.to_csv(history) == "iteration,loss,test_loss\n1,0.125,1.25\n2,0.03125,0.3125\n"
    assert nnviz.to_csv(nnviz.train(network, [[1]], [[1]], 0.5, 1)).startswith("iteration,loss\n")


def test_a_training_that_diverges_keeps_a_test_loss_for_each_loss() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    with pytest.warns(RuntimeWarning):
        history = nnviz.train(network, [[1e3]], [[0]], 1.0, 1000, test_inputs=[[1]], test_targets=[[0]])
    assert len(history.test_losses) == len(history.losses) > 1
    with pytest.warns(RuntimeWarning):
        history = nnviz.train(network, [[1e200]], [[0]], 1.0, 5, test_inputs=[[1]], test_targets=[[0]])
    assert (history.losses, history.test_losses) == ((), ())


def test_test_samples_that_do_not_fit_are_refused() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]])])
    with pytest.raises(ValueError, match="one is given without the other"):
        nnviz.train(network, [[1]], [[1]], 0.5, 1, test_inputs=[[2]])
    with pytest.raises(ValueError, match="inputs: each row must have"):
        nnviz.train(network, [[1]], [[1]], 0.5, 1, test_inputs=[[2, 3]], test_targets=[[2]])
