"""Points and the lines between them, as Plotly takes them."""

from collections.abc import Iterable, Sequence
from math import hypot

import numpy as np

Point = tuple[float, float]
Segment = tuple[Point, Point]


def along(start: Point, end: Point, share: float) -> Point:
    """Return the point at a share of the way, to a thousandth of a pixel."""
    return round(start[0] + share * (end[0] - start[0]), 3), round(start[1] + share * (end[1] - start[1]), 3)


def between_rims(start: Point, end: Point, radius: float) -> Segment:
    """Return the part of the line between the centres of two circles that lies outside both."""
    share = radius / hypot(end[0] - start[0], end[1] - start[1])
    return along(start, end, share), along(start, end, 1 - share)


def spots_along(start: Point, end: Point, apart: float) -> list[Point]:
    """Return points along a line, so far apart, at which it can be pointed at."""
    count = max(2, round(hypot(end[0] - start[0], end[1] - start[1]) / apart))
    return [along(start, end, share) for share in np.linspace(0, 1, count).tolist()]


def outline(centre: Point, half: Point) -> list[Point]:
    """Return the corners of a box, the first one again at the end."""
    (x, y), (dx, dy) = centre, half
    left, right, low, high = (round(side, 2) for side in (x - dx, x + dx, y - dy, y + dy))
    return [(left, low), (right, low), (right, high), (left, high), (left, low)]


def split(points: Iterable[Point]) -> tuple[list[float], list[float]]:
    """Return the x and the y of points."""
    listed = list(points)
    return [x for x, _ in listed], [y for _, y in listed]


def joined(lines: Sequence[Sequence[Point]]) -> tuple[list[float | None], list[float | None]]:
    """Return the x and the y of several lines as one line with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for line in lines:
        for point in line:
            x.append(point[0])
            y.append(point[1])
        x.append(None)
        y.append(None)
    return x, y
