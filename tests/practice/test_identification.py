"""How surely mistakes are told apart, on random numbers: measured, with bounds that practice relies on."""

from collections.abc import Iterator

import numpy as np
import pytest

import nnviz
from nnviz.engine.plan import Shape
from nnviz.practice.exercise import exercise
from nnviz.practice.hypotheses import variations_of
from tests.practice.draws import checked, drawn_mistakes, is_named, iterations, sheets, slipped
from tests.practice.shapes import KINDS, TWO_TWO_TWO
from tests.runs import IS_LONG

DRAWS = 750 if IS_LONG else 20
COUNTED = 0.7  # of them at least: in the others nothing shows, or what does is what others come to as well
Kinds = dict[str, Shape]
CASES: dict[str, Kinds] = {name: {name: shape} for name, shape in KINDS.items()} if IS_LONG else {"all": KINDS}
of_every_kind = pytest.mark.parametrize("kinds", CASES.values(), ids=CASES)


def drawn(kinds: Kinds) -> Iterator[tuple[nnviz.Iteration, np.random.Generator]]:
    for shape in kinds.values():
        yield from iterations(shape, DRAWS)


def shares_named(kinds: Kinds, size: int) -> tuple[int, int]:
    """Return how many trials with so many mistakes named them, and of how many that could be told from others.

    Numbers that are right within the tolerance are no mistake; nobody can tell what these come from.
    """
    named = count = 0
    for iteration, random in drawn(kinds):
        made, sheet = drawn_mistakes(iteration, size, random)
        check = sheet and checked(iteration, made, sheet)
        if check and not (check.first_wrong is None and variations_of(iteration.plan).ways[made[0]][0].is_alone):
            count += 1
            named += is_named(iteration, made, check)
    assert count >= COUNTED * DRAWS * len(kinds)
    return named, count


@of_every_kind
def test_one_mistake_is_named_in_99_of_100(kinds: Kinds) -> None:
    named, count = shares_named(kinds, 1)
    assert named >= 0.99 * count


@of_every_kind
def test_two_mistakes_are_named_in_90_of_100(kinds: Kinds) -> None:
    named, count = shares_named(kinds, 2)
    assert named >= 0.9 * count


@of_every_kind
@pytest.mark.parametrize("digits", [3, 4, 6])
def test_right_numbers_are_right_and_no_mistake_is_named(kinds: Kinds, digits: int) -> None:
    for iteration, _ in drawn(kinds):
        check = nnviz.check(iteration, sheets(iteration, [()], digits)[0])
        assert {line.verdict for line in check.lines} <= ({"ok", "rough"} if digits == 3 else {"ok"})
        assert check.mistakes == ()


@of_every_kind
def test_a_slip_of_the_pen_is_called_a_mistake_in_2_of_100_at_most(kinds: Kinds) -> None:
    named = count = 0
    for iteration, random in drawn(kinds):
        [sheet] = sheets(iteration, [()])
        name = random.choice([name for name, text in sheet.items() if float(text)])
        check = nnviz.check(iteration, sheet | {name: slipped(sheet[name], random)})
        if check.first_wrong:
            count += 1
            named += bool(check.mistakes)
    assert named <= 0.02 * count
    assert count >= COUNTED * DRAWS * len(kinds)


def test_in_an_exercise_every_mistake_is_named() -> None:
    iteration = exercise(TWO_TWO_TWO, 1).iteration
    variations = variations_of(iteration.plan)
    made = [one for one in variations.singles if not variations.ways[one[0]][0].is_alone]
    given = sheets(iteration, made)
    for hypothesis, sheet in zip(made, given, strict=True):
        same = {variations.mistakes(other) for other, alike in zip(made, given, strict=True) if alike == sheet}
        assert nnviz.check(iteration, sheet).mistakes in same, variations.mistakes(hypothesis)
