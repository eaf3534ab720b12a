"""Where things are drawn: every label on its own edge, and clear of all else, whatever the network."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, cycle, islice, pairwise, product
from math import dist, hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.charts.canvas import COMPACT, WIDE, Frame
from nnviz.charts.theme import Look
from nnviz.diagram.diagram import Diagram
from nnviz.diagram.geometry import Geometry, geometry
from nnviz.engine.batches import Batches
from nnviz.engine.manner import DETAILS, LAYER, NEURON, Detail
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.view import NetworkView
from tests.examples import MAZUR_WITH_BIASES, Example
from tests.networks import EXAMPLES
from tests.pictures import FRAMES, Json, Point, by_name, cursors, edge_ends, lit_labels, node_positions, told
from tests.runs import IS_LONG

Box = tuple[Point, Point]
TOUCH = 0.5  # pixels by which texts may touch
# Numbers that take as much room as a float can.
LONG = (-0.0001234, 1.234e-200, -1.234e-200, -123456.789, -0.30000000000000004)
HIDDEN = ((), (1,), (8,), (1, 8), (8, 1), (8, 8), (1,) * 5, (1, 8, 1, 8, 1), (8, 1, 8, 1, 8))
EXTREMES = [(n_in, *hidden, n_out) for n_in, hidden, n_out in product((1, 8), HIDDEN, (1, 4))]
EXTREMES += [(1, *(8,) * 5, 1), (8, *(8,) * 5, 4)]
if not IS_LONG:
    EXTREMES = [sizes for sizes in EXTREMES if len(sizes) <= 4]


def label_boxes(data: list[Json]) -> dict[str, Box]:
    """Return the centre of each edge's label, and half the size of its background."""
    labels = by_name(data, "labels")
    sizes = zip(labels["marker"]["size"], labels["marker"]["line"]["width"], strict=True)
    rows = zip(labels["customdata"], zip(labels["x"], labels["y"], strict=True), sizes, strict=True)
    return {
        key: (centre, (1.4 * length / 2, thickness / 2))
        for key, centre, (length, thickness) in rows
        if key.startswith("weight")
    }


def crosses(segment: tuple[Point, Point], box: Box) -> bool:
    """Whether a segment runs through a box, tried at a thousand spots."""
    (start, end), (centre, half) = np.array(segment), np.array(box)
    spots = start + np.linspace(0, 1, 1001)[:, None] * (end - start)
    return bool((np.abs(spots - centre) < half).all(axis=1).any())


def distance(point: Point, box: Box) -> float:
    """Return how far a point is from a box, 0 within it."""
    return hypot(*(max(abs(p - c) - h, 0) for p, c, h in zip(point, *box, strict=True)))


def overlap(one: Box, other: Box) -> bool:
    return all(abs(a - b) < h + k - TOUCH for a, b, h, k in zip(one[0], other[0], one[1], other[1], strict=True))


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_label_lies_on_its_own_edge(example: Example, frame: Frame, detail: Detail) -> None:
    iteration, sizes = told(example, detail), example.network.sizes
    drawing = Diagram(iteration, Look(frame=frame))
    for cursor in cursors(iteration):
        data = drawing.data(cursor)
        at, boxes = node_positions(data), label_boxes(data)
        if not drawing.area.is_dense:
            assert len(boxes) == sum(n_in * n_out for n_in, n_out in pairwise(sizes))
        for key, ((x, y), _) in boxes.items():
            start, end = edge_ends(key, at)
            to_start, to_end = (start[0] - x, start[1] - y), (end[0] - x, end[1] - y)
            assert hypot(*to_start) + hypot(*to_end) == pytest.approx(hypot(end[0] - start[0], end[1] - start[1])), key


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("name", ["2-2-1", "1-1"])
def test_labels_are_clear_of_other_edges_of_nodes_and_of_each_other(name: str, frame: Frame) -> None:
    iteration = EXAMPLES[name].trace()
    drawing = Diagram(iteration, Look(frame=frame))
    assert (drawing.area.width, drawing.area.height) == (frame.width, frame.height)
    for cursor in cursors(iteration):
        data = drawing.data(cursor)
        at, boxes = node_positions(data), label_boxes(data)
        for weight, box in boxes.items():
            for other in boxes.keys() - {weight}:
                assert not crosses(edge_ends(other, at), box), (cursor, weight, other)
            for node, centre in at.items():
                assert distance(centre, box) > frame.radius - 0.5, (cursor, weight, node)
        for (first, box), (second, other_box) in combinations(boxes.items(), 2):
            assert not overlap(box, other_box), (cursor, first, second)


