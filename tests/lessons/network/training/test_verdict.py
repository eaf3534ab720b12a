"""What training came to, in words: plateaus and lowest losses, dead neurons, and the rate to try."""

import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.batches import Batches
from nnviz.engine.initializers import Initializer
from nnviz.engine.losses import LOSSES, REDUCTIONS, Reduction
from nnviz.engine.manner import MISTAKES, PLAIN, Mistake
from nnviz.engine.method import Method
from nnviz.explain.activation_plot import verdict as said_of_slope
from nnviz.lessons.network.own_network import setup_of as setup_of_network
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training import verdict as verdicts
from nnviz.lessons.network.training.parabola import is_parabola, lowest_error
from nnviz.lessons.network.training.slices import (
    GROWN,
)
from nnviz.lessons.network.training.stopping import Goal
from nnviz.lessons.network.training.verdict import judgement, stable_rate, verdict
from nnviz.protocol import Measure
from nnviz.text import say
from tests.oracles import functions as oracles
from tests.oracles.textbook import error, forward, parameters_of, updated
from tests.parameters import bits
from tests.problems import Problem
from tests.tellings import UPDATES
from tests.training import run, setup_of, weights


def test_xor_as_printed_stays_on_its_plateau_and_says_so() -> None:
    setup = of_preset("xor")
    done = run(setup, 10_000)
    assert done.curve.losses[-1] == pytest.approx(math.log(2), abs=1e-3)
    words = judgement(setup, done.checkpoints[-1].network, done.curve)
    assert "not learning" in words
    assert "0.693" in words
    outputs = nnviz.predict(done.checkpoints[-1].network, setup.inputs)
    assert not all((output > 0.5) == (target > 0.5) for [output], [target] in zip(outputs, setup.targets, strict=True))


def test_fahrenheit_that_is_slow_is_no_plateau() -> None:
    setup = of_preset("fahrenheit-slow")
    done = run(setup, 10_000)
    assert judgement(setup, done.checkpoints[-1].network, done.curve) == ""


@pytest.mark.parametrize(
    ("preset", "measure", "bound", "first", "then"),
    [
        ("fahrenheit", "gradient", 1e-4, "It has arrived: at iteration ", ""),
        ("fahrenheit", "step", 1e-6, "It has arrived: at iteration ", ""),
        ("fahrenheit", "gradient", 20.0, "It has stopped: at iteration ", "It has not arrived: one linear layer can"),
        ("fahrenheit-slow", "step", 0.005, "It has stopped: at iteration ", "It has not arrived: one linear layer can"),
        ("fahrenheit-one", "gradient", 1e-6, "It has arrived: at iteration ", ""),
        (
            "xor",
            "gradient",
            0.01,
            "It has stopped: at iteration ",
            "Gradients are as small on a plateau as in a minimum",
        ),
        (
            "xor",
            "step",
            0.001,
            "It has stopped: at iteration ",
            "Steps are as small on a plateau, or at a low learning",
        ),
        ("xor-learns", "gradient", 0.001, "It has stopped: at iteration ", "Every sample is classified correctly"),
        ("dead-relu", "gradient", 1e-9, "It has arrived: at iteration ", ""),
    ],
)
def test_it_has_arrived_is_said_only_where_it_has(
    preset: str, measure: Measure, bound: float, first: str, then: str
) -> None:
    setup, goal = of_preset(preset), Goal(20_001, bound, measure)
    words = verdict(setup, run(setup, 20_000, bound, measure=measure), goal)
    assert words.startswith(first)
    assert ("arrived: at" in words) == ("arrived: at" in first)
    assert then in words


def test_at_the_lowest_error_that_is_not_0_a_linear_layer_has_arrived() -> None:
    shape = nnviz.Network([nnviz.Layer([[0.1, 0.1]], [0.1])]).shape
    setup = setup_of("xor", shape=shape, weights=(0.1, 0.1), biases=(0.1,), rate=0.3)
    for bound, words in ((1e-6, "It has arrived: "), (0.05, "It has stopped: ")):
        goal = Goal(5001, bound, "gradient")
        assert verdict(setup, run(setup, 5000, bound, measure="gradient"), goal).startswith(words)


