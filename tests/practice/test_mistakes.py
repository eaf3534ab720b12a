"""Each mistake of the catalogue comes to the numbers that a student who makes it has."""

import numpy as np
import pytest

import nnviz
from nnviz.text.english import SENTENCES
from tests.oracles import softmax_students, students
from tests.oracles.students import Problem, sheet

PROBLEM = Problem(
    w=(np.array([[0.37, -0.61], [0.83, 0.29]]), np.array([[-0.53, 0.71], [0.43, 0.19]])),
    b=(np.array([0.23, -0.47]), np.array([0.59, -0.31])),
    x=np.array([0.67, 0.89]),
    y=np.array([0.13, 0.91]),
    rate=0.37,
)


def iteration(p: Problem) -> nnviz.Iteration:
    layers = [nnviz.Layer(w, b, "sigmoid") for w, b in zip(p.w, p.b, strict=True)]
    return nnviz.trace(nnviz.Network(layers), [p.x], [p.y], p.rate)


def typed(numbers: dict[str, float]) -> dict[str, str]:
    return {name: f"{value:#.4g}" for name, value in numbers.items()}


def test_the_oracle_without_a_mistake_is_the_iteration() -> None:
    steps = iteration(PROBLEM).by_name
    assert {name: steps[name].value for name in sheet(PROBLEM)} == pytest.approx(sheet(PROBLEM), rel=1e-12)


@pytest.mark.parametrize("mistake", students.MISTAKES)
def test_a_sheet_with_a_mistake_is_told_by_its_name(mistake: str) -> None:
    check = nnviz.check(iteration(PROBLEM), typed(sheet(PROBLEM, mistake)))
    assert check.mistakes == (mistake,)
    assert check.first_wrong is not None
    assert check.first_wrong.mistakes == (mistake,)
    right = sheet(PROBLEM)
    others = [name for name, value in sheet(PROBLEM, mistake).items() if abs(value - right[name]) > 0.02 * abs(value)]
    first = min(others, key=lambda name: list(iteration(PROBLEM).by_name).index(name))
    assert check.first_wrong.name == first


@pytest.mark.parametrize("mistake", students.MISTAKES)
def test_from_the_new_weights_alone_no_other_mistake_is_named(mistake: str) -> None:
    told = {name: value for name, value in typed(sheet(PROBLEM, mistake)).items() if name.endswith("⁺")}
    check = nnviz.check(iteration(PROBLEM), told)
    assert check.mistakes == () or (mistake,) in (check.mistakes, *check.alternatives)


def of_softmax() -> nnviz.Iteration:
    own = softmax_students
    network = nnviz.Network([nnviz.Layer(own.W, own.B, "softmax")], "categorical_cross_entropy")
    return nnviz.trace(network, [own.X], [own.Y], own.RATE)


def test_the_oracle_of_softmax_without_a_mistake_is_the_iteration() -> None:
    steps, right = of_softmax().by_name, softmax_students.sheet()
    assert {name: steps[name].value for name in right} == pytest.approx(right, rel=1e-12)


@pytest.mark.parametrize("mistake", softmax_students.MISTAKES)
def test_a_sheet_of_softmax_with_a_mistake_is_told_by_its_name(mistake: str) -> None:
    numbers = {name: value for name, value in softmax_students.sheet(mistake).items() if np.isfinite(value)}
    check = nnviz.check(of_softmax(), typed(numbers))
    assert check.mistakes == (mistake,)
    assert check.first_wrong is not None
    assert check.first_wrong.mistakes == (mistake,)


def test_a_right_sheet_of_softmax_has_no_mistake() -> None:
    check = nnviz.check(of_softmax(), typed(softmax_students.sheet()))
    assert check.mistakes == ()
    assert check.first_wrong is None


def test_what_comes_to_the_same_numbers_is_told_too() -> None:
    told = {name: value for name, value in typed(sheet(PROBLEM, "plus-instead-of-minus")).items() if name.endswith("⁺")}
    check = nnviz.check(iteration(PROBLEM), told)
    assert {check.mistakes, *check.alternatives} >= {("sign-of-error",), ("plus-instead-of-minus",)}


def test_two_mistakes_are_both_named() -> None:
    numbers = sheet(PROBLEM, "derivative-missing-at-output")
    wrong_sign = {
        name: float(f"{2 * PROBLEM_WEIGHTS[name.removesuffix('⁺')] - value:.12g}")
        for name, value in numbers.items()
        if name.endswith("⁺")
    }
    check = nnviz.check(iteration(PROBLEM), typed(numbers | wrong_sign))
    assert set(check.mistakes) == {"derivative-missing-at-output", "plus-instead-of-minus"}


PROBLEM_WEIGHTS = {f"w{n}": float(w) for n, w in enumerate(np.concatenate([w.ravel() for w in PROBLEM.w]), start=1)} | {
    f"b{n}": float(b) for n, b in enumerate(np.concatenate(PROBLEM.b), start=1)
}


def test_every_mistake_has_a_name_and_a_reason() -> None:
    assert len(nnviz.MISTAKES) >= 45
    for key, mistake in nnviz.MISTAKES.items():
        assert mistake.key == key
        assert mistake.name == SENTENCES[f"mistake.{key}"]
        assert mistake.explanation.endswith(".")
        assert repr(mistake) == f"Mistake({key}: {mistake.name})"
