"""∂E/∂x: asked for, the backward pass goes on to the inputs, and nothing else is another number."""

import pytest
from hypothesis import assume, given

import nnviz
from nnviz.engine.manner import DETAILS, Detail
from tests.examples import STEP_BY_STEP
from tests.oracles.textbook import error, near_a_kink, parameters_of
from tests.problems import Problem, problems

TO_INPUTS = nnviz.Manner(input_gradients=True)
STEP = 1e-5


@pytest.mark.parametrize("detail", DETAILS)
def test_in_the_home_example(detail: Detail) -> None:
    values = STEP_BY_STEP.trace(nnviz.Manner(detail, input_gradients=True)).values
    assert values["dE/dx1"] == pytest.approx(-0.0270206, rel=1e-14)
    assert values["dE/dx2"] == pytest.approx(-0.0334926, rel=1e-14)


@given(problems(max_layers=3, max_samples=3))
def test_they_are_central_differences(problem: Problem) -> None:
    assume(not near_a_kink(problem))
    iteration = problem.trace(TO_INPUTS)
    for sample, row in enumerate(problem.inputs):
        for unit in range(len(row)):
            above, below = (_error(problem, sample, unit, by) for by in (STEP, -STEP))
            found = iteration.values[f"dE/dx{unit + 1}"]
            own = found if isinstance(found, float) else found[sample]
            assert own == pytest.approx((above - below) / (2 * STEP), rel=1e-5, abs=1e-8)


def _error(problem: Problem, sample: int, unit: int, by: float) -> float:
    """Return E with one input moved."""
    rows = [list(row) for row in problem.inputs]
    rows[sample][unit] += by
    moved = Problem(problem.network, rows, problem.targets, problem.learning_rate)
    return error(moved, parameters_of(moved.network))


@given(problems(max_layers=3, max_samples=3))
def test_all_other_steps_are_as_they_were(problem: Problem) -> None:
    plain, whole = problem.trace(), problem.trace(TO_INPUTS)
    others = [step for step in whole.steps if not step.id.startswith("dE/dx")]
    assert len(others) == len(whole.steps) - problem.network.sizes[0]
    assert [str(step) for step in others] == [str(step) for step in plain.steps]
    assert [repr(step.value) for step in others] == [repr(step.value) for step in plain.steps]


def test_whoever_asks_for_them_must_say_so_plainly() -> None:
    with pytest.raises(TypeError, match="input_gradients"):
        nnviz.Manner(input_gradients=1)  # type: ignore[arg-type]
