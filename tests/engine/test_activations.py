"""The activations: published values, the slope of a leaky ReLU, and what no float brings out of order."""

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.activations import ACTIVATIONS, ANYWHERE, normal_density, normal_distribution
from nnviz.engine.network import Network
from tests.naming import values_of
from tests.oracles.functions import KINKED

# From tables of the normal distribution, to the digits of a float.
PROBABILITIES = {
    0.0: 0.5,
    0.5: 0.69146246127401310364,
    1.0: 0.84134474606854294859,
    -1.0: 0.15865525393145705141,
    -3.0: 0.00134989803163009452665,
    -8.0: 6.2209605742717841235e-16,
    3.0: 0.99865010196836990547,
}
# ∂E/∂w and ∂E/∂b of one leaky ReLU with slope 0.1 over four samples.
LEAKY_INPUTS: list[list[float]] = [[1, 2, -1], [0.5, -1, 2], [-2, 0.3, 0.4], [1.5, 1, 1]]
LEAKY_TARGETS: list[list[float]] = [[0.5], [-0.2], [1], [0]]
LEAKY_NUMBERS: dict[str, Any] = {
    "z1": [-1.2, 1.05, -0.8, -0.05],
    "ŷ": [-0.12, 1.05, -0.08, -0.005],
    "E": 1.5566625 / 4,
    "∂E/∂w1": 0.77825 / 4,
    "∂E/∂w2": -1.4069 / 4,
    "∂E/∂w3": 2.5183 / 4,
    "∂E/∂b1": 1.0795 / 4,
}


def leaky(slope: float | None) -> Network:
    """Return one leaky ReLU with three inputs."""
    return Network([nnviz.Layer([[0.3, -0.6, 0.2]], [-0.1], "leaky_relu", negative_slope=slope)])


@pytest.mark.parametrize(("z", "expected"), PROBABILITIES.items())
def test_the_normal_distribution_has_the_digits_of_its_tables(z: float, expected: float) -> None:
    rounding = 2e-16 * (4 + z * z)  # that of z, which far below 0 has a large part in Φ(z)
    assert float(normal_distribution(z)) == pytest.approx(expected, rel=rounding, abs=0)
    assert normal_distribution(np.array([[z]])).dtype == np.float64
    assert float(ACTIVATIONS["gelu"].function(np.array(z))) == pytest.approx(z * expected, rel=rounding, abs=0)


def test_the_normal_density_has_the_digits_of_its_tables() -> None:
    assert float(normal_density(0.0)) == pytest.approx(0.39894228040143267794, rel=1e-15)
    assert float(normal_density(-2.0)) == pytest.approx(0.05399096651318805195, rel=1e-15)


@pytest.mark.parametrize("name", ANYWHERE)
@given(z=st.floats(allow_nan=False, allow_infinity=False))
def test_of_every_float_value_and_slope_are_finite(name: str, z: float) -> None:
    rule, zs = ACTIVATIONS[name], np.array([z])
    values = rule.function(zs)
    assert np.isfinite(values).all()
    assert np.isfinite(rule.slope(zs, values)).all()


@pytest.mark.parametrize("name", ANYWHERE)
def test_an_array_is_computed_as_each_of_its_numbers(name: str) -> None:
    rule, zs = ACTIVATIONS[name], np.random.default_rng(1).normal(0, 3, 1001)
    values = rule.function(zs)
    assert [float(rule.function(np.array(z))) for z in zs.tolist()] == values.tolist()
    slopes = rule.slope(zs, values).tolist()
    assert [float(rule.slope(np.array(z), np.array(a))) for z, a in zip(zs, values, strict=True)] == slopes


@pytest.mark.parametrize("name", ANYWHERE)
@given(z=st.floats(-30, 30))
def test_the_slope_is_the_central_difference(name: str, z: float) -> None:
    rule, h = ACTIVATIONS[name], 1e-5
    if name in (*KINKED, "elu") and abs(z) < 2 * h:
        return
    below, at, above = (np.array([z + step]) for step in (-h, 0.0, h))
    expected = (rule.function(above) - rule.function(below)) / (2 * h)
    assert float(rule.slope(at, rule.function(at))[0]) == pytest.approx(float(expected[0]), rel=1e-6, abs=1e-8)


def test_a_leaky_relu_with_a_slope_of_its_own_has_the_numbers_worked_out_by_hand() -> None:
    network = leaky(0.1)
    iteration = nnviz.trace(network, LEAKY_INPUTS, LEAKY_TARGETS, 0.1)
    values = values_of(iteration)
    for name, expected in LEAKY_NUMBERS.items():
        np.testing.assert_allclose(values[name], expected, rtol=1e-13, err_msg=name)
    [(weights, biases)] = nnviz.gradients(network, LEAKY_INPUTS, LEAKY_TARGETS)
    assert weights[0].tolist() == [values[f"∂E/∂w{number}"] for number in (1, 2, 3)]
    assert biases is not None
    assert biases[0] == values["∂E/∂b1"]


def test_its_slope_stands_in_its_sign() -> None:
    iteration = nnviz.trace(leaky(0.1), [[1, 2, -1]], [[0.5]], 0.1)
    lines = [str(step) for step in iteration.steps]
    assert lines[1] == "forward  ŷ = LReLU₀.₁(z1) = LReLU₀.₁(−1.2) = −0.12"
    assert lines[4].endswith("= ∂E/∂ŷ·∂ŷ/∂z1 = −0.62·0.1 = −0.062")


def test_the_usual_slope_is_a_hundredth_and_stays_with_the_layer() -> None:
    assert leaky(None).layers[0].negative_slope == 0.01
    assert nnviz.predict(leaky(None), [[1, 2, -1]])[0, 0] == pytest.approx(-0.012)
    network = leaky(0.25)
    history = nnviz.train(network, LEAKY_INPUTS, LEAKY_TARGETS, 0.1, 3)
    iteration = nnviz.trace(network, LEAKY_INPUTS, LEAKY_TARGETS, 0.1)
    for after in (history.network, iteration.network, pickle.loads(pickle.dumps(network)), copy.deepcopy(network)):
        assert after is not None
        assert after.layers[0].negative_slope == 0.25
        assert after.shape == network.shape
    assert pickle.loads(pickle.dumps(iteration)).network.shape == network.shape
    assert repr(network) == "Network(3-1: leaky_relu 0.25; half_squared_error)"


def test_a_leaky_relu_with_slope_0_is_a_relu() -> None:
    relu = Network([nnviz.Layer([[0.3, -0.6, 0.2]], [-0.1], "relu")])
    found, expected = (nnviz.gradients(one, LEAKY_INPUTS, LEAKY_TARGETS)[0][0] for one in (leaky(0.0), relu))
    assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("slope", [-0.1, 1.5, float("nan"), float("inf"), True, "0.1"])
def test_another_slope_than_from_0_to_1_is_refused(slope: float) -> None:
    with pytest.raises(ValueError, match="negative_slope: it must be a number from 0 to 1; not"):
        leaky(slope)


def test_no_other_activation_has_such_a_slope() -> None:
    with pytest.raises(ValueError, match="only leaky_relu has one; the activation is tanh"):
        nnviz.Layer([[1.0]], activation="tanh", negative_slope=0.1)
