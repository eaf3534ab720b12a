"""The computation graph, tested as data: what is computed from what, what is lit, and numbers by an oracle."""

import json
import re
from itertools import combinations
from math import fsum, isclose

import plotly.graph_objects as go
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnviz
from nnviz.charts.canvas import COMPACT, WIDE, Room
from nnviz.charts.text_metrics import BLANK, text_size
from nnviz.charts.theme import THEMES, Look
from nnviz.diagram.computation import Computation, Edge, computation_of
from nnviz.diagram.graph import ComputationGraph
from nnviz.diagram.graph_texts import GraphTexts
from nnviz.diagram.labels import Labels
from nnviz.diagram.pictures import GRAPH, NETWORK, offered
from nnviz.engine.losses import LOSSES
from nnviz.engine.manner import DETAILS, PLAIN, Detail
from nnviz.engine.optimizers import Optimizer
from nnviz.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.naming import id_of
from tests.networks import DIVERGING, EXAMPLES
from tests.oracles.textbook import central_differences, gradients, parameters_of
from tests.pictures import PHONES, ROOMS, Json, by_name, cursors, taken, told
from tests.problems import Problem, of_preset, problems
from tests.tellings import PLANS, of_sample

LOOKS = [Look(THEMES["light"], WIDE), Look(THEMES["dark"], COMPACT)]
DRAWN = [key for key in PLANS if key != "vanishing"]
WHERE = [(room, "neuron") for room in (*ROOMS, *PHONES)] + [(ROOMS[1], "term"), (PHONES[0], "layer")]
UNUSUAL = {
    "one weight after the other": Problem(
        nnviz.Network([nnviz.Layer([[0.5]]), nnviz.Layer([[-0.3]], activation="tanh"), nnviz.Layer([[0.7]])]),
        [[2]], [[1]], 0.1,
    ),
    "three outputs": Problem(
        nnviz.Network([nnviz.Layer([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]], [0.1, 0.2, 0.3], "sigmoid")]),
        [[1, 2], [3, 4]], [[1, 0, 1], [0, 1, 1]], 0.1,
    ),
    "four products that are outputs": Problem(
        nnviz.Network([nnviz.Layer([[0.1], [0.2], [0.3], [0.4]])]), [[2]], [[1, 2, 3, 4]], 0.1
    ),
}  # fmt: skip
TAGS = re.compile("<[^>]*>")

# The graph of the 2-2-1 network by hand: what each is computed from.
SOURCES = {
    "x1·w1": "x1 w1", "x2·w2": "x2 w2", "h1": "x1·w1 x2·w2",
    "x1·w3": "x1 w3", "x2·w4": "x2 w4", "h2": "x1·w3 x2·w4",
    "h1·w5": "h1 w5", "h2·w6": "h2 w6", "ŷ": "h1·w5 h2·w6", "E": "ŷ y",
}  # fmt: skip
# What each step is about, as the edges between: values go along them, and gradients come back.
H1, H2, Y = "x1>x1·w1 w1>x1·w1 x2>x2·w2 w2>x2·w2 x1·w1>h1 x2·w2>h1", "x1>x1·w3 w3>x1·w3 x2>x2·w4 w4>x2·w4 x1·w3>h2 x2·w4>h2", "h1>h1·w5 w5>h1·w5 h2>h2·w6 w6>h2·w6 h1·w5>ŷ h2·w6>ŷ"  # fmt: skip # noqa: E501
LIT = {
    "h1": H1, "h2": H2, "ŷ": Y, "E": "ŷ>E y>E",
    "∂E/∂ŷ": "ŷ>E",
    "∂E/∂w5": "w5>h1·w5 h1·w5>ŷ", "∂E/∂w6": "w6>h2·w6 h2·w6>ŷ",
    "∂E/∂h1": "h1>h1·w5 h1·w5>ŷ", "∂E/∂h2": "h2>h2·w6 h2·w6>ŷ",
    "∂E/∂w1": "w1>x1·w1 x1·w1>h1 h1>h1·w5 h1·w5>ŷ", "∂E/∂w2": "w2>x2·w2 x2·w2>h1 h1>h1·w5 h1·w5>ŷ",
    "∂E/∂w3": "w3>x1·w3 x1·w3>h2 h2>h2·w6 h2·w6>ŷ", "∂E/∂w4": "w4>x2·w4 x2·w4>h2 h2>h2·w6 h2·w6>ŷ",
    "w1⁺": "", "w2⁺": "", "w3⁺": "", "w4⁺": "", "w5⁺": "", "w6⁺": "",
    "h1⁺": H1, "h2⁺": H2, "ŷ⁺": Y, "E⁺": "ŷ>E y>E",
}  # fmt: skip
BOXES = {
    "x1": "x1 2", "x2": "x2 3", "w1": "w1 0.11", "w2": "w2 0.21", "x1·w1": "× 0.22", "x2·w2": "× 0.63", "h1": "+ 0.85",
    "w3": "w3 0.12", "w4": "w4 0.08", "x1·w3": "× 0.24", "x2·w4": "× 0.24", "h2": "+ 0.48",
    "w5": "w5 0.14", "w6": "w6 0.15", "h1·w5": "× 0.119", "h2·w6": "× 0.072", "ŷ": "+ 0.191", "y": "y 1",
    "E": "E 0.32724",
}  # fmt: skip
LOCALS = {
    "ŷ>E": "−0.809", "h1·w5>ŷ": "1", "h2·w6>ŷ": "1", "h1>h1·w5": "0.14", "h2>h2·w6": "0.15", "w5>h1·w5": "0.85",
    "w6>h2·w6": "0.48", "x1·w1>h1": "1", "x2·w2>h1": "1", "x1·w3>h2": "1", "x2·w4>h2": "1",
    "w1>x1·w1": "2", "w2>x2·w2": "3", "w3>x1·w3": "2", "w4>x2·w4": "3",
}  # fmt: skip


