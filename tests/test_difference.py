"""The central difference: it comes to the published gradients, and tells how far a gradient is from it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.engine.gradient_check import Difference, central_difference
from nnviz.engine.initializers import Initializer, drawn
from tests.examples import MAZUR, STEP_BY_STEP
from tests.oracles.textbook import near_a_kink
from tests.problems import Problem, problems

WEIGHTS = {f"w{2 * unit + source + 1}": Place("weight", 1, unit, source) for unit in (0, 1) for source in (0, 1)}
WEIGHTS |= {"w5": Place("weight", 2, 0, 0), "w6": Place("weight", 2, 0, 1)}


@pytest.mark.parametrize("name", WEIGHTS)
def test_it_comes_to_the_gradients_of_2_2_1(name: str) -> None:
    e = STEP_BY_STEP
    found = central_difference(e.network, e.inputs, e.targets, WEIGHTS[name])
    assert found.slope == pytest.approx(float(e.exact[f"∂E/∂{name}"]), rel=1e-9)
    assert (found.above - found.below) / (2 * found.epsilon) == found.slope


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Place("weight", 2, 0, 0), "0.082167041"),
        (Place("weight", 1, 0, 0), "0.000438568"),
        (Place("bias", 2, 0), "0.138498562"),
    ],
)
def test_it_comes_to_the_gradients_that_mazur_prints(place: Place, printed: str) -> None:
    found = central_difference(MAZUR.network, MAZUR.inputs, MAZUR.targets, place)
    assert f"{found.slope:.9f}" == printed


# E is at most about 1,000, and the third derivative of the same order: h² of it, 4e-11, and rounding, 1e-16/h of it,
# 2e-11, are what a difference is off by; a wrong rule is off by far more than 1e-7.
@given(problems(max_layers=3, max_samples=3), st.data())
def test_it_agrees_with_the_matrix_form(problem: Problem, data: st.DataObject) -> None:
    assume(not near_a_kink(problem))
    network = problem.network
    layer = data.draw(st.integers(1, len(network.layers)))
    weights, biases = nnviz.gradients(network, problem.inputs, problem.targets)[layer - 1]
    unit, source = data.draw(st.integers(0, weights.shape[0] - 1)), data.draw(st.integers(0, weights.shape[1] - 1))
    scale = max(1.0, nnviz.loss(network, problem.inputs, problem.targets))
    places = {Place("weight", layer, unit, source): float(weights[unit, source])}
    if biases is not None:
        places[Place("bias", layer, unit)] = float(biases[unit])
    for place, expected in places.items():
        found = central_difference(network, problem.inputs, problem.targets, place)
        assert found.slope == pytest.approx(expected, rel=1e-7, abs=1e-7 * scale), place


def test_the_error_is_relative_to_the_larger_of_the_two() -> None:
    found = Difference(epsilon=0.5, above=3.0, below=1.0)
    assert found.slope == 2.0
    assert found.relative_error(1.0) == found.relative_error(4.0) == 0.5
    assert found.relative_error(-2.0) == 2.0
    assert found.relative_error(2.0) == 0.0
    assert Difference(0.5, 1.0, 1.0).relative_error(0.0) == 0.0


def test_a_weight_that_is_too_large_to_be_moved_is_refused() -> None:
    network = nnviz.Network([nnviz.Layer([[1.7976931348623157e308]])])
    with pytest.raises(ValueError, match="finite"):
        central_difference(network, [[1e-308]], [[1]], Place("weight", 1, 0, 0))


def test_on_level_ground_right_gradients_agree_as_far_as_rounding_lets_them() -> None:
    bits, targets = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    errors = []
    for seed in range(1, 11):
        hidden, output = drawn((2, 3, 1), Initializer("normal", 0.01, seed))
        layers = [nnviz.Layer(hidden, [0] * 3, "sigmoid"), nnviz.Layer(output, [0], "sigmoid")]
        network = nnviz.Network(layers, "binary_cross_entropy")
        slopes, _ = nnviz.gradients(network, bits, targets)[0]
        for unit in range(3):
            for source in range(2):
                found, slope = (
                    central_difference(network, bits, targets, Place("weight", 1, unit, source)),
                    slopes[unit],
                )
                assert found.agrees(slope[source]), (found, slope[source])
                assert not found.agrees(slope[source] + 1e-6)
                errors.append(found.relative_error(slope[source]))
    assert max(errors) > 1e-6  # so the relative error alone would call them wrong
