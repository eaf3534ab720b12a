"""Where everything of a network is drawn: nodes in columns, edges between their rims, each label on its own edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np

from nnviz.engine.functions import Array
from nnviz.engine.plan import Shape
from nnviz.engine.quantities import Quantities

Point = tuple[float, float]
ENOUGH = 1.05
RING = 6.5
SHARES = sorted(np.arange(0.2, 0.81, 0.025).tolist(), key=lambda share: abs(share - 0.5))


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing area, in pixels at its nominal size; wider screens stretch it.

    ``label`` is half the width and half the height of an edge's label, ``note`` of what is written above a node;
    ``digits`` is how many of a number there is room for, and ``room`` how many characters it may take.
    """

    name: str
    width: int
    height: int
    margin: int
    radius: int
    label: Point
    note: Point
    digits: int
    room: int
    font_size: int
    error_column: float

    @property
    def beside_node(self) -> float:
        """How far above and below a node's centre is written, clear of the ring around a lit node."""
        return self.radius + RING + 0.7 * self.font_size

    @property
    def caption_y(self) -> float:
        """The height of the columns' captions."""
        return self.height - 12


WIDE = Frame(
    "wide",
    700,
    400,
    margin=46,
    radius=32,
    label=(62, 18),
    note=(56, 10),
    digits=5,
    room=12,
    font_size=13,
    error_column=0.8,
)
COMPACT = Frame(
    "compact",
    336,
    292,
    margin=34,
    radius=22,
    label=(29, 15),
    note=(27, 9),
    digits=4,
    room=5,
    font_size=11,
    error_column=0.65,
)
FRAMES = {frame.name: frame for frame in (WIDE, COMPACT)}


@dataclass(frozen=True)
class Geometry:
    """Positions by a place's key: nodes, their names, edges from centre to centre, and the labels on them.

    ``columns`` has the columns' x.
    """

    nodes: dict[str, Point]
    names: dict[str, Point]
    edges: dict[str, tuple[Point, Point]]
    labels: dict[str, Point]
    links: tuple[tuple[Point, Point], ...]
    columns: tuple[float, ...]


@lru_cache(maxsize=64)
def geometry(shape: Shape, frame: Frame) -> Geometry:
    """Return where the parts of a network of that shape are drawn in a frame."""
    quantities = shape.quantities
    layers = quantities.neurons
    unit = (frame.width - 2 * frame.margin) / (len(layers) - 1 + frame.error_column)
    columns = (*(frame.margin + unit * layer for layer in range(len(layers))), frame.width - frame.margin)
    nodes: dict[str, Point] = {}
    for x, row in zip(columns, layers, strict=False):
        nodes |= {q.place.key: (x, y) for q, y in zip(row, _rows(len(row), frame), strict=True)}
    nodes |= _errors(quantities, columns[-1], frame)

    edges = {
        w.place.key: (nodes[before.place.key], nodes[after.place.key])
        for layer in range(1, len(layers))
        for after, row in zip(layers[layer], quantities.weights[layer], strict=True)
        for before, w in zip(layers[layer - 1], row, strict=True)
    }
    names = _names(nodes, columns[0], frame)
    labels = _labels(edges, nodes, names, frame)
    error = nodes[quantities.loss.place.key]
    ends = [nodes[q.place.key] for q in (*layers[-1], *quantities.targets)]
    links = tuple(between_rims(end, error, frame.radius) for end in ends)
    return Geometry(nodes, names, edges, labels, links, columns)


def _rows(size: int, frame: Frame) -> list[float]:
    """Return the y of a column's nodes, from the top."""
    top = frame.caption_y - frame.font_size - frame.note[1] - frame.beside_node
    bottom = frame.beside_node + 0.7 * frame.font_size
    gap = min(0.56 * frame.height, (top - bottom) / max(size - 1, 1))
    return [(top + bottom) / 2 + gap * ((size - 1) / 2 - position) for position in range(size)]


def _errors(quantities: Quantities, x: float, frame: Frame) -> dict[str, Point]:
    """Return E beside a single output with the target below; beside several outputs, all in one column."""
    keys = [quantities.loss.place.key, *(target.place.key for target in quantities.targets)]
    rows = [*_rows(1, frame), _rows(2, frame)[1]] if len(keys) == 2 else _rows(len(keys), frame)
    return {key: (x, y) for key, y in zip(keys, rows, strict=True)}


def _names(nodes: dict[str, Point], first_column: float, frame: Frame) -> dict[str, Point]:
    """Return a spot for each node's name: below it, but above the upper inputs, out of the way of their edges."""
    middle = _rows(1, frame)[0]
    return {
        key: (x, y + (frame.beside_node if x == first_column and y > middle else -frame.beside_node))
        for key, (x, y) in nodes.items()
    }


def _labels(
    edges: dict[str, tuple[Point, Point]], nodes: dict[str, Point], names: dict[str, Point], frame: Frame
) -> dict[str, Point]:
    """Return a spot on each edge for its label, where it is clear of nodes, what is beside them, edges and labels."""
    (width, height), r = frame.label, frame.radius
    boxes: list[tuple[Point, Point]] = [(node, (r, r)) for node in nodes.values()]
    boxes += [((x, y + frame.beside_node), frame.note) for x, y in nodes.values() if x > frame.margin]
    boxes += [(name, (frame.font_size, frame.note[1])) for name in names.values()]
    labels: dict[str, Point] = {}
    for key, (start, end) in edges.items():
        others = [spot for other, ends in edges.items() if other != key for spot in spots_along(*ends, 2)]
        blocks = [*boxes, *((spot, (0.0, 0.0)) for spot in others), *((spot, frame.label) for spot in labels.values())]
        candidates = np.array([_along(start, end, share) for share in SHARES])
        clearances = _clearances(candidates, blocks, (width, height))
        labels[key] = tuple(candidates[np.argmax(np.minimum(clearances, ENOUGH))].tolist())
    return labels


def _clearances(candidates: Array, blocks: list[tuple[Point, Point]], half: Point) -> Array:
    """Return of each candidate for a box's centre how far it is from the nearest block: below 1 they overlap.

    Blocks are boxes too: a centre, and half the width and the height.
    """
    centres = np.array([centre for centre, _ in blocks])
    reach = np.array([block for _, block in blocks]) + np.array(half)
    gaps: Array = np.max(np.abs(candidates[:, None] - centres) / reach, axis=2)
    return np.asarray(gaps.min(axis=1))


def _along(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def between_rims(start: Point, end: Point, radius: float) -> tuple[Point, Point]:
    """Return the part of the line between two nodes' centres that lies outside both."""
    share = radius / hypot(end[0] - start[0], end[1] - start[1])
    return _along(start, end, share), _along(start, end, 1 - share)


def spots_along(start: Point, end: Point, apart: float) -> list[Point]:
    """Return points along an edge, so far apart, at which it can be pointed at."""
    count = max(2, round(hypot(end[0] - start[0], end[1] - start[1]) / apart))
    return [_along(start, end, share) for share in np.linspace(0, 1, count).tolist()]


def joined(segments: Sequence[tuple[Point, Point]]) -> tuple[list[float | None], list[float | None]]:
    """Return the x and the y of several segments as one line with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for start, end in segments:
        x += [start[0], end[0], None]
        y += [start[1], end[1], None]
    return x, y
