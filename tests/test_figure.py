"""The network's drawing, tested as data: valid for Plotly, lit as the step is, and silent about the future."""

import re
from functools import cache
from itertools import pairwise
from math import dist, inf
from typing import Any

import plotly.graph_objects as go
import pytest

import nnviz
from nnviz.draw.figure import layout
from nnviz.draw.geometry import FRAMES, Frame
from nnviz.draw.look import Look
from nnviz.draw.network import Drawing
from nnviz.draw.palette import THEMES, Palette
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES, expected_places, known_numbers, place_of, places

Json = dict[str, Any]
Point = tuple[float, float]
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
    "∂E/∂w1": "w1 ŷ w5 x1",
    "∂E/∂w2": "w2 ŷ w5 x2",
    "∂E/∂w3": "w3 ŷ w6 x1",
    "∂E/∂w4": "w4 ŷ w6 x2",
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


def cursors(iteration: nnviz.Iteration) -> range:
    return range(len(iteration.steps) + 1)


def by_name(data: list[Json], name: str) -> Json:
    return next(trace for trace in data if trace["name"] == name)


def node_positions(data: list[Json]) -> dict[str, Point]:
    """Return the centre of each node by its place."""
    nodes = by_name(data, "nodes")
    return dict(zip(nodes["customdata"], zip(nodes["x"], nodes["y"], strict=True), strict=True))


def lit_nodes(data: list[Json]) -> set[str]:
    """Return the nodes with a ring around them."""
    nodes = by_name(data, "nodes")
    half = len(nodes["x"]) // 2
    rings, own = nodes["marker"]["size"][:half], nodes["marker"]["size"][half:]
    return {key for key, ring, size in zip(nodes["customdata"][:half], rings, own, strict=True) if ring > size}


def lines_along_edges(data: list[Json], start: str) -> set[str]:
    """Return the edges along which the traces of that name have a line, from node to node."""
    at, found = node_positions(data), set()
    neurons = {key: centre for key, centre in at.items() if key.startswith("neuron")}
    for trace in (trace for trace in data if trace["name"].startswith(start)):
        for tail, tip in pairwise(zip(trace["x"], trace["y"], strict=True)):
            if None not in (*tail, *tip) and dist(tail, tip) > HIDDEN:
                before, after = (min(neurons, key=lambda key, end=end: dist(neurons[key], end)) for end in (tail, tip))
                assert dist(neurons[before], tail) + dist(neurons[after], tip) < HIDDEN + 0.1
                layer, unit, source = *after.split("-")[1:3], before.split("-")[2]
                found.add(f"weight-{layer}-{unit}-{source}")
    return found


def lit_edges(data: list[Json]) -> set[str]:
    return lines_along_edges(data, "lit edge")


def glowing_edges(data: list[Json]) -> set[str]:
    return lines_along_edges(data, "glow")


def edge_ends(key: str, at: dict[str, Point]) -> tuple[Point, Point]:
    """Return the centres of the two nodes that a weight joins, from its place's name."""
    _, layer, unit, source = key.split("-")
    return at[f"neuron-{int(layer) - 1}-{source}-0"], at[f"neuron-{layer}-{unit}-0"]


def lit_labels(data: list[Json], palette: Palette, sizes: tuple[int, ...]) -> set[str]:
    """Return the edges whose label is on a plate of the lit colour."""
    labels = by_name(data, "labels")
    plates = zip(labels["text"], labels["marker"]["color"], strict=True)
    return {place_of(named[1], sizes) for text, colour in plates if colour == palette.lit_soft
            if (named := re.match(r"(?:<b>)?(w\d+)", text))}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_plotly_takes_every_cursor(example: Example, look: Look) -> None:
    iteration = example.trace()
    drawing = Drawing(iteration, look)
    for cursor in cursors(iteration):
        go.Figure(data=drawing.data(cursor), layout=layout(look), frames=[drawing.frame(cursor)])
    go.Figure(data=drawing.data(0), frames=list(drawing.pointing().values()))


