"""Examples that others have worked out: in the smallest steps, with the classic mistake, over many iterations."""

import itertools
import math
from functools import cache
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import DETAILS, Detail
from nnviz.presets import PRESETS
from tests.examples import (
    MAZUR,
    MAZUR_ERRORS,
    MAZUR_PATHS,
    MAZUR_WITH_BIASES,
    STEP_BY_STEP,
    Example,
    in_decimals_of,
)
from tests.naming import values_of
from tests.oracles.textbook import error, gradients, parameters_of, updated
from tests.problems import of_preset
from tests.tellings import told

TERM = nnviz.Manner("term")
MAZUR_IN_PLACE = "0.291027924"  # what is printed, and copied everywhere


def traced(example: Example, manner: nnviz.Manner) -> dict[str, Any]:
    """Return all values of an example told in a manner."""
    return values_of(example.trace(manner))


# Step by step and Mazur, by terms


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("example", [STEP_BY_STEP, MAZUR, MAZUR_WITH_BIASES], ids=["2-2-1", "Mazur", "with biases"])
def test_the_printed_numbers_stand_in_every_detail(example: Example, detail: Detail) -> None:
    values = traced(example, nnviz.Manner(detail))
    for name, printed in example.rounded.items():
        assert in_decimals_of(printed, values[name]) == printed, name
    for name, exact in example.exact.items():
        assert values[name] == pytest.approx(float(exact), rel=2e-15, abs=0), name


@pytest.mark.parametrize("example", [MAZUR, MAZUR_WITH_BIASES], ids=["fixed", "trained"])
def test_mazur_errors_of_the_outputs_are_steps_and_add_up(example: Example) -> None:
    values = traced(example, TERM)
    found = [
        in_decimals_of(printed, values[name]) for name, printed in zip(("E1", "E2"), MAZUR_ERRORS.values(), strict=True)
    ]
    assert found == list(MAZUR_ERRORS.values())
    assert values["E"] == values["E1"] + values["E2"]
    assert in_decimals_of("0.298371109", values["E"]) == "0.298371109"


def test_mazur_paths_back_to_the_first_hidden_neuron_are_steps_and_add_up() -> None:
    values = traced(MAZUR, TERM)
    paths = [values["∂E/∂z3·∂z3/∂h1"], values["∂E/∂z4·∂z4/∂h1"]]
    assert [in_decimals_of(p, v) for p, v in zip(MAZUR_PATHS, paths, strict=True)] == list(MAZUR_PATHS)
    assert values["∂E/∂h1"] == sum(paths)
    assert in_decimals_of("0.036350306", values["∂E/∂h1"]) == "0.036350306"


def test_mazur_slopes_are_steps() -> None:
    values = traced(MAZUR, TERM)
    for name, printed in {"∂ŷ1/∂z3": "0.186815602", "∂h1/∂z1": "0.241300709", "∂z3/∂w5": "0.593269992"}.items():
        assert in_decimals_of(printed, values[name]) == printed, name


def test_mazur_biases_move_only_where_they_are_trained() -> None:
    fixed, trained = traced(MAZUR, TERM), traced(MAZUR_WITH_BIASES, TERM)
    assert "b1⁺" not in fixed
    # ∂E/∂b3 = ∂E/∂z3, and the step is half of it
    assert trained["b3⁺"] == pytest.approx(0.60 - 0.5 * 0.138498562, abs=1e-9)
    assert in_decimals_of("0.280471447", trained["E⁺"]) == "0.280471447"


@pytest.mark.parametrize("detail", DETAILS)
def test_mazur_in_place_is_what_is_copied_everywhere(detail: Detail) -> None:
    wrong, right = (traced(MAZUR, nnviz.Manner(detail, in_place=mistake))["E⁺"] for mistake in (True, False))
    assert in_decimals_of(MAZUR_IN_PLACE, wrong) == MAZUR_IN_PLACE
    assert in_decimals_of(MAZUR_IN_PLACE, right) == "0.291027774"


# Fahrenheit from Celsius


def test_fahrenheit_of_one_sample_by_hand() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]], [0.5])], "mean_squared_error")
    values = values_of(nnviz.trace(network, [[42]], [[107.6]], 0.001))
    prediction = 0.5 * 42 + 0.5  # 21.5
    slope = 2 * (prediction - 107.6)  # −172.2
    expected = {
        "ŷ": 21.5,
        "E": 86.1 * 86.1,
        "∂E/∂ŷ": -172.2,
        "∂E/∂w1": slope * 42,
        "∂E/∂b1": slope,
        "w1⁺": 0.5 + 0.001 * 172.2 * 42,  # 7.7324
        "b1⁺": 0.6722,
        "ŷ⁺": 7.7324 * 42 + 0.6722,
    }
    for name, number in expected.items():
        assert values[name] == pytest.approx(number, rel=1e-13), name


