"""Gradient descent on a curve: the document's numbers, the closed form, central differences, and the six regimes."""

import math
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.algebra.trace import Trace
from nnviz.charts.theme import Look
from nnviz.lessons.descent import regimes
from nnviz.lessons.descent.curves import SLOPE, Curve, X, Y, parabola, plateau, two_valleys, wall
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.descent.methods import NEW, descended, descent
from nnviz.lessons.descent.notes import lowest, notes, of_factor
from nnviz.lessons.descent.setup import CURVES, DescentSetup, on_curve
from nnviz.text.english import SENTENCES

DOCUMENT = (6.8, 5.84, 5.072, 4.4576, 3.96608, 3.572864, 3.2582912, 3.00663296, 2.805306368, 2.6442450944)
HOME = on_curve("parabola")
ALL = {
    "parabola": parabola(1.0, -4.0, 6.0),
    "downwards": parabola(-0.5, 3.0, 0.0),
    "line": parabola(0.0, 2.0, -1.0),
    "level": parabola(0.0, 0.0, 0.0),
    "one each": parabola(-1.0, -1.0, -1.0),
    "valleys": two_valleys(),
    "plateau": plateau(),
    "wall": wall(),
}


def value(iteration: Trace, name: str) -> float:
    return float(iteration.values[name])


def positions(curve: Curve, x: float, rate: float, count: int) -> list[float]:
    """Return where the first steps lead."""
    return [value(iteration, NEW.id) for iteration in islice(descent(curve, x, rate), count)]


def closed_form(x: float, rate: float, k: int) -> float:
    """Return x_k on y = x² − 4x + 6."""
    return 2 + (x - 2) * (1 - 2 * rate) ** k


def test_the_iterations_are_those_of_the_document() -> None:
    assert positions(ALL["parabola"], 8.0, 0.1, len(DOCUMENT)) == pytest.approx(DOCUMENT, rel=1e-14)


def test_the_first_iteration_reads_as_in_the_document() -> None:
    assert [str(step) for step in descended(ALL["parabola"], 8.0, 0.1).steps] == [
        "forward  y = x² − 4·x + 6 = 8² − 4·8 + 6 = 38",
        "backward dy/dx = 2·x − 4 = 2·8 − 4 = 12",
        "update   x⁺ = x − α·(2·x − 4) = 8 − 0.1·(2·8 − 4) = 6.8",
    ]


def test_it_comes_to_2_00() -> None:
    steps = positions(ALL["parabola"], 8.0, 0.1, 40)
    assert [f"{x:.2f}" for x in steps].index("2.00") == 31