def check_links(sizes: tuple[int, ...], drawn: Geometry) -> None:
    """Assert that a line leads from each output and each target to E, within the frame, and past all other nodes."""
    at, area, last = drawn.nodes, drawn.frame, len(sizes) - 1
    ends = {f"{part}-{last}-{unit}-0" for part in ("neuron", "target") for unit in range(sizes[-1])}
    met = []
    for line in drawn.links:
        spots = np.concatenate([np.linspace(*pair, 401) for pair in pairwise(line)])
        gaps = np.hypot(*np.moveaxis(spots[:, None] - np.array(list(at.values())), 2, 0)).min(axis=0)
        near = dict(zip(at, gaps.tolist(), strict=True))
        [start] = [key for key in ends if dist(line[0], at[key]) == pytest.approx(area.radius, abs=0.01)]
        assert dist(line[-1], at["loss-0-0-0"]) == pytest.approx(area.radius, abs=0.01)
        for key, gap in near.items():
            assert gap > (area.radius - 0.5 if key in (start, "loss-0-0-0") else area.radius + 1), (start, key)
        assert all(0 < x < area.width and 0 < y < area.height for x, y in line)
        met.append(start)
    assert sorted(met) == sorted(ends)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_no_line_to_the_error_runs_through_a_node(frame: Frame) -> None:
    for n_in, hidden, n_out in product((1, 8), HIDDEN, (1, 2, 3, 4)):
        for biases in (True, False):
            sizes = (n_in, *hidden, n_out)
            network = network_of(sizes, (biases,) * (len(sizes) - 1))
            check_links(sizes, geometry(network.shape, frame))


@pytest.mark.parametrize("count", [2, 100, 1000])
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 2, 2), (1, 1), (3, 4, 4, 2), (8, 8, 4)])
def test_captions_say_whose_numbers_these_are_and_are_apart_and_in_sight(
    sizes: tuple[int, ...], frame: Frame, count: int
) -> None:
    network = network_of(sizes, (False,) * (len(sizes) - 1))
    iteration = nnviz.trace(network, [[1] * sizes[0]] * count, [[1] * sizes[-1]] * count, 0.1)
    drawing = Diagram(iteration, Look(frame=frame), count - 1)
    [names] = [trace for trace in drawing.data(0) if trace["name"] == "names"]
    captions = Texts(
        text for text in written(names | {"customdata": names["text"]}) if text.box[0][1] == drawing.area.caption_y
    )
    error = f"E of all {count}" if drawing.area.spells_out else "E of all"
    assert (captions[0].key, captions[-1].key) == (f"sample {count}", error)
    for text in captions:
        (x, _), (dx, _) = text.box
        assert dx - TOUCH <= x <= drawing.area.width - dx + TOUCH, text
    check_apart(captions, {}, 0, captions)


def test_of_a_batch_the_captions_say_so_and_of_one_sample_nothing() -> None:
    def captions(drawing: Diagram) -> list[str]:
        texts = by_name(drawing.data(0), "names")["text"]
        return [texts[-4], texts[-1]]

    two = nnviz.trace(EXAMPLES["2-2-1"].network, [[1, 2], [3, 4]], [[1], [0]], 0.1)
    assert captions(Diagram(two, Look(), 1, 7, is_batch=True)) == ["sample 7", "E of batch"]
    assert captions(Diagram(EXAMPLES["2-2-1"].trace(), Look())) == ["inputs", "error"]


def test_the_page_calls_a_sample_of_a_batch_by_its_number_in_the_data() -> None:
    setup = replace(of_preset("xor"), batches=Batches(2, None), sample=3)
    second = NetworkView(run_at(setup, 2), Look())  # in the order of the data: samples 3 and 4
    names = by_name(second.figure(0, 0)["data"], "names")["text"]
    assert [names[-4], names[-1]] == ["sample 4", "E of batch"]
    assert "sample 4 of 4" in second.meta(0)


def test_the_compact_frame_fits_a_phone() -> None:
    assert COMPACT.width <= 360 - 2 * 8 < WIDE.width


