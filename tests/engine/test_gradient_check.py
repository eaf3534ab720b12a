"""The central difference: what it is made of, the gradients it comes to, and that it finds those that are wrong."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.engine.gradient_check import Difference, central_difference
from nnviz.engine.initializers import Initializer, drawn
from tests.examples import MAZUR, MAZUR_WITH_BIASES, STEP_BY_STEP
from tests.oracles.textbook import near_a_kink
from tests.problems import Problem, problems

WEIGHTS = {f"w{2 * unit + source + 1}": Place("weight", 1, unit, source) for unit in (0, 1) for source in (0, 1)}
WEIGHTS |= {"w5": Place("weight", 2, 0, 0), "w6": Place("weight", 2, 0, 1)}
W1, W4, W5 = WEIGHTS["w1"], WEIGHTS["w4"], WEIGHTS["w5"]
H = (2.0**-52) ** (1 / 3)  # about 6e-6: where the error of the quotient and that of rounding are alike


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
def test_what_is_tied_moves_in_all_of_its_places_from_whichever_it_is_asked_for() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5, 0.25]]), nnviz.Layer([[0.5]])], tied=[("w1", "w3")])
    found = [central_difference(network, [[2, 3]], [[1]], Place("weight", layer, 0, 0)).slope for layer in (1, 2)]
    # ŷ = (2w + 0.75)·w, so ∂E/∂w = (ŷ − 1)·(4w + 0.75).
    assert found == pytest.approx([-0.125 * 2.75] * 2, rel=1e-9)


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


def of_home(place: Place) -> Difference:
    """Return the central difference of the 2-2-1 network at a place."""
    return central_difference(STEP_BY_STEP.network, STEP_BY_STEP.inputs, STEP_BY_STEP.targets, place)


def test_both_losses_of_w5_are_those_of_the_moved_weight() -> None:
    found = of_home(W5)
    assert found.epsilon == pytest.approx(H, rel=1e-12)
    for loss, w5 in ((found.above, 0.14 + H), (found.below, 0.14 - H)):
        assert loss == pytest.approx((0.85 * w5 + 0.48 * 0.15 - 1) ** 2 / 2, rel=1e-14)


def test_both_losses_of_w4_are_those_of_a_prediction_moved_by_three_times_w6() -> None:
    found = of_home(W4)
    for loss, by in ((found.above, H), (found.below, -H)):
        assert loss == pytest.approx((0.191 + 3 * 0.15 * by - 1) ** 2 / 2, rel=1e-14)


@pytest.mark.parametrize(("weight", "size"), [(0.01, 1.0), (-0.5, 1.0), (40.0, 40.0), (-3e6, 3e6)])
def test_the_step_grows_with_the_weight(weight: float, size: float) -> None:
    network = nnviz.Network([nnviz.Layer([[weight]])])
    assert central_difference(network, [[1]], [[0]], W1).epsilon == pytest.approx(H * size, rel=1e-12)


def test_a_bias_is_moved_where_it_is() -> None:
    network = nnviz.Network([nnviz.Layer([[2.0], [3.0]], [0.5, 0.7]), nnviz.Layer([[5.0, 7.0]], [0.11])])
    prediction = 5 * (2 + 0.5) + 7 * (3 + 0.7) + 0.11  # 38.51, for x = 1; the target is 30
    for place, weight in ((Place("bias", 1, 0), 5), (Place("bias", 1, 1), 7), (Place("bias", 2, 0), 1)):
        found = central_difference(network, [[1]], [[30]], place)
        assert found.above == pytest.approx((prediction + weight * found.epsilon - 30) ** 2 / 2, rel=1e-14), place
        assert found.slope == pytest.approx((prediction - 30) * weight, rel=1e-8), place


def test_the_mean_over_the_samples_is_part_of_it() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]])], "mean_squared_error")
    found = central_difference(network, [[1], [2], [4]], [[1], [1], [1]], W1)
    assert found.slope == pytest.approx(2 * (1 * -0.5 + 2 * 0.0 + 4 * 1.0) / 3, abs=1e-8)


def test_the_network_itself_is_not_moved() -> None:
    e = MAZUR_WITH_BIASES
    before = [(layer.matrix.tobytes(), np.asarray(layer.biases).tobytes()) for layer in e.network.layers]
    for part in ("weight", "bias"):
        central_difference(e.network, e.inputs, e.targets, Place(part, 2, 1))
    assert [(layer.matrix.tobytes(), np.asarray(layer.biases).tobytes()) for layer in e.network.layers] == before


def test_a_kink_of_relu_is_not_agreed_on() -> None:
    network = nnviz.Network([nnviz.Layer([[0.0]], activation="relu")])
    found = central_difference(network, [[1]], [[1]], W1)
    [(weights, _)] = nnviz.gradients(network, [[1]], [[1]])
    # On one side E = ½(h − 1)², on the other ½: the difference is −½ + h/4; backpropagation says 0, by convention
    assert found.slope == pytest.approx(-0.5 + H / 4, abs=1e-9)
    assert weights[0, 0] == 0
    assert found.relative_error(float(weights[0, 0])) == 1


def test_gradients_in_place_are_not_agreed_on() -> None:
    values = STEP_BY_STEP.trace(nnviz.Manner(in_place=True)).values
    # With w5⁺ = 0.1743825 in the place of w5 = 0.14 the gradient is too large by that factor
    wrong = of_home(W1).relative_error(float(values["dE/dw1"]))
    assert wrong == pytest.approx(1 - 0.14 / 0.1743825, abs=1e-8)
    assert of_home(W1).relative_error(-0.22652) < 1e-6
    assert of_home(W5).relative_error(float(values["dE/dw5"])) < 1e-6


def test_a_loss_beyond_floats_raises_no_warning() -> None:
    network = nnviz.Network([nnviz.Layer([[1e200]])])
    assert not np.isfinite(central_difference(network, [[1e200]], [[1]], W1).above)


def test_samples_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"inputs: each row must have .* 2 in all"):
        central_difference(STEP_BY_STEP.network, [[2]], [[1]], W1)
