"""The lesson on the sigmoid: the picture, the counts, the neuron, and what may be set."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.rounding import shown
from nnviz.charts.theme import THEMES, Look
from nnviz.engine.initializers import drawn
from nnviz.engine.manner import PLAIN
from nnviz.engine.plan import plan_of
from nnviz.lessons.network import links as desk
from nnviz.lessons.sigmoid.exponentials import exponentials
from nnviz.lessons.sigmoid.lesson import WITH_SIGMOID, Sigmoid, SigmoidSetup, link
from nnviz.lessons.sigmoid.saturation import EDGES, edges
from nnviz.lessons.sigmoid.view import SigmoidView
from nnviz.player.view import screen
from nnviz.presets import PRESETS
from tests.naming import id_of
from tests.oracles.functions import ACTIVATIONS, SLOPES, sigmoid
from tests.pictures import FRAMES

LESSON = Sigmoid()
FIRST = {"σ": 2, "σ′": 3}  # after how many steps each is known
LAST = 32
ACTIVATED = ("sigmoid", "tanh", "relu")
SPOTS = st.builds(
    SigmoidSetup,
    z=st.floats(-10, 10),
    weight=st.floats(-100, 100),
    x=st.floats(-100, 100),
    target=st.floats(-100, 100),
    preset=st.sampled_from(WITH_SIGMOID),
)


def view_of(spot: SigmoidSetup, look: Look = Look(), chosen: str = "") -> SigmoidView:  # noqa: B008 (Look is frozen)
    return LESSON.view(spot, 1, look, chosen, is_checked=False)


def seen(spot: SigmoidSetup, cursor: int, chosen: str = "") -> dict[str, Any]:
    """Return what the browser gets, and that it is JSON without anything that is no number."""
    found = screen(view_of(spot, chosen=chosen), cursor)
    return dict(json.loads(json.dumps(found, allow_nan=False)))


def trace_of(picture: dict[str, Any], name: str) -> dict[str, Any]:
    return next(trace for trace in picture["figure"]["data"] if trace["name"] == name)


# The picture


@given(z=st.floats(-10, 10))
@example(z=0.0)
@example(z=-10.0)
@example(z=10.0)
def test_the_point_is_on_both_curves_and_the_tangent_has_the_slope(z: float) -> None:
    picture, slope = seen(SigmoidSetup(z=z), LAST), SLOPES["sigmoid"](z)
    points = trace_of(picture, "points")
    assert points["x"] == [z] * 3
    assert points["y"] == pytest.approx([slope, sigmoid(z), 0.0], abs=1e-12)
    (x1, x2), (y1, y2) = (trace_of(picture, "tangent")[axis] for axis in "xy")
    assert (y2 - y1) / (x2 - x1) == pytest.approx(slope, abs=1e-12)
    assert ((x1 + x2) / 2, (y1 + y2) / 2) == pytest.approx((z, sigmoid(z)), abs=1e-12)
    low, high = picture["figure"]["layout"]["yaxis"]["range"]
    assert low <= y1 <= y2 <= high


def test_both_curves_are_drawn_where_they_belong() -> None:
    picture = seen(SigmoidSetup(), LAST)
    for name, f in (("σ", sigmoid), ("σ′", SLOPES["sigmoid"])):
        curve = trace_of(picture, name)
        assert (curve["x"][0], curve["x"][-1]) == (-10, 10)
        assert curve["y"] == pytest.approx([f(x) for x in curve["x"]], abs=2e-5)


def test_the_shaded_zones_begin_where_the_slope_is_a_hundredth() -> None:
    for activation, edge in EDGES.items():
        assert SLOPES[activation](edge) == pytest.approx(0.01, rel=1e-12)
    edge = EDGES["sigmoid"]
    zones = seen(SigmoidSetup(), 0)["figure"]["layout"]["shapes"]
    assert [(zone["x0"], zone["x1"]) for zone in zones] == [(-10, -edge), (edge, 10)]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_plotly_takes_every_frame(theme: str, frame: str) -> None:
    look = Look(THEMES[theme], FRAMES[frame])
    picture = view_of(SigmoidSetup(z=-3.25), look)
    shown = picture.figure(0, LAST)
    go.Figure(shown["data"], shown["layout"], [picture.frame(cursor) for cursor in range(LAST + 1)])
    names = [trace["name"] for trace in shown["data"]]
    for cursor in range(LAST + 1):
        assert all(0 < index < len(names) - 1 for index in picture.frame(cursor)["traces"])


# Nothing is shown before it is computed


def test_a_number_stands_in_the_picture_only_once_it_is_known() -> None:
    for cursor in range(LAST + 1):
        picture = seen(SigmoidSetup(), cursor)
        written = trace_of(picture, "numbers")["text"]
        assert written[0] == "z = 2"
        for text, (name, since) in zip(written[1:], FIRST.items(), strict=True):
            assert ("·" in text) == (cursor < since), (cursor, name)
        heights = trace_of(picture, "points")["y"]
        assert [height > 0 for height in heights] == [cursor >= 3, cursor >= 2, False]
        low, high = trace_of(picture, "tangent")["x"]
        assert (low < high) == (cursor >= FIRST["σ′"])


def test_the_numbers_of_the_tables_come_with_their_steps() -> None:
    view = seen(SigmoidSetup(), 0)
    since = {name: number["since"] for name, number in view["values"].items()}
    assert set(view["goals"]) == {name for name in since if name.split("-")[0] in WALKED} | {
        "count-neuron",
        "count-network",
    }
    for name, goal in view["goals"].items():
        assert goal["iteration"] == 1
        assert since.get(name, goal["cursor"]) == goal["cursor"]
    assert since["sigmoid:dyhat/dz1"] == since["tanh:dyhat/dz1"] == 31
    assert since["relu:dE/dw1"] == LAST == view["steps"]


WALKED = ("function", "tangent", "quotient", "splitting")


# The lines agree, as they are shown


@given(z=st.floats(-10, 10))
@example(z=10.0)
@example(z=-10.0)
def test_all_lines_of_both_ways_show_the_same_number(z: float) -> None:
    values = seen(SigmoidSetup(z=z), 0)["values"]
    lines = [f"quotient-{n}" for n in range(5, 13)] + [f"splitting-{n}" for n in range(1, 9)]
    assert len({values[name]["text"] for name in [*lines, "tangent-1"]}) == 1
    assert float(values["tangent-1"]["text"].replace("−", "-")) == float(f"{SLOPES['sigmoid'](z):.7g}")


def test_every_step_says_what_it_is() -> None:
    views = seen(SigmoidSetup(), 0)["views"]
    assert [view["phase"] for view in views[1:]] == (
        ["function"] * 2 + ["tangent"] * 2 + ["quotient"] * 12 + ["splitting"] * 8 + ["count"] * 2 + ["chain"] * 6
    )
    assert "Quotient rule: (u′·v − u·v′)/v²" in [view["title"] for view in views]
    for view in views[1:]:
        assert view["formula"]
        assert view["sentence"].endswith(".")
    assert views[3]["sentence"].endswith("σ′ = 0.8807971·(1 − 0.8807971) ≈ 0.1049936.")
    assert "The same" not in views[3]["sentence"] + views[9]["sentence"]
    assert views[16]["sentence"].endswith("The same σ′ as on the line before.")


# What σ′ = σ·(1 − σ) saves


@pytest.mark.parametrize(("key", "forward", "saved"), [
    ("2-2-1-sigmoid", 3, 3),
    ("mazur", 4, 4),
    ("and", 4, 4),
    ("xor-learns", 16, 12),  # with cross-entropy the output needs no σ′
    ("2-2-1", 0, 0),
    ("vanishing", 0, 0),
])  # fmt: skip
def test_the_exponentials_of_a_network_are_counted(key: str, forward: int, saved: int) -> None:
    preset = PRESETS[key]
    counted = exponentials(plan_of(preset.network.shape, len(preset.inputs), PLAIN))
    assert (counted.forward, counted.saved) == (forward, saved)


def test_the_count_is_that_of_an_iteration_that_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden, output = drawn((3, 4, 2), PRESETS["xor"].start)
    network = nnviz.Network([nnviz.Layer(hidden, [0.0] * 4, "sigmoid"), nnviz.Layer(output, [0.0] * 2, "sigmoid")])
    calls: list[int] = []
    exp = np.exp

    def count(values: Any) -> Any:
        calls.append(np.size(values))
        return exp(values)

    monkeypatch.setattr("nnviz.engine.activations.np.exp", count)
    nnviz.gradients(network, np.ones((5, 3)), np.ones((5, 2)))
    monkeypatch.undo()
    counted = exponentials(plan_of(network.shape, 5, PLAIN))
    assert sum(calls) == counted.forward == 30
    assert counted.saved == 30


def test_the_counts_are_told_and_stand_in_the_table() -> None:
    view = seen(SigmoidSetup(preset="xor-learns"), 0)
    assert "one iteration of “XOR 2-3-1 that learns” takes 16 exponentials" in view["views"][26]["sentence"]
    assert "Saved: 12. The output needs none: with cross-entropy" in view["views"][26]["sentence"]
    columns = ("forward", "from-decay", "from-sigma", "saved")
    assert [view["values"][f"count-network-{column}"]["text"] for column in columns] == ["16", "12", "0", "12"]
    assert [view["values"][f"count-neuron-{column}"]["text"] for column in columns] == ["1", "1", "0", "1"]


# The neuron


@given(spot=SPOTS)
@example(spot=SigmoidSetup())
@example(spot=SigmoidSetup(z=0.7, weight=0.5))
def test_the_neuron_is_at_z_and_its_gradient_is_the_error_times_the_slope_times_x(spot: SigmoidSetup) -> None:
    scale = abs(spot.weight * spot.x) + abs(spot.z)
    assert spot.weight * spot.x + spot.bias == pytest.approx(spot.z, abs=4e-16 * scale + 1e-300)
    at = spot.weight * spot.x + spot.bias
    for activation in ACTIVATED:
        values = spot.neuron.iterations[activation].values
        error = ACTIVATIONS[activation](at) - spot.target
        slope = SLOPES[activation](at)
        expected = error * slope * spot.x
        assert values["dE/dw1"] == pytest.approx(expected, rel=1e-6, abs=1e-12 * abs(error * spot.x) + 1e-300)


def test_short_numbers_give_a_short_bias() -> None:
    assert SigmoidSetup(z=0.7, weight=0.5, x=2.0).bias == -0.3
    assert SigmoidSetup(z=-0.1, weight=0.1, x=3.0).bias == -0.4


def test_a_saturated_neuron_says_so_and_a_lively_one_does_not() -> None:
    for z, dying in (
        (2.0, ("", "", "")),
        (4.58, ("", "Saturated", "")),
        (4.6, ("Saturated", "Saturated", "")),
        (-9.0, ("Saturated", "Saturated", "no gradient")),
    ):
        views = seen(SigmoidSetup(z=z), 0)["views"]
        for cursor in (31, 32):
            told = re.split("With (?:tanh|ReLU), ", views[cursor]["sentence"])
            assert [re.findall("Saturated|no gradient", part) for part in told] == [
                [word] if word else [] for word in dying
            ]
    at_6 = seen(SigmoidSetup(z=6.0), 0)["views"][32]["sentence"]
    assert "With tanh, ∂E/∂w1 ≈ 4.915249e−5. Saturated" in at_6
    assert at_6.endswith("With ReLU, ∂E/∂w1 = 12.")


def test_the_edges_are_told_as_numbers_beyond_which_it_is_so() -> None:
    for activation, edge in EDGES.items():
        told = float(str(edges()[activation]))
        assert edge <= told < edge + 0.001
        assert SLOPES[activation](told) <= 0.01


@pytest.mark.parametrize("chosen", ACTIVATED)
def test_the_story_of_an_activation_tells_nothing_before_it_is_computed(chosen: str) -> None:
    story = seen(SigmoidSetup(), 0, chosen)["details"]
    assert story["place"] == chosen
    early = "".join(part["html"] if part["since"] <= 26 else part["before"] for part in story["parts"])
    late = "".join(part["html"] for part in story["parts"])
    assert "<svg" not in early
    assert "<svg" in late
    gradient = view_of(SigmoidSetup()).neuron.iterations[chosen].values[id_of("∂E/∂w1")]
    result = f"<mn>{str(shown(abs(float(gradient)))).partition('e')[0]}</mn>"
    assert result in story["parts"][-2]["html"]
    assert result not in early
    assert seen(SigmoidSetup(), 0, "sigma-0-0-0")["details"] is None


@pytest.mark.parametrize("activation", ACTIVATED)
def test_the_link_opens_the_same_neuron_as_a_network(activation: str) -> None:
    spot = SigmoidSetup(z=-0.7, weight=0.3, x=-2.5, target=0.9)
    path, _, query = link(spot, activation).partition("?")
    assert path == "/"
    setup, problems = desk.opened(dict(parse_qsl(query)))
    assert not problems
    network = setup.network
    assert [layer.activation for layer in network.layers] == [activation]
    [[gradient, _]] = nnviz.gradients(network, setup.inputs, setup.targets)
    assert gradient[0][0] == pytest.approx(spot.neuron.iterations[activation].values[id_of("∂E/∂w1")], rel=1e-12)


# What may be set


@given(spot=SPOTS)
def test_a_link_keeps_everything(spot: SigmoidSetup) -> None:
    assert LESSON.opened(LESSON.in_link(spot)) == (spot, {})
    assert LESSON.opened(LESSON.in_full(spot)) == (spot, {})


@pytest.mark.parametrize(("typed", "words"), [
    ({"z": "10.5"}, "A number from −10 to 10 is allowed: beyond that, σ′ is less than 0.00005. 2 is still in use."),
    ({"z": "-800"}, "from −10 to 10"),
    ({"z": "1e400"}, "Too large"),
    ({"z": ""}, "Type a number"),
    ({"z": "nan"}, "Not a number"),
    ({"w1": "101"}, "A number from −100 to 100 is allowed. 1.5 is still in use."),
    ({"of": "2-2-1"}, "Allowed are 2-2-1-sigmoid"),
])  # fmt: skip
def test_what_is_not_allowed_is_said_where_it_was_typed(typed: Mapping[str, str], words: str) -> None:
    setup, problems = LESSON.edited(SigmoidSetup(), typed)
    assert setup == SigmoidSetup()
    [(key, problem)] = problems.items()
    assert key in typed
    assert words in problem


def test_beyond_the_picture_the_slope_is_as_small_as_is_said() -> None:
    assert SLOPES["sigmoid"](10.0) < 0.00005


def test_an_edit_keeps_the_place_and_another_network_too() -> None:
    setup, problems = LESSON.edited(SigmoidSetup(), {"z": "−0,5", "of": "mazur"})
    assert (setup, problems) == (SigmoidSetup(z=-0.5, preset="mazur"), {})
    assert not LESSON.is_other(SigmoidSetup(), setup, {})


def test_the_buttons_that_are_off_say_why() -> None:
    views = seen(SigmoidSetup(), 0)["views"]
    assert set(views[0]["refusals"]) == {"previous", "restart", "backward", "next"}
    assert set(views[2]["refusals"]) == {"forward", "next"}
    assert set(views[LAST]["refusals"]) == {"forward", "backward", "play", "next"}
    assert views[2]["hint"] == "σ is computed: Backward goes on with σ′."