@pytest.mark.parametrize("detail", DETAILS)
def test_fahrenheit_of_all_samples_by_hand(detail: Detail) -> None:
    values = values_of(told("fahrenheit", detail).iteration)
    celsius = [float(c) for c in range(-50, 50)]
    misses = [0.5 * c + 0.5 - (c * 9 / 5 + 32) for c in celsius]
    slopes = [2 * miss / 100 for miss in misses]
    by_weight = math.fsum(slope * c for slope, c in zip(slopes, celsius, strict=True))
    by_bias = math.fsum(slopes)
    new_w, new_b = 0.5 - 0.001 * by_weight, 0.5 - 0.001 * by_bias
    expected = {
        "E": math.fsum(miss**2 for miss in misses) / 100,
        "∂E/∂w1": by_weight,
        "∂E/∂b1": by_bias,
        "w1⁺": new_w,
        "b1⁺": new_b,
        "E⁺": math.fsum((new_w * c + new_b - (c * 9 / 5 + 32)) ** 2 for c in celsius) / 100,
    }
    for name, number in expected.items():
        assert values[name] == pytest.approx(number, rel=1e-12), name
    np.testing.assert_allclose(values["∂E/∂ŷ"], slopes, rtol=1e-13)
    # Σc = −50 and Σc² = 83,350, so ∂E/∂w = (2/100)(−1.3·83,350 + 31.5·50)
    assert by_weight == pytest.approx(0.02 * (-1.3 * 83350 + 31.5 * 50), rel=1e-12)


def test_fahrenheit_of_the_documents_one_sample_by_hand() -> None:
    values = values_of(told("fahrenheit-one").iteration)
    miss = 0.8 * 42 + 0.5 - 107.6  # −73.5
    for name, number in {"E": miss * miss, "∂E/∂ŷ": 2 * miss, "∂E/∂w1": 2 * miss * 42, "∂E/∂b1": 2 * miss}.items():
        assert values[name] == pytest.approx(number, rel=1e-13), name


def test_fahrenheit_of_two_samples_by_hand() -> None:
    values = values_of(told("fahrenheit-two").iteration)
    first, second = 0.8 * 42 + 0.5 - 107.6, 0.8 * -40 + 0.5 - -40  # −73.5 and 8.5
    expected: dict[str, float | list[float]] = {
        "E": (first**2 + second**2) / 2,
        "∂E/∂ŷ": [2 * first / 2, 2 * second / 2],
        "∂E/∂w1": first * 42 + second * -40,
        "∂E/∂b1": first + second,
    }
    for name, number in expected.items():
        np.testing.assert_allclose(values[name], number, rtol=1e-13, err_msg=name)


def test_one_sample_leaves_a_line_of_answers_and_two_leave_one() -> None:
    w, b = ends("fahrenheit-one")
    # The gradient always points along (42, 1), which takes (0.8, 0.5) to the nearest point of 42·w + b = 107.6
    along = (107.6 - 0.8 * 42 - 0.5) / (42**2 + 1)
    assert (w, b) == pytest.approx((0.8 + 42 * along, 0.5 + along), rel=1e-12)
    assert (f"{w:.3f}", f"{b:.4f}") == ("2.549", "0.5416")
    assert [f"{number:.2f}" for number in ends("fahrenheit-two")] == ["1.80", "32.00"]


def ends(key: str) -> tuple[float, float]:
    """Return the weight and the bias at which a single neuron ends."""
    [layer] = trained(key).network.layers
    assert layer.vector is not None
    return float(layer.matrix[0, 0]), float(layer.vector[0])


def trained(key: str, rate: float | None = None, iterations: int = 10_000) -> nnviz.History:
    """Return the history of a preset, at another rate where one is given."""
    preset = PRESETS[key]
    return nnviz.train(preset.network, preset.inputs, preset.targets, rate or preset.learning_rate, iterations)


def test_fahrenheit_learns_the_formula_to_seven_digits() -> None:
    [layer] = trained("fahrenheit").network.layers
    assert layer.vector is not None
    assert PRESETS["fahrenheit"].learning_rate == 0.001
    assert (f"{layer.matrix[0, 0]:.6f}", f"{layer.vector[0]:.5f}") == ("1.800000", "32.00000")


