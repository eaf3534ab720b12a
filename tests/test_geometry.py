"""Where things are drawn: every label on its own edge, and clear of all else."""

import re
from itertools import combinations, pairwise
from math import hypot
from typing import Any

import pytest

from nnviz.draw.geometry import COMPACT, FRAMES, WIDE, Frame
from nnviz.draw.look import Look
from nnviz.draw.network import Drawing
from tests.examples import Example
from tests.networks import EXAMPLES, place_of, places
from tests.test_figure import by_name, cursors, edge_ends, node_positions

Json = dict[str, Any]
Point = tuple[float, float]


def label_boxes(data: list[Json]) -> dict[str, tuple[Point, Point]]:
    """Return of each edge's label its centre and half the extent of its plate."""
    labels = by_name(data, "labels")
    plates = zip(labels["marker"]["size"], labels["marker"]["line"]["width"], strict=True)
    rows = zip(labels["text"], zip(labels["x"], labels["y"], strict=True), plates, strict=True)
    return {
        named[1]: (centre, (1.4 * length / 2, thickness / 2))
        for text, centre, (length, thickness) in rows
        if (named := re.match(r"(?:<b>)?(w\d+)", text))
    }


def crosses(segment: tuple[Point, Point], box: tuple[Point, Point]) -> bool:
    """Whether a segment runs through a box, tried at a thousand spots."""
    (start, end), (centre, half) = segment, box
    spots = [[a + share / 1000 * (b - a) for a, b in zip(start, end, strict=True)] for share in range(1001)]
    return any(all(abs(s - c) < h for s, c, h in zip(spot, centre, half, strict=True)) for spot in spots)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_label_lies_on_its_own_edge(example: Example, frame: Frame) -> None:
    iteration, sizes = example.trace(), example.network.sizes
    data = Drawing(iteration, Look(frame=frame)).data(len(iteration.steps))
    at, boxes = node_positions(data), label_boxes(data)
    assert len(boxes) == sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    for name, ((x, y), _) in boxes.items():
        start, end = edge_ends(place_of(name, sizes), at)
        to_start, to_end = (start[0] - x, start[1] - y), (end[0] - x, end[1] - y)
        assert hypot(*to_start) + hypot(*to_end) == pytest.approx(hypot(end[0] - start[0], end[1] - start[1])), name


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("name", ["2-2-1", "1-1"])
def test_labels_are_clear_of_other_edges_of_nodes_and_of_each_other(name: str, frame: Frame) -> None:
    iteration, keys = EXAMPLES[name].trace(), places(EXAMPLES[name].network.sizes)
    drawing = Drawing(iteration, Look(frame=frame))
    for cursor in cursors(iteration):
        data = drawing.data(cursor)
        at, boxes = node_positions(data), label_boxes(data)
        for weight, box in boxes.items():
            for other in boxes.keys() - {weight}:
                assert not crosses(edge_ends(keys[other], at), box), (cursor, weight, other)
            for node, centre in at.items():
                assert distance(centre, box) > frame.radius - 0.5, (cursor, weight, node)
        for (first, box), (second, other_box) in combinations(boxes.items(), 2):
            assert not overlap(box, other_box), (cursor, first, second)


def distance(point: Point, box: tuple[Point, Point]) -> float:
    """Return how far a point is from a box, 0 within it."""
    return hypot(*(max(abs(p - c) - h, 0) for p, c, h in zip(point, *box, strict=True)))


def overlap(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    return all(abs(a - b) < h + k - 0.5 for a, b, h, k in zip(one[0], other[0], one[1], other[1], strict=True))


def test_the_compact_frame_fits_a_phone() -> None:
    assert COMPACT.width <= 360 - 2 * 8 < WIDE.width