def test_a_network_with_biases_has_room_for_all_its_labels() -> None:
    for frame in FRAMES.values():
        assert not Diagram(MAZUR_WITH_BIASES.trace(), Look(frame=frame)).area.is_dense


# Any network: what is written is measured anew here, and no two texts may share a spot.


@dataclass(frozen=True)
class Text:
    """A text of the drawing: the place that it is about, and the box that it takes."""

    key: str
    box: Box


class Texts(list[Text]):
    """Texts, and their boxes as an array of rows x, y, half the width and half the height."""

    @cached_property
    def boxes(self) -> np.ndarray:
        return np.array([[*text.box[0], *text.box[1]] for text in self]).reshape(-1, 4)


def written(trace: Json) -> Iterator[Text]:
    """Yield a trace's texts that are to be seen, with room for each row as it is on most screens."""
    size = trace["textfont"]["size"]
    keys = trace["customdata"] if "customdata" in trace else trace["text"]
    for key, x, y, text in zip(keys, trace["x"], trace["y"], trace["text"], strict=True):
        rows = [row.split(">")[-1] for row in text.replace("</span>", "").split("<br>")]
        wide = 0.6 * size * max(len(row) - 0.4 * sum(c in "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺" for c in row) for row in rows)
        full = [number for number, row in enumerate(rows) if row.strip("\u200b")]
        if full:
            top, bottom = (1.3 * size * (len(rows) / 2 - number) for number in (full[0], full[-1] + 1))
            slack = 0.15 * size  # between the rows
            yield Text(key, ((x, y + (top + bottom) / 2), (wide / 2, (top - bottom) / 2 - slack)))


def network_of(sizes: tuple[int, ...], has_biases: tuple[bool, ...]) -> nnviz.Network:
    numbers = cycle(LONG)
    layers = []
    for (n_in, n_out), has in zip(pairwise(sizes), has_biases, strict=True):
        weights = [list(islice(numbers, n_in)) for _ in range(n_out)]
        layers.append(nnviz.Layer(weights, list(islice(numbers, n_out)) if has else None, "sigmoid"))
    return nnviz.Network(layers)


def told_of(network: nnviz.Network, detail: Detail, notation: Notation = NOTATIONS[0]) -> nnviz.Iteration:
    """Return an iteration in which every result is one of the long numbers, as if it had been computed."""
    inputs, targets = (list(islice(cycle(LONG), size)) for size in (network.sizes[0], network.sizes[-1]))
    iteration = nnviz.trace(network, [inputs], [targets], 0.1, nnviz.Manner(detail=detail, notation=notation))
    steps = zip(iteration.steps, cycle(LONG), strict=False)
    return replace(iteration, steps=tuple(replace(step, value=value, computed=True) for step, value in steps))


def check_dense(iteration: nnviz.Iteration, frame: Frame) -> None:
    """Assert of every pause that no text is on another, on a node, or beyond the frame, and each on its edge."""
    drawing = Diagram(iteration, Look(frame=frame))
    if not drawing.area.is_dense:
        return
    start = drawing.data(0)
    assert min(trace["textfont"]["size"] for trace in start if "textfont" in trace) >= 10
    at = node_positions(start)
    n_nodes = len(at)
    standing = Texts(text for trace in start if trace["name"] in ("names", "biases") for text in written(trace))
    check_apart(standing, {}, 0, standing)
    inside = {text for text in standing if any(dist(node, text.box[0]) < 10 for node in at.values())}
    assert len(inside) == n_nodes
    check_apart(Texts(text for text in standing if text not in inside), at, drawing.area.radius, Texts())
    beside: dict[frozenset[str], Texts] = {}  # what else stands there, by the biases with a label of their own
    checked: set[tuple[Text, frozenset[str]]] = set()
    seen: set[frozenset[Text]] = set()
    values: set[tuple[str, ...]] = set()
    labels_index, nodes_index = ([trace["name"] for trace in start].index(name) for name in ("labels", "nodes"))
    for cursor in cursors(iteration):
        frame_data = drawing.frame(cursor)
        change = dict(zip(frame_data["traces"], frame_data["data"], strict=True))
        labels = Texts(
            written(start[labels_index] | change[labels_index] | {"textfont": start[labels_index]["textfont"]})
        )
        inner = start[nodes_index] | {"text": change[nodes_index]["text"]}
        if tuple(inner["text"]) not in values:
            values.add(tuple(inner["text"]))
            own = Texts(written(inner))
            assert len(own) == n_nodes
            check_apart(own, {}, 0, own)
            check_apart(own, {}, 0, standing)
        if frozenset(labels) in seen:
            continue
        seen.add(frozenset(labels))
        biases = frozenset(label.key for label in labels if "bias" in label.key)
        if biases not in beside:
            beside[biases] = Texts(text for text in standing if text.key not in biases)
        check_apart(labels, {}, 0, labels)
        fresh = Texts(label for label in labels if (label, biases) not in checked)
        checked |= {(label, biases) for label in fresh}
        check_apart(fresh, at, drawing.area.radius, beside[biases])
        check_on_edges(fresh, at)
        for text in fresh:
            (x, y), (dx, dy) = text.box
            assert dx <= x <= drawing.area.width - dx, text
            assert dy <= y <= drawing.area.height - dy, text
        if iteration.plan.manner.detail != LAYER:
            lit = {key for key in drawing.lit(cursor) if key.startswith(("weight", "bias"))}
            assert lit == {label.key for label in labels if label.key.startswith(("weight", "bias"))}, cursor


