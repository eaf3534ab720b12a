"""Newton’s method and a grid search beside gradient descent: closed forms, central differences, costs, words."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.charts.theme import Look
from nnviz.lessons.descent.comparison import Way, compared
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, Curve, X, Y, parabola, plateau, two_valleys, wall
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.descent.methods import METHODS, NEW, NEW_LOWEST, divides_by_zero, grid, newton
from nnviz.lessons.descent.run import value_of
from nnviz.lessons.descent.setup import CURVES, DescentSetup, on_curve
from nnviz.lessons.descent.view import DescentView
from nnviz.text.english import SENTENCES
from tests.asking import Json, ask, link, then, view

PARABOLA = parabola(1.0, -4.0, 6.0)
ALL = {"parabola": PARABOLA, "valleys": two_valleys(), "plateau": plateau(), "wall": wall()}
NEXT: Mapping[str, Callable[[float], float]] = {  # where a step of Newton’s method leads, by hand
    "parabola": lambda x: 2.0,
    "valleys": lambda x: x - (x**3 - 4 * x + 0.5) / (3 * x**2 - 4),
    "plateau": lambda x: -4 * x**3 / (1 - 3 * x**2),
    "wall": lambda x: x + 0.5 - math.exp(2 * x) / 8,
}
OVER_ALL = [(curve, method) for curve in CURVES for method in METHODS]


def positions(curve: Curve, x: float, count: int) -> list[float]:
    return [value_of(iteration, NEW) for iteration in islice(newton(curve, x), count)]


def shown(
    number: int = 1,
    *,
    curve: str = "parabola",
    method: str = "newton",
    x: float | None = None,
    coefficients: tuple[float, ...] | None = None,
) -> DescentView:
    usual = on_curve(curve, method)
    setup = replace(usual, x=usual.x if x is None else x, coefficients=coefficients or usual.coefficients)
    return Descent().view(setup, number, Look())


@pytest.mark.parametrize("x", [-2.5, -0.3, 0.3, 1.9, 3.0])
@pytest.mark.parametrize("curve", ALL)
def test_the_second_derivative_is_the_central_difference_of_the_first(curve: str, x: float) -> None:
    [iteration] = islice(newton(ALL[curve], x), 1)
    h = 1e-5
    difference = (ALL[curve].steepness(x + h) - ALL[curve].steepness(x - h)) / (2 * h)
    assert value_of(iteration, CURVATURE) == pytest.approx(difference, rel=1e-7, abs=1e-7)


def test_newton_goes_from_8_to_2_in_one_step() -> None:
    [first, second] = islice(newton(PARABOLA, 8.0), 2)
    assert [str(step) for step in first.steps] == [
        "forward  y = x² − 4·x + 6 = 8² − 4·8 + 6 = 38",
        "backward dy/dx = 2·x − 4 = 2·8 − 4 = 12",
        "backward d²y/dx² = 2",
        "update   x⁺ = x − (dy/dx)/(d²y/dx²) = 8 − 12/2 = 2",
    ]
    assert (value_of(second, X), value_of(second, SLOPE)) == (2.0, 0.0)


@given(st.sampled_from(sorted(ALL)), st.floats(-2.9, 2.9))
def test_each_step_of_newton_is_that_of_the_formula_by_hand(curve: str, x: float) -> None:
    bend = {"parabola": 2.0, "valleys": 3 * x**2 - 4, "plateau": 1 - 3 * x**2, "wall": 1.0}[curve]
    if abs(bend) > 1e-3:
        assert positions(ALL[curve], x, 1) == pytest.approx([NEXT[curve](x)], rel=1e-9, abs=1e-9)


def test_newton_goes_astray_on_the_two_valleys_and_on_the_plateau() -> None:
    _, top, right = sorted(np.roots([1, 0, -4, 0.5]).real)
    assert positions(two_valleys(), 0.5, 6)[-1] == pytest.approx(top, abs=1e-12)
    assert positions(two_valleys(), 1.5, 8)[-1] == pytest.approx(right, abs=1e-12)
    away = positions(plateau(), 3.0, 6)
    assert away == sorted(away)
    assert away[-1] > 18
    assert positions(plateau(), 0.3, 6)[-1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("curve", "first", "second"), [
    ("parabola", "lands on the minimum", "The slope is 0, so x stays"),
    ("valleys", "It goes astray: the parabola through this point opens downwards", "opens downwards"),
    ("plateau", "It goes astray", "It goes astray"),
    ("wall", "opens upwards; x⁺ is at its bottom", "the curve is lower there"),
])  # fmt: skip
def test_where_a_step_leads_is_said(curve: str, first: str, second: str) -> None:
    assert first in shown(1, curve=curve).sentence(4)
    assert second in shown(2, curve=curve).sentence(4)
    assert "astray" in SENTENCES["descent.about.plateau.newton"]


def test_a_jump_far_up_the_wall_is_said_to_land_higher() -> None:
    assert "and higher" in shown(1, curve="wall", x=3.0).sentence(4)


@pytest.mark.parametrize(("curve", "x", "coefficients"), [
    ("parabola", 8.0, (0.0, 2.0, 1.0)), ("parabola", 8.0, (0.0, 0.0, 6.0)), ("wall", 400.0, ()), ("plateau", 1e100, ()),
])  # fmt: skip
def test_a_division_by_0_is_said(curve: str, x: float, coefficients: tuple[float, ...]) -> None:
    found = shown(3, curve=curve, x=x, coefficients=coefficients)
    assert divides_by_zero(found.run.iteration)
    assert found.run.number == 1
    assert "divided by 0" in found.sentence(4)
    assert SENTENCES["descent.by_zero"] in found.formula(4)
    assert set(found.refusals(4)) >= {"forward", "next", "play"}
    assert "would divide by it" in found.hint(4)
    words = " ".join(found.sentence(cursor) + found.formula(cursor) + found.hint(cursor) for cursor in range(5))
    assert "nan" not in words.lower().split()
    assert "too large" not in words
    assert NEW.id not in found.values(4)


def test_a_grid_of_0_to_8_finds_2_after_nine_evaluations() -> None:
    iterations = list(grid(PARABOLA, 0.0, 1.0, 9))
    assert [value_of(iteration, X) for iteration in iterations] == list(range(9))
    assert [value_of(iteration, Y) for iteration in iterations] == [x * x - 4 * x + 6 for x in range(9)]
    assert [value_of(iteration, NEW_LOWEST) for iteration in iterations] == [6, 3, *[2] * 7]
    end = shown(9, method="grid")
    assert end.run.end == 2
    assert "The lowest is y = 2 at x = 2, for 9 evaluations of y" in end.sentence(2)
    assert set(end.refusals(2)) >= {"forward", "backward", "next", "play"}
    assert "9 points" in end.hint(2)


@given(st.floats(-100, 100), st.floats(0.001, 10), st.integers(1, 60))
def test_a_grid_keeps_the_lowest_of_its_points(first: float, spacing: float, points: int) -> None:
    *_, last = grid(two_valleys(), first, spacing, points)
    heights = [0.25 * ((first + k * spacing) ** 2 - 4) ** 2 + 0.5 * (first + k * spacing) for k in range(points)]
    assert value_of(last, NEW_LOWEST) == pytest.approx(min(heights), rel=1e-9, abs=1e-9)


def test_nothing_goes_backward_in_a_grid_search() -> None:
    for cursor in range(4):
        assert "needs no slope" in shown(2, method="grid").refusals(cursor)["backward"]


def by_name(ways: tuple[Way, ...]) -> dict[str, Way]:
    return {way.method: way for way in ways}


@pytest.mark.parametrize("curve", ALL)
def test_the_costs_are_what_the_iterations_evaluate(curve: str) -> None:
    found = by_name(compared(on_curve(curve), 1000))
    for method in ("gradient", "newton"):
        setup, count = on_curve(curve, method), 0
        for iteration in islice(setup.path(ALL[curve]), 1000):
            count += 1
            step = abs(value_of(iteration, NEW) - value_of(iteration, X))
            if iteration.overflow is not None or step < 0.001:
                break
        assert found[method].iterations == count, method
        needed = (0, count, 0 if method == "gradient" else count)
        assert tuple(found[method].costs.values()) == needed
        if iteration.overflow is None:
            assert found[method].x == value_of(iteration, NEW)
    assert tuple(found["grid"].costs.values()) == (on_curve(curve, "grid").points, 0, 0)


def test_how_each_way_ends() -> None:
    ends = {curve: {way.method: way.end for way in compared(on_curve(curve), 1000)} for curve in CURVES}
    assert ends["parabola"] == {"gradient": "minimum", "newton": "minimum", "grid": "lowest"}
    assert ends["valleys"] == {"gradient": "minimum", "newton": "top", "grid": "lowest"}
    assert ends["plateau"] == {"gradient": "minimum", "newton": "lost", "grid": "lowest"}
    assert ends["wall"] == {"gradient": "minimum", "newton": "minimum", "grid": "lowest"}
    diverging = DescentSetup("parabola", (1.0, -4.0, 6.0), 8.0, 1.0)
    assert by_name(compared(diverging, 1000))["gradient"].end == "on_the_way"
    far = DescentSetup("parabola", (1.0, -4.0, 6.0), 1e200, 0.1, "grid")
    assert by_name(compared(far, 1000))["grid"].end == "nowhere"


@pytest.mark.parametrize(("curve", "method"), OVER_ALL)
def test_links_and_files_hold_every_method_on_every_curve(curve: str, method: str) -> None:
    lesson, setup = Descent(), on_curve(curve, method)
    assert lesson.opened(lesson.in_link(setup)) == (setup, {})
    assert lesson.opened(lesson.in_full(setup)) == (setup, {})
    card = shown(curve=curve, method=method).notes()
    queries = [unescape(query) for query in re.findall(r'<a href="/gradient-descent[?]([^"]*)"', card)]
    linked = [lesson.opened(dict(parse_qsl(query))) for query in queries]
    assert linked == [(setup.by(other), {}) for other in METHODS if other != method]


def opened(**typed: str) -> Json:
    return link(typed, lesson="descent")


def test_an_old_link_is_gradient_descent() -> None:
    reply = opened(a="1", b="-4", c="6", x="8", rate="0.1", iteration="2", step="3")
    assert (reply["notice"], reply["settings"]["method"]) == ("", "gradient")
    assert "5.84" in view(reply)["sentence"]


def test_another_method_keeps_the_start_and_begins_anew() -> None:
    reply = then(opened(x="5", rate="0.2", step="3"), {"method": "newton"}, lesson="descent")
    assert (reply["settings"]["method"], reply["settings"]["x"], reply["cursor"]) == ("newton", "5", 0)
    assert "rate" not in reply["settings"]
    searched = then(reply, {"method": "grid"}, lesson="descent")
    assert (searched["settings"]["x"], searched["iterations"]) == ("0", 9)
    assert searched["replaces"]


@pytest.mark.parametrize("text", ["0", "1001", "2.5", "many", ""])
def test_a_number_of_points_that_is_none_is_refused(text: str) -> None:
    reply = then(opened(method="grid"), {"points": text}, lesson="descent")
    assert "A whole number from 1 to 1,000 is allowed. 9 is still in use." in reply["problems"]["points"]
    assert reply["settings"]["points"] == "9"


def test_a_grid_of_one_point_is_told() -> None:
    reply = opened(method="grid", points="1", x="2", spacing="1", a="1", b="-4", c="6", step="2")
    assert (reply["steps"], reply["iterations"]) == (2, 1)
    assert "That was the last of 1 point." in view(reply)["sentence"]


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.sampled_from(OVER_ALL), FLOATS, st.floats(1e-300, 1e300), st.integers(1, 5), st.integers(1, 5))
def test_any_numbers_are_drawn_and_told_by_each_method(
    case: tuple[str, str], x: float, size: float, points: int, number: int
) -> None:
    curve, method = case
    texts = {"curve": curve, "method": method, "x": repr(x), "rate": repr(size), "spacing": repr(size)}
    setup = Descent().opened(texts | {"points": str(points)})[0]
    found = Descent().view(setup, min(number, Descent().last_iteration(setup)), Look())
    assert json.dumps(found.figure(found.run.end, found.run.end), allow_nan=False)
    assert found.notes()
    for cursor in range(found.run.end + 1):
        told = [found.sentence(cursor), found.hint(cursor), found.formula(cursor), found.title(cursor)]
        assert "nan" not in " ".join(told).lower().replace(">", " ").replace("<", " ").split()
        assert json.dumps(found.frame(cursor), allow_nan=False)


def test_a_place_of_the_run_is_asked_for_and_answered() -> None:
    reply = ask(typed={"method": "newton"}, kept=None, lesson="descent", iteration="1", step="4")
    assert [phase["name"] for phase in reply["phases"]] == ["forward", "backward", "update"]
    assert [phase["steps"] for phase in reply["phases"]] == [1, 2, 1]
    assert {"x@1", "y@1", "dy/dx@1", "d2y/dx2@1", "x+@1"} <= set(reply["values"])
