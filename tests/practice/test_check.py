"""A student's numbers are right, carried, rough or wrong, and nothing is said that they do not bear out."""

import numpy as np
import pytest

import nnviz
from nnviz.presets import PRESETS
from tests.examples import MAZUR_WITH_BIASES, STEP_BY_STEP

HOME = nnviz.trace(STEP_BY_STEP.network, STEP_BY_STEP.inputs, STEP_BY_STEP.targets, STEP_BY_STEP.learning_rate)


def verdicts(check: nnviz.Check) -> dict[str, str]:
    return {line.name: line.verdict for line in check.lines}


def test_the_numbers_that_the_post_prints_are_right_or_rough() -> None:
    printed = {"h1": "0.85", "h2": "0.48", "ŷ": "0.191", "E": "0.327", "∂E/∂ŷ": "-0.809", "w1⁺": "0.12", "w5⁺": "0.17"}
    check = nnviz.check(HOME, printed)
    assert verdicts(check) == {"h1": "ok", "h2": "ok", "ŷ": "ok", "E": "ok", "∂E/∂ŷ": "ok", "w1⁺": "rough",
                               "w5⁺": "rough"}  # fmt: skip
    assert check.first_wrong is None
    assert check.mistakes == ()


def test_a_number_with_few_digits_is_rough_and_one_that_rounds_to_another_is_wrong() -> None:
    check = nnviz.check(HOME, {"ŷ⁺": "0,26", "E⁺": "0.28", "w5⁺": "0,18"})
    assert verdicts(check) == {"w5⁺": "wrong", "ŷ⁺": "rough", "E⁺": "rough"}
    wrong = check.first_wrong
    assert wrong is not None
    assert (wrong.name, wrong.given, wrong.read) == ("w5⁺", "0,18", 0.18)
    assert wrong.expected == pytest.approx(0.1743825)


def test_an_error_is_charged_once() -> None:
    check = nnviz.check(HOME, {"h1": "0.95", "h2": "0.48", "ŷ": "0.205", "E": "0.3160", "∂E/∂ŷ": "-0.795"})
    assert verdicts(check) == {"h1": "wrong", "h2": "ok", "ŷ": "carried", "E": "carried", "∂E/∂ŷ": "carried"}
    assert check.mistakes == ()


def test_lines_come_in_the_order_of_the_iteration_and_by_ids_too() -> None:
    check = nnviz.check(HOME, {"w6+": 0.169416, "dE/dyhat": -0.809, "∂E/∂w5": -0.68765, "h1": np.float64(0.85)})
    assert [line.name for line in check.lines] == ["h1", "∂E/∂ŷ", "∂E/∂w5", "w6⁺"]
    assert {line.verdict for line in check.lines} == {"ok"}
    assert {line.sample for line in check.lines} == {None}


def test_where_0_is_right_it_is_0_that_is_right() -> None:
    p = PRESETS["dead-relu"]
    dead = nnviz.trace(p.network, p.inputs, p.targets, p.learning_rate)
    zeros = [step.name for step in dead.steps if step.value == 0]
    assert zeros
    assert set(verdicts(nnviz.check(dead, dict.fromkeys(zeros, "0"))).values()) == {"ok"}
    for name in zeros:
        assert verdicts(nnviz.check(dead, {name: "0.1"})) == {name: "wrong"}
    check = nnviz.check(HOME, {"∂E/∂w1": "0"})
    assert verdicts(check) == {"∂E/∂w1": "wrong"}


def test_a_number_a_sample_is_checked_a_sample() -> None:
    p = PRESETS["and"]
    iteration = nnviz.trace(p.network, p.inputs, p.targets, p.learning_rate)
    z = np.array([0.1, 0.0, 0.4, 0.3])  # 0.3·x1 − 0.1·x2 + 0.1 of 00, 01, 10, 11
    check = nnviz.check(iteration, {"z1": [*map(str, z[:3]), "0.5"], "ŷ": [None, None, None, "0.6225"]})
    assert [(line.name, line.sample, line.verdict) for line in check.lines] == [
        ("z1", 1, "ok"), ("z1", 2, "ok"), ("z1", 3, "ok"), ("z1", 4, "wrong"), ("ŷ", 4, "carried"),
    ]  # fmt: skip


