"""The loss surface: its heights are losses, its arrow goes against the gradient, its words are the numbers."""

import json
import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.charts.theme import DARK, LIGHT
from nnviz.engine.gradient_check import central_difference
from nnviz.lessons.network.training.loss_surface_chart import ARROW, downhill, levels, loss_surface, resolved
from nnviz.presets import PRESETS, Preset
from nnviz.protocol import LossSurfaceMap
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, LEVEL
from tests.oracles.textbook import near_a_kink
from tests.parameters import places, rebuilt
from tests.pictures import chart
from tests.problems import Problem, problems

Json = dict[str, Any]
W5, W6 = Place("weight", 2, 0, 0), Place("weight", 2, 0, 1)
SLOPES = st.floats(allow_nan=False, allow_infinity=False)


def walked(example: Example | Preset, iterations: int, every: int = 1) -> list[tuple[int, nnviz.Network]]:
    """Return the network before iteration 1, and before so many others."""
    path = [(1, example.network)]
    for number in range(1 + every, iterations + 2, every):
        history = nnviz.train(path[-1][1], example.inputs, example.targets, example.learning_rate, every)
        path.append((number, history.network))
    return path


def of_steps(iterations: int) -> tuple[list[tuple[int, nnviz.Network]], LossSurfaceMap]:
    """Return the path of "Step by Step" over w5 and w6, and the loss surface at its end."""
    path = walked(STEP_BY_STEP, iterations)
    number, network = path[-1]
    return path, loss_surface(network, [[2, 3]], [[1]], (W5, W6), path, number, ("w5", "w6"), LIGHT)


def parts(found: LossSurfaceMap) -> tuple[Json, Json, Json]:
    """Return the contours, the path and the present point."""
    contours, path, here = chart(found)["data"]
    return contours, path, here


def arrow(found: LossSurfaceMap) -> Json:
    annotation: Json
    (annotation,) = chart(found)["layout"]["annotations"]
    return annotation


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_it_is_a_figure_that_plotly_takes_and_json_can_hold(preset: str, palette: Any) -> None:
    p = PRESETS[preset]
    first, second = places(p.network)[0], places(p.network)[-1]
    path = walked(p, 2)
    found = loss_surface(path[-1][1], p.inputs, p.targets, (first, second), path, 3, ("p", "q"), palette)
    go.Figure(found["figure"])
    json.dumps(found, allow_nan=False)
    assert chart(found)["layout"]["paper_bgcolor"] == palette.card
    assert chart(found)["layout"]["dragmode"] is False
    assert chart(found)["layout"]["xaxis"]["fixedrange"] is chart(found)["layout"]["yaxis"]["fixedrange"] is True
    assert chart(found)["layout"]["xaxis"]["title"]["text"] == "p"
    assert chart(found)["layout"]["yaxis"]["title"]["text"] == "q"
    assert found["words"] in found["label"]


@given(problems(max_layers=3, max_samples=3), st.data())
def test_its_heights_are_losses_with_the_other_parameters_held(problem: Problem, data: st.DataObject) -> None:
    network, x, y = problem.network, problem.inputs, problem.targets
    if len(places(network)) < 2:
        return
    first, second = data.draw(st.lists(st.sampled_from(places(network)), min_size=2, max_size=2, unique=True))
    pair = (first, second)
    contours, _, _ = parts(loss_surface(network, x, y, pair, [(1, network)], 1, ("p", "q"), LIGHT))
    assert len(contours["x"]) == len(contours["y"]) == 41
    row, column = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 40))
    at = {pair[0]: contours["x"][column], pair[1]: contours["y"][row]}
    expected = nnviz.loss(rebuilt(network, at), x, y)
    assert contours["customdata"][row][column] == pytest.approx(expected, rel=1e-13, abs=1e-300)


def test_its_contours_stand_for_the_numbers_beside_the_colours() -> None:
    contours, _, _ = parts(of_steps(20)[1])
    numbers = [float(text.replace("−", "-")) for text in contours["colorbar"]["ticktext"]]
    assert contours["colorbar"]["tickvals"] == list(range(len(numbers)))
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 5
    heights, z = np.array(contours["customdata"]), np.array(contours["z"])
    for level, number in enumerate(numbers[1:], start=1):
        np.testing.assert_array_equal(z[heights > number * 1.001] > level, True)
        near_floor = resolved(heights) > heights
        np.testing.assert_array_equal(z[(heights < number * 0.999) & ~near_floor] < level, True)
    assert (contours["contours"]["start"], contours["contours"]["size"]) == (1, 1)


