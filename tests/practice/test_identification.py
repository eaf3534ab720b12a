"""How surely mistakes are told apart, on random numbers: measured, with bounds that practice relies on."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import settings

import nnviz
from nnviz.algebra.arrays import Array
from nnviz.practice.exercise import exercise
from nnviz.practice.hypotheses import Hypothesis, Predictions, variations_of
from tests.practice.shapes import TWO_TWO_TWO

TRIALS = max(25, settings.get_profile(settings.get_current_profile_name()).max_examples)
Typed = dict[str, str]


def iterations(count: int) -> Iterator[tuple[nnviz.Iteration, np.random.Generator]]:
    """Yield iterations of random networks with numbers of two decimals, and what else is random about them."""
    for seed in range(count):
        random = np.random.default_rng(seed)

        def drawn(*shape: int) -> Array:
            return np.asarray(np.round(random.uniform(0.1, 0.95, shape), 2) * random.choice([-1, 1], shape))  # noqa: B023

        layers = [nnviz.Layer(drawn(2, 2), drawn(2), "sigmoid") for _ in range(2)]
        inputs, targets = np.abs(drawn(1, 2)), np.round(random.uniform(0, 1, (1, 2)), 2)
        yield nnviz.trace(nnviz.Network(layers), inputs, targets, round(random.uniform(0.2, 0.7), 2)), random


def sheets(iteration: nnviz.Iteration, made: Sequence[Hypothesis], digits: int = 4) -> list[Typed]:
    """Return the sheets of those who each made some mistakes throughout."""
    predictions = Predictions(variations_of(iteration.plan), iteration.given, made)
    steps = [step for step in iteration.steps if step.phase != "check"]
    values = {step.name: np.broadcast_to(predictions.of(step.id), (len(made), 1)) for step in steps}
    return [{name: f"{value[row, 0]:#.{digits}g}" for name, value in values.items()} for row in range(len(made))]


def shares_named(size: int) -> tuple[int, int]:
    """Return how many trials with so many mistakes named them, and of how many, with those that show as others left."""
    named = count = 0
    for iteration, random in iterations(2 * TRIALS):
        variations = variations_of(iteration.plan)
        hypotheses = variations.singles if size == 1 else variations.pairs
        made = hypotheses[random.integers(len(hypotheses))]
        others = [other for other in ((), *variations.singles) if other != made]
        [sheet, *like] = sheets(iteration, [made, *others])
        if sheet in like:
            continue  # nobody could tell
        count += 1
        check = nnviz.check(iteration, sheet)
        named += set(variations.mistakes(made)) in map(set, (check.mistakes, *check.alternatives))
    return named, count


def test_one_mistake_is_named_in_99_of_100() -> None:
    named, count = shares_named(1)
    assert named >= 0.99 * count
    assert count > TRIALS


def test_two_mistakes_are_named_in_90_of_100() -> None:
    named, count = shares_named(2)
    assert named >= 0.9 * count
    assert count > TRIALS


@pytest.mark.parametrize("digits", [3, 4, 6])
def test_right_numbers_are_right_and_no_mistake_is_named(digits: int) -> None:
    for iteration, _ in iterations(TRIALS):
        check = nnviz.check(iteration, sheets(iteration, [()], digits)[0])
        assert {line.verdict for line in check.lines} == {"ok"}
        assert check.mistakes == ()


def test_a_slip_of_the_pen_is_called_a_mistake_in_2_of_100_at_most() -> None:
    named = count = 0
    for iteration, random in iterations(4 * TRIALS):
        [sheet] = sheets(iteration, [()])
        name = list(sheet)[random.integers(len(sheet))]
        check = nnviz.check(iteration, sheet | {name: slipped(sheet[name], random)})
        if check.first_wrong:
            count += 1
            named += bool(check.mistakes)
    assert named <= 0.02 * count
    assert count > TRIALS


def slipped(text: str, random: np.random.Generator) -> str:
    """Return a number with a digit exchanged for another, or for its neighbour."""
    end = text.find("e") if "e" in text else len(text)
    first = next(at for at, sign in enumerate(text) if sign.isdigit() and sign != "0")
    digits = [at for at in range(first, end) if text[at].isdigit()]
    at = random.integers(len(digits) - 1)
    signs = list(text)
    if random.random() < 0.5:
        signs[digits[at]], signs[digits[at + 1]] = signs[digits[at + 1]], signs[digits[at]]
    else:
        signs[digits[at]] = str(random.integers(10))
    return "".join(signs)


def test_in_an_exercise_every_mistake_is_named() -> None:
    iteration = exercise(TWO_TWO_TWO, 1).iteration
    variations = variations_of(iteration.plan)
    made = [one for one in variations.singles if not variations.ways[one[0]][0].is_alone]
    given = sheets(iteration, made)
    for hypothesis, sheet in zip(made, given, strict=True):
        same = {variations.mistakes(other) for other, alike in zip(made, given, strict=True) if alike == sheet}
        assert nnviz.check(iteration, sheet).mistakes in same, variations.mistakes(hypothesis)
