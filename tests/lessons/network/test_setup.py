"""What a person has set: the network that it is, and what stays where it was when its shape changes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.constraints import FREE, Constraints
from nnviz.engine.initializers import Initializer, drawn
from nnviz.engine.manner import DETAILS, Manner
from nnviz.engine.plan import Shape
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.presets import PRESETS
from tests.parameters import bits

# 2-2-1 with weights and biases that are easily told apart, set by hand
HAND = Setup(
    preset="2-2-1",
    shape=Shape(
        (2, 2, 1), ("tanh", "identity"), (True, True), "half_squared_error", constraints=Constraints(fixed=("b3",))
    ),
    weights=(0.11, 0.12, 0.21, 0.22, 0.31, 0.32),
    biases=(0.01, 0.02, 0.03),
    inputs=((2.0, 3.0), (4.0, 5.0)),
    targets=((1.0,), (0.5,)),
    rate=0.05,
    start=Initializer("hand", 1.0, 4),
)
FRESH = object()  # a place that the rule "by hand" fills with two decimals of its own


def changed(setup: Setup, kept: list[int | None], kinds: Sequence[str] | None = None, **shape: object) -> Setup:
    """Return the setup with another shape; the kinds are those of the layers’ biases."""
    return setup.with_layers(kept, kinds, **shape)


def check_matrices(setup: Setup, expected: list[list[list[object]]]) -> None:
    """Compare the weights with those written by hand, where FRESH is what the seed draws there."""
    fresh = drawn(setup.shape.sizes, setup.start)
    assert [matrix.shape for matrix in setup.matrices] == [matrix.shape for matrix in fresh]
    for number, rows in enumerate(expected):
        filled = [
            [fresh[number][unit, source] if weight is FRESH else weight for source, weight in enumerate(row)]
            for unit, row in enumerate(rows)
        ]
        assert setup.matrices[number].tolist() == filled, f"layer {number}"


def vectors(setup: Setup) -> list[list[float] | None]:
    """Return the biases, layer by layer."""
    return [None if vector is None else vector.tolist() for vector in setup.vectors]


def test_the_network_is_the_one_that_was_set() -> None:
    first, second = HAND.network.layers
    assert first.matrix.tolist() == [[0.11, 0.12], [0.21, 0.22]]
    assert second.matrix.tolist() == [[0.31, 0.32]]
    assert [first.biases, second.biases] == [pytest.approx([0.01, 0.02], abs=0), pytest.approx([0.03], abs=0)]
    assert [layer.activation for layer in HAND.network.layers] == ["tanh", "identity"]
    assert [layer.biases_fixed for layer in HAND.network.layers] == [False, True]
    assert HAND.network.shape == HAND.shape


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_as_a_setup_is_its_network_bit_by_bit(key: str) -> None:
    setup, preset = of_preset(key), PRESETS[key]
    assert setup.network.shape == setup.shape == preset.network.shape
    assert bits(setup.network) == bits(preset.network)
    assert (setup.inputs, setup.targets, setup.rate) == (preset.inputs, preset.targets, preset.learning_rate)
    assert (setup.preset, setup.start) == (key, preset.start)


def test_an_unknown_preset_is_no_setup() -> None:
    with pytest.raises(KeyError):
        of_preset("2-2-2")


# By hand: weights stay at their places


def test_nothing_changes_where_the_shape_stays() -> None:
    assert changed(HAND, [0, 1]) == HAND


def test_a_hidden_neuron_more_keeps_the_others() -> None:
    setup = changed(HAND, [0, 1], sizes=(2, 3, 1))
    check_matrices(setup, [[[0.11, 0.12], [0.21, 0.22], [FRESH, FRESH]], [[0.31, 0.32, FRESH]]])
    assert vectors(setup) == [[0.01, 0.02, 0.0], [0.03]]


def test_a_hidden_neuron_less_takes_its_weights_with_it() -> None:
    setup = changed(HAND, [0, 1], sizes=(2, 1, 1))
    check_matrices(setup, [[[0.11, 0.12]], [[0.31]]])
    assert vectors(setup) == [[0.01], [0.03]]


def test_an_input_more_is_1_in_every_sample() -> None:
    setup = changed(HAND, [0, 1], sizes=(3, 2, 1))
    check_matrices(setup, [[[0.11, 0.12, FRESH], [0.21, 0.22, FRESH]], [[0.31, 0.32]]])
    assert setup.inputs == ((2.0, 3.0, 1.0), (4.0, 5.0, 1.0))
    assert setup.targets == HAND.targets


def test_an_input_less_leaves_the_first() -> None:
    setup = changed(HAND, [0, 1], sizes=(1, 2, 1))
    check_matrices(setup, [[[0.11], [0.21]], [[0.31, 0.32]]])
    assert setup.inputs == ((2.0,), (4.0,))


def test_outputs_more_have_the_target_0() -> None:
    setup = changed(HAND, [0, 1], sizes=(2, 2, 3))
    check_matrices(setup, [[[0.11, 0.12], [0.21, 0.22]], [[0.31, 0.32], [FRESH, FRESH], [FRESH, FRESH]]])
    assert vectors(setup) == [[0.01, 0.02], [0.03, 0.0, 0.0]]
    assert setup.targets == ((1.0, 0.0, 0.0), (0.5, 0.0, 0.0))


NEW_LAYER = {
    "sizes": (2, 2, 2, 1),
    "activations": ("tanh", "relu", "identity"),
}
NEW_KINDS = ["trained", "trained", "fixed"]


def test_a_layer_in_the_middle_leaves_those_around_it() -> None:
    setup = changed(HAND, [0, None, 1], NEW_KINDS, **NEW_LAYER)
    check_matrices(setup, [[[0.11, 0.12], [0.21, 0.22]], [[FRESH, FRESH], [FRESH, FRESH]], [[0.31, 0.32]]])
    assert vectors(setup) == [[0.01, 0.02], [0.0, 0.0], [0.03]]
    assert setup.network.shape == setup.shape


def test_a_layer_that_goes_takes_only_its_own_weights() -> None:
    deeper = changed(HAND, [0, None, 1], NEW_KINDS, **NEW_LAYER)
    gone: dict[str, object] = {"sizes": HAND.shape.sizes, "activations": HAND.shape.activations}
    assert changed(deeper, [0, 2], None, **gone) == HAND
    without_first = changed(deeper, [1, 2], None, **gone)
    assert without_first.matrices[0].tolist() == deeper.matrices[1].tolist()
    assert vectors(without_first) == [[0.0, 0.0], [0.03]]


def test_biases_that_go_and_come_again_are_0() -> None:
    without = changed(HAND, [0, 1], ["none", "fixed"])
    assert without.biases == (0.03,)
    assert vectors(without) == [None, [0.03]]
    assert without.weights == HAND.weights
    again = changed(without, [0, 1], ["trained", "fixed"])
    assert vectors(again) == [[0.0, 0.0], [0.03]]


# By a rule: weights are drawn again, biases stay


@pytest.mark.parametrize("rule", ["uniform", "normal", "xavier", "he"])
def test_weights_that_a_rule_has_drawn_are_drawn_again(rule: str) -> None:
    random = replace(HAND, start=Initializer(rule, 0.5, 4)).with_layers([0, 1], sizes=(2, 3, 1))
    for found, expected in zip(random.matrices, drawn((2, 3, 1), Initializer(rule, 0.5, 4)), strict=True):
        np.testing.assert_array_equal(found, expected)
    assert vectors(random) == [[0.01, 0.02, 0.0], [0.03]]


def test_another_rule_draws_at_once_and_by_hand_keeps() -> None:
    start = Initializer("normal", 0.1, 9)
    random = HAND.with_start(start)
    expected = [*np.random.default_rng(9).standard_normal((2, 2)).ravel() * 0.1]
    assert random.weights[:4] == pytest.approx(expected, rel=1e-15)
    assert (random.biases, random.start, random.shape) == (HAND.biases, start, HAND.shape)
    back = random.with_start(Initializer("hand", 0.1, 9))
    assert (back.weights, back.start.rule) == (random.weights, "hand")


@pytest.mark.parametrize("seed", [0, 4])
def test_unit_draws_trained_biases_too_and_leaves_fixed_ones(seed: int) -> None:
    random = np.random.default_rng(seed)
    numbers = random.random(9).tolist()  # 4 weights and 2 biases, then 2 weights and 1 bias
    both = changed(HAND, [0, 1], ["trained", "trained"]).with_start(Initializer("unit", 1.0, seed))
    assert both.weights == (*numbers[:4], *numbers[6:8])
    assert both.biases == (*numbers[4:6], numbers[8])
    fixed = changed(both, [0, 1], ["trained", "fixed"])
    assert (fixed.weights, fixed.biases) == (both.weights, both.biases)
    assert (fixed.shape, HAND.shape.constraints.fixed) == (HAND.shape, ("b3",))
    assert HAND.with_start(Initializer("unit", 1.0, seed)).biases == (*numbers[4:6], HAND.biases[2])
    again = both.with_start(Initializer("unit", 2.0, seed))
    assert again.biases == tuple(2 * number for number in both.biases)


# The samples


def test_other_samples_and_the_one_that_is_shown() -> None:
    chosen = replace(HAND, sample=1)
    more = chosen.with_samples(((1.0, 2.0),) * 3, ((0.1,), (0.2,), (0.3,)))
    assert (more.inputs, more.targets, more.sample) == (((1.0, 2.0),) * 3, ((0.1,), (0.2,), (0.3,)), 1)
    fewer = chosen.with_samples(((7.0, 8.0),), ((0.1,),))
    assert (fewer.inputs, fewer.sample) == (((7.0, 8.0),), 0)
    assert fewer.weights == HAND.weights


# The run


def test_a_run_ignores_what_makes_no_difference_to_its_numbers() -> None:
    others = [
        replace(HAND, manner=Manner(detail, notation)) for detail in DETAILS for notation in ("numbered", "indexed")
    ]
    others += [replace(HAND, sample=1), replace(HAND, preset="xor"), replace(HAND, start=Initializer("normal", 0.3, 2))]
    for other in others:
        assert other.run_setup == HAND.run_setup
        assert hash(other.run_setup) == hash(HAND.run_setup)


DIFFERENCES: dict[str, dict[str, object]] = {
    "a weight": {"weights": (0.11, 0.12, 0.21, 0.22, 0.31, 0.33)},
    "a bias": {"biases": (0.01, 0.02, 0.04)},
    "an input": {"inputs": ((2.0, 3.0), (4.0, 6.0))},
    "a target": {"targets": ((1.0,), (0.6,))},
    "the rate": {"rate": 0.06},
    "in place": {"manner": Manner(in_place=True)},
    "output for input": {"manner": Manner(output_for_input=True)},
    "an activation": {"shape": replace(HAND.shape, activations=("sigmoid", "identity"))},
    "what is trained": {"shape": replace(HAND.shape, constraints=FREE)},
    "the loss": {"shape": replace(HAND.shape, loss="mean_squared_error")},
}


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_a_run_does_not_ignore_what_makes_a_difference(difference: str) -> None:
    other = replace(HAND, **DIFFERENCES[difference])  # type: ignore[arg-type]
    assert other.run_setup != HAND.run_setup
    assert run_at(other, 2).iteration.values["E"] != run_at(HAND, 2).iteration.values["E"]