WRONG = {
    "in_place": "All of it with updates in place, which is wrong.",
    "output_for_input": "All of it with the output of each weight’s neuron where its input belongs, which is wrong.",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_run_with_a_mistake_says_so_however_it_ended(mistake: Mistake) -> None:
    setup = setup_of("fahrenheit-slow", manner=PLAIN.with_mistake(mistake))
    falls = f"{WRONG[mistake]} That E has fallen does not show that the gradients are right."
    for below in (None, 1000.0):
        words = verdict(setup, run(setup, 3000, below), Goal(3001, below))
        assert words.endswith(falls)
        assert words.startswith("Trained up to" if below is None else "E is below 1000")
    diverged = replace(setup, rate=0.01)
    words = verdict(diverged, run(diverged, 3000))
    assert words.startswith("Diverging")
    assert WRONG[mistake] in words
    assert "That E has fallen" not in words
    assert verdict(setup, run(setup, 0)).count("wrong") == 0
    plain = of_preset("fahrenheit-slow")
    assert "wrong" not in verdict(plain, run(plain, 3000))


def test_steps_that_do_not_follow_the_gradient_promise_nothing() -> None:
    right, wrong = (setup_of("fahrenheit-slow", rate=0.002, manner=PLAIN.with_mistake(m)) for m in UPDATES[::2])
    assert stable_rate(right) is not None
    assert stable_rate(wrong) is None
    # w would have to be 1000: too far for either, but what may help is known of the gradient alone
    shape, data = nnviz.Network([nnviz.Layer([[0.5]])]).shape, {"inputs": ((0.001,),), "targets": ((1.0,),)}
    for mistake, said in zip(UPDATES[::2], ("It has not arrived", ""), strict=True):
        setup = setup_of("xor", shape=shape, weights=(0.5,), biases=(), rate=1e-9, **data,
                         manner=PLAIN.with_mistake(mistake))  # fmt: skip
        done = run(setup, 2000)
        assert judgement(setup, done.checkpoints[-1].network, done.curve)[:18] == said


def test_the_lowest_error_of_a_linear_layer_is_no_plateau() -> None:
    network = nnviz.Network([nnviz.Layer([[0.1, 0.1]], [0.1])])
    setup = setup_of("xor", shape=network.shape, weights=(0.1, 0.1), biases=(0.1,), rate=0.3)
    done = run(setup, 5000)
    words = judgement(setup, done.checkpoints[-1].network, done.curve)
    assert done.curve.losses[-1] == pytest.approx(0.125, abs=1e-9)  # half of XOR's variance, 0.25
    assert words.startswith("It has arrived: E is within 0.1 % of 0.125, ")


def test_a_linear_layer_that_is_far_from_its_lowest_error_has_not_arrived() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]])])
    setup = setup_of(
        "xor", shape=network.shape, weights=(0.5,), biases=(), inputs=((0.001,),), targets=((1.0,),), rate=0.05
    )
    done = run(setup, 2000)
    words = judgement(setup, done.checkpoints[-1].network, done.curve)
    assert words.startswith("It has not arrived: ")
    assert lowest_error(setup) == pytest.approx(0, abs=1e-25)  # w = 1000


@pytest.mark.parametrize(
    ("bias", "is_trained", "squares"), [(0.5, True, 1 / 6), (1.0, False, 10 - 121 / 14), (None, False, 21 - 289 / 14)]
)
def test_the_lowest_error_of_a_line_is_that_of_least_squares(
    bias: float | None, is_trained: bool, squares: float
) -> None:
    """By hand, with samples (1, 1), (2, 2), (3, 4): the residues of y = wx + b, y = wx + 1, y = wx.

    With b: w = 3/2, b = −2/3, squares 1/6. With b = 1: w = 11/14, squares 10 − 11²/14. Without: w = 17/14, squares
    21 − 17²/14. E is half their mean.
    """
    vector = [] if bias is None else [bias]
    network = nnviz.Network([nnviz.Layer([[0.1]], vector or None, biases_fixed=not is_trained)])
    data = {"inputs": ((1.0,), (2.0,), (3.0,)), "targets": ((1.0,), (2.0,), (4.0,))}
    setup = setup_of("xor", shape=network.shape, weights=(0.1,), biases=tuple(vector), **data)
    assert lowest_error(setup) == pytest.approx(squares / 6, rel=1e-12)


def test_a_plateau_is_as_long_as_it_lasts() -> None:
    setup = of_preset("xor")
    done = run(setup, 20_000)
    words = judgement(setup, done.checkpoints[-1].network, done.curve)
    length = int(words.split("for ")[1].split(" ")[0].replace(",", ""))
    flat = [n for n, e in zip(done.curve.iterations, done.curve.losses, strict=True) if abs(e - math.log(2)) < 6e-4]
    assert 15_000 < length <= 20_000
    assert length <= done.curve.iterations[-1] - min(flat)