@given(
    st.floats(-100, 100),
    st.sampled_from([0.001, 0.1, 0.3, 0.45, 0.5, 0.7, 0.95, 1.0, 1.05]),
    st.integers(1, 40),
)
def test_every_step_is_that_of_the_closed_form(x: float, rate: float, k: int) -> None:
    found = positions(ALL["parabola"], x, rate, k)[-1]
    assert found == pytest.approx(closed_form(x, rate, k), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("curve", ALL.values(), ids=ALL)
@pytest.mark.parametrize("x", [-2.5, -1.0, -0.1, 0.0, 0.3, 1.9, 3.0])
def test_the_derivative_is_the_central_difference(curve: Curve, x: float) -> None:
    h = 1e-5
    low, high = curve.heights(np.array([x - h, x + h]))
    iteration = descended(curve, x, 0.1)
    difference = (high - low) / (2 * h)
    assert value(iteration, SLOPE.id) == pytest.approx(difference, rel=1e-7, abs=1e-7)
    assert curve.steepness(x) == value(iteration, SLOPE.id)
    assert value(iteration, Y.id) == curve.heights(np.array([x]))[0]
    assert value(iteration, NEW.id) == x - 0.1 * value(iteration, SLOPE.id)


@pytest.mark.parametrize(
    ("coefficients", "y", "slope"),
    [
        ((1.0, -4.0, 6.0), "x² − 4·x + 6", "2·x − 4"),
        ((-1.0, 1.0, 0.0), "−x² + x", "−2·x + 1"),
        ((0.5, 0.0, -0.25), "0.5·x² − 0.25", "x"),
        ((0.0, 0.0, 0.0), "0", "0"),
        ((0.0, -1.0, 2.0), "−x + 2", "−1"),
        ((0.123456789, 0.0, 0.0), "0.123456789·x²", "0.246913578·x"),
    ],
)
def test_terms_are_written_as_people_write_them(coefficients: tuple[float, ...], y: str, slope: str) -> None:
    steps = descended(parabola(*coefficients), 3.0, 0.1).steps
    assert [str(step).split(" = ")[1] for step in steps[:2]] == [y, slope]


def test_the_minimum_by_calculus() -> None:
    assert str(lowest(1.0, -4.0)) == "forward  x = (−b)/(2·a) = (−(−4))/(2·1) = 2"


REGIMES = {0.01: "creeps", 0.1: "good", 0.5: "exact", 0.7: "overshoots", 1.0: "swings", 1.1: "diverges"}


@pytest.mark.parametrize(("rate", "name"), REGIMES.items())
def test_the_six_regimes_are_what_happens(rate: float, name: str) -> None:
    assert regimes.of_parabola(1.0, rate) == name
    away = [x - 2 for x in (8.0, *positions(ALL["parabola"], 8.0, rate, 20))]
    turns = all(a * b < 0 for a, b in pairwise(away))
    match name:
        case "creeps":
            assert away[-1] > 0.1 * away[0]
        case "good":
            assert 0 < away[-1] < 0.1 * away[0]
        case "exact":
            assert away[1:] == [0] * 20
        case "overshoots":
            assert turns
            assert abs(away[-1]) < 0.1
        case "swings":
            assert away == [6, -6] * 10 + [6]
        case _:
            assert turns
            assert abs(away[-1]) > 100


@pytest.mark.parametrize(("rate", "name"), REGIMES.items())
def test_the_regime_is_named_where_it_happens(rate: float, name: str) -> None:
    view = Descent().view(DescentSetup("parabola", (1.0, -4.0, 6.0), 8.0, rate), 2, Look(), "", is_checked=False)
    words = SENTENCES[f"descent.regime.{'level' if name == 'exact' else name}"]
    assert words.partition("{")[0] in view.sentence(3)
    assert words.partition("{")[0] not in view.sentence(2)
    assert f'<li aria-current="true">{SENTENCES[f"descent.rates.{name}"].partition("{")[0]}' in view.notes()


@pytest.mark.parametrize(
    ("before", "move", "name"),
    [
        (None, 1.0, "first"),
        (1.0, 0.95, "creeps"),
        (1.0, 1.05, "creeps"),
        (-1.0, -0.5, "good"),
        (1.0, 2.0, "grows"),
        (1.0, -0.5, "back"),
    ],
)
def test_what_is_observed_of_a_move_that_crosses_no_bottom(before: float | None, move: float, name: str) -> None:
    assert regimes.observed(before, move, -move, -move / 2, 2.0, 1.0) == name


@pytest.mark.parametrize(("landed", "name"), [(1.0, "overshoots"), (2.0, "swings"), (3.0, "diverges")])
@pytest.mark.parametrize("before", [None, 1.0, -1.0])
@pytest.mark.parametrize("slope", [1e-300, 1e300])
def test_what_is_observed_of_a_move_across_a_bottom(
    before: float | None, landed: float, name: str, slope: float
) -> None:
    assert regimes.observed(before, -1.0, slope, -slope, 2.0, landed) == name


def test_a_descent_that_comes_back_to_where_it_was_is_said_to_swing() -> None:
    xs = [0.5, *positions(two_valleys(), 0.5, 0.3, 8)]
    swings = [abs(xs[n + 1] - xs[n - 1]) <= 0.01 * abs(xs[n + 1] - xs[n]) for n in range(1, 8)]
    said = [Descent().view(DescentSetup("valleys", (), 0.5, 0.3), n + 1, Look()).sentence(3) for n in range(1, 8)]
    assert ["it oscillates" in words for words in said] == swings
    assert swings[-1]
    assert not swings[0]


def test_steps_of_one_length_creep_only_where_they_are_short() -> None:
    short, long = (
        Descent().view(DescentSetup("wall", (), 100.0, rate), 2, Look()).sentence(3) for rate in (0.01, 10.0)
    )
    assert "It creeps" in short
    assert "An even stride" in long


CURVED = st.sampled_from(["valleys", "plateau", "wall"])


@given(CURVED, st.floats(-3, 3), st.floats(0.01, 3), st.integers(1, 6))
def test_a_move_is_said_to_cross_a_bottom_where_the_slope_changes_its_sign(
    curve: str, x: float, rate: float, number: int
) -> None:
    view = Descent().view(DescentSetup(curve, (), x, rate), number, Look())
    iteration, drawn = view.run.iteration, ALL[curve]
    if iteration.overflow is not None:
        return
    start, new = value(iteration, X.id), value(iteration, NEW.id)
    crosses = np.sign(drawn.steepness(start)) * np.sign(drawn.steepness(new)) < 0
    assert ("across the bottom" in view.sentence(3)) == crosses
    if crosses:
        before, after = drawn.heights(np.array([start, new]))
        assert ("lands higher" in view.sentence(3)) == (after > before * (1 + 1e-9 * np.sign(before)))


@pytest.mark.parametrize(("x", "rate"), [(2.000000000000001, 0.1), (8.0, 1e-300)])
def test_a_step_too_short_to_change_x_is_called_so(x: float, rate: float) -> None:
    view = Descent().view(DescentSetup("parabola", (1.0, -4.0, 6.0), x, rate), 1, Look())
    assert SENTENCES["descent.regime.stuck"] in view.sentence(3)


@pytest.mark.parametrize("a", [0.1, 0.3, 0.7, 1.1, 3.0, 49.0, 1e-7])
def test_the_rates_between_the_regimes_are_met_in_spite_of_rounding(a: float) -> None:
    assert regimes.of_parabola(a, 1 / (2 * a)) == "exact"
    assert regimes.of_parabola(a, 1 / a) == "swings"


@given(st.floats(0.01, 100), st.floats(1e-4, 1e3), st.floats(0.1, 50))
def test_on_parabolas_what_is_observed_is_what_the_closed_form_says(a: float, rate: float, x: float) -> None:
    name = regimes.of_parabola(a, rate)
    if abs(abs(regimes.shrinking(a, rate)) - 1) < 1e-6 or abs(regimes.shrinking(a, rate)) in (0, regimes.SLOW):
        return
    curve = parabola(a, 0.0, 0.0)
    start, first, second = x, *positions(curve, x, rate, 2)
    slope, ahead = curve.steepness(first), curve.steepness(second)
    height, landed = curve.heights(np.array([first, second])).tolist()
    assert regimes.observed(first - start, second - first, slope, ahead, height, landed) == name


def test_the_start_decides_which_valley_is_found() -> None:
    left, _, right = sorted(np.roots([1, 0, -4, 0.5]).real)
    assert [positions(two_valleys(), x, 0.1, 100)[-1] for x in (0.0, 0.5)] == pytest.approx([left, right], rel=1e-9)


def test_on_the_plateau_it_creeps_and_then_goes_quickly() -> None:
    xs = positions(plateau(), 3.0, 0.5, 40)
    assert xs[5] > 2.8
    assert abs(xs[-1]) < 0.01


def test_the_wall_throws_x_far_out() -> None:
    first, *others = positions(wall(), -1.0, 0.5, 40)
    assert first > 6
    assert others[9] > 3
    assert others[-1] == pytest.approx(np.log(4) / 2, abs=1e-3)


@pytest.mark.parametrize(
    ("curve", "x", "rate"), [("parabola", 8.0, 100.0), ("valleys", 50.0, 1.0), ("wall", -500.0, 0.5)]
)
def test_a_number_too_large_ends_the_descent_in_words(curve: str, x: float, rate: float) -> None:
    lesson, setup = Descent(), DescentSetup(curve, CURVES[curve].coefficients, x, rate)
    view = lesson.view(setup, 1000, Look(), "", is_checked=False)
    run = view.run
    assert run.number < 1000
    assert not run.can_go_on
    words = [view.sentence(cursor) for cursor in range(run.end + 1)]
    assert any("is too large for a 64-bit float" in text for text in words)
    assert not any("nan" in text or "inf" in text for text in words)
    assert "too large" in view.hint(run.end)
    assert set(view.refusals(run.end)) >= {"forward", "next", "play"}
    assert math.isfinite(value(run.iteration, X.id))


def test_ready_for_the_next_iteration_it_says_what_the_one_before_came_to() -> None:
    view = Descent().view(HOME, 3, Look())
    assert view.title(0) == "Iteration 3, ready"
    assert view.sentence(0) == "In iteration 2, y was 25.04; its step led to x = 5.84. Forward computes y there."


def test_too_large_a_number_is_told_in_the_words_of_a_descent() -> None:
    far = Descent().view(DescentSetup("parabola", (1.0, -4.0, 6.0), 1e200, 0.1), 1, Look())
    assert far.sentence(1) == "y is too large for a 64-bit float. Start closer in."
    assert far.sentence(2) == "dy/dx is not computed: y is too large for a 64-bit float. Start closer in."
    steep = Descent().view(DescentSetup("parabola", (1.0, -4.0, 6.0), 8.0, 1e200), 2, Look())
    assert steep.sentence(1) == "y is too large for a 64-bit float. A lower learning rate may keep it in range."
    for view in (far, steep):
        told = "".join(view.formula(cursor) + view.sentence(cursor) for cursor in range(4))
        assert "too large for a 64-bit float" in view.formula(1)
        assert "error" not in told


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.8, "0.8"),
        (0.9999999999, "0.9999999999"),
        (1 - 1 / 3e9, "≈ 0.9999999997"),
        (1.0, "≈ 1"),
        (-1.0, "−1"),
        (0.0, "0"),
        (float("inf"), "more than 1.8e308"),
        (float("-inf"), "less than −1.8e308"),
    ],
)
def test_a_factor_is_told_from_0_and_1(value: float, text: str) -> None:
    assert of_factor(value) == text


