"""Gradient descent in matrices: against traces, bit by bit, however it is cut into parts."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.batches import Batches
from nnviz.engine.manner import DETAILS, PLAIN, Manner
from nnviz.engine.naming import NOTATIONS
from nnviz.engine.trainer import Descent
from nnviz.presets import PRESETS
from tests.parameters import bits
from tests.problems import Problem, problems
from tests.tellings import UPDATES

MANNERS = st.builds(
    lambda detail, notation, mistake: Manner(detail, notation).with_mistake(mistake),
    st.sampled_from(DETAILS),
    st.sampled_from(NOTATIONS),
    st.sampled_from(UPDATES),
)
ITERATIONS = 4


def by_traces(problem: Problem, manner: Manner, batches: Batches, iterations: int) -> Iterator[tuple[float, object]]:
    """Yield E and the new parameters of each iteration, from one trace after another."""
    network, x, y = problem.network, np.array(problem.inputs), np.array(problem.targets)
    for number in range(1, iterations + 1):
        batch = batches.of(number, len(x))
        samples = slice(None) if batch is None else batch
        traced = nnviz.trace(network, x[samples], y[samples], problem.learning_rate, manner)
        after = traced.network
        assert after is not None
        yield float(traced.values["E"]), bits(after)
        network = after


def descent_of(problem: Problem, batches: Batches, manner: Manner = PLAIN) -> Descent:
    return Descent(
        problem.network,
        problem.inputs,
        problem.targets,
        problem.learning_rate,
        batches,
        in_place=manner.in_place,
        output_for_input=manner.output_for_input,
    )


@given(problems(max_samples=9, rates=st.floats(0.001, 0.1)), MANNERS, st.data())
def test_each_iteration_has_the_bits_of_its_trace(problem: Problem, manner: Manner, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(problem.inputs)))
    batches = Batches(size, data.draw(st.none() | st.integers(0, 5)))
    descent = descent_of(problem, batches, manner)
    for error, parameters in by_traces(problem, manner, batches, ITERATIONS):
        assert descent.error == error
        assert descent.go_on()
        assert bits(descent.network) == parameters


@pytest.mark.parametrize("n_samples", [1, 2, 3, 7, 8, 9, 17, 100, 127, 128, 129, 300, 1000])
@pytest.mark.parametrize("loss", ["mean_squared_error", "half_squared_error", "binary_cross_entropy"])
def test_long_sums_have_the_bits_of_their_trace(n_samples: int, loss: str) -> None:
    random = np.random.default_rng(n_samples)
    sizes, last = (5, 8, 3, 2), "sigmoid" if loss == "binary_cross_entropy" else "identity"
    layers = [
        nnviz.Layer(random.normal(size=(n_out, n_in)), random.normal(size=n_out), name)
        for n_in, n_out, name in zip(sizes, sizes[1:], ("tanh", "relu", last), strict=False)
    ]
    problem = Problem(
        nnviz.Network(layers, loss),
        random.normal(size=(n_samples, 5)).tolist(),
        random.uniform(size=(n_samples, 2)).tolist(),
        0.1,
    )
    descent = descent_of(problem, Batches())
    for error, parameters in by_traces(problem, Manner(), Batches(), 3):
        assert descent.error == error
        assert descent.go_on()
        assert bits(descent.network) == parameters


@pytest.mark.parametrize("key", PRESETS)
def test_presets_have_the_bits_of_their_traces(key: str) -> None:
    preset = PRESETS[key]
    problem = Problem(
        preset.network, list(map(list, preset.inputs)), list(map(list, preset.targets)), preset.learning_rate
    )
    descent = descent_of(problem, Batches())
    for error, parameters in by_traces(problem, Manner(), Batches(), 20):
        assert descent.error == error
        assert descent.go_on()
        assert bits(descent.network) == parameters


@given(problems(max_samples=6, rates=st.floats(0.001, 0.1)), st.integers(0, 12), st.data())
def test_a_descent_taken_up_again_goes_on_with_the_same_bits(problem: Problem, stop: int, data: st.DataObject) -> None:
    batches = Batches(data.draw(st.integers(1, 6)), data.draw(st.none() | st.integers(0, 5)))
    whole = descent_of(problem, batches)
    for _ in range(stop):
        whole.go_on()
    again = Descent(whole.network, problem.inputs, problem.targets, problem.learning_rate, batches, state=whole.state)
    for _ in range(3):
        assert (again.iteration, again.error, bits(again.network)) == (
            whole.iteration,
            whole.error,
            bits(whole.network),
        )
        assert again.go_on() == whole.go_on()


def test_a_descent_stays_before_the_iteration_that_diverges() -> None:
    # The miss grows tenfold an update: E is ½·100^k, finite up to k = 154, before the update of iteration 155.
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    descent = Descent(network, [[1.0]], [[0.0]], learning_rate=11.0)
    with np.errstate(over="ignore"):
        while descent.go_on():
            pass
        assert not descent.go_on()
    assert descent.iteration == 155
    assert descent.network.layers[0].matrix.item() == pytest.approx((-10.0) ** 154, rel=1e-12)
    assert descent.error == pytest.approx(0.5 * 100.0**154, rel=1e-12)


def test_the_error_of_all_samples_is_not_that_of_a_batch() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    descent = Descent(network, [[1.0], [3.0]], [[0.0], [0.0]], 0.1, Batches(1))
    assert (descent.error, descent.error_of_all) == (0.5, 2.5)


@given(st.integers(1, 30), st.integers(1, 30), st.none() | st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_an_epoch_uses_each_sample_once(n_samples: int, size: int, seed: int | None, epoch: int) -> None:
    batches, in_an_epoch = Batches(size, seed), -(-n_samples // size)
    used: list[int] = []
    for iteration in range(epoch * in_an_epoch + 1, (epoch + 1) * in_an_epoch + 1):
        batch = batches.of(iteration, n_samples)
        if batch is None:
            assert size >= n_samples
            return
        assert 1 <= len(batch) <= size
        used += batch.tolist()
    assert sorted(used) == list(range(n_samples))
    assert seed is not None or used == sorted(used)


def test_epochs_are_shuffled_each_anew_and_again_the_same() -> None:
    def order(seed: int, epoch: int) -> list[int]:
        batches = (Batches(10, seed).of(10 * epoch + number, 100) for number in range(1, 11))
        return [sample for batch in batches if batch is not None for sample in batch.tolist()]

    assert order(7, 0) == order(7, 0)
    assert len({tuple(order(seed, epoch)) for seed in (7, 8) for epoch in (0, 1)}) == 4


def test_training_in_batches_is_what_it_says() -> None:
    # One by one, E = ½(w·x − y)²: w = 1 − 0.1·(1·1 − 0)·1 = 0.9, then 0.9 − 0.1·(0.9·2 − 1)·2 = 0.74.
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    history = nnviz.train(network, [[1.0], [2.0]], [[0.0], [1.0]], 0.1, 2, nnviz.Batches(1))
    assert history.network.layers[0].matrix.item() == pytest.approx(0.74, rel=1e-15)
    assert history.losses == pytest.approx([0.5, 0.5 * 0.8**2, 0.5 * 0.74**2], rel=1e-14)