# What a verdict says holds for all samples


def learning_xor(layers: list[nnviz.Layer], loss: str, **changes: Any) -> Setup:
    """Return a setup of these layers on XOR."""
    shape = nnviz.Network(layers, loss).shape
    return setup_of("xor", shape=shape, weights=tuple(n for layer in layers for n in layer.matrix.ravel()),
                    biases=tuple(n for layer in layers if layer.vector is not None for n in layer.vector),
                    start=Initializer(), **changes)  # fmt: skip


def problem_of(setup: Setup) -> Problem:
    return Problem(setup.network, setup.inputs, setup.targets, setup.rate)


def hidden(setup: Setup, network: nnviz.Network) -> np.ndarray:
    """Return the outputs of the first layer, a row a sample."""
    parameters, problem = parameters_of(network), problem_of(setup)
    return np.array([next(forward(problem, parameters, x))[1] for x in setup.inputs])


def error_in_batches(setup: Setup, seed: int, iterations: int) -> float:
    """Return E of all samples after so many iterations with one sample each, shuffled in each epoch."""
    problem, parameters, n_samples = problem_of(setup), parameters_of(setup.network), len(setup.inputs)
    for epoch in range(iterations // n_samples):
        for sample in np.random.default_rng((seed, epoch)).permutation(n_samples):
            parameters = updated(problem, parameters, [sample])
    return error(problem, parameters)


def he_relu(rate: float) -> Setup:
    """Return 2-4-1 with hidden ReLU and a sigmoid output on XOR, He start with seed 3."""
    layers = [nnviz.Layer(np.zeros((4, 2)), [0] * 4, "relu"), nnviz.Layer(np.zeros((1, 4)), [0], "sigmoid")]
    return learning_xor(layers, "binary_cross_entropy", rate=rate).with_start(Initializer("he", 1.0, 3))


def test_in_batches_a_verdict_speaks_of_all_samples() -> None:
    layers = [
        nnviz.Layer([[-0.12692590590266986858, -0.844955757436316], [-0.9357427469178123, 0.8173651578783794]],
                    [0.39650732687505963, -0.49808473788143637], "sigmoid"),
        nnviz.Layer([[-0.5832662974097391, 0.5308947844782579]], [0.2908941132572971], "sigmoid"),
    ]  # fmt: skip
    setup = learning_xor(layers, "half_squared_error", rate=0.5, batches=Batches(1, 1))
    done = run(setup, 20_000)
    of_all = error_in_batches(setup, 1, 20_000)
    assert of_all == pytest.approx(0.06292087, abs=5e-9)  # 0.0626 after 60,000
    assert done.error < of_all / 10  # that of the last batch tells nothing
    words = verdict(setup, done)
    assert words.startswith(f"Trained up to iteration 20,001: E of all samples ≈ {of_all:.7g}. It is not learning: ")
    assert "plateau" in words
    assert "batch" not in words


@pytest.mark.parametrize("rate", [0.5, 1.0, 3.0])
def test_neurons_that_are_dead_for_every_sample_are_named(rate: float) -> None:
    setup = he_relu(rate)
    done = run(setup, 2500)
    network = done.checkpoints[-1].network
    dead = np.flatnonzero((hidden(setup, network) == 0).all(axis=0))
    assert {2, 3} <= set(dead)
    names = [f"h{number + 1}" for number in dead]
    words = verdict(setup, done)
    assert f"{', '.join(names[:-1])} and {names[-1]} are dead: 0 for every sample" in words
    assert "no learning rate wakes them" in words
    assert "higher" not in words
    later = run(replace(setup, rate=10 * rate), 2500).checkpoints[-1].network
    assert bits(later)[0][4:8] == bits(setup.network)[0][4:8] == bits(network)[0][4:8]  # the weights of h3 and h4


@pytest.mark.parametrize(("slope", "is_dead"), [(0.0, True), (0.01, False)])
def test_a_leaky_relu_that_leaks_nothing_is_a_relu_and_can_die(slope: float, is_dead: bool) -> None:
    hidden_ = nnviz.Layer([[-1.0, -1.0], [1.0, 1.0]], activation="leaky_relu", negative_slope=slope)
    network = nnviz.Network([hidden_, nnviz.Layer([[1.0, 1.0]])])
    setup = setup_of_network(network, [[1, 2], [2, 1]], [[1], [2]], 0.01)
    assert ("h1 is dead" in verdict(setup, run(setup, 20))) == is_dead
    assert (said_of_slope("leaky_relu", -3.0, slope) == say("curve.dead")) == is_dead


@pytest.mark.parametrize(
    ("second", "biases", "said"),
    [([[1.0, 1.0], [-1.0, -1.0]], [0.1, -0.1], "h4 is 0 for every sample"),
     ([[-1.0, -1.0], [-1.0, -2.0]], [0.0, -0.1], "h3 and h4 are dead: 0 for every sample")],
)  # fmt: skip
def test_a_neuron_behind_layers_that_still_learn_may_wake(second: Any, biases: Any, said: str) -> None:
    layers = [nnviz.Layer([[1.0, 0.5], [0.5, 1.0]], [0.1, 0.1], "relu"), nnviz.Layer(second, biases, "relu"),
              nnviz.Layer([[0.5, 0.5]], [0.0])]  # fmt: skip
    setup = learning_xor(layers, "half_squared_error", rate=1e-6)
    words = verdict(setup, run(setup, 1))
    assert said in words
    assert ("no learning rate wakes" in words) == ("dead" in said)
    assert ("the layers before can wake it" in words) == ("dead" not in said)


def test_where_no_gradient_is_left_no_rate_is_recommended() -> None:
    layers = [nnviz.Layer([[0.0, 0.0]], None, "tanh"), nnviz.Layer([[0.0]], None)]
    setup = learning_xor(layers, "half_squared_error", rate=0.5)
    words = verdict(setup, run(setup, 1200))
    assert "Every gradient is 0" in words
    assert "no learning rate helps" in words
    assert "higher" not in words


def test_what_moves_too_slowly_to_tell_is_said_with_the_change() -> None:
    layers = [nnviz.Layer(np.zeros((2, 2)), [0, 0], "sigmoid"), nnviz.Layer(np.zeros((1, 2)), [0], "sigmoid")]
    setup = learning_xor(layers, "binary_cross_entropy", rate=0.01).with_start(Initializer("normal", 1.0, 0))
    done = run(setup, 500)
    start, end = setup.network, done.checkpoints[-1].network
    before, after = (error(problem_of(setup), parameters_of(network)) for network in (start, end))
    words = verdict(setup, done)
    assert "It moves too slowly to tell whether it learns: over the last 500 iterations E has changed by ≈ " in words
    change = words.split("has changed by ≈ ")[1].split(". ")[0].replace("−", "-")
    assert float(change) == pytest.approx(after - before, rel=1e-6)
    assert "higher learning rate" in words


def test_a_rate_that_makes_it_swing_is_not_to_be_higher() -> None:
    setup = he_relu(10.0)
    words = verdict(setup, run(setup, 2000))
    assert "It swings: " in words
    assert "lower learning rate" in words
    assert "higher" not in words


def test_where_every_sample_is_right_it_is_no_plateau() -> None:
    setup = learning_xor([nnviz.Layer([[9.0, 9.0], [-9.0, -9.0]], [-4.0, 13.0], "sigmoid"),
                          nnviz.Layer([[9.0, 9.0]], [-13.0], "sigmoid")],
                         "binary_cross_entropy", rate=1e-5)  # fmt: skip
    words = verdict(setup, run(setup, 1500))
    assert words.endswith("Every sample is classified correctly, and E hardly changes any more.")


def test_where_training_grows_in_batches_the_error_is_that_of_all() -> None:
    setup = setup_of("fahrenheit-diverges", batches=Batches(7, 1))
    done = run(setup, 1000)
    assert done.end == GROWN
    words = verdict(setup, done)
    w, b = weights(done)
    c = np.arange(-50.0, 50.0)
    assert f"E of all samples ≈ {((w * c + b - c * 9 / 5 - 32) ** 2).mean():.7g}".replace("+", "") in words


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("activation", "is_linear"), [("identity", True), ("sigmoid", False)])
def test_the_error_is_a_parabola_where_its_third_difference_is_0(loss: str, activation: str, is_linear: bool) -> None:
    of_last = "softmax" if loss == "categorical_cross_entropy" else activation
    outputs = [oracles.softmax([0.7 * w, 0.0])[0] if of_last == "softmax" else 0.7 * w for w in (-1, 0, 1, 2)]
    of_weights = [oracles.LOSSES[loss](0.7 * w, out, 0.3) for w, out in zip((-1, 0, 1, 2), outputs, strict=True)]
    is_quadratic = abs(np.diff(of_weights, 3)[0]) < 1e-12 < abs(np.diff(of_weights, 2)[0])
    shape = replace(nnviz.Network([nnviz.Layer([[0.7]], [0.1])]).shape, activations=(of_last,), loss=loss)
    assert is_parabola(setup_of("fahrenheit", shape=shape)) == (is_quadratic and is_linear)