def named(computation: Computation, edge: Edge) -> str:
    return ">".join(computation.nodes[key].quantity.name for key in edge)


def texts_of(problem: Problem, detail: Detail = "neuron", sample: int = 0) -> GraphTexts:
    iteration = problem.trace(nnviz.Manner(detail=detail))
    drawing = ComputationGraph(iteration, Look())
    labels = Labels(iteration, drawing.area, drawing.look.palette, sample, range(len(iteration.pauses) + 1))
    return GraphTexts(iteration, computation_of(iteration.plan), labels, sample)


def written(data: list[Json]) -> list[str]:
    """Return what is written beside boxes and at edges."""
    return [TAGS.sub(" ", text).strip() for text in by_name(data, "labels")["text"] if text != BLANK]


def test_what_is_computed_from_what_is_as_written_by_hand() -> None:
    nodes = computation_of(STEP_BY_STEP.trace().plan).nodes
    found = {
        node.quantity.name: " ".join(nodes[key].quantity.name for key in node.sources)
        for node in nodes.values() if node.sources
    }  # fmt: skip
    assert found == SOURCES


@pytest.mark.parametrize("detail", DETAILS)
def test_all_details_and_notations_have_the_same_graph(detail: Detail) -> None:
    for example in EXAMPLES.values():
        plain = computation_of(example.trace().plan)
        other = computation_of(example.trace(nnviz.Manner(detail=detail, notation="indexed")).plan)
        assert plain.edges == other.edges


def test_boxes_have_their_values_as_soon_as_they_are_computed() -> None:
    iteration = STEP_BY_STEP.trace()
    drawing, names = ComputationGraph(iteration, Look()), list(BOXES)
    nodes = computation_of(iteration.plan).nodes
    assert [node.quantity.name for node in nodes.values()] == names
    at = {name: cursor for cursor, name in enumerate(("h1", "h2", "ŷ", "E"), start=1)}
    at |= {product: at[total] for total, sources in SOURCES.items() for product in sources.split() if "·" in product}
    for cursor in cursors(iteration):
        texts = by_name(drawing.data(cursor), "nodes")["text"]
        expected = [
            text if at.get(name, 0) <= cursor else f"{text.split()[0]} ·" for name, text in BOXES.items()
        ]  # fmt: skip
        assert texts == expected, cursor


def test_what_is_lit_in_2_2_1_is_as_written_by_hand() -> None:
    iteration = STEP_BY_STEP.trace()
    drawing, computation = ComputationGraph(iteration, Look()), computation_of(iteration.plan)
    assert [step.name for step in iteration.steps] == list(LIT)
    for cursor, (name, edges) in enumerate(LIT.items(), start=1):
        lit = drawing.lit(cursor)
        assert {named(computation, edge) for edge in lit.edges} == set(edges.split()), name
        assert lit.is_backward == name.startswith("∂"), name
        own = {iteration.by_name[name].id, *iteration.by_name[name].operands} & computation.nodes.keys()
        assert lit.nodes >= own | {end for edge in lit.edges for end in edge}, name
        if name in ("w1⁺", "w6⁺"):
            assert lit.nodes == {name.removesuffix("⁺")}