def test_fahrenheit_diverges_at_twice_the_rate() -> None:
    with pytest.warns(RuntimeWarning, match="diverged"):
        assert trained("fahrenheit", rate=0.002).diverged_at is not None


# XOR as printed


@cache
def by_textbook(key: str) -> dict[str, list[float]]:
    """Return an iteration as “Apa itu Backpropagation” computes it: gradients, parameters after, E before and after.

    Its program takes dZ2 = A2 − Y, goes back by W2ᵀ·dZ2·A1·(1 − A1), and divides by the number of samples.
    """
    problem = of_preset(key)
    before = parameters_of(problem.network)
    slopes, after = gradients(problem, before, range(4)), updated(problem, before, range(4))
    found = {"E": [error(problem, before), error(problem, after)]}
    for part, layers in (("∂E/∂", slopes), ("", after)):
        found[f"{part}w"] = [number for weights, _ in layers for row in weights for number in row]
        found[f"{part}b"] = [number for _, biases in layers for number in biases or []]
    return found


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("key", ["xor", "xor-learns"])
def test_xor_is_one_iteration_of_the_printed_program(key: str, detail: Detail) -> None:
    values, expected = values_of(told(key, detail).iteration), by_textbook(key)
    found = {
        f"{part}{n}": values[f"{part}{n}"] for part in ("∂E/∂w", "∂E/∂b") for n in range(1, len(expected[part]) + 1)
    }
    found |= {f"{part}{n}": values[f"{part}{n}⁺"] for part in "wb" for n in range(1, len(expected[part]) + 1)}
    for part, numbers in expected.items():
        for number, value in enumerate(numbers, start=1):
            at = values[("E", "E⁺")[number - 1]] if part == "E" else found[f"{part}{number}"]
            assert at == pytest.approx(value, abs=1e-12), f"{part}{number}"


def test_xor_as_printed_does_not_learn() -> None:
    preset, history = PRESETS["xor"], trained("xor")
    assert preset.learning_rate == 0.1
    assert (preset.start.rule, preset.start.scale) == ("normal", 0.1)
    assert all(layer.vector is not None and not layer.vector.any() for layer in preset.network.layers)
    # A network that says ½ to everything has E = ln 2
    assert history.losses[-1] == pytest.approx(math.log(2), abs=1e-3)
    np.testing.assert_allclose(nnviz.predict(history.network, preset.inputs), 0.5, atol=0.05)


def test_xor_with_larger_weights_and_rate_learns() -> None:
    preset, history = PRESETS["xor-learns"], trained("xor-learns")
    targets = [[0.0], [1.0], [1.0], [0.0]]
    np.testing.assert_allclose(nnviz.predict(history.network, preset.inputs), targets, atol=0.05)


# The other presets keep what they promise


def test_and_learns() -> None:
    preset, history = PRESETS["and"], trained("and", iterations=2000)
    predictions = nnviz.predict(history.network, preset.inputs)
    assert predictions.round().tolist() == [[0.0], [0.0], [0.0], [1.0]], predictions
    assert history.losses[-1] < history.losses[0] / 2
    assert all(after < before for before, after in zip(history.losses, history.losses[1:], strict=False))


def test_vanishing_gradients_shrink_from_layer_to_layer() -> None:
    preset = PRESETS["vanishing"]
    slopes = nnviz.gradients(preset.network, preset.inputs, preset.targets)
    means = [float(np.mean(np.abs(weights))) for weights, _ in slopes]
    assert len(means) == 3
    for before, behind in itertools.pairwise(means):
        assert 3 * before < behind, means


def test_the_dead_relu_gets_no_gradient_and_the_others_do() -> None:
    values = values_of(told("dead-relu").iteration)
    assert values["z1"] == pytest.approx(0.4 * 1 - 0.6 * 2 - 0.5)
    dead = ["∂E/∂z1", "∂E/∂w1", "∂E/∂w2", "∂E/∂b1", "∂E/∂w5"]  # w5 leads from its output, which is 0
    slopes = {name: value for name, value in values.items() if name.startswith("∂E/∂")}
    assert {name for name, value in slopes.items() if value == 0} == set(dead), slopes
    assert values["∂E/∂h1"] == pytest.approx(0.5 * values["∂E/∂ŷ"])  # what would have gone on through it
