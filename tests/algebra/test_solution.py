"""The lines of the worked solution: how they read, and that their numbers can be computed with."""

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.expressions import Expression, Num, Op, Partial, Ref
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.rounding import Shown
from nnviz.algebra.solution import solve
from nnviz.algebra.writer import Text, in_numbers
from tests.examples import MAZUR, STEP_BY_STEP
from tests.naming import id_of
from tests.oracles.lines import NUMBER, computed
from tests.problems import Problem, problems

EPSILON = Fraction(1, 2**53)
SMALLEST = Fraction(1, 2**1074)


def magnitude(numbers: str) -> Fraction:
    """Return the same with every minus turned into a plus: rounding errors are in proportion to this."""
    found: Fraction = computed(re.sub(r"(?<!e)−", "+", numbers), Fraction)
    return found


def parts(line: str) -> tuple[str, str, str]:
    """Return the numbers, the relation and the result of a line."""
    *_, numbers, relation, result = re.split(r" ([=≈]) ", line)
    return re.split(r" [=≈] ", numbers)[-1], relation, result.replace("−", "-")


def half_a_unit(result: str) -> Fraction:
    """Return half a unit of the last of the seven digits that a rounded number has."""
    value = abs(Decimal(result))
    return Fraction(10) ** (value.adjusted() - 6) / 2 if value else Fraction(0)


def computed_steps(problem: Problem) -> Iterator[nnviz.Step]:
    """Yield the steps with a finite value."""
    for step in problem.trace().steps:
        if not step.computed or step.overflowed:
            return
        yield step


def wide(largest: float) -> st.SearchStrategy[float]:
    """Draw numbers from 1/largest to largest, of both signs, 0, and what people type."""
    size = st.floats(1 / largest, largest)
    typed = st.decimals(-10, 10, places=2).map(float)
    return st.one_of(typed, size, size.map(lambda x: -x), st.sampled_from([0.0, 0.1, 0.2, -0.3, 1.0]))


LARGEST = 1.7976931348623157e308
CANCELLING = Problem(nnviz.Network([nnviz.Layer([[0.1, -0.3]])]), [[3.0, 1.0]], [[1e-17]], 0.1)
ALMOST_TOO_LARGE = Problem(nnviz.Network([nnviz.Layer([[LARGEST]])]), [[7e-133]], [[0.0]], 1.0)
TOO_LARGE_A_SUM = Problem(
    nnviz.Network([nnviz.Layer([[-1.0], [-1.0]], activation="sigmoid")], "binary_cross_entropy"),
    [[1e308]],
    [[1, 1]],
    1.0,
)


def test_lines_of_the_step_by_step_example() -> None:
    lines = [str(step) for step in STEP_BY_STEP.trace().steps]
    for line in [
        "forward  h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85",
        "forward  ŷ = h1·w5 + h2·w6 = 0.85·0.14 + 0.48·0.15 = 0.191",
        "forward  E = ½·(ŷ − y)² = ½·(0.191 − 1)² = 0.3272405",
        "backward ∂E/∂ŷ = ŷ − y = 0.191 − 1 = −0.809",
        "backward ∂E/∂w5 = ∂E/∂ŷ·∂ŷ/∂w5 = −0.809·0.85 = −0.68765",
        "backward ∂E/∂w1 = ∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1 = −0.809·0.14·2 = −0.22652",
        "update   w1⁺ = w1 − α·∂E/∂w1 = 0.11 − 0.05·(−0.22652) = 0.121326",
        "check    E⁺ = ½·(ŷ⁺ − y)² = ½·(0.2557458 − 1)² ≈ 0.2769572",
    ]:
        assert line in lines


def test_lines_of_mazur() -> None:
    lines = [str(step) for step in MAZUR.trace().steps]
    for line in [
        "forward  z1 = x1·w1 + x2·w2 + b1 = 0.05·0.15 + 0.1·0.2 + 0.35 = 0.3775",
        "forward  h1 = σ(z1) = σ(0.3775) ≈ 0.59327",
    ]:
        assert line in lines


def test_a_large_power_of_ten_is_written_with_e() -> None:
    step = nnviz.trace(nnviz.Network([nnviz.Layer([[-2e-9]])]), [[3e150]], [[1]], learning_rate=0.05).steps[0]
    assert str(step) == "forward  ŷ = x1·w1 = 3e150·(−2e−9) = −6e141"


def test_lines_of_several_samples() -> None:
    lines = [str(step) for step in nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05).steps]
    assert lines[0] == "forward  h1 = x1·w1 + x2·w2 = (0.85, 0.32)"
    # By hand: ŷ = 0.32·0.14 + 0.2·0.15 = 0.0748 for the second sample; ½·0.0748² = 0.00279752.
    assert lines[3] == "forward  E = Σ(½·(ŷ − y)²)/2 = (0.3272405 + 0.00279752)/2 ≈ 0.165019"
    assert lines[5] == "backward ∂E/∂w5 = Σ(∂E/∂ŷ·∂ŷ/∂w5) = −0.343825 + 0.011968 = −0.331857"