def test_what_stands_beside_a_line_and_a_very_flat_parabola() -> None:
    line = notes(parabola(0.0, -4.0, 6.0), "parabola", 0.1)
    assert SENTENCES["descent.calculus.line"] in line
    assert "<mn>0</mn>" not in line
    level = notes(parabola(0.0, 0.0, 6.0), "parabola", 0.1)
    assert SENTENCES["descent.calculus.level"] in level
    flat = notes(parabola(1e-310, 0.0, 6.0), "parabola", 0.1)
    assert "<li" not in flat
    assert "α ≈ 0.1666667: lands in one step" in notes(parabola(3.0, 0.0, 6.0), "parabola", 0.1)


def test_the_description_has_the_numbers_of_the_curve_as_it_is() -> None:
    assert "from 8 to 2" in hint(HOME)
    assert "from 8 to 2" not in hint(DescentSetup("parabola", (1.0, -4.0, 6.0), 5.0, 0.1))


@pytest.mark.parametrize("key", CURVES)
def test_a_hint_on_a_curve_is_said_only_while_its_numbers_are_there(key: str) -> None:
    usual = CURVES[key]
    first = hint(DescentSetup(key, usual.coefficients, usual.x, usual.rate))
    assert first.startswith(SENTENCES[f"descent.about.{key}"])
    for other in (
        DescentSetup(key, usual.coefficients, usual.x + 1, usual.rate),
        DescentSetup(key, usual.coefficients, usual.x, 1.5),
    ):
        assert hint(other).startswith(SENTENCES[f"descent.about.{key}.other"])