def check_apart(texts: Texts, at: dict[str, Point], radius: float, others: Texts) -> None:
    """Assert that texts are clear of nodes, and of each other text."""
    if not texts:
        return
    one, two = texts.boxes, others.boxes
    gaps = np.abs(one[:, None, :2] - two[None, :, :2]) - one[:, None, 2:] - two[None, :, 2:]
    clashes = [(texts[i], others[j]) for i, j in np.argwhere(np.all(gaps < -TOUCH, axis=2)) if texts[i] != others[j]]
    assert not clashes, clashes[:3]
    if at:
        away = np.maximum(np.abs(one[:, None, :2] - np.array(list(at.values()))) - one[:, None, 2:], 0)
        near = np.hypot(away[..., 0], away[..., 1]) < radius - TOUCH
        assert not near.any(), [(texts[i], list(at)[j]) for i, j in np.argwhere(near)[:3]]


def check_on_edges(labels: list[Text], at: dict[str, Point]) -> None:
    for label in labels:
        if label.key.startswith("weight"):
            start, end = edge_ends(label.key, at)
            share = (label.box[0][0] - start[0]) / (end[0] - start[0])
            assert 0.2 < share < 0.8, label
            assert label.box[0][1] == pytest.approx(start[1] + share * (end[1] - start[1]), abs=0.02), label


@pytest.mark.parametrize("sizes", EXTREMES, ids=lambda sizes: "-".join(map(str, sizes)))
def test_no_text_is_on_another_in_the_most_extreme_networks(sizes: tuple[int, ...]) -> None:
    n_layers = len(sizes) - 1
    for detail in DETAILS:
        check_dense(told_of(network_of(sizes, (True,) * n_layers), detail), COMPACT)
    for frame in FRAMES.values():
        check_dense(told_of(network_of(sizes, (False,) * n_layers), LAYER), frame)
    check_dense(told_of(network_of(sizes, (False,) * n_layers), NEURON), COMPACT)
    check_dense(told_of(network_of(sizes, (True,) * n_layers), NEURON), WIDE)


@given(st.data())
def test_no_text_is_on_another_in_any_network(data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.integers(1, 8), max_size=5))
    sizes = (data.draw(st.integers(1, 8)), *hidden, data.draw(st.integers(1, 4)))
    has_biases = tuple(data.draw(st.booleans()) for _ in sizes[1:])
    detail, notation = data.draw(st.sampled_from(DETAILS)), data.draw(st.sampled_from(NOTATIONS))
    check_dense(told_of(network_of(sizes, has_biases), detail, notation), data.draw(st.sampled_from([WIDE, COMPACT])))


def test_the_largest_network_has_room_for_captions_and_labels_or_none() -> None:
    iteration = told_of(network_of((8,) * 6 + (4,), (True,) * 6), LAYER)
    drawing = Diagram(iteration, Look(frame=COMPACT))
    assert drawing.layout()["height"] == drawing.area.height
    assert not lit_labels(drawing.data(1), drawing.look.palette) - {f"bias-1-{unit}-0" for unit in range(8)}