# The stable rate


@pytest.mark.parametrize("preset", ["fahrenheit", "fahrenheit-diverges"])
def test_the_stable_rate_is_where_training_begins_to_diverge(preset: str) -> None:
    rate = stable_rate(of_preset(preset))
    assert rate == pytest.approx(0.0012, abs=5e-5)
    assert rate is not None
    below, above = (run(setup_of(preset, rate=factor * rate), 3000).curve.losses for factor in (0.99, 1.01))
    assert below[-1] < below[0]
    assert above[-1] > 1e12 * above[0]


SQUARED = st.sampled_from(["half_squared_error", "mean_squared_error"])


@given(
    st.integers(1, 6), st.integers(1, 3), st.booleans(), SQUARED, st.sampled_from(REDUCTIONS), st.integers(0, 99),
)  # fmt: skip
def test_stable_rates_of_other_layers(
    n_samples: int, n_in: int, has_biases: bool, loss: str, reduction: Reduction, seed: int
) -> None:
    random = np.random.default_rng(seed)
    layer = nnviz.Layer(random.normal(size=(1, n_in)), [0.5] if has_biases else None)
    x, y = random.normal(size=(n_samples, n_in)), random.normal(size=(n_samples, 1))
    network = nnviz.Network([layer], loss, reduction)
    setup = setup_of("2-2-1", shape=network.shape, weights=tuple(layer.matrix.ravel()), biases=(0.5,) * has_biases,
                     inputs=tuple(map(tuple, x)), targets=tuple(map(tuple, y)))  # fmt: skip
    rate = stable_rate(setup)
    assert rate is not None
    losses = nnviz.train(network, x, y, 0.99 * rate, 200).losses
    assert all(after <= before * (1 + 1e-9) + 1e-15 for before, after in pairwise(losses))
    rising = nnviz.train(network, x, y, 1.05 * rate, 300).losses
    assert max(rising) > max(losses[0], 1e-9) or losses[0] < 1e-12