def hint(setup: DescentSetup) -> str:
    return "".join(text for text, _ in Descent().about(setup))


@pytest.mark.parametrize("x", [8.0, 3.0, 2.2, 0.0, -1.0, 2.01])
@pytest.mark.parametrize("curve", CURVES)
def test_the_slope_is_written_above_the_step(curve: str, x: float) -> None:
    view = Descent().view(DescentSetup(curve, CURVES[curve].coefficients, x, 0.1), 1, Look())
    drawn = {trace["name"]: trace for trace in view.figure(3, 3)["data"]}
    assert drawn["labels"]["y"][2] > drawn["step"]["y"][0]


def drawn_at(number: int, cursor: int, rate: float) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each trace of a descent on the parabola from 8."""
    setup = DescentSetup("parabola", (1.0, -4.0, 6.0), 8.0, rate)
    data = Descent().view(setup, number, Look()).figure(cursor, 3)["data"]
    return {trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in data}


def test_the_path_has_its_last_leg_as_soon_as_the_point_is_there() -> None:
    for number in (2, 3, 7):
        before, here = (closed_form(8.0, 0.9, k) for k in (number - 2, number - 1))
        for cursor in (1, 2, 3):
            [start, end] = drawn_at(number, cursor, 0.9)["leg"]
            assert [start[0], end[0]] == pytest.approx([before, here])
            assert end == drawn_at(number, cursor, 0.9)["points"][0]
            assert start == drawn_at(number, cursor, 0.9)["path"][-1]
        unknown = drawn_at(number, 0, 0.9)["leg"]
        assert unknown[0] == unknown[1] == drawn_at(number, 0, 0.9)["points"][0]
    first = drawn_at(1, 3, 0.9)["leg"]
    assert first[0] == first[1]


@pytest.mark.parametrize(("curve", "x", "least", "most"), [
    ("parabola", 8.0, -1.0, 8.0), ("parabola", 20.0, -1.0, 20.0), ("valleys", -5.0, -5.0, 3.0),
])  # fmt: skip
def test_the_start_can_be_dragged_over_what_is_usually_drawn(curve: str, x: float, least: float, most: float) -> None:
    setup = DescentSetup(curve, CURVES[curve].coefficients, x, 0.01)
    for number in (1, 4):
        view = Descent().view(setup, number, Look())
        drag = view.figure(1, 3)["drag"]
        assert (drag["field"], drag["least"], drag["most"]) == ("x", least, most)
        assert drag["at"] == value(view.run.iteration, X.id)
    assert "drag" not in Descent().view(on_curve(curve, "grid"), 1, Look()).figure(1, 3)


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
COEFFICIENTS = st.floats(-1e300, 1e300)


@given(
    st.sampled_from(sorted(CURVES)),
    st.tuples(COEFFICIENTS, COEFFICIENTS, COEFFICIENTS),
    FLOATS,
    FLOATS.filter(lambda x: x > 0),
)
def test_any_numbers_are_drawn_and_told(curve: str, abc: tuple[float, ...], x: float, rate: float) -> None:
    setup = DescentSetup(curve, abc if CURVES[curve].coefficients else (), x, rate)
    for number in (1, 3):
        view = Descent().view(setup, number, Look(), "", is_checked=False)
        for cursor in range(view.run.end + 1):
            assert view.sentence(cursor)
        drawn = view.figure(3, 3)
        ranges = (*drawn["layout"]["xaxis"]["range"], *drawn["layout"]["yaxis"]["range"])
        assert all(np.isfinite(ranges)), ranges
        assert ranges[0] < ranges[1], ranges
        assert ranges[2] < ranges[3], ranges
        for trace in drawn["data"]:
            assert np.all(np.isfinite([*trace["x"], *trace["y"]])), trace["name"]
