"""The matrix form: against a textbook's sums, against central differences, and against the trace."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.expressions import Value
from tests.examples import STEP_BY_STEP, STEP_BY_STEP_PREDICTIONS
from tests.oracles.constraints import is_held, places_of
from tests.oracles.textbook import central_differences, error, forward, near_a_kink, parameters_of
from tests.problems import Problem, number_at, problems


@given(problems())
def test_predictions_and_loss_are_the_textbook_sums(problem: Problem) -> None:
    parameters = parameters_of(problem.network)
    expected = [list(forward(problem, parameters, x))[-1][1] for x in problem.inputs]
    found = nnviz.predict(problem.network, problem.inputs)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)
    loss = nnviz.loss(problem.network, problem.inputs, problem.targets)
    assert loss == pytest.approx(error(problem, parameters), rel=1e-11, abs=1e-14)


# E is of order 1 to 1,000 here, weights and inputs being at most 1. With a step of 1e-5 its rounding, 1e-16 of it,
# becomes 1e-11 of it in the quotient, and the third derivative leaves 1e-10/6 of that: 1e-7 is far from both,
# and far from any wrong rule. A step moves no z by more than 3e-4, so by 1e-3 a ReLU keeps clear of its kink.
@given(problems())
def test_gradients_are_central_differences(problem: Problem) -> None:
    assume(not near_a_kink(problem))
    scale = max(1.0, error(problem, parameters_of(problem.network)))
    for number, (weights, biases) in enumerate(nnviz.gradients(problem.network, problem.inputs, problem.targets)):
        for unit, found in enumerate(weights):
            expected = central_differences(problem, number, unit)
            np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-7 * scale, err_msg=f"layer {number}")
        if biases is not None:
            expected = central_differences(problem, number, None)
            np.testing.assert_allclose(biases, expected, rtol=1e-7, atol=1e-7 * scale, err_msg=f"layer {number}")


@given(problems())
def test_trace_and_matrix_form_agree(problem: Problem) -> None:
    def agree(found: Value | Sequence[Value] | None, expected: Value, what: str) -> None:
        assert found is not None, what
        np.testing.assert_allclose(np.array(found), expected, rtol=1e-12, atol=1e-12, err_msg=what)

    network, values, after = problem.network, problem.trace().values, problem.trace().network
    assert after is not None
    gradients = nnviz.gradients(network, problem.inputs, problem.targets)
    firsts = {name: tie[0] for tie in network.tied for name in tie}
    for name, at in places_of(network).items():
        layer, unit, source = at
        weight_slopes, bias_slopes = gradients[layer]
        before, new = number_at(network, at), number_at(after, at)
        if is_held(network, at):
            assert not {f"dE/d{name}", f"{name}+"} & set(values)
            assert new == before, name
        else:
            slope = weight_slopes[unit, source] if source is not None else bias_slopes[unit]  # type: ignore[index]
            first = firsts.get(name, name)
            agree(values[f"dE/d{first}"], slope, f"gradient of {name}")
            agree(values[f"{first}+"], before - problem.learning_rate * slope, f"new {name}")
            agree(new, values[f"{first}+"], f"new {name}")
            assert first == name or not {name, f"dE/d{name}", f"{name}+"} & set(values)
    agree(values["E"], nnviz.loss(network, problem.inputs, problem.targets), "E")
    agree(values["E+"], nnviz.loss(after, problem.inputs, problem.targets), "E⁺")
    predictions = nnviz.predict(network, problem.inputs)
    for unit, column in enumerate(predictions.T):
        name = "yhat" if predictions.shape[1] == 1 else f"yhat{unit + 1}"
        agree(values[name], column if len(column) > 1 else column[0], name)


@given(problems(max_layers=3, max_samples=4), st.integers(1, 4))
def test_training_is_one_iteration_after_another(problem: Problem, iterations: int) -> None:
    rate = problem.learning_rate / 100
    history = nnviz.train(problem.network, problem.inputs, problem.targets, rate, iterations)
    network, losses = problem.network, []
    for _ in range(iterations):
        iteration = nnviz.trace(network, problem.inputs, problem.targets, rate)
        losses.append(float(iteration.values["E"]))
        assert iteration.network is not None
        network = iteration.network
    losses.append(nnviz.loss(network, problem.inputs, problem.targets))
    np.testing.assert_allclose(list(history.losses), losses, rtol=1e-11, atol=1e-13)
    for found, expected in zip(history.network.layers, network.layers, strict=True):
        np.testing.assert_allclose(found.matrix, expected.matrix, rtol=1e-11, atol=1e-13)
    assert history.diverged_at is None


@given(problems())
def test_shapes(problem: Problem) -> None:
    network, n_samples = problem.network, len(problem.inputs)
    n_out = len(problem.targets[0])
    assert nnviz.predict(network, problem.inputs).shape == (n_samples, n_out)
    assert isinstance(nnviz.loss(network, problem.inputs, problem.targets), float)
    for layer, (weights, biases) in zip(
        network.layers, nnviz.gradients(network, problem.inputs, problem.targets), strict=True
    ):
        assert weights.shape == layer.matrix.shape
        assert (None if biases is None else biases.shape) == (None if layer.vector is None else layer.vector.shape)


def test_training_follows_the_printed_iterations() -> None:
    e = STEP_BY_STEP
    for done, printed in enumerate(STEP_BY_STEP_PREDICTIONS):
        history = nnviz.train(e.network, e.inputs, e.targets, e.learning_rate, iterations=done)
        assert len(history.losses) == done + 1
        assert f"{nnviz.predict(history.network, e.inputs).item():.10f}" == printed
        expected = [(float(prediction) - 1) ** 2 / 2 for prediction in STEP_BY_STEP_PREDICTIONS[: done + 1]]
        assert history.losses == pytest.approx(expected, rel=1e-9)


def test_no_fewer_iterations_than_none() -> None:
    with pytest.raises(ValueError, match="iterations"):
        nnviz.train(STEP_BY_STEP.network, [[2, 3]], [[1]], 0.05, iterations=-1)


def test_training_ends_where_the_loss_is_too_large() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    # The miss grows tenfold an update: ŷ − y is (−10)^k, and E = ½·100^k is finite up to k = 154; the update of
    # iteration 155 gives k = 155.
    with pytest.warns(RuntimeWarning, match="diverged in iteration 155: .*too large"):
        history = nnviz.train(network, [[1.0]], [[0.0]], learning_rate=11.0, iterations=1000)
    assert history.diverged_at == 155 == len(history.losses)
    assert history.losses == pytest.approx([100.0**k / 2 for k in range(155)], rel=1e-12)
    assert history.network.layers[0].matrix.item() == pytest.approx((-10.0) ** 154, rel=1e-12)


def test_training_ends_where_a_weight_is_too_large() -> None:
    network = nnviz.Network([nnviz.Layer([[1e-60]])])
    # ŷ is 1e90 and E 5e179, but the first change of the weight, 1e90·1e150·1e100, is too large.
    with pytest.warns(RuntimeWarning, match="diverged in iteration 1: .*too large"):
        history = nnviz.train(network, [[1e150]], [[0.0]], learning_rate=1e100, iterations=1000)
    assert history.losses == pytest.approx([5e179], rel=1e-12)
    assert history.diverged_at == 1
    assert history.network.layers[0].matrix.item() == 1e-60
