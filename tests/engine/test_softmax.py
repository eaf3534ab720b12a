"""Softmax with categorical cross-entropy: numbers from elsewhere, classes as targets, extremes, refusals."""

import math
import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

import nnviz
from nnviz.player.step_formula import formula_lines
from tests.oracles.functions import softmax

HIDDEN = nnviz.Layer([[0.2, -0.4], [0.7, 0.1], [-0.5, 0.3]], [0.1, -0.2, 0.05], "tanh")
OUTPUT = nnviz.Layer([[0.6, -0.1, 0.4], [-0.3, 0.8, 0.2], [0.15, -0.7, -0.45]], [0.05, -0.1, 0.2], "softmax")
NETWORK = nnviz.Network([HIDDEN, OUTPUT], "categorical_cross_entropy")
INPUTS, TARGETS, CLASSES = [[0.5, -0.3], [0.8, 0.6]], [[0, 1, 0], [1, 0, 0]], [1, 0]


def linear(weights: list[list[float]]) -> nnviz.Network:
    return nnviz.Network([nnviz.Layer(weights, activation="softmax")], "categorical_cross_entropy")


def test_numbers_that_central_differences_have_checked() -> None:
    iteration = nnviz.trace(NETWORK, INPUTS, TARGETS, 0.5)
    values = iteration.values
    assert values["E"] == pytest.approx(1.2719529094637303, rel=1e-15)
    assert values["E+"] == pytest.approx(1.0194910998027704, rel=1e-15)
    sums = [[0.110907497806, -0.15373720007, 0.289787594909], [-0.045047061293, 0.177868936302, 0.000919768302]]
    shares = [[0.337455243996, 0.25898967428, 0.403555081723], [0.303328551301, 0.379074419517, 0.317597029183]]
    assert np.transpose([values[f"z{n}"] for n in (4, 5, 6)]) == pytest.approx(np.array(sums), abs=1e-12)
    assert np.transpose([values[f"yhat{n}"] for n in (1, 2, 3)]) == pytest.approx(np.array(shares), abs=1e-12)
    (by_first, by_first_biases), (by_last, by_last_biases) = nnviz.gradients(NETWORK, INPUTS, TARGETS)
    expected = [
        [0.045256581068, -0.118114365466, 0.011049197556],
        [-0.110883673407, 0.030984655857, 0.072617931106],
        [0.065627092339, 0.087129709609, -0.083667128662],
    ]
    assert by_last == pytest.approx(np.array(expected), abs=1e-12)
    assert by_last_biases == pytest.approx([-0.179608102352, -0.180967953102, 0.360576055453], abs=1e-12)
    expected = [
        [-0.083851946169, -0.210990543654],
        [-0.173267282193, 0.172475451832],
        [-0.179215606803, -0.073893874172],
    ]
    assert by_first == pytest.approx(np.array(expected), abs=1e-12)
    assert by_first_biases == pytest.approx([-0.022536274918, -0.384598499117, -0.257640525687], abs=1e-12)


def test_targets_may_be_the_numbers_of_classes() -> None:
    by_class, by_row = (nnviz.trace(NETWORK, INPUTS, targets, 0.5) for targets in (CLASSES, TARGETS))
    assert {key: np.array(value).tolist() for key, value in by_class.values.items()} == {
        key: np.array(value).tolist() for key, value in by_row.values.items()
    }
    assert nnviz.loss(NETWORK, INPUTS, CLASSES) == nnviz.loss(NETWORK, INPUTS, TARGETS)


def test_a_step_is_written_as_a_share_and_e_as_the_logarithm_of_the_right_one() -> None:
    steps = nnviz.trace(NETWORK, INPUTS[:1], TARGETS[:1], 0.5).by_name
    assert str(steps["ŷ1"]).startswith("forward  ŷ1 = e^(z4)/(e^(z4) + e^(z5) + e^(z6)) = e^(0.1109075)/(")
    assert str(steps["E"]).startswith("forward  E = −(y1·ln(ŷ1) + y2·ln(ŷ2) + y3·ln(ŷ3)) = −(0·ln(0.3374552) + 1·ln(")
    assert str(steps["∂E/∂z5"]) == "backward ∂E/∂z5 = ŷ2 − y2 = 0.2589897 − 1 = −0.7410103"