@pytest.mark.parametrize("detail", ["layer", "neuron", "term"])
@pytest.mark.parametrize("notation", ["numbered", "indexed"])
def test_every_manner_of_telling_is_checked(detail: str, notation: str) -> None:
    manner = nnviz.Manner(detail=detail, notation=notation)  # type: ignore[arg-type]
    example = MAZUR_WITH_BIASES
    iteration = nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate, manner)
    check = nnviz.check(iteration, {step.name: step.value for step in iteration.steps})
    assert len(check.lines) == len(iteration.steps)
    assert {line.verdict for line in check.lines} == {"ok"}


@pytest.mark.parametrize("preset", PRESETS)
def test_the_exact_numbers_of_every_example_are_right(preset: str) -> None:
    p = PRESETS[preset]
    iteration = nnviz.trace(p.network, p.inputs, p.targets, p.learning_rate)
    check = nnviz.check(iteration, {step.name: step.value for step in iteration.steps})
    assert {line.verdict for line in check.lines} == {"ok"}


def test_what_one_has_switched_on_is_no_mistake() -> None:
    manner = nnviz.Manner(in_place=True)
    example = MAZUR_WITH_BIASES
    iteration = nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate, manner)
    check = nnviz.check(iteration, {step.name: step.value for step in iteration.steps})
    assert {line.verdict for line in check.lines} == {"ok"}


