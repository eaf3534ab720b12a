"""Weights and biases that are fixed, absent or tied: by hand, and what is refused."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.gradient_check import central_difference
from nnviz.engine.method import Method
from nnviz.engine.naming import gradient
from nnviz.engine.trainer import Descent
from tests.methods import METHODS, traces
from tests.networks import CONSTRAINED
from tests.oracles.textbook import near_a_kink
from tests.parameters import bits, places
from tests.problems import Problem, problems

LAYERS = (
    nnviz.Layer([[0.11, 0.21], [0.12, 0.11]], [0.3, 0.3]),
    nnviz.Layer([[0.14, 0.15]]),
)


def names(iteration: nnviz.Iteration, phase: str) -> list[str]:
    return [step.name for step in iteration.steps if step.phase == phase]


def test_what_is_fixed_absent_or_tied_by_hand() -> None:
    network = nnviz.Network(LAYERS, fixed=["w5"], absent=["w3"], tied=[["b2", "b1"], ["w1", "w4"]])
    iteration = nnviz.trace(network, [[2, 3]], [[1]], 0.1)
    lines = {step.name: str(step).partition("=")[2] for step in iteration.steps}
    assert lines["h1"] == " x1·w1 + x2·w2 + b1 = 2·0.11 + 3·0.21 + 0.3 = 1.15"
    assert lines["h2"] == " x2·w1 + b1 = 3·0.11 + 0.3 = 0.63"
    assert lines["∂E/∂b1"] == " ∂E/∂h1·∂h1/∂b1 + ∂E/∂h2·∂h2/∂b1 = −0.10423·1 + (−0.111675)·1 = −0.215905"
    assert names(iteration, "backward") == [
        "∂E/∂ŷ", "∂E/∂w6", "∂E/∂h1", "∂E/∂h2", "∂E/∂w1", "∂E/∂w2", "∂E/∂b1",
    ]  # fmt: skip
    assert names(iteration, "update") == ["w1⁺", "w2⁺", "b1⁺", "w6⁺"]
    # ŷ = 1.15·0.14 + 0.63·0.15 = 0.2555, so ∂E/∂ŷ is −0.7445; h1 has x1·w1, and h2 has x2·w1.
    slopes = {"w1": -0.7445 * (0.14 * 2 + 0.15 * 3), "w2": -0.7445 * 0.14 * 3, "w6": -0.7445 * 0.63}
    for name, slope in slopes.items():
        assert iteration.by_name[f"∂E/∂{name}"].value == pytest.approx(slope, rel=1e-12)
    assert iteration.network is not None
    (first, second), new = iteration.network.layers, 0.11 + 0.1 * 0.7445 * 0.73
    np.testing.assert_allclose(first.matrix, [[new, 0.21 + 0.1 * 0.31269], [0.0, new]], rtol=1e-12)
    np.testing.assert_allclose(second.matrix, [[0.14, 0.15 + 0.1 * 0.7445 * 0.63]], rtol=1e-12)
    assert (iteration.network.fixed, iteration.network.absent) == (("w5",), ("w3",))
    assert iteration.network.tied == (("w1", "w4"), ("b1", "b2"))


def test_of_several_samples_the_places_are_added_up_within_the_sum() -> None:
    network = nnviz.Network(LAYERS, tied=[["b1", "b2"]])
    step = nnviz.trace(network, [[2, 3], [1, 1]], [[1], [0]], 0.1).by_name["∂E/∂b1"]
    assert str(step).startswith("backward ∂E/∂b1 = Σ(∂E/∂h1·∂h1/∂b1 + ∂E/∂h2·∂h2/∂b1) = ")


def test_two_links_of_one_neuron_have_the_sum_of_their_inputs() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5, 0.5]])], tied=[["w1", "w2"]])
    step = nnviz.trace(network, [[2, 3]], [[1]], 0.1).by_name["∂E/∂w1"]
    assert step.value == pytest.approx((2.5 - 1) * (2 + 3), rel=1e-14)


def test_a_tie_of_which_a_name_is_fixed_is_fixed() -> None:
    network = nnviz.Network(LAYERS, fixed=["b2"], tied=[["b1", "b2"]])
    assert network.fixed == ("b1", "b2")
    assert network.layers[0].biases_fixed


def test_fixed_biases_of_a_layer_are_names_that_are_fixed() -> None:
    by_layer = nnviz.Network([replace(LAYERS[0], biases_fixed=True), LAYERS[1]])
    by_name = nnviz.Network(LAYERS, fixed=("b2", "b1"))
    assert by_layer.fixed == by_name.fixed == ("b1", "b2")
    assert by_layer.shape == by_name.shape
    assert [layer.biases_fixed for layer in by_name.layers] == [True, False]


def test_what_an_absent_link_was_given_is_0() -> None:
    network = nnviz.Network(LAYERS, absent=["w3"])
    assert network.layers[0].matrix.tolist() == [[0.11, 0.21], [0.0, 0.11]]


def test_a_weight_of_0_is_not_absent() -> None:
    network = nnviz.Network([nnviz.Layer([[0.0, 0.5]])])
    assert "∂E/∂w1" in nnviz.trace(network, [[2, 3]], [[1]], 0.1).by_name


def test_it_is_copied_and_pickled() -> None:
    network = pickle.loads(pickle.dumps(CONSTRAINED.network))
    assert network.shape == CONSTRAINED.network.shape


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"fixed": ["w7"]}, "w7: there is no such weight or bias here; there are w1 to w6, b1, b2"),
    ({"fixed": ["b3"]}, "b3: there is no such weight or bias"),
    ({"absent": ["b1"]}, "b1: only a weight can be absent"),
    ({"absent": ["w1"], "fixed": ["w1"]}, "w1: what is absent cannot be fixed or tied"),
    ({"absent": ["w1"], "tied": [["w1", "w4"]]}, "w1: what is absent cannot be fixed or tied"),
    ({"tied": [["w1", "w4"], ["w4", "w2"]]}, "w4: it is in more than one tie"),
    ({"tied": [["w1"]]}, "a tie needs two names or more; 'w1' is alone"),
    ({"tied": [["b1", "w1"]]}, "b1 = w1: weights can be tied to weights"),
    ({"tied": [["w1", "w2"]]}, "w2 is tied to w1, so both must begin with the same number; w1 is 0.11, w2 0.21"),
    ({"absent": ["w1", "w2"]}, "w[12]: without this link its neuron would have no input left"),
    ({"absent": ["w1", "w3"]}, "w[13]: without this link what it comes from would lead nowhere"),
    ({"fixed": ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2"]}, "something must be left that is trained"),
]


@pytest.mark.parametrize(("given", "message"), REFUSED)
def test_what_is_refused_is_named(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        nnviz.Network(LAYERS, **given)


@pytest.mark.parametrize("given", [{"fixed": "w1"}, {"absent": [1]}, {"tied": "w1"}, {"tied": ["w1"]}, {"fixed": 3}])
def test_names_are_texts_in_a_list(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="it must be names of weights and biases"):
        nnviz.Network(LAYERS, **given)


@given(problems(max_layers=3, max_samples=4), METHODS, st.booleans())
def test_training_has_the_bits_of_its_traces(problem: Problem, method: Method, in_place: bool) -> None:
    slow = replace(problem, learning_rate=problem.learning_rate / 100)
    descent = Descent(slow.network, slow.inputs, slow.targets, slow.learning_rate, method=method, in_place=in_place)
    for iteration in traces(slow, method, 3, nnviz.Manner(in_place=in_place)):
        assert descent.go_on()
        assert iteration.network is not None
        assert iteration.state is not None
        assert bits(descent.network) == bits(iteration.network)
        for letter, layers in iteration.state.kept.items():
            for (weights, biases), (own_weights, own_biases) in zip(layers, descent.state.kept[letter], strict=True):
                assert weights.tolist() == own_weights.tolist()
                assert (biases is None) == (own_biases is None)
                assert biases is None or own_biases is None or biases.tolist() == own_biases.tolist()


@given(problems(max_layers=3, max_samples=3))
def test_each_gradient_is_the_central_difference_of_all_of_its_places(problem: Problem) -> None:
    if near_a_kink(problem):
        return
    iteration = problem.trace()
    trained = {parameter.place: parameter for parameter in iteration.plan.trained}
    for place in places(problem.network):
        if place in trained:
            found = central_difference(problem.network, problem.inputs, problem.targets, place)
            slope = float(iteration.values[gradient(trained[place]).id])
            assert found.agrees(slope) or found.slope == pytest.approx(slope, rel=1e-5, abs=1e-7), place