def test_arrows_turn_round_on_the_way_back() -> None:
    iteration = STEP_BY_STEP.trace()
    drawing = ComputationGraph(iteration, Look())
    for name, lit, dark in (("ŷ", "lit values", "lit gradients"), ("∂E/∂w1", "lit gradients", "lit values")):
        data = drawing.data(iteration.position[id_of(name)])
        assert extent(by_name(data, lit)) > 100
        assert extent(by_name(data, dark)) < 4


def extent(trace: Json) -> float:
    along = [x for x in trace["x"] if x is not None]
    return float(max(along) - min(along))


def test_local_derivatives_stand_at_their_edges_as_soon_as_they_are_used() -> None:
    texts = texts_of(STEP_BY_STEP)
    end = len(texts.iteration.pauses)
    found = {named(texts.computation, edge): texts.along(edge, end) for edge in texts.computation.edges}
    assert {name: TAGS.sub("", text) for name, text in found.items() if text != BLANK} == {
        name: f"× {local}" for name, local in LOCALS.items()
    }
    since = {
        "ŷ>E": "∂E/∂ŷ", "h1·w5>ŷ": "∂E/∂ŷ", "h1>h1·w5": "∂E/∂h1", "w5>h1·w5": "∂E/∂w5", "x1·w1>h1": "∂E/∂h1",
        "w1>x1·w1": "∂E/∂w1", "w4>x2·w4": "∂E/∂w4",
    }  # fmt: skip
    for edge, (position, _) in texts.locals.items():
        if (name := since.get(named(texts.computation, edge))) is not None:
            assert position == texts.iteration.position[id_of(name)], edge
            assert texts.along(edge, position - 1) == BLANK


def flown_back(texts: GraphTexts, key: str) -> float:
    """Return the sum over all paths from E to a node of the products of local derivatives; z’s own where ŷ melts."""
    q = texts.computation.plan.quantities
    if key == q.loss.id:
        return 1.0
    if LOSSES[texts.computation.plan.shape.loss].of_sum and key in {z.id for z in q.sums[-1]}:
        return of_sample(texts.iteration.values[f"dE/d{key}"], texts.sample)
    return fsum(texts.locals[key, after][1] * flown_back(texts, after) for after in texts.computation.targets_of[key])


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_local_derivatives_along_all_paths_give_every_gradient(example: Example, detail: Detail) -> None:
    texts = texts_of(example, detail)
    for layer, rows in enumerate(texts.computation.plan.quantities.weights[1:]):
        for unit, row in enumerate(rows):
            expected = central_differences(example, layer, unit)
            assert [flown_back(texts, w.id) for w in row] == pytest.approx(expected, rel=1e-5, abs=1e-8)