@pytest.mark.parametrize(
    ("numbers", "message"),
    [({"h9": 1.0}, "h9"), ({"h1": "abc"}, "abc"), ({"h1": float("nan")}, "h1"), ({"h1": [1.0, 2.0]}, "1 number"),
     ({"h1": ""}, "h1")],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(numbers: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        nnviz.check(HOME, numbers)  # type: ignore[arg-type]


def test_only_an_iteration_can_be_checked() -> None:
    with pytest.raises(TypeError, match=r"nnviz\.trace"):
        nnviz.check("HOME", {})  # type: ignore[arg-type]


def test_a_mistake_in_one_line_alone_is_named_too_and_so_is_a_point_that_moved() -> None:
    example = MAZUR_WITH_BIASES
    iteration = nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate)
    right = {step.name: f"{step.value:.6g}" for step in iteration.steps if step.phase == "forward"}
    forgotten = nnviz.check(iteration, right | {"z2": f"{0.05 * 0.25 + 0.10 * 0.30:.4g}"})
    assert forgotten.mistakes == ("bias-forgotten",)
    moved = nnviz.check(iteration, right | {"z2": "3.925"})
    assert moved.mistakes == ("shifted-point",)
    assert [line.mistakes for line in moved.lines if line.verdict == "wrong"] == [("shifted-point",)]


@pytest.mark.parametrize("text", ["0.00", "0,000", "-0.00", "0.0"])
def test_what_rounds_to_zero_is_rough(text: str) -> None:
    example = STEP_BY_STEP
    iteration = nnviz.trace(example.network, [[0.002, 0.003]], example.targets, example.learning_rate)
    check = nnviz.check(iteration, {"h1": text})  # 0.00085
    assert verdicts(check) == {"h1": "rough" if len(text.strip("-")) < 5 else "wrong"}
    assert check.mistakes == ()


@pytest.mark.parametrize(
    "numbers",
    [{"h1": "0.1"}, {"E": "0.04"}, {"E": "3"}, {"ŷ": "2"}, {"h2": "5"}, {"w1⁺": "0.2"}, {"w1⁺": "1"}, {"E⁺": "0.2"},
     {"∂E/∂w1": "-2"}, {"E⁺": "0.25"}],
)  # fmt: skip
def test_from_one_number_of_one_or_two_digits_no_mistake_is_named(numbers: dict[str, str]) -> None:
    check = nnviz.check(HOME, numbers)
    assert check.first_wrong is not None
    assert check.mistakes == ()


@pytest.mark.parametrize("typed", [{"h1": "0.22"}, {"∂E/∂w5": "-0.38832"}])
def test_a_mistake_that_comes_to_just_that_number_is_named(typed: dict[str, str]) -> None:
    check = nnviz.check(HOME, typed)
    made = [line.made for line in check.lines if line.made is not None]
    assert all(f"{step.value:.6g}" == f"{check.lines[0].read:.6g}" for step in made)
    assert (check.mistakes != ()) == bool(made)


SMALL = nnviz.trace(nnviz.Network([nnviz.Layer([[0.8]])]), [[0.5]], [[0.37]], 0.1)
"""ŷ = 0.8·0.5 = 0.4, ∂E/∂w1 = 0.03·0.5 = 0.015, w1⁺ = 0.8 − 0.1·0.015 = 0.7985.

With the ½ kept it is 0.79925; without the input 0.797; with plus, or the error turned round, 0.8015.
"""


@pytest.mark.parametrize(
    ("typed", "verdict", "is_doubtful"),
    [("0.799", "ok", False), ("0.7985", "ok", False), ("0.7986", "ok", False), ("0.79852", "ok", False),
     ("0.80", "rough", False), ("0.797", "rough", True), ("0.7970", "rough", True), ("0.802", "rough", True),
     ("0.8015", "rough", True), ("0.8-0.1*0.015", "ok", False), ("0.7979", "ok", False),
     ("0.7992", "rough", True)],
)  # fmt: skip
def test_digits_that_a_mistake_would_have_too_are_too_few(typed: str, verdict: str, is_doubtful: bool) -> None:
    check = nnviz.check(SMALL, {"w1⁺": typed})
    [line] = check.lines
    assert (line.verdict, line.is_doubtful) == (verdict, is_doubtful)
    assert check.mistakes == ()


@pytest.mark.parametrize(
    ("typed", "mistakes"),
    [("0.79700", {("delta-as-gradient",)}), ("0.79925", {("half-kept",)}),
     ("0.80150", {("sign-of-error",), ("plus-instead-of-minus",)})],
)  # fmt: skip
def test_with_all_the_digits_of_a_mistake_it_is_that(typed: str, mistakes: set[tuple[str, ...]]) -> None:
    check = nnviz.check(SMALL, {"w1⁺": typed})
    assert [line.verdict for line in check.lines] == ["wrong"]
    assert {check.mistakes, *check.alternatives} >= mistakes


def test_where_the_lines_before_are_right_no_mistake_in_them_is_feared() -> None:
    given = {"ŷ": "0.4", "∂E/∂ŷ": "0.03", "∂E/∂w1": "0.015", "w1⁺": "0.797"}
    assert set(verdicts(nnviz.check(SMALL, given)).values()) == {"ok"}


def test_a_mistake_that_undoes_itself_is_not_feared() -> None:
    """At both layers the derivative with the other sign gives ∂E/∂z of the hidden neurons its right sign again."""
    example = MAZUR_WITH_BIASES
    iteration = nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate)
    before = {step.name: step.value for step in iteration.steps if step.phase == "forward"}
    slopes = ("∂E/∂ŷ1", "∂E/∂ŷ2", "∂E/∂z3", "∂E/∂z4", "∂E/∂h1", "∂E/∂h2")
    given = before | {name: iteration.by_name[name].value for name in slopes}
    check = nnviz.check(iteration, given | {"∂E/∂z1": "0.00877", "∂E/∂z2": "0.00995"})
    assert set(verdicts(check).values()) == {"ok"}
