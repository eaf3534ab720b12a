"""The network's drawing, tested as data: valid for Plotly, lit as the step is, and silent about the future."""

import json
import re
from functools import cache
from itertools import pairwise
from math import dist, inf
from typing import Any

import plotly.graph_objects as go
import pytest

import nnviz
from nnviz.charts.canvas import Frame
from nnviz.charts.text_metrics import BLANK
from nnviz.charts.theme import THEMES, Look
from nnviz.diagram.diagram import Diagram
from nnviz.engine.manner import DETAILS, Detail
from tests.examples import STEP_BY_STEP, Example
from tests.naming import id_of
from tests.networks import DIVERGING, EXAMPLES, expected_places, known_numbers, place_of, places
from tests.pictures import FRAMES, Json, Point, by_name, cursors, lit_labels, node_positions, taken, told

LOOKS = {f"{theme} {frame}": Look(THEMES[theme], FRAMES[frame]) for theme in THEMES for frame in FRAMES}
HIDDEN = 4  # the length of a dash that a node hides
NUMBER = re.compile(r"(?<![\w∂⁺.])−?\d+(?:\.\d+)?(?:e−?\d+)?")
NAME = re.compile(r"\b(?:hidden \d|[xhzbwyŷ]\d+)|<[^>]*>")

# What each step of the 2-2-1 network is about: its quantity and its operands; α has no place in the picture.
LIT = {
    "h1": "h1 x1 x2 w1 w2",
    "h2": "h2 x1 x2 w3 w4",
    "ŷ": "ŷ h1 h2 w5 w6",
    "E": "E ŷ y",
    "∂E/∂ŷ": "ŷ y",
    "∂E/∂w5": "w5 ŷ h1",
    "∂E/∂w6": "w6 ŷ h2",
    "∂E/∂h1": "h1 ŷ w5",
    "∂E/∂h2": "h2 ŷ w6",
    "∂E/∂w1": "w1 ŷ w5 h1 x1",
    "∂E/∂w2": "w2 ŷ w5 h1 x2",
    "∂E/∂w3": "w3 ŷ w6 h2 x1",
    "∂E/∂w4": "w4 ŷ w6 h2 x2",
    "w1⁺": "w1",
    "w2⁺": "w2",
    "w3⁺": "w3",
    "w4⁺": "w4",
    "w5⁺": "w5",
    "w6⁺": "w6",
    "h1⁺": "h1 x1 x2 w1 w2",
    "h2⁺": "h2 x1 x2 w3 w4",
    "ŷ⁺": "ŷ h1 h2 w5 w6",
    "E⁺": "E ŷ y",
}


def lit_nodes(data: list[Json]) -> set[str]:
    """Return the nodes with a ring around them."""
    rings, radius = by_name(data, "rings"), by_name(data, "nodes")["marker"]["size"]
    centres = {centre: key for key, centre in node_positions(data).items()}
    found = zip(zip(rings["x"], rings["y"], strict=True), rings["marker"]["size"], strict=True)
    return {centres[centre] for centre, size in found if size > radius}


def nearest(places: dict[str, Point], point: Point) -> str:
    """Return which of the places is nearest to a point."""
    return min(places, key=lambda key: dist(places[key], point))


def lines_along_edges(data: list[Json], start: str) -> set[str]:
    """Return the edges along which the traces of that name have a line, from node to node."""
    at, found = node_positions(data), set()
    neurons = {key: centre for key, centre in at.items() if key.startswith("neuron")}
    for trace in (trace for trace in data if trace["name"].startswith(start)):
        for tail, tip in pairwise(zip(trace["x"], trace["y"], strict=True)):
            if None not in (*tail, *tip) and dist(tail, tip) > HIDDEN:
                before, after = (nearest(neurons, end) for end in (tail, tip))
                assert dist(neurons[before], tail) + dist(neurons[after], tip) < HIDDEN + 0.1
                layer, unit, source = *after.split("-")[1:3], before.split("-")[2]
                found.add(f"weight-{layer}-{unit}-{source}")
    return found


def lit_edges(data: list[Json]) -> set[str]:
    return lines_along_edges(data, "lit edge")


def glowing_edges(data: list[Json]) -> set[str]:
    return lines_along_edges(data, "glow")


def merged(one: Json, other: Json) -> Json:
    """Return one with what the other says, within their parts too, as Plotly does with a frame."""
    parts = {key: merged(one[key], value) for key, value in other.items() if isinstance(value, dict)}
    return {**one, **other, **parts}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_plotly_takes_every_cursor(example: Example, look: Look) -> None:
    iteration = example.trace()
    drawing = Diagram(iteration, look)
    frames = [*map(drawing.frame, cursors(iteration)), *drawing.pointing().values()]
    traces = [trace for cursor in cursors(iteration) for trace in drawing.data(cursor)]
    taken(traces + [trace for frame in frames for trace in frame["data"]], drawing.layout())
    go.Figure(frames=[frame | {"data": []} for frame in frames])