def test_a_valley_between_the_points_has_no_islands() -> None:
    xs = np.linspace(-1, 1, 41)
    heights = (xs[:, None] * 0.31 + xs[None, :] - 0.107) ** 2
    found = levels(resolved(heights))
    assert found is not None
    below = found.of(resolved(heights)) < 1
    crossed = [row for row in range(41) if heights[row].argmin() not in (0, 40)]
    assert crossed
    assert all(below[row].any() for row in crossed)
    raw = levels(heights)
    assert raw is not None
    assert not all((raw.of(heights) < 1)[row].any() for row in crossed)


@pytest.mark.parametrize(("low", "high"), [(0.02, 5.0), (1e-5, 3.0), (0.69, 0.76), (1e-200, 1e200), (3.0, 3.001)])
def test_levels_are_a_few_round_numbers_around_the_heights(low: float, high: float) -> None:
    heights = np.geomspace(low, high, 100).reshape(10, 10)
    found = levels(heights)
    assert found is not None
    assert 4 <= len(found.numbers) <= 14
    assert found.numbers[-1] >= high
    assert found.numbers[0] <= max(low, high / 1e6)
    assert all(len(f"{n:.12g}".split("e")[0].strip("0.").replace(".", "")) <= 5 for n in found.numbers)
    assert found.of(np.array([[found.numbers[2]]])) == 2


def test_a_level_loss_surface_is_said_to_be_so() -> None:
    found = loss_surface(LEVEL.network, LEVEL.inputs, LEVEL.targets, (W5, W6), [], 1, ("w5", "w6"), LIGHT)
    assert "E is the same everywhere on this map." in found["words"]
    assert "∂E/∂w5 = 0 and ∂E/∂w6 = 0: it is level here, so there is no arrow." in found["words"]
    assert chart(found)["layout"]["annotations"] == []
    contours, _, _ = parts(found)
    assert {height for row in contours["customdata"] for height in row} == {0.0}
    assert contours["contours"]["showlines"] is False
    json.dumps(found, allow_nan=False)
    assert "same everywhere" not in of_steps(3)[1]["words"]


def test_the_path_and_the_present_point_are_where_training_was() -> None:
    path, found = of_steps(12)
    contours, line, here = parts(found)
    for side, name in enumerate("xy"):
        expected = [float(network.layers[1].matrix[0, side]) for _, network in path]
        assert line[name] == expected
        assert here[name] == expected[-1:]
        assert contours[name][0] < min(expected) < max(expected) < contours[name][-1]
        assert chart(found)["layout"][f"{name}axis"]["range"] == [contours[name][0], contours[name][-1]]
    assert line["hovertext"][0] == "iteration 1<br>w5 = 0.14<br>w6 = 0.15"
    assert line["hovertext"][1] == "iteration 2<br>w5 = 0.17438250000000002<br>w6 = 0.16941599999999998"
    assert here["hovertext"][0].startswith("iteration 13<br>")


@given(problems(max_layers=3, max_samples=3), st.data())
def test_the_arrow_goes_down_as_central_differences_do(problem: Problem, data: st.DataObject) -> None:
    network, x, y = problem.network, problem.inputs, problem.targets
    if len(places(network)) < 2 or near_a_kink(problem):
        return
    first, second = data.draw(st.lists(st.sampled_from(places(network)), min_size=2, max_size=2, unique=True))
    pair = (first, second)
    differences = [central_difference(network, x, y, place) for place in pair]
    if max(abs(d.slope) for d in differences) < 1e-4:
        return
    found = loss_surface(network, x, y, pair, [(1, network)], 1, ("p", "q"), LIGHT)
    pointer, (_, _, here) = arrow(found), parts(found)
    assert (pointer["ax"], pointer["ay"]) == (here["x"][0], here["y"][0])
    assert pointer["axref"] == pointer["xref"] == "x"
    assert pointer["ayref"] == pointer["yref"] == "y"
    direction = np.array([pointer["x"] - pointer["ax"], pointer["y"] - pointer["ay"]])
    down = -np.array([d.slope for d in differences])
    assert direction / np.linalg.norm(direction) == pytest.approx(down / np.linalg.norm(down), abs=1e-4)


@given(slopes=st.tuples(SLOPES, SLOPES), lengths=st.tuples(st.floats(1.0, 1e6), st.floats(1.0, 1e6)))
def test_the_arrow_is_equally_long_however_small_the_gradient(
    slopes: tuple[float, float], lengths: tuple[float, float]
) -> None:
    head = downhill((0.0, 0.0), slopes, lengths)
    if slopes == (0.0, 0.0):
        assert head is None
        return
    assert head is not None
    assert math.hypot(head[0] / lengths[0], head[1] / lengths[1]) == pytest.approx(ARROW)
    for step, slope in zip(head, slopes, strict=True):
        assert step * slope <= 0.0