def test_a_rounded_result_of_several_samples_says_so() -> None:
    iteration = nnviz.trace(nnviz.Network([nnviz.Layer([[1 / 3]])]), [[1], [2]], [[0], [0]], learning_rate=0.05)
    assert str(iteration.steps[0]) == "forward  ŷ = x1·w1 ≈ (0.3333333, 0.6666667)"
    assert str(iteration.steps[1]) == ("forward  E = Σ(½·(ŷ − y)²)/2 = (0.05555556 + 0.2222222)/2 ≈ 0.1388889")


def doubled(n_samples: int) -> str:
    """Return E of a network that doubles, and of samples 1, 2, … that are to become 0."""
    rows = [[number] for number in range(1, n_samples + 1)]
    return str(nnviz.trace(nnviz.Network([nnviz.Layer([[2]])]), rows, [[0]] * n_samples, 0.05).steps[1])


def test_up_to_six_samples_are_all_written_out_and_of_more_the_first_two_and_the_last() -> None:
    start = "forward  E = Σ(½·(ŷ − y)²)"
    assert doubled(6) == f"{start}/6 = (2 + 8 + 18 + 32 + 50 + 72)/6 ≈ 30.33333"
    assert doubled(7) == f"{start}/7 = (2 + 8 + … + 98)/7 = 40"


def test_a_sum_of_a_hundred_samples_is_exact() -> None:
    # The misses are 1.3c + 31.5 for c from −50 to 49, whose mean is −0.5 and whose mean square is 833.5.
    temperatures = range(-50, 50)
    network = nnviz.Network([nnviz.Layer([[0.5]], [0.5])], "mean_squared_error")
    e = nnviz.trace(network, [[c] for c in temperatures], [[1.8 * c + 32] for c in temperatures], 0.001).steps[1]
    by_hand = 1.3**2 * 833.5 - 2 * 1.3 * 31.5 * 0.5 + 31.5**2
    assert by_hand == pytest.approx(2359.915, rel=1e-12)
    assert str(e) == "forward  E = Σ((ŷ − y)²)/100 = (1122.25 + 1036.84 + … + 9063.04)/100 = 2359.915"


def test_lines_in_the_smallest_steps() -> None:
    lines = [str(step) for step in STEP_BY_STEP.trace(nnviz.Manner("term")).steps]
    for line in [
        "forward  x2·w2 = x2·w2 = 3·0.21 = 0.63",
        "forward  h1 = x1·w1 + x2·w2 = 0.22 + 0.63 = 0.85",
        "backward ∂ŷ/∂w5 = h1 = 0.85",
        "backward ∂E/∂w5 = ∂E/∂ŷ·∂ŷ/∂w5 = −0.809·0.85 = −0.68765",
        "update   α·∂E/∂w1 = α·∂E/∂w1 = 0.05·(−0.22652) = −0.011326",
        "update   w1⁺ = w1 − α·∂E/∂w1 = 0.11 − (−0.011326) = 0.121326",
    ]:
        assert line in lines


def test_lines_in_the_notation_of_layers() -> None:
    lines = [str(step) for step in MAZUR.trace(nnviz.Manner(notation="indexed")).steps]
    for line in [
        "forward  z¹₁ = x1·w¹₁₁ + x2·w¹₁₂ + b¹₁ = 0.05·0.15 + 0.1·0.2 + 0.35 = 0.3775",
        "forward  a¹₁ = σ(z¹₁) = σ(0.3775) ≈ 0.59327",
        "backward δ²₁ = ∂E/∂a²₁·∂a²₁/∂z²₁ = 0.7413651·0.1868156 ≈ 0.1384986",
    ]:
        assert line in lines


# Where "≈" stands, the engine's float arithmetic on the shown operands gives the shown result, in its seven digits.
# A reader who computes exactly gets within its rounding: at most 16 operations, each within EPSILON of a value of
# at most the line's magnitude. Only cancellation makes that count; see CANCELLING, which ends in 5.551115e−17.
@given(
    problems(
        wide(1e30),
        max_layers=2,
        max_samples=1,
        activations=["identity"],
        losses=["half_squared_error", "mean_squared_error"],
    )
)
@example(CANCELLING)
def test_numbers_shown_give_the_result_shown(problem: Problem) -> None:
    for step in computed_steps(problem):
        assert_numbers_give_the_result(str(step))