def test_plotly_refuses_what_is_not_valid() -> None:
    data = Diagram(STEP_BY_STEP.trace(), Look()).data(0)
    with pytest.raises(ValueError, match="lines"):
        taken([*data, data[0] | {"lines": {}}], {})


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_frame_makes_of_the_start_what_the_data_of_its_cursor_are(example: Example) -> None:
    iteration = example.trace()
    drawing = Diagram(iteration, Look())
    for cursor in cursors(iteration):
        picture, frame = drawing.data(0), drawing.frame(cursor)
        for index, change in zip(frame["traces"], frame["data"], strict=True):
            picture[index] = merged(picture[index], change)
        assert picture == drawing.data(cursor), cursor


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_what_is_drawn_for_some_cursors_alone_is_drawn_so_for_all(example: Example, frame: Frame) -> None:
    iteration, look = told(example, "term"), Look(frame=frame)
    everything, end = Diagram(iteration, look), len(iteration.pauses)
    for window in (range(1), range(1, 5), range(end // 2, end - 1), range(end - 2, end + 1)):
        drawing = Diagram(iteration, look, cursors=window)
        for cursor in window:
            data, expected = drawing.data(cursor), everything.data(cursor)
            assert all(trace["x"] for trace in data), cursor
            assert lit_labels(data, look.palette) == lit_labels(expected, look.palette), cursor
            assert written(data) == written(expected), cursor
            assert (lit_edges(data), glowing_edges(data)) == (lit_edges(expected), glowing_edges(expected)), cursor
            assert by_name(data, "nodes") == by_name(expected, "nodes"), cursor
            assert lit_nodes(data) == lit_nodes(expected), cursor
            assert drawing.centre(cursor) == everything.centre(cursor), cursor


def written(data: list[Json]) -> set[tuple[Any, ...]]:
    """Return the labels that can be read: where each is, and what it says."""
    labels = by_name(data, "labels")
    found = zip(labels["customdata"], labels["x"], labels["y"], labels["text"], labels["marker"]["size"], strict=True)
    return {label for label in found if label[3].strip(BLANK)}


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_frames_never_change_how_many_points_lines_and_traces_there_are(example: Example, detail: Detail) -> None:
    drawing = Diagram(told(example, detail), Look())
    start = [gaps_and_points(trace) for trace in drawing.data(0)]
    for cursor in cursors(drawing.iteration):
        frame = drawing.frame(cursor)
        assert frame["traces"] == list(range(frame["traces"][0], frame["traces"][-1] + 1))
        for index, change in zip(frame["traces"], frame["data"], strict=True):
            if "x" in change:
                assert gaps_and_points(change) == start[index], (cursor, index)
                assert change["x"]
            assert "" not in change.get("text", [])


def gaps_and_points(trace: Json) -> tuple[list[int], int]:
    return [place for place, x in enumerate(trace["x"]) if x is None], len(trace["x"])


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_each_pause_lights_all_that_its_steps_are_about(example: Example, detail: Detail) -> None:
    iteration = told(example, detail)
    drawing = Diagram(iteration, Look())
    for cursor, pause in enumerate(iteration.pauses, start=1):
        quantities = [iteration.plan.by_id[key] for step in pause for key in (step.id, *step.operands)]
        keys = {q.place.key for q in quantities}
        factors = [q.place for q in quantities[1:] if q.kind == "factor" and q.place.part == "weight"]
        if detail == "term" and quantities[0].kind != "factor":  # both ends of each weight on the way
            keys |= {f"neuron-{p.layer - 1}-{p.source}-0" for p in factors}
            keys |= {f"neuron-{p.layer}-{p.unit}-0" for p in factors}
        assert drawing.lit(cursor) == keys
        data = drawing.data(cursor)
        assert lit_nodes(data) | lit_edges(data) == {key for key in keys if not key.startswith(("bias", "rate"))}


def test_frames_are_light() -> None:
    layers = [nnviz.Layer([[0.1, -0.2] * 4] * n_out, [0.3] * n_out, "sigmoid") for n_out in (8, 8, 8, 1)]
    iteration = nnviz.trace(nnviz.Network(layers), [[0.5, -0.25] * 4], [[1]], 0.1, nnviz.Manner(detail="term"))
    drawing = Diagram(iteration, Look())
    frames = [drawing.frame(cursor) for cursor in cursors(iteration)]
    assert len(frames) > 1500
    assert sum(len(json.dumps(frame)) for frame in frames) / len(frames) < 4000
    assert not any("hovertext" in trace for trace in (*frames[1]["data"], *drawing.data(1)))


def test_what_is_told_on_pointing_is_all_that_is_known_there_with_all_digits() -> None:
    drawing = Diagram(EXAMPLES["2-2-2 sigmoid"].trace(), Look())
    place, known = places((2, 2, 2)), drawing.iteration.values
    since = drawing.iteration.position
    assert drawing.hovers()[place["h1"]] == [
        {"since": -1, "text": "h1 is not computed yet"},
        *({"since": since[id_of(name)], "text": f"{name} = {known[id_of(name)]!r}".replace("-", "−")}
          for name in ("z1", "h1", "∂E/∂h1", "∂E/∂z1", "z1⁺", "h1⁺")),
    ]  # fmt: skip
    assert drawing.hovers()[place["b1"]][0] == {"since": 0, "text": "b1 = 0.35"}
    assert drawing.hover(place["h1"], 0) == "h1 is not computed yet"
    assert drawing.hover(place["h1"], since["h1"]).count("<br>") == 1
    told = {key for trace in drawing.data(0) if "hovertemplate" in trace for key in trace["customdata"]} - {None}
    assert told == drawing.pointing().keys() - {""}
    assert told <= drawing.hovers().keys()


def test_the_saved_figure_tells_the_same_on_pointing() -> None:
    iteration = EXAMPLES["2-3-3-1"].trace()
    drawing, figure = Diagram(iteration, Look()), nnviz.figure(iteration)
    for cursor, frame in enumerate(figure.frames):
        told = {
            key: text
            for index, change in zip(frame.traces, frame.data, strict=True)
            for key, text in zip(change.customdata or figure.data[index].customdata or (), change.hovertext or (),
                                 strict=True)
        }  # fmt: skip
        assert {key for key in told if key.startswith("neuron")} >= {"neuron-0-0-0", "neuron-3-0-0"}
        assert told == {key: drawing.hover(key, cursor) for key in told}


def test_the_centre_is_where_the_step_is() -> None:
    iteration = EXAMPLES["2-3-3-1"].trace()
    drawing = Diagram(iteration, Look(frame=FRAMES["compact"]))
    at, area = node_positions(drawing.data(0)), drawing.area
    assert drawing.centre(0) == (0, 0)
    for name, ends in {"z1": ("x1", "x2", "h1"), "h4": ("h1", "h3", "h4"), "E": ("ŷ", "E", "y")}.items():
        across, up = zip(*(at[places((2, 3, 3, 1))[end]] for end in ends), strict=True)
        middle = (min(across) + max(across)) / 2 / area.width, 1 - (min(up) + max(up)) / 2 / area.height
        assert drawing.centre(iteration.position[id_of(name)]) == pytest.approx(middle), name


def test_a_wider_network_asks_for_its_width() -> None:
    wide = Diagram(EXAMPLES["2-3-3-1"].trace(), Look(frame=FRAMES["compact"]))
    assert wide.area.width > FRAMES["compact"].width
    assert wide.layout()["xaxis"]["range"] == [0, wide.area.width]
    assert wide.layout()["height"] == wide.area.height


@pytest.mark.parametrize("theme", THEMES)
def test_the_figure_has_a_frame_a_step_a_play_button_and_a_slider(theme: str) -> None:
    iteration = STEP_BY_STEP.trace()
    figure = nnviz.figure(iteration, theme)
    assert [frame.name for frame in figure.frames] == [str(cursor) for cursor in cursors(iteration)]
    assert "Play" in [button.label for button in figure.layout.updatemenus[0].buttons]
    steps = figure.layout.sliders[0].steps
    assert [step.label for step in steps] == ["start", *LIT]
    assert [list(step.args[0]) for step in steps] == [[frame.name] for frame in figure.frames]
    page = figure.to_html(include_plotlyjs=False)
    assert "Plotly.addFrames" in page
    assert "0.24256" not in page


def test_the_figure_can_be_saved(tmp_path: Any) -> None:
    file = tmp_path / "iteration.html"
    nnviz.figure(EXAMPLES["2-2-2 sigmoid"].trace()).write_html(file)
    assert file.stat().st_size > 1_000_000


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="sepia"):
        nnviz.figure(STEP_BY_STEP.trace(), "sepia")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_exactly_the_quantity_and_its_operands_are_lit(example: Example, look: Look) -> None:
    iteration = example.trace()
    drawing = Diagram(iteration, look)
    assert lit_nodes(drawing.data(0)) == lit_edges(drawing.data(0)) == glowing_edges(drawing.data(0)) == set()
    for cursor, step in enumerate(iteration.steps, start=1):
        data, expected = drawing.data(cursor), expected_places(example, step.name)
        edges = {key for key in expected if key.startswith("weight")}
        assert lit_nodes(data) == expected - edges, step.name
        assert lit_edges(data) == glowing_edges(data) == edges, step.name
        biases = {iteration.plan.by_id[key].place.key for key in step.operands if re.fullmatch(r"b\d+\+?", key)}
        biases |= {step.quantity.place.key} if step.quantity.place.part == "bias" else set()
        assert lit_labels(data, look.palette) == edges | biases, step.name


def test_every_neuron_on_the_way_is_lit() -> None:
    chain = nnviz.trace(nnviz.Network([nnviz.Layer([[weight]]) for weight in (0.2, 0.3, 0.4)]), [[1]], [[1]], 0.1)
    data = Diagram(chain, Look()).data(chain.position[id_of("∂E/∂w1")])
    assert lit_nodes(data) == {f"neuron-{layer}-0-0" for layer in range(4)}
    assert lit_edges(data) == {f"weight-{layer}-0-0" for layer in range(1, 4)}


def test_what_is_lit_in_2_2_1_is_as_written_by_hand() -> None:
    iteration, keys = STEP_BY_STEP.trace(), places((2, 2, 1))
    drawing = Diagram(iteration, Look())
    assert [step.name for step in iteration.steps] == list(LIT)
    for cursor, (name, names) in enumerate(LIT.items(), start=1):
        data = drawing.data(cursor)
        assert lit_nodes(data) | lit_edges(data) == {keys[lit] for lit in names.split()}, name


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_what_is_not_known_is_a_dot(example: Example, frame: Frame) -> None:
    iteration = example.trace()
    drawing = Diagram(iteration, Look(frame=frame))
    for cursor in cursors(iteration):
        nodes = by_name(drawing.data(cursor), "nodes")
        texts = {key: text.removeprefix("<br>") for key, text in zip(nodes["customdata"], nodes["text"], strict=True)}
        for position, step in enumerate(iteration.steps, start=1):
            if re.fullmatch(r"(h\d+|ŷ\d*|E)", step.name):
                is_dot = texts[place_of(step.name, example.network.sizes)] == "·"
                assert is_dot == (position > cursor), (cursor, step.name)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_no_number_is_there_before_it_is_computed(example: Example, frame: Frame) -> None:
    iteration = example.trace()
    drawing = Diagram(iteration, Look(frame=frame))
    known = list(known_numbers(iteration, len(iteration.steps)))
    n_given = len(known) - len(iteration.steps)

    @cache
    def since(number: str) -> float:
        """Return after how many steps a number is known that is a rounding of it."""
        matching = (place for place, value in enumerate(known) if is_rounding(number, value))
        return max(next(matching, inf) - n_given + 1, 0)

    for cursor in cursors(iteration):
        texts = [text for trace in drawing.data(cursor) for text in trace.get("text", [])]
        for text in (*texts, *(drawing.hover(key, cursor) for key in drawing.hovers())):
            for number in NUMBER.findall(NAME.sub(" ", text)):
                assert since(number) <= cursor, (cursor, text)


def is_rounding(text: str, value: float) -> bool:
    """Whether a number as it is written is the value, rounded to the digits that are written."""
    digits = len(re.sub(r"e.*|\D", "", text).lstrip("0")) or 1
    return any(float(text.replace("−", "-")) == float(f"{value:.{room}g}") for room in range(digits, 18))


def test_what_is_too_large_is_words_and_what_comes_after_stays_a_dot() -> None:
    iteration = DIVERGING.trace()
    drawing = Diagram(iteration, Look())
    data = drawing.data(len(iteration.pauses))
    texts = str([[trace.get("text") for trace in data], drawing.hovers()])
    assert "too" in texts
    assert not re.search(r"\b(nan|inf)\b", texts)
    go.Figure(data=data)


def test_an_edge_is_as_wide_as_its_weight_is_large_and_coloured_by_its_sign() -> None:
    weights = [-2.0, 0.1, 4.0, -1.0]
    network = nnviz.Network([nnviz.Layer([weights])])
    for palette in THEMES.values():
        data = Diagram(nnviz.trace(network, [[1, 1, 1, 1]], [[1]], 0.1), Look(palette)).data(1)
        lit = [trace for trace in data if trace["name"].startswith("lit edge")]
        at = [trace for trace in data if trace["name"] == "nodes"]
        strokes = {key: trace["line"] for trace in lit for key in lit_edges([trace, *at])}
        ordered = [strokes[f"weight-1-0-{source}"] for source in (1, 3, 0, 2)]
        widths = [stroke["width"] for stroke in ordered]
        assert widths == sorted(set(widths)), widths
        signs = [palette.positive, palette.negative, palette.negative, palette.positive]
        assert [stroke["color"] for stroke in ordered] == signs
        dimmed = {(t["line"]["color"], t["line"]["width"]) for t in data if t["name"].startswith("edges")}
        dim = {palette.positive: palette.positive_dim, palette.negative: palette.negative_dim}
        assert dimmed == {(dim[sign], width) for sign, width in zip(signs, widths, strict=True)}
