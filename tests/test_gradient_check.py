"""What a central difference is made of, by hand; and that it finds a wrong gradient."""

import numpy as np
import pytest

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.engine.gradient_check import Difference, central_difference
from tests.examples import MAZUR_WITH_BIASES, STEP_BY_STEP

W1, W4, W5 = Place("weight", 1, 0, 0), Place("weight", 1, 1, 1), Place("weight", 2, 0, 0)
H = (2.0**-52) ** (1 / 3)  # about 6e-6: where the error of the quotient and that of rounding are alike


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