@pytest.mark.parametrize("preset", ["2-2-1", "xor", "and"])
def test_other_networks_have_no_stable_rate(preset: str) -> None:
    assert stable_rate(of_preset(preset)) is None


def test_advice_is_a_rate_that_is_stable() -> None:
    setup = of_preset("fahrenheit-diverges")
    done = run(setup, 100)
    words = verdict(setup, done)
    assert "≈ 0.0011" in words
    assert "try 0.001." in words


@given(st.floats(1e-12, 1e12))
def test_a_suggested_rate_has_one_digit_and_is_not_above(value: float) -> None:
    rate = verdicts._round_below(value)  # noqa: SLF001
    assert value / 2.01 < rate < value
    assert len(f"{rate:.10e}".split("e")[0].rstrip("0").rstrip(".")) == 1


@pytest.mark.parametrize(("value", "rate"), [(2.0, 1.0), (1.0, 0.9), (0.09999999999999999, 0.09), (0.0012, 0.001)])
def test_a_suggested_rate_is_below(value: float, rate: float) -> None:
    assert verdicts._round_below(value) == rate  # noqa: SLF001


@pytest.mark.parametrize("value", [5e-324, 1e-323])
def test_no_rate_is_suggested_where_there_is_none(value: float) -> None:
    assert verdicts._round_below(value) < value  # noqa: SLF001
    setup = setup_of("2-2-1", rate=value, inputs=((1e200, 0.0),))
    assert "smaller inputs" in verdict(setup, run(setup, 5))


def test_where_weights_decay_e_alone_does_not_tell_and_the_advice_minds_it() -> None:
    setup = setup_of("and", method=Method(weight_decay=0.5))
    assert verdict(setup, run(setup, 5000)).endswith(say("training.decays"))
    stopped = run(setup, 5000, 1e-3, measure="step")
    assert say("training.decays") in verdict(setup, stopped, Goal(5001, 1e-3, "step"))
    setup = setup_of("mazur", method=Method(weight_decay=100.0))
    [rate] = re.findall(r"such as (\S+)\.", verdict(setup, run(setup, 200)))
    assert float(rate) * 100 < 2  # from 2 on, each update takes a weight past 0 and as far away again


def test_a_given_gradient_arrives_nowhere() -> None:
    setup = setup_of("mazur", shape=replace(of_preset("mazur").shape, loss="upstream_gradient"))
    assert verdict(setup, run(setup, 200)).endswith(say("training.given"))