@given(problems(max_layers=3, max_samples=3), st.sampled_from(DETAILS))
def test_so_they_do_in_any_network_with_the_samples_added_up(problem: Problem, detail: Detail) -> None:
    assume(not problem.network.tied)  # of which there is no graph
    of_samples = [texts_of(problem, detail, sample) for sample in range(len(problem.inputs))]
    expected = gradients(problem, parameters_of(problem.network), range(len(problem.inputs)))
    for rows, (slopes, _) in zip(of_samples[0].computation.plan.quantities.weights[1:], expected, strict=True):
        for row, of_unit in zip(rows, slopes, strict=True):
            trained = [at for at, w in enumerate(row) if w in of_samples[0].iteration.plan.trained]
            found = [fsum(flown_back(texts, row[at].id) for texts in of_samples) for at in trained]
            assert found == pytest.approx([of_unit[at] for at in trained], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("key", ["and", "fahrenheit", "xor"])
def test_the_parts_of_all_samples_add_up_to_the_gradient(key: str) -> None:
    problem = of_preset(key)
    expected = gradients(problem, parameters_of(problem.network), range(len(problem.inputs)))
    found = [texts_of(problem, sample=sample) for sample in range(len(problem.inputs))]
    q = found[0].computation.plan.quantities
    for rows, (by_weights, _) in zip(q.weights[1:], expected, strict=True):
        for row, slopes in zip(rows, by_weights, strict=True):
            for w, slope in zip(row, slopes, strict=True):
                [edge] = (edge for edge in found[0].parts if edge[0] == w.id)
                assert isclose(fsum(texts.parts[edge][1] for texts in found), slope, rel_tol=1e-9, abs_tol=1e-12)


def test_with_a_classic_mistake_the_local_derivative_is_the_wrong_one_that_was_used() -> None:
    # c = 42, w = 0.8, b = 0.5: the output is 34.1, where 42 belongs.
    problem = of_preset("fahrenheit-one")
    for manner, local in ((PLAIN, "42"), (PLAIN.with_mistake("output_for_input"), "34.1")):
        iteration = problem.trace(manner)
        data = ComputationGraph(iteration, Look()).data(iteration.position["dE/dw1"])
        assert f"× {local}" in written(data)


def test_where_paths_meet_their_parts_and_their_sum_are_written() -> None:
    iteration = of_preset("mazur").trace()
    drawing = ComputationGraph(iteration, Look(frame=COMPACT))
    position = iteration.position[id_of("∂E/∂h1")]
    now, before = written(drawing.data(position)), written(drawing.data(position - 1))
    # Mazur prints 0.055399425 and −0.019049119, and 0.036350306 for their sum.
    for text in ("+ 0.055", "+ −0.02", "∂ 0.036"):
        assert any(text in label for label in now)
    assert not any("0.036" in label or "0.055" in label for label in before)


@pytest.mark.parametrize("look", LOOKS, ids=["light wide", "dark compact"])
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_plotly_takes_every_cursor(example: Example, look: Look) -> None:
    iteration = example.trace()
    drawing = ComputationGraph(iteration, look)
    frames = [*map(drawing.frame, cursors(iteration)), *drawing.pointing().values()]
    traces = [trace for cursor in cursors(iteration) for trace in drawing.data(cursor)]
    taken(traces + [trace for frame in frames for trace in frame["data"]], drawing.layout())


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("key", DRAWN)
def test_frames_never_change_how_many_points_lines_and_traces_there_are(key: str, detail: Detail) -> None:
    iteration = of_preset(key).trace(nnviz.Manner(detail=detail))
    drawing = ComputationGraph(iteration, Look())
    start = [shape(trace) for trace in drawing.data(0)]
    for cursor in cursors(iteration):
        frame = drawing.frame(cursor)
        assert frame["traces"] == list(range(frame["traces"][0], frame["traces"][-1] + 1))
        for index, change in zip(frame["traces"], frame["data"], strict=True):
            assert "x" not in change or (change["x"] and shape(change) == start[index]), (cursor, index)
            assert "" not in change.get("text", [])


def shape(trace: Json) -> tuple[list[int], int]:
    return [place for place, x in enumerate(trace["x"]) if x is None], len(trace["x"])


@pytest.mark.parametrize("key", DRAWN)
def test_what_is_drawn_for_some_cursors_alone_is_drawn_so_for_all(key: str) -> None:
    iteration = of_preset(key).trace()
    everything, end = ComputationGraph(iteration, Look()), len(iteration.pauses)
    for window in (range(1), range(1, 5), range(end - 2, end + 1)):
        drawing = ComputationGraph(iteration, Look(), cursors=window)
        for cursor in window:
            data, expected = drawing.data(cursor), everything.data(cursor)
            assert written(data) == written(expected)
            assert by_name(data, "nodes") == by_name(expected, "nodes")
            assert drawing.lit(cursor) == everything.lit(cursor)
            assert drawing.centre(cursor) == everything.centre(cursor)


Box = tuple[float, float, float, float]


def boxes_of(trace: Json, texts: list[str] | None, font: int) -> list[Box]:
    """Return what points of texts cover: their own boxes, or without them those of the trace's thick lines."""
    found = []
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if texts is None:
            marker = trace["marker"]
            wide, high = 1.4 * marker["size"][number], marker["line"]["width"][number]
        else:
            wide, high = text_size(texts[number], font)
        if wide:
            found.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
    return found


def overlap(one: Box, other: Box) -> float:
    """Return how far two boxes overlap, in pixels: the smaller of the widths and heights that they share."""
    return min(min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


@pytest.mark.parametrize(("room", "detail"), WHERE, ids=str)
@pytest.mark.parametrize("key", DRAWN)
def test_nothing_covers_anything_and_nothing_is_cut_off(key: str, room: Room, detail: Detail) -> None:
    nothing_is_covered(of_preset(key), room, nnviz.Manner(detail=detail))


@pytest.mark.parametrize("name", UNUSUAL)
@pytest.mark.parametrize("room", [ROOMS[1], PHONES[0]], ids=str)
def test_nothing_covers_anything_in_unusual_networks(name: str, room: Room) -> None:
    nothing_is_covered(UNUSUAL[name], room, nnviz.Manner(notation="indexed"))


def nothing_is_covered(problem: Problem, room: Room, manner: nnviz.Manner) -> None:
    iteration = problem.trace(manner)
    drawing = ComputationGraph(iteration, Look.within(room))
    area, end = drawing.area, len(iteration.pauses)
    for cursor in (0, end // 3, end // 2, 2 * end // 3, end):
        data = drawing.data(cursor)
        nodes, labels, names = (by_name(data, name) for name in ("nodes", "labels", "names"))
        boxes = boxes_of(nodes, None, area.font_size)
        beside = boxes_of(labels, labels["text"], area.font_size) + boxes_of(names, names["text"], area.font_size)
        for one, other in combinations([*boxes, *beside], 2):
            assert overlap(one, other) <= 3.5, (cursor, one, other)
        for left, low, right, high in (*boxes, *beside):
            assert left >= -1
            assert low >= -1
            assert right <= area.width + 1
            assert high <= area.height + 1
        for box, text in zip(boxes, nodes["text"], strict=True):
            assert text_size(text, area.font_size)[0] <= box[2] - box[0] + 4, text


@pytest.mark.parametrize("key", ["2-2-1", "and", "fahrenheit"])
def test_small_graphs_fit_every_window(key: str) -> None:
    iteration = of_preset(key).trace()
    for room in ROOMS:
        area = ComputationGraph(iteration, Look.within(room)).area
        assert (area.width, area.height) == (room.width, room.height)
        assert 11 <= area.font_size <= 26


LARGE = ("three-classes", "vanishing")


def test_a_graph_that_would_be_too_large_is_not_offered() -> None:
    for key in PRESETS:
        assert offered(GRAPH, of_preset(key).trace().plan) == (NETWORK if key in LARGE else GRAPH)
    with pytest.raises(ValueError, match="too large to read"):
        nnviz.figure(of_preset("vanishing").trace(), diagram="graph")
    with pytest.raises(ValueError, match="network, graph"):
        nnviz.figure(STEP_BY_STEP.trace(), diagram="map")


def test_a_notebook_has_the_graph_with_a_frame_a_step() -> None:
    iteration = STEP_BY_STEP.trace()
    figure = nnviz.figure(iteration, diagram="graph")
    assert isinstance(figure, go.Figure)
    assert len(figure.frames) == 24
    hovers = {text for trace in figure.frames[23].data for text in trace.hovertext or ()}
    assert any("x1·w1 = 0.22" in text and "∂E/∂w1 = −0.22652" in text for text in hovers)


def test_pointing_tells_of_products_too_but_not_before_they_are_known() -> None:
    iteration = STEP_BY_STEP.trace()
    drawing = ComputationGraph(iteration, Look())
    assert drawing.hover("weight-1-0-0", 0) == "w1 = 0.11"
    assert drawing.hover("weight-1-0-0", 1) == "w1 = 0.11<br>x1·w1 = 0.22"
    told_at = {key for trace in drawing.data(0) if "hovertemplate" in trace for key in trace["customdata"]} - {None}
    assert told_at == drawing.pointing().keys() - {""}
    assert told_at <= drawing.hovers().keys()


def test_what_is_too_large_is_words_and_what_comes_after_stays_a_dot() -> None:
    iteration = DIVERGING.trace()
    data = ComputationGraph(iteration, Look()).data(len(iteration.pauses))
    texts = json.dumps([trace.get("text") for trace in data], ensure_ascii=False)
    assert "> max" in texts
    assert not re.search(r"\b(nan|inf|NaN|Infinity)\b", texts)


def test_several_samples_are_named() -> None:
    iteration = told(EXAMPLES["2-2-1"], "neuron")
    assert not {"sample 1", "error"} & set(by_name(ComputationGraph(iteration, Look()).data(0), "names")["text"])
    many = ComputationGraph(of_preset("fahrenheit").trace(), Look(), 92, 93)
    assert {"sample 93", "E of all 100"} <= set(by_name(many.data(0), "names")["text"])


@pytest.mark.parametrize("optimizer", [nnviz.GradientDescent(), nnviz.Adam()], ids=["descent", "adam"])
def test_a_new_weight_stands_in_the_graph_at_its_own_step(optimizer: Optimizer) -> None:
    e = STEP_BY_STEP
    iteration = nnviz.trace(e.network, e.inputs, e.targets, e.learning_rate, optimizer=optimizer, weight_decay=0.1)
    drawing = ComputationGraph(iteration, Look())
    labels = Labels(iteration, drawing.area, drawing.look.palette, 0, range(len(iteration.pauses) + 1))
    texts = GraphTexts(iteration, computation_of(iteration.plan), labels, 0)
    for w in iteration.plan.trained:
        at = iteration.position[w.after_update().id]
        assert texts.note(w.id, at) == texts.note(w.id, len(iteration.pauses))
        assert texts.note(w.id, at - 1) != texts.note(w.id, at)