@pytest.mark.parametrize("slopes", [(math.inf, 1.0), (0.0, math.nan)])
def test_there_is_no_arrow_without_a_gradient(slopes: tuple[float, float]) -> None:
    assert downhill((0.0, 0.0), slopes, (1.0, 1.0)) is None


def test_the_words_have_the_numbers_and_what_the_others_are_held_at() -> None:
    words = of_steps(0)[1]["words"]
    assert "Iteration 1: w5 = 0.14, w6 = 0.15; for all samples E = 0.3272405." in words
    assert "∂E/∂w5 = −0.68765 and ∂E/∂w6 = −0.38832; the arrow points along −gradient" in words
    assert "The other parameters (4 of 6) are held at their values of iteration 1." in words
    assert "Along the path" not in words
    later = of_steps(1)[1]["words"]
    assert "Iteration 2: w5 = 0.1743825, w6 = 0.169416; for all samples E ≈ 0.2769572." in later
    assert "held at their values of iteration 2. Along the path they changed too" in later
    p = PRESETS["fahrenheit"]
    pair = Place("weight", 1, 0, 0), Place("bias", 1, 0)
    alone = loss_surface(p.network, p.inputs, p.targets, pair, walked(p, 1), 1, ("w1", "b1"), LIGHT)["words"]
    assert "There are no other parameters, so E along the path is the height of this map." in alone
    assert "held" not in alone


def test_what_has_diverged_is_left_out_and_said() -> None:
    pair = Place("weight", 1, 0, 0), Place("weight", 1, 0, 1)
    everywhere = loss_surface(DIVERGING.network, [[1e200, 1]], [[1]], pair, [], 1, ("w1", "w2"), LIGHT)
    assert "E is too large for a 64-bit float." in everywhere["words"]
    assert "The gradient is too large for a 64-bit float, so there is no arrow." in everywhere["words"]
    assert [trace["type"] for trace in chart(everywhere)["data"]] == ["scatter", "scatter"]
    network = nnviz.Network([nnviz.Layer([[1e100, 1.0]])])
    partly = loss_surface(network, [[1.2e54, 1]], [[1]], pair, [(1, nnviz.Network([nnviz.Layer([[0.0, 1.0]])]))], 2,
                    ("w1", "w2"), LIGHT)  # fmt: skip
    contours, _, _ = parts(partly)
    missing = [z is None for row in contours["z"] for z in row]
    assert any(missing)
    assert not all(missing)
    assert missing == [height is None for row in contours["customdata"] for height in row]
    assert "Where nothing is drawn, E is too large for a 64-bit float." in partly["words"]
    for found in (everywhere, partly):
        json.dumps(found, allow_nan=False)
        go.Figure(found["figure"])
    assert "nothing is drawn" not in of_steps(3)[1]["words"]


@given(problems(st.floats(allow_nan=False, allow_infinity=False), max_layers=2, max_samples=2))
def test_no_float_breaks_it(problem: Problem) -> None:
    network = problem.network
    if len(places(network)) < 2:
        return
    pair = places(network)[0], places(network)[-1]
    found = loss_surface(network, problem.inputs, problem.targets, pair, [(1, network)], 1, ("p", "q"), DARK)
    assert "NaN" not in json.dumps(found, allow_nan=False)


def test_parameters_beyond_every_axis_have_no_map() -> None:
    network = nnviz.Network([nnviz.Layer([[1.7e308, 1.0]])])
    pair = Place("weight", 1, 0, 0), Place("weight", 1, 0, 1)
    found = loss_surface(network, [[0, 1]], [[1]], pair, [], 1, ("w1", "w2"), LIGHT)
    assert found["figure"] is None
    assert found["words"].endswith("A parameter is too large for a map.")


def test_the_map_is_coarser_where_each_loss_takes_long() -> None:
    rng = np.random.default_rng(1)
    layers = [nnviz.Layer(rng.normal(size=size), [0.0] * size[0], "tanh") for size in ((8, 8), (8, 8), (1, 8))]
    x, y = rng.normal(size=(1000, 8)), rng.normal(size=(1000, 1))
    pair = Place("weight", 1, 0, 0), Place("weight", 1, 0, 1)
    contours, _, _ = parts(loss_surface(nnviz.Network(layers), x, y, pair, [], 1, ("w1", "w2"), LIGHT))
    assert 15 <= len(contours["x"]) < 41


def test_levels_of_a_plane_through_0_are_evenly_spaced() -> None:
    heights = np.linspace(-3.0, 1.0, 100).reshape(10, 10)
    found = levels(heights)
    assert found is not None
    assert found.numbers[0] <= -3.0
    assert np.ptp(np.diff(found.numbers)) < 1e-12
