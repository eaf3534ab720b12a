"""The stopping rule: the iteration in which it is met, whether the run has arrived there, and what is said of it."""

from itertools import count
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.charts.theme import Look
from nnviz.lessons.descent.comparison import compared
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.descent.setup import DescentSetup, on_curve
from nnviz.lessons.descent.view import DescentView
from tests.asking import Json, link, then, view

PARABOLA = 1.0, -4.0, 6.0


def met(away: float, rate: float, bound: float, *, by_slope: bool) -> int:
    """Return in which iteration on y = x² − 4x + 6 the rule is met, from 2 + away, by the closed form."""
    factor = abs(1 - 2 * rate)
    slopes = (2 * away * factor ** (k - 1) for k in count(1))
    return next(k for k, slope in enumerate(slopes, start=1) if (slope if by_slope else rate * slope) < bound)


def seen(setup: DescentSetup, number: int) -> DescentView:
    return Descent().view(setup, number, Look())


@given(
    st.floats(0.1, 20),
    st.sampled_from([0.05, 0.1, 0.3, 0.45, 0.7, 0.9]),
    st.sampled_from([0.37, 0.01, 0.00123]),
    st.booleans(),
)
def test_the_iteration_is_that_of_the_closed_form(away: float, rate: float, bound: float, by_slope: bool) -> None:
    stop = "slope" if by_slope else "step"
    setup = DescentSetup("parabola", PARABOLA, 2 + away, rate, stop=stop, bound=bound)
    number = met(away, rate, bound, by_slope=by_slope)
    assert seen(setup, number + 2).run.rest == number
    assert seen(setup, number).run.rest == number
    assert number == 1 or seen(setup, number - 1).run.rest is None
    assert next(way for way in compared(setup, 1000) if way.method == "gradient").iterations == number


def test_it_has_arrived_and_the_iteration_is_named() -> None:
    setup = on_curve("parabola")
    here = seen(setup, 33)
    assert "It has arrived, in iteration 33: the step, ≈ 0.000951, is shorter than 0.001" in here.sentence(3)
    assert "and the minimum, 2, is ≈ 0.0038 away" in here.sentence(3)
    assert "Play stops here" in here.hint(3)
    assert not here.plays_on
    assert "arrived" not in here.sentence(2)
    assert "arrived" not in seen(setup, 32).sentence(3)
    assert seen(setup, 32).plays_on
    later = seen(setup, 34)
    assert later.plays_on
    assert "The stopping rule was met in iteration 33." in later.sentence(3)
    assert "forward" not in here.refusals(3)


def test_by_the_slope_it_is_said_at_the_slope() -> None:
    setup = DescentSetup("parabola", PARABOLA, 8.0, 0.1, stop="slope", bound=0.01)
    number = met(6.0, 0.1, 0.01, by_slope=True)
    assert f"It has arrived, in iteration {number}: the slope, ≈ 0.00951, is nearer to 0 than 0.01" in (
        seen(setup, number).sentence(2)
    )
    assert "arrived" not in seen(setup, number).sentence(3)


@pytest.mark.parametrize(
    ("setup", "number", "cursor", "words"),
    [
        (
            DescentSetup("parabola", PARABOLA, 8.0, 0.00001),
            1,
            3,
            "the nearest minimum, 2, is ≈ 6 away. Steps",
        ),
        (
            DescentSetup("plateau", (), 20.0, 0.5),
            1,
            3,
            "not arrived: the nearest minimum, 0, is ≈ 20 away.",
        ),
        (
            DescentSetup("plateau", (), 20.0, 0.5, stop="slope"),
            1,
            2,
            "The slope is small wherever a curve is almost level",
        ),
        (
            DescentSetup("valleys", (), 0.5, 0.1, "newton"),
            3,
            4,
            "But this is a top, not a minimum",
        ),
        (DescentSetup("parabola", (-1.0, 4.0, 0.0), 8.0, 0.1, "newton"), 2, 4, "But this is a top"),
        (DescentSetup("parabola", (0.0, 0.001, 0.0), 8.0, 0.1), 1, 3, "But this curve has no minimum to arrive at."),
        (on_curve("parabola", "newton"), 2, 4, "the step, 0, is shorter than 0.001, and x is at the minimum, 2."),
    ],
)
def test_it_is_said_to_have_arrived_only_where_that_is_true(
    setup: DescentSetup, number: int, cursor: int, words: str
) -> None:
    found = seen(setup, number)
    assert found.run.rest == number
    assert words in found.sentence(cursor)
    assert ("has arrived" in found.sentence(cursor)) == ("x is at the minimum" in words)


@given(st.sampled_from(["parabola", "valleys", "plateau", "wall"]), st.floats(-6, 6), st.floats(0.001, 0.6))
def test_where_it_has_arrived_no_lower_place_is_near(curve: str, x: float, rate: float) -> None:
    usual = on_curve(curve)
    setup = DescentSetup(curve, usual.coefficients, x, rate)
    way = compared(setup, 300)[0]
    if way.end != "minimum":
        return
    found = seen(setup, way.iterations)
    assert "It has arrived" in found.sentence(3)
    drawn = setup.drawn
    lowest = min(drawn.minima, key=lambda minimum: abs(minimum - way.x))
    assert drawn.steepness(lowest - 0.3) < 0 < drawn.steepness(lowest + 0.3)


def opened(**typed: str) -> Json:
    return link(typed, lesson="descent")


def test_a_link_says_of_the_rule_what_is_not_usual() -> None:
    reply = opened(x="8", rate="0.1", a="1", b="-4", c="6", iteration="33", step="3")
    assert reply["notice"] == ""
    assert not {"stop", "bound"} & dict(parse_qsl(reply["query"])).keys()
    assert not reply["plays_on"]
    other = then(reply, {"stop": "slope", "bound": "0,5"}, lesson="descent")
    assert dict(parse_qsl(other["query"])).items() >= {"stop": "slope", "bound": "0.5"}.items()
    assert opened(**dict(parse_qsl(other["query"])), step="3")["settings"] == other["settings"]


def test_another_rule_is_no_other_run() -> None:
    reply = opened(rate="0.2", x="8", a="1", b="-4", c="6", iteration="5", step="2")
    other = then(reply, {"stop": "slope", "bound": "2"}, lesson="descent")
    assert (other["iteration"], other["cursor"], other["replaces"]) == (5, 2, False)
    assert "It has arrived" not in view(other)["sentence"]
    assert "It stops in iteration 5: the slope, ≈ 1.56, is nearer to 0 than 2." in view(other)["sentence"]
    assert other["run"] == reply["run"]


@pytest.mark.parametrize("text", ["0", "-1", "", "much"])
def test_a_bound_that_is_none_is_refused(text: str) -> None:
    reply = then(opened(), {"bound": text}, lesson="descent")
    assert "0.001 is still in use." in reply["problems"]["bound"]
