"""Numbers that tell a mistake: those of whoever makes it, and no answer is right and a mistake at once."""

from html import unescape
from itertools import pairwise

import numpy as np
import pytest

import nnviz
from nnviz.practice.mistakes import MISTAKES
from nnviz.worksheets.telltales import marked, separation
from tests.oracles import students
from tests.oracles.students import Problem, sheet
from tests.problems import Problem as Given
from tests.worksheets.sheets import problem_of, who

KINDS = (("2-2-1", "sigmoid"), ("2-2-2", "tanh"), ("3-3-2", "sigmoid"), ("2-1", "relu"), ("1-1-1", "identity"))


def students_problem(given: Given) -> Problem:
    """Return the numbers of a 2-2-2 network as the second implementation has them."""
    first, second = given.network.layers
    assert first.vector is not None
    assert second.vector is not None
    x, y = np.array(given.inputs[0]), np.array(given.targets[0])
    return Problem((first.matrix, second.matrix), (first.vector, second.vector), x, y, given.learning_rate)


@pytest.mark.parametrize("mistake", students.MISTAKES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_wrong_number_of_a_sheet_is_in_the_key_with_the_name_of_its_mistake(mistake: str, seed: int) -> None:
    [drawn] = nnviz.worksheet("2-2-2", seed, 1)
    problem = students_problem(problem_of(drawn.link))
    right, wrong, key = sheet(problem), sheet(problem, mistake), who(drawn.key_html)
    order = [step.name for steps in drawn.asked.values() for step in steps]
    first = next(name for name in order if abs(wrong[name] - right[name]) > 2e-3 * abs(right[name]))
    named = [names for value, names in key[first].items() if value == pytest.approx(wrong[first], rel=1e-4)]
    assert any(MISTAKES[mistake].name in names for names in named), (first, wrong[first], key[first])


@pytest.mark.parametrize(("kind", "activation"), KINDS)
def test_an_answer_is_right_or_tells_a_mistake_and_never_two(kind: str, activation: str) -> None:
    for drawn in nnviz.worksheet(kind, 5, 3, activation=activation):
        for mark in marked(drawn.iteration).values():
            found = [(mark.right, mark.tolerance), *((one.value, separation(mark, one)) for one in mark.telltales)]
            assert 0 < mark.tolerance <= max(0.005 * abs(mark.right), 1e-3 if mark.right == 0 else 0)
            ends = sorted((value - reach, value + reach) for value, reach in found)
            assert all(before[1] <= after[0] + 1e-12 for before, after in pairwise(ends))


@pytest.mark.parametrize(("kind", "activation"), KINDS)
def test_four_digits_are_always_enough(kind: str, activation: str) -> None:
    for drawn in nnviz.worksheet(kind, 6, 3, activation=activation):
        for mark in marked(drawn.iteration).values():
            assert abs(float(f"{mark.right:.4g}") - mark.right) <= mark.tolerance
            for one in mark.telltales:
                assert abs(float(f"{one.value:.4g}") - one.value) <= separation(mark, one)


def test_mistakes_that_come_to_the_same_number_share_it_and_the_likelier_is_named_first() -> None:
    [drawn] = nnviz.worksheet("2-2-2", 5, 1)
    step = drawn.iteration.by_name["∂E/∂ŷ1"]
    shared = [one.mistakes for one in drawn.marked[step.id].telltales if one.value == pytest.approx(step.value / 2)]
    assert shared == [("half-kept", "mean-instead-of-sum")]
    assert "kept in its derivative; or: the mean over the outputs" in unescape(drawn.key_html)
