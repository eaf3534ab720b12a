"""Where each edge's label has room: tried along the edge, and measured."""

from collections.abc import Iterable
from math import dist

import numpy as np
from numpy.typing import NDArray

from nnviz.charts.lines import Point, Segment, along, spots_along

Array = NDArray[np.float64]
Box = tuple[Point, Point]
"""A box: its centre, and half its width and its height."""

ENOUGH = 1.05
APART, MOST_SPOTS = 2, 500  # pixels between the spots of an edge that labels keep clear of, and how many it has
SHARES = sorted(np.arange(0.2, 0.81, 0.025).tolist(), key=lambda share: abs(share - 0.5))


def place_labels(
    edges: dict[str, Segment], nodes: list[Point], radius: float, boxes: list[Box], half: Point
) -> dict[str, Point] | None:
    """Return a spot on each edge for its label, or None where they do not all fit.

    A label is clear of the nodes, of the boxes and of the labels before it, and where it can be of the other edges.
    """
    labels: dict[str, Point] = {}
    around = boxes_of([(node, (radius, radius)) for node in nodes])
    apart = max(APART, max((dist(*ends) for ends in edges.values()), default=0) / MOST_SPOTS)
    spots = {key: boxes_of([(spot, (0.0, 0.0)) for spot in spots_along(*ends, apart)]) for key, ends in edges.items()}
    for key, (start, end) in edges.items():
        candidates = np.array([along(start, end, share) for share in SHARES])
        room = clearances(candidates, boxes_of([*boxes, *((spot, half) for spot in labels.values())]), half)
        fits = (room >= 1) & (_distances(candidates, nodes, half) >= radius)
        if not fits.any():
            return None
        others = np.concatenate([around, *(blocks for other, blocks in spots.items() if other != key)])
        lines = clearances(candidates, others, half)
        best = np.argmax(np.where(fits, np.minimum(np.minimum(room, lines), ENOUGH), -1))
        labels[key] = tuple(candidates[best].tolist())
    return labels


def boxes_of(boxes: Iterable[Box]) -> Array:
    """Return boxes as rows: the centre's x and y, half the width and half the height."""
    return np.array([(*centre, *half) for centre, half in boxes]).reshape(-1, 4)


def _distances(candidates: Array, nodes: list[Point], half: Point) -> Array:
    """Return how far a box around each of the candidates is from the nearest node's centre."""
    gaps = np.maximum(np.abs(candidates[:, None] - np.array(nodes)) - np.array(half), 0)
    return np.asarray(np.hypot(gaps[..., 0], gaps[..., 1]).min(axis=1))


def clearances(candidates: Array, blocks: Array, half: Point) -> Array:
    """Return how far a box around each of the candidates is from the nearest block: below 1 they overlap."""
    if not len(blocks):
        return np.full(len(candidates), np.inf)
    gaps: Array = np.max(np.abs(candidates[:, None] - blocks[:, :2]) / (blocks[:, 2:] + np.array(half)), axis=2)
    return np.asarray(gaps.min(axis=1))
