"""Where the numbers beside a curve, its point, its tangent and its step are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.charts.canvas import Frame
from nnviz.charts.label_placement import clearances
from nnviz.charts.lines import Point, Segment
from nnviz.charts.text_metrics import text_size
from nnviz.lessons.descent.curves import SLOPE, X, Y
from nnviz.lessons.descent.methods import NEW
from nnviz.lessons.descent.window import Window

BESIDE = 70  # pixels of the frame that are beside the plot, or below it
ARROW = 9  # pixels that the step's arrow takes above the floor
GAP = 4  # pixels between a label and the lines that it keeps clear of
SIDES = np.array([(0, -1), (1, 0), (-1, 0), (0, 1), (1, -1), (-1, 1), (1, 1), (-1, -1)])
SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)  # of the guide, where the height may be written


@dataclass(frozen=True, eq=False)
class DescentPlotLabels:
    """The labels of x, y, the slope and the new x, by id in ``texts``, which are blank where a number is not known.

    ``outline`` are points of the curve, near each other. A point, tangent or new x that is no number is None; they
    need not be in the picture yet: each label has its spot, whichever of the others are shown.
    """

    window: Window
    area: Frame
    texts: Mapping[str, str]
    x: float
    point: Point | None
    tangent: Segment | None
    new: float | None
    outline: Sequence[Point]

    def spots(self, *, has_step: bool) -> dict[str, Point]:
        """Return the middle of each label by its id; those of x and the new x give way where the step is shown."""
        w = self.window
        x, new = self._within(X.id, self.x), w.away[0]
        if has_step and self.new is not None:
            x, new = self._apart(x, self._within(NEW.id, self.new))
        y, slope = (w.away if spot is None else self._plain(spot) for spot in (self._height, self._slope))
        return {X.id: (x, w.below), Y.id: y, SLOPE.id: slope, NEW.id: (new, w.below)}

    def _apart(self, x: float, new: float) -> tuple[float, float]:
        """Return where x and x⁺ are written, as near to what they are of as they can be beside each other."""
        short = self._half(X.id) + self._half(NEW.id) - abs(new - x)
        if short > 0:
            side = 1 if self.new is not None and self.new >= self.x else -1
            x, new = x - side * short / 2, new + side * short / 2
            shift = self._within(X.id, x) - x + self._within(NEW.id, new) - new
            x, new = x + shift, new + shift
        return x, new

    def _within(self, key: str, centre: float) -> float:
        """Return the middle of a number's label, where it is wholly in sight."""
        w, half = self.window, self._half(key)
        return min(max(centre, w.left + half), w.right - half)

    def _half(self, key: str) -> float:
        """Return half the width that a number's label takes, in units of x."""
        return float(self._extent(key)[0] / 2 * self._pixel[0])

    @cached_property
    def _height(self) -> Array | None:
        """The middle of the height's label in pixels: along its guide, or beside the point."""
        if self.point is None:
            return None
        half = self._extent(Y.id) / 2
        start, end = self._pixels([(self.window.left, self.point[1]), self.point])
        above = start + np.outer(SHARES, end - start) + (0, half[1] + 1)
        fits = np.array(SHARES) * (end - start)[0] >= half[0]
        spots = [above[fits], above[fits] - (0, 2 * half[1] + 2), end + SIDES * (half + 2 * GAP)]
        tangent = [] if self.tangent is None else [self._line(self.tangent, 60)]
        return self._clearest(np.concatenate(spots), half, [self._curve, *tangent])

    @cached_property
    def _slope(self) -> Array | None:
        """The middle of the slope's label in pixels: at an end of the tangent, where it can be at the lower one."""
        if self.tangent is None or self.point is None or self._height is None:
            return None
        half = self._extent(SLOPE.id) / 2 + GAP
        ends = self._pixels(sorted(self.tangent, key=lambda end: end[1]))
        spots = np.concatenate([end + SIDES * half for end in ends])
        guides = [(self.x, self.window.floor), self.point, (self.window.left, self.point[1])]
        lines = [self._curve, self._line(self.tangent, 60), self._line(guides, 60)]
        return self._clearest(spots, half, lines, self._height)

    def _clearest(self, spots: Array, half: Array, lines: Sequence[Array], height: Array | None = None) -> Array:
        """Return the first spot in sight for a label that is clear of all lines and of the height's label.

        Where there is none, it is the spot that is clear most.
        """
        w = self.window
        low, high = self._pixels([(w.left, w.floor), (w.right, w.high)])
        inside = np.clip(spots, low + half + (0, ARROW), high - half)
        room = np.min(np.max(np.abs(inside[:, np.newaxis] - np.concatenate(lines)) / half, axis=2), axis=1)
        if height is not None:
            box = np.array([[*height, *(self._extent(Y.id) / 2)]])
            room = np.minimum(room, clearances(inside, box, tuple(half.tolist())))
        return np.asarray(inside[np.argmax(np.minimum(room, 1.0))])

    # Pixels, from the lower left corner of the window

    @cached_property
    def _pixel(self) -> Array:
        """How much of x and of y a pixel is."""
        w = self.window
        return np.asarray([w.right - w.left, w.high - w.low]) / ([self.area.width, self.area.height] - np.array(BESIDE))

    @cached_property
    def _curve(self) -> Array:
        return self._line(self.outline, 12)

    def _extent(self, key: str) -> Array:
        return np.array(text_size(self.texts[key], self.area.font_size))

    def _pixels(self, points: Sequence[Point]) -> Array:
        return np.asarray((np.array(points) - (self.window.left, self.window.low)) / self._pixel)

    def _plain(self, spot: Array) -> Point:
        x, y = (spot * self._pixel + (self.window.left, self.window.low)).tolist()
        return x, y

    def _line(self, points: Sequence[Point], count: int) -> Array:
        """Return so many spots on each part of a line through points."""
        corners = self._pixels(points)[:, np.newaxis]
        shares = np.linspace(0.0, 1.0, count)[:, np.newaxis]
        return np.reshape(corners[:-1] + shares * (corners[1:] - corners[:-1]), (-1, 2))
