"""The losses: absolute error, and how the parts of E are put together, against numbers worked out by hand."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.engine.losses import REDUCTIONS, Reduction
from tests.naming import values_of

LINEAR = [nnviz.Layer([[0.5, -0.2], [0.3, 0.4], [-0.1, 0.6]])]
INPUTS, TARGETS = [[1, 2]], [[1, 0, 0.5]]
MISSES = np.array([-0.9, 1.1, 0.6])  # of its outputs 0.1, 1.1, 1.1


def slopes_of(network: nnviz.Network, inputs: Any = INPUTS, targets: Any = TARGETS) -> Any:
    """Return ∂E/∂W of a network of one layer, which must be that of the trace to the last bit."""
    [(weights, _)] = nnviz.gradients(network, inputs, targets)
    values = values_of(nnviz.trace(network, inputs, targets, 0.1))
    assert weights.ravel().tolist() == [values[f"∂E/∂w{number}"] for number in range(1, weights.size + 1)]
    assert values["E"] == nnviz.loss(network, inputs, targets)
    return weights


def test_squared_error_is_the_sum_over_the_outputs_or_their_mean_as_libraries_have_it() -> None:
    summed, mean = (nnviz.Network(LINEAR, "mean_squared_error", reduction=r) for r in ("batchmean", "mean"))
    assert nnviz.predict(summed, INPUTS).tolist() == [pytest.approx([0.1, 1.1, 1.1])]
    assert nnviz.loss(summed, INPUTS, TARGETS) == pytest.approx(2.38, rel=1e-14)
    assert nnviz.loss(mean, INPUTS, TARGETS) == pytest.approx(2.38 / 3, rel=1e-14)
    expected = [[-0.6, -1.2], [2.2 / 3, 4.4 / 3], [0.4, 0.8]]
    np.testing.assert_allclose(slopes_of(mean), expected, rtol=1e-13)
    np.testing.assert_allclose(slopes_of(summed), 3 * np.array(expected), rtol=1e-13)


def test_the_lines_say_what_they_divide_by() -> None:
    network = nnviz.Network(LINEAR, "mean_squared_error", reduction="mean")
    lines = {step.name: str(step) for step in nnviz.trace(network, INPUTS, TARGETS, 0.1).steps}
    assert lines["E"].startswith("forward  E = ((ŷ1 − y1)² + (ŷ2 − y2)² + (ŷ3 − y3)²)/3 = ")
    assert lines["∂E/∂ŷ1"] == "backward ∂E/∂ŷ1 = 2·(ŷ1 − y1)/3 = 2·(0.1 − 1)/3 = −0.6"


def test_absolute_error_grows_by_1_or_falls_by_1_and_at_0_by_nothing() -> None:
    network = nnviz.Network(LINEAR, "mean_absolute_error")
    assert nnviz.loss(network, INPUTS, TARGETS) == pytest.approx(2.6, rel=1e-14)
    np.testing.assert_allclose(slopes_of(network), [[-1, -2], [1, 2], [1, 2]])
    there = nnviz.Network([nnviz.Layer([[0.5, 0.25]])], "mean_absolute_error")
    assert slopes_of(there, [[2, 4]], [[2]]).tolist() == [[0, 0]]
    lines = {step.name: str(step) for step in nnviz.trace(network, INPUTS, TARGETS, 0.1).steps}
    assert "= |ŷ1 − y1| + |ŷ2 − y2| + |ŷ3 − y3| = |0.1 − 1| + |1.1 − 0| + |1.1 − 0.5| = 2.6" in lines["E"]
    assert lines["∂E/∂ŷ1"] == "backward ∂E/∂ŷ1 = sign(ŷ1 − y1) = sign(0.1 − 1) = −1"


@pytest.mark.parametrize(("reduction", "divisor"), [("batchmean", 4), ("mean", 4), ("sum", 1)])
def test_the_sum_over_the_samples_is_their_mean_times_their_number(reduction: Reduction, divisor: int) -> None:
    layer = nnviz.Layer([[0.3, -0.6, 0.2]], [-0.1], "leaky_relu", negative_slope=0.1)
    network = nnviz.Network([layer], reduction=reduction)
    inputs: list[list[float]] = [[1, 2, -1], [0.5, -1, 2], [-2, 0.3, 0.4], [1.5, 1, 1]]
    targets: list[list[float]] = [[0.5], [-0.2], [1], [0]]
    assert nnviz.loss(network, inputs, targets) == pytest.approx(1.5566625 / divisor, rel=1e-13)
    expected = np.array([[0.77825, -1.4069, 2.5183]]) / divisor
    np.testing.assert_allclose(slopes_of(network, inputs, targets), expected, rtol=1e-13)
    [(_, biases)] = nnviz.gradients(network, inputs, targets)
    assert biases is not None
    assert biases[0] == pytest.approx(1.0795 / divisor, rel=1e-13)


def test_cross_entropy_of_several_outputs_is_summed_or_a_mean() -> None:
    layers = [nnviz.Layer([[0.5, -0.2], [0.3, 0.4]], activation="sigmoid")]
    x, y = [[1.0, 2.0], [0.5, -1.0]], [[1.0, 0.0], [0.0, 1.0]]
    by_hand = 0.0
    for row, targets in zip(x, y, strict=True):
        for weights, target in zip([[0.5, -0.2], [0.3, 0.4]], targets, strict=True):
            p = 1 / (1 + np.exp(-np.dot(weights, row)))
            by_hand -= target * np.log(p) + (1 - target) * np.log(1 - p)
    for reduction, divisor in (("batchmean", 2), ("mean", 4), ("sum", 1)):
        network = nnviz.Network(layers, "binary_cross_entropy", reduction=reduction)  # type: ignore[arg-type]
        assert nnviz.loss(network, x, y) == pytest.approx(by_hand / divisor, rel=1e-13)


def test_a_reduction_stays_with_the_network_and_is_told() -> None:
    network = nnviz.Network(LINEAR, "mean_squared_error", reduction="mean")
    iteration = nnviz.trace(network, INPUTS, TARGETS, 0.1)
    history = nnviz.train(network, INPUTS, TARGETS, 0.1, 2)
    for after in (iteration.network, history.network, pickle.loads(pickle.dumps(network))):
        assert after is not None
        assert after.shape == network.shape
    assert history.losses[1] == iteration.values["E+"]
    assert repr(network) == "Network(2-3: identity; mean_squared_error, mean)"


@pytest.mark.parametrize("reduction", ["none", "", None, ["mean"]])
def test_another_reduction_is_refused(reduction: Any) -> None:
    with pytest.raises(ValueError, match="reduction: allowed are batchmean, mean, sum; not"):
        nnviz.Network(LINEAR, reduction=reduction)


def test_a_given_gradient_at_the_outputs_goes_back_as_it_is() -> None:
    # Two outputs and two samples of a tanh layer before a linear one, multiplied out by NumPy.
    w1, w2 = np.array([[0.5, -0.25], [0.75, 1.0]]), np.array([[1.5, -0.5], [0.25, 2.0]])
    x, given = np.array([[0.3, -0.6], [1.0, 0.2]]), np.array([[0.1, -0.2], [3.0, 0.5]])
    network = nnviz.Network([nnviz.Layer(w1, activation="tanh"), nnviz.Layer(w2)], loss="upstream_gradient")
    h = np.tanh(x @ w1.T)
    back = given @ w2 * (1 - h**2)
    for reduction in REDUCTIONS:
        (by_w1, _), (by_w2, _) = nnviz.gradients(replace(network, reduction=reduction), x, given)
        assert by_w2 == pytest.approx(given.T @ h, rel=1e-14)
        assert by_w1 == pytest.approx(back.T @ x, rel=1e-14)
    iteration = nnviz.trace(network, x, given, 0.1, nnviz.Manner(input_gradients=True))
    assert iteration.values["dE/dyhat1"].tolist() == given[:, 0].tolist()  # type: ignore[union-attr]
    assert iteration.values["dE/dx2"] == pytest.approx((back @ w1)[:, 1], rel=1e-14)
    assert str(iteration.by_id["E"]).startswith("forward  E = Σ(g1·ŷ1 + g2·ŷ2)")
