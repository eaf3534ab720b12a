"""Random start weights: the same from the same seed, and spread as their rules say."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest

from nnviz.engine.initializers import RULES, Initializer, drawn, drawn_biases
from nnviz.presets import PRESETS

SIZES = (40, 60, 5)
SHAPES = [(60, 40), (5, 60)]
every_rule = pytest.mark.parametrize("rule", RULES)


def bits(rule: str, scale: float = 1.0, seed: int = 7, sizes: tuple[int, ...] = SIZES) -> list[bytes]:
    """Return every bit of what is drawn, layer by layer."""
    return [layer.tobytes() for layer in drawn(sizes, Initializer(rule, scale, seed))]


@every_rule
def test_each_layer_has_a_row_a_neuron_and_a_column_an_input(rule: str) -> None:
    assert [layer.shape for layer in drawn(SIZES, Initializer(rule))] == SHAPES


@every_rule
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(rule: str) -> None:
    assert bits(rule, seed=7) == bits(rule, seed=7)
    for one, other in combinations([bits(rule, seed=seed) for seed in (0, 7, 8, 2**32 - 1)], 2):
        assert all(a != b for a, b in zip(one, other, strict=True))


def test_the_rules_give_different_weights() -> None:
    for one, other in combinations(RULES, 2):
        assert bits(one) != bits(other), (one, other)


@pytest.mark.parametrize("rule", ["uniform", "unit", "normal", "xavier", "he"])
def test_the_factor_multiplies_what_is_drawn(rule: str) -> None:
    for one, three in zip(drawn(SIZES, Initializer(rule, 1.0)), drawn(SIZES, Initializer(rule, 3.0)), strict=True):
        np.testing.assert_allclose(three, 3 * one, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("rule", ["uniform", "hand"])
@pytest.mark.parametrize("scale", [0.1, 1.0, 2.5])
def test_uniform_weights_fill_the_interval_of_the_factor(rule: str, scale: float) -> None:
    weights = drawn((50, 100), Initializer(rule, scale))[0]
    assert -scale <= weights.min() < -0.95 * scale
    assert 0.95 * scale < weights.max() <= scale
    assert abs(weights.mean()) < 0.05 * scale


@pytest.mark.parametrize("scale", [0.1, 1.0, 2.5])
def test_unit_weights_and_biases_fill_what_is_from_0_to_the_factor(scale: float) -> None:
    start = Initializer("unit", scale)
    biases = drawn_biases((2, 2000), start)
    assert biases is not None
    for drawing in (drawn((50, 100), start)[0], biases[0]):
        assert 0 <= drawing.min() < 0.05 * scale
        assert 0.95 * scale < drawing.max() < scale
        assert abs(drawing.mean() - scale / 2) < 0.05 * scale


def test_unit_draws_each_layers_weights_then_its_biases() -> None:
    random = np.random.default_rng(7)
    start = Initializer("unit", 1.0, 7)
    biases = drawn_biases((2, 3, 1), start)
    assert biases is not None
    for weights, of_layer in zip(drawn((2, 3, 1), start), biases, strict=True):
        assert weights.ravel().tolist() == [random.random() for _ in range(weights.size)]
        assert of_layer.tolist() == [random.random() for _ in range(of_layer.size)]


def test_the_other_rules_leave_biases_as_they_are() -> None:
    assert [rule for rule in RULES if drawn_biases(SIZES, Initializer(rule)) is not None] == ["unit"]


def test_weights_by_hand_have_two_decimals() -> None:
    for layer in drawn(SIZES, Initializer("hand")):
        assert all(len(repr(abs(weight)).partition(".")[2]) <= 2 for weight in layer.ravel().tolist())


def test_a_zero_has_no_sign() -> None:
    weights = drawn(SIZES, Initializer("hand", 0.004))[0]
    assert not weights.any()
    assert not np.signbit(weights).any()


# A layer of n weights has a spread that is off by about 1/√(2n): 0.4 % of 30,000. A wrong factor is off by 41 %.
@pytest.mark.parametrize(
    ("rule", "n_in", "n_out", "spread"),
    [
        ("uniform", 300, 100, 2 / sqrt(3)),
        ("normal", 300, 100, 2.0),
        ("xavier", 300, 100, 2 * sqrt(2 / 400)),
        ("xavier", 100, 300, 2 * sqrt(2 / 400)),
        ("xavier", 30, 1000, 2 * sqrt(2 / 1030)),
        ("he", 300, 100, 2 * sqrt(2 / 300)),
        ("he", 100, 300, 2 * sqrt(2 / 100)),
        ("he", 30, 1000, 2 * sqrt(2 / 30)),
    ],
)
def test_the_spread_of_a_layer(rule: str, n_in: int, n_out: int, spread: float) -> None:
    first, second = drawn((n_in, n_out, n_in), Initializer(rule, 2.0, seed=11))
    assert first.std() == pytest.approx(spread, rel=0.1)
    assert abs(first.mean()) < 0.1 * spread
    if rule in ("uniform", "xavier"):  # evenly spread: within √3 times the standard deviation
        assert np.abs(first).max() == pytest.approx(sqrt(3) * spread, rel=0.01)
    else:  # normal: 4.55 % beyond two standard deviations
        assert np.mean(np.abs(first) > 2 * spread) == pytest.approx(0.0455, abs=0.02)
    if rule == "he":
        assert second.std() == pytest.approx(2 * sqrt(2 / n_out), rel=0.1)


@pytest.mark.parametrize("key", [key for key, preset in PRESETS.items() if preset.start.rule != "hand"])
def test_random_presets_are_what_their_rule_draws(key: str) -> None:
    preset = PRESETS[key]
    random = np.random.default_rng(preset.start.seed)
    assert preset.start.rule == "normal"
    for layer in preset.network.layers:
        np.testing.assert_array_equal(layer.matrix, preset.start.scale * random.standard_normal(layer.matrix.shape))
