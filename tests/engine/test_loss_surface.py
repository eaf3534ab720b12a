"""Parameters by their places, and the loss over two of them: each height is the loss of that network."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.engine.loss_surface import surface
from nnviz.engine.parameters import gradient_at, moved, number_of_parameters
from tests.examples import MAZUR, STEP_BY_STEP
from tests.parameters import places, rebuilt
from tests.problems import MODERATE, Problem, problems


@given(problems(), st.data())
def test_each_height_is_the_loss_of_the_network_with_these_two_parameters(
    problem: Problem, data: st.DataObject
) -> None:
    network, x, y = problem.network, problem.inputs, problem.targets
    if len(places(network)) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(places(network)), min_size=2, max_size=2, unique=True))
    firsts, seconds = (data.draw(st.lists(MODERATE, min_size=n, max_size=n)) for n in (3, 2))
    found = surface(network, x, y, (one, other), firsts, seconds)
    for row, second in enumerate(seconds):
        for column, first in enumerate(firsts):
            expected = nnviz.loss(rebuilt(network, {one: first, other: second}), x, y)
            assert found[row, column] == expected, (one, other, first, second)


def test_a_loss_that_is_too_large_is_not_finite_and_the_others_are() -> None:
    pair = Place("weight", 1, 0, 0), Place("weight", 2, 0, 0)
    found = surface(STEP_BY_STEP.network, [[2, 3]], [[1]], pair, [0.11, 1e308], [0.14])
    assert found[0, 0] == pytest.approx(0.3272405, rel=1e-12)
    assert not math.isfinite(found[0, 1])


@given(problems(), st.data())
def test_a_parameter_that_is_moved_is_the_only_one(problem: Problem, data: st.DataObject) -> None:
    network = problem.network
    assert number_of_parameters(network) == len(places(network))
    place, by = data.draw(st.sampled_from(places(network))), data.draw(MODERATE)
    after = moved(network, place, by)
    for other in places(network):
        expected = network.at(other) + (by if other == place else 0.0)
        assert after.at(other) == expected, other


def test_values_and_gradients_are_those_of_the_place() -> None:
    gradients = nnviz.gradients(MAZUR.network, MAZUR.inputs, MAZUR.targets)
    assert MAZUR.network.at(Place("weight", 2, 1, 0)) == 0.50
    assert MAZUR.network.at(Place("bias", 1, 0)) == 0.35
    assert f"{gradient_at(gradients, Place('weight', 2, 0, 0)):.9f}" == "0.082167041"
    assert f"{gradient_at(gradients, Place('weight', 1, 0, 0)):.9f}" == "0.000438568"
    assert f"{gradient_at(gradients, Place('bias', 2, 0)):.9f}" == "0.138498562"
    _, slopes = gradients[1]
    assert slopes is not None
    assert gradient_at(gradients, Place("bias", 2, 1)) == slopes[1] != slopes[0]