@pytest.mark.parametrize("gap", [1e-9, 1.0, 40.0, 700.0, 800.0, 1e5, 1e300])
@pytest.mark.parametrize("is_right", [True, False])
def test_no_sum_is_too_large_and_no_digit_is_lost(gap: float, is_right: bool) -> None:
    target = [1, 0] if is_right else [0, 1]
    iteration = nnviz.trace(linear([[gap], [0.0]]), [[1.0]], [target], 0.1)
    of_right = softmax([Decimal(gap), Decimal(0)])[0 if is_right else 1]
    expected = float(-of_right.ln()) if of_right and of_right < 1 else math.exp(-gap) if is_right else gap
    assert iteration.values["E"] == pytest.approx(expected, rel=1e-14)
    assert str(iteration.by_name["E"])
    assert iteration.values["E"] == nnviz.loss(iteration.start, [[1.0]], [target])


def test_the_outputs_of_ten_classes_add_up_to_1_and_have_the_same_bits_in_matrices() -> None:
    random = np.random.default_rng(4)
    network, x = linear(random.normal(size=(10, 3)).tolist()), random.normal(size=(7, 3))
    found, iteration = nnviz.predict(network, x), nnviz.trace(network, x, random.integers(10, size=7), 0.1)
    assert found.sum(axis=1) == pytest.approx(1.0, rel=1e-15)
    assert np.transpose([iteration.values[f"yhat{n}"] for n in range(1, 11)]).tolist() == found.tolist()


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "without its loss": (lambda: nnviz.Network([OUTPUT]), "softmax is allowed only in the last"),
    "in a hidden layer": (lambda: nnviz.Network([OUTPUT, OUTPUT], "categorical_cross_entropy"), "layer 1 has it"),
    "its loss alone": (
        lambda: nnviz.Network([HIDDEN], "categorical_cross_entropy"),
        "activation is softmax",
    ),
    "one output": (lambda: linear([[1.0]]), "needs two outputs or more"),
    "two classes at once": (lambda: nnviz.loss(NETWORK, INPUTS, [[1, 1, 0], [1, 0, 0]]), "must add up to 1, such as"),
    "a class too many": (lambda: nnviz.loss(NETWORK, INPUTS, [3, 0]), "whole numbers from 0 to 2"),
    "half a class": (lambda: nnviz.loss(NETWORK, INPUTS, [0.5, 0]), "whole numbers from 0 to 2"),
    "a class below 0": (lambda: nnviz.loss(NETWORK, INPUTS, [-1, 0]), "whole numbers from 0 to 2"),
    "names of classes": (lambda: nnviz.loss(NETWORK, INPUTS, ["a", "b"]), "targets: only numbers"),
    "classes too few": (lambda: nnviz.loss(NETWORK, INPUTS, [1]), "the shape must be"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_go_together_is_refused_in_words(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(ValueError, match=words):
        make()


def test_the_line_of_an_output_too_small_for_a_float_says_how_its_logarithm_is_computed() -> None:
    """ln ŷ2 is z2 − ln Σe^z, which is 0 − 800 with all the digits of a float, where ŷ2 itself is 0."""
    [error] = (s for s in nnviz.trace(linear([[800], [0], [1]]), [[1]], [[0, 1, 0]], 0.1).steps if s.name == "E")
    small = "ln(e^({})/(e^(800) + e^(0) + e^(1)))"
    assert str(error).endswith(f"= −(0·ln(1) + 1·{small.format(0)} + 0·{small.format(1)}) ≈ 800")
    assert nnviz.to_latex(error).count(r"e^{800}") == 2
    by_term = nnviz.trace(linear([[800], [0], [1]]), [[1]], [[0, 1, 0]], 0.1, manner=nnviz.Manner(detail="term"))
    assert str(by_term.by_name["E2"]).endswith(f"= −1·{small.format(0)} ≈ 800")


def test_over_samples_only_the_line_of_the_one_that_is_too_small_is_in_the_sums() -> None:
    iteration = nnviz.trace(linear([[800.0], [0.0]]), [[1.0], [0.5]], [[0, 1], [0, 1]], 0.1)
    first, second = (" ".join(formula_lines(iteration.by_name["E"], sample)) for sample in (0, 1))
    assert text_of(first).endswith("≈800 = (800+400) /2 =600")
    assert "ln(e0e800+e0)" in text_of(first)
    assert "1·ln(1.91517×10−174)" in text_of(second)


def text_of(html: str) -> str:
    return re.sub("<[^>]+>", "", html)
