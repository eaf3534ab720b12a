"""Both derivations of σ′: every line has the same number, the right one, and reads as it is computed."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.algebra.expressions import evaluate
from nnviz.algebra.solution import line, read, solve
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import TEXT
from nnviz.lessons.sigmoid.derivation import FUNCTION, QUOTIENT, SLOPE, SPLITTING, TANGENT, WAYS, derived
from nnviz.text import say
from tests.oracles.functions import sigmoid
from tests.oracles.lines import computed

POINTS = st.floats(-10, 10)
WITH_SLOPES = (TANGENT, QUOTIENT, SPLITTING)
MANY = [z / 8 for z in range(-80, 81)]


def slope(z: float) -> float:
    """Return σ′(z) by the central difference, to more digits than a float has."""
    with localcontext(prec=50):
        h = Decimal("1e-15")
        return float((sigmoid(Decimal(z) + h) - sigmoid(Decimal(z) - h)) / (2 * h))


def lines(z: float, way: str) -> list[Step]:
    """Return the lines of a way that σ′ is the left side of."""
    return [step for step in derived(z) if step.phase == way and step.quantity == SLOPE]


@pytest.mark.parametrize("way", WITH_SLOPES)
@given(z=POINTS)
@example(z=0.0)
@example(z=10.0)
@example(z=-10.0)
def test_all_lines_agree_with_each_other_and_with_the_central_difference(way: str, z: float) -> None:
    values = [float(step.value) for step in lines(z, way)]
    assert max(values) - min(values) <= 1e-12 * max(values)
    assert values[0] == pytest.approx(slope(z), rel=1e-12), (values[0], slope(z))


@pytest.mark.parametrize("way", WITH_SLOPES)
def test_they_agree_in_plain_floats_too(way: str) -> None:
    for z in MANY:
        values = [float(evaluate(step.expression, step.operands)) for step in lines(z, way)]
        assert max(values) - min(values) < 1e-12, z
        h = 1e-5
        rough = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
        assert values[0] == pytest.approx(rough, abs=1e-9), z


@given(z=POINTS)
@example(z=9.999)
def test_the_numbers_on_a_line_give_its_result(z: float) -> None:
    for step in derived(z):
        solution = solve(step)
        numbers = read(solution, TEXT)
        assert solution.result is not None
        if numbers is None or step.expression is WAYS[FUNCTION][0].expression:
            continue
        exactly = computed("".join(numbers), Fraction)
        half = Fraction(10) ** (Decimal(float(solution.result.fraction)).adjusted() - 6) / 2
        assert abs(exactly - solution.result.fraction) <= half * Fraction(10001, 10000), line(step)
        assert (solution.relation == "=") == (exactly == solution.result.fraction), line(step)


def test_the_ways_lead_from_u_v_and_e_to_sigma_alone() -> None:
    for way in (QUOTIENT, SPLITTING):
        assert WAYS[way][-1].expression is WAYS[TANGENT][0].expression
    text = [line(step).split(" = ", 1)[1].rsplit(" ", 2)[0] for step in derived(0.0)]
    assert text[1].startswith("1/(1 + e⁻ᶻ)")
    assert text[-2].startswith("1/(1 + e⁻ᶻ)·(1 − 1/(1 + e⁻ᶻ)) = 1/(1 + 1)·(1 − 1/(1 + 1))")


@pytest.mark.parametrize("way", WAYS)
def test_every_line_has_a_rule_with_a_name(way: str) -> None:
    for written in WAYS[way]:
        assert say(f"rule.{written.rule}")


def test_only_earlier_quantities_are_used() -> None:
    known = {"z"}
    for step in derived(1.5):
        assert set(step.operands) <= known, line(step)
        known.add(step.id)


def test_at_2_the_lines_read_as_in_a_book() -> None:
    text = [line(step).partition(" ")[2].strip() for step in derived(2.0)]
    assert text[0] == "e⁻ᶻ = e^(−z) = e^(−2) ≈ 0.1353353"
    assert text[1] == "σ = 1/(1 + e⁻ᶻ) = 1/(1 + 0.1353353) ≈ 0.8807971"
    assert text[2] == "σ′ = σ·(1 − σ) = 0.8807971·(1 − 0.8807971) ≈ 0.1049936"
    assert text[3] == "t = σ + σ′ = 0.8807971 + 0.1049936 = 0.9857907"
    assert text[7] == "v′ = 0 + e⁻ᶻ·(−1) = 0 + 0.1353353·(−1) = −0.1353353"
    assert "σ′ = (u′·v − u·v′)/v² =" in text[8]
    assert "σ′ = e⁻ᶻ/(1 + e⁻ᶻ)² =" in text[10]