def assert_numbers_give_the_result(line: str) -> None:
    """Fail where the numbers of a line, as they are shown, do not give its result, exactly behind "="."""
    numbers, relation, result = parts(line)
    found, expected = computed(numbers, Fraction), Fraction(result)
    if relation == "=":
        assert found == expected, line
    else:
        tolerance = half_a_unit(result) + 16 * (EPSILON * magnitude(numbers) + SMALLEST)
        assert abs(found - expected) <= tolerance, f"{line}: computed {float(found)}"


@given(
    problems(
        wide(1e30),
        max_layers=2,
        min_samples=2,
        max_samples=6,
        activations=["identity"],
        losses=["half_squared_error", "mean_squared_error"],
    )
)
def test_terms_of_several_samples_give_the_sum_shown(problem: Problem) -> None:
    for step in computed_steps(problem):
        if "Σ" in str(step):
            assert_numbers_give_the_result(str(step))


# No sum of these functions' values cancels, so that their rounding is a small part of half a unit.
@given(problems(wide(1e2), max_layers=2, max_samples=1, activations=["sigmoid", "tanh", "relu"]))
def test_functions_of_the_numbers_shown_give_the_result_shown(problem: Problem) -> None:
    for step in computed_steps(problem):
        numbers, relation, result = parts(str(step))
        if re.search("σ|tanh|ReLU", numbers):
            with localcontext(prec=400):
                found, expected = computed(numbers, Decimal), Decimal(result)
                tolerance = Fraction(10001, 10000) * half_a_unit(result) + 2 * SMALLEST
                close = relation == "≈" and abs(Fraction(found) - Fraction(expected)) <= tolerance
                assert found == expected or close, f"{step}: computed {found:.20g}"


@given(problems(wide(1e30), max_layers=2, max_samples=1))
def test_numbers_shown_are_those_of_the_step(problem: Problem) -> None:
    for step in computed_steps(problem):
        numbers, _, result = parts(str(step))
        assert float(Fraction(result)) == pytest.approx(step.value, rel=5.01e-7, abs=0), str(step)
        operands = solve(step).operands
        assert set(step.operands) & set(operands), str(step)
        for name in set(step.operands) & set(operands):
            assert float(operands[name].fraction) == pytest.approx(step.operands[id_of(name)], rel=5.01e-7, abs=0), name
            written = [numbers] if isinstance(step.expression, Ref) else NUMBER.findall(numbers)
            expected = step.expression.quantity.name if isinstance(step.expression, Ref) else str(operands[name])
            assert expected.removeprefix("−") in written, f"{name} in {step}"


@given(problems(st.floats(allow_nan=False, allow_infinity=False), max_layers=2, rates=st.floats(1e-300, 1e300)))
@example(ALMOST_TOO_LARGE)
@example(TOO_LARGE_A_SUM)
def test_every_finite_number_can_be_read(problem: Problem) -> None:
    for step in problem.trace().steps:
        assert not re.search(r"\b(inf|nan)\b", str(step)), str(step)


LEAVES = {
    letter: (Ref(Quantity(letter, Letter(letter), "weight", Place("weight"))), number)
    for letter, number in {"p": Shown("0.5"), "q": Shown("-3"), "r": Shown("2", -9), "s": Shown("-4", 5)}.items()
}
Valued = tuple[Expression, Fraction]


def larger(parts: st.SearchStrategy[Valued]) -> st.SearchStrategy[Valued]:
    """Draw an operation on drawn expressions, with its value."""
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda ab: (Op("+", (ab[0][0], ab[1][0])), ab[0][1] + ab[1][1])),
        two.map(lambda ab: (Op("−", (ab[0][0], ab[1][0])), ab[0][1] - ab[1][1])),
        two.map(lambda ab: (Op("·", (ab[0][0], ab[1][0])), ab[0][1] * ab[1][1])),
        two.filter(lambda ab: ab[1][1] != 0).map(lambda ab: (Op("/", (ab[0][0], ab[1][0])), ab[0][1] / ab[1][1])),
        parts.map(lambda a: (Op("negative", (a[0],)), -a[1])),
        parts.map(lambda a: (Op("square", (a[0],)), a[1] ** 2)),
    )


@given(
    st.recursive(
        st.sampled_from([(ref, number.fraction) for ref, number in LEAVES.values()] + [(Num(2.0), Fraction(2))]),
        larger,
        max_leaves=8,
    )
)
def test_parentheses_keep_the_meaning_of_every_expression(valued: Valued) -> None:
    def number_of(leaf: Ref | Partial) -> Shown:
        assert isinstance(leaf, Ref)
        return LEAVES[leaf.quantity.name][1]

    expression, value = valued
    numbers = "".join(in_numbers(expression, Text(), number_of))
    assert computed(numbers, Fraction) == value, numbers