def test_plotly_refuses_what_is_not_valid() -> None:
    data = Drawing(STEP_BY_STEP.trace(), Look()).data(0)
    with pytest.raises(ValueError, match="lines"):
        go.Figure(data=[data[0] | {"lines": {}}, *data[1:]])


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_frame_makes_of_the_start_what_the_data_of_its_cursor_are(example: Example) -> None:
    iteration = example.trace()
    drawing = Drawing(iteration, Look())
    for cursor in cursors(iteration):
        picture, frame = [dict(trace) for trace in drawing.data(0)], drawing.frame(cursor)
        for index, change in zip(frame["traces"], frame["data"], strict=True):
            picture[index] |= change
        assert picture == drawing.data(cursor), cursor


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
    iteration, sizes = example.trace(), example.network.sizes
    drawing = Drawing(iteration, look)
    assert lit_nodes(drawing.data(0)) == lit_edges(drawing.data(0)) == glowing_edges(drawing.data(0)) == set()
    for cursor, step in enumerate(iteration.steps, start=1):
        data, expected = drawing.data(cursor), expected_places(example, step.name)
        edges = {key for key in expected if key.startswith("weight")}
        assert lit_nodes(data) == expected - edges, step.name
        assert lit_edges(data) == glowing_edges(data) == edges, step.name
        assert lit_labels(data, look.palette, sizes) == edges, step.name


def test_what_is_lit_in_2_2_1_is_as_written_by_hand() -> None:
    iteration, keys = STEP_BY_STEP.trace(), places((2, 2, 1))
    drawing = Drawing(iteration, Look())
    assert [step.name for step in iteration.steps] == list(LIT)
    for cursor, (name, names) in enumerate(LIT.items(), start=1):
        data = drawing.data(cursor)
        assert lit_nodes(data) | lit_edges(data) == {keys[lit] for lit in names.split()}, name


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_what_is_not_known_is_a_dot(example: Example, frame: Frame) -> None:
    iteration = example.trace()
    drawing = Drawing(iteration, Look(frame=frame))
    for cursor in cursors(iteration):
        nodes = by_name(drawing.data(cursor), "nodes")
        texts = dict(zip(nodes["customdata"], nodes["text"], strict=True))
        for position, step in enumerate(iteration.steps, start=1):
            if re.fullmatch(r"(h\d+|ŷ\d*|E)", step.name):
                is_dot = texts[place_of(step.name, example.network.sizes)] == "·"
                assert is_dot == (position > cursor), (cursor, step.name)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_no_number_is_there_before_it_is_computed(example: Example, frame: Frame) -> None:
    iteration = example.trace()
    drawing = Drawing(iteration, Look(frame=frame))
    known = list(known_numbers(iteration, len(iteration.steps)))
    n_given = len(known) - len(iteration.steps)

    @cache
    def since(number: str) -> float:
        """Return after how many steps a number is known that is a rounding of it."""
        matching = (place for place, value in enumerate(known) if is_rounding(number, value))
        return max(next(matching, inf) - n_given + 1, 0)

    for cursor in cursors(iteration):
        data = drawing.data(cursor)
        for text in (t or "" for trace in data for key in ("text", "hovertext") for t in trace.get(key, [])):
            for number in NUMBER.findall(NAME.sub(" ", text)):
                assert since(number) <= cursor, (cursor, text)


def is_rounding(text: str, value: float) -> bool:
    """Whether a number as it is written is the value, rounded to the digits that are written."""
    digits = len(re.sub(r"e.*|\D", "", text).lstrip("0")) or 1
    return any(float(text.replace("−", "-")) == float(f"{value:.{room}g}") for room in range(digits, 18))


def test_what_is_too_large_is_words_and_what_comes_after_stays_a_dot() -> None:
    iteration = DIVERGING.trace()
    data = Drawing(iteration, Look()).data(len(iteration.steps))
    texts = str([trace.get(key) for trace in data for key in ("text", "hovertext")])
    assert "too" in texts
    assert not re.search(r"\b(nan|inf)\b", texts)
    go.Figure(data=data)


def test_an_edge_is_as_wide_as_its_weight_is_large_and_coloured_by_its_sign() -> None:
    weights = [-2.0, 0.1, 4.0, -1.0]
    network = nnviz.Network([nnviz.Layer([weights])])
    for palette in THEMES.values():
        data = Drawing(nnviz.trace(network, [[1, 1, 1, 1]], [[1]], 0.1), Look(palette)).data(1)
        strokes = {trace["meta"]: trace["line"] for trace in data if trace["name"].startswith("lit edge")}
        ordered = [strokes[f"weight-1-0-{source}"] for source in (1, 3, 0, 2)]
        widths = [stroke["width"] for stroke in ordered]
        assert widths == sorted(set(widths)), widths
        signs = [palette.positive, palette.negative, palette.negative, palette.positive]
        assert [stroke["color"] for stroke in ordered] == signs
        dimmed = {(t["line"]["color"], t["line"]["width"]) for t in data if t["name"].startswith("edges")}
        dim = {palette.positive: palette.positive_dim, palette.negative: palette.negative_dim}
        assert dimmed == {(dim[sign], width) for sign, width in zip(signs, widths, strict=True)}
