"""The curve as Plotly traces: the points so far, the point, what is computed there, and the step taken from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import exactly, is_rounded, shown
from nnviz.algebra.trace import Trace
from nnviz.charts.animated import POINTED, Animated
from nnviz.charts.axes import layout, names, room_for, round_numbers, ticks
from nnviz.charts.lines import Point, Segment
from nnviz.charts.text_metrics import BLANK
from nnviz.charts.theme import Look
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, Curve, X, Y
from nnviz.lessons.descent.methods import GRID, NEW, NEW_LOWEST
from nnviz.lessons.descent.plot_labels import DescentPlotLabels
from nnviz.lessons.descent.printed import PRINTED, cut
from nnviz.lessons.descent.window import STRIP, Window
from nnviz.protocol import Plotly
from nnviz.text import say

CURVE, PATH, LEG, FIT, GUIDES, TANGENT, STEP, POINTS, LOWEST, LABELS = (
    "curve", "path", "leg", "fit", "guides", "tangent", "step", "points", "lowest", "labels",
)  # fmt: skip
LABELLED = (X, Y, SLOPE, NEW)
SAMPLES, MARGIN, HEADROOM, ARM = 241, 0.08, 0.12, 0.17


@dataclass(frozen=True)
class DescentPlot(Animated):
    """An iteration on a curve as traces; ``earlier`` are the points of the iterations before it.

    ``usual`` is the part of the x axis that is drawn at least. Where it ``is_cut``, x is written as the document
    prints it. What comes after ``most`` pauses is not drawn anywhere.
    """

    common: ClassVar[Plotly] = {"hoverinfo": "none"}

    curve: Curve
    method: str
    iteration: Trace
    earlier: Sequence[Point]
    number: int
    usual: Point
    look: Look
    is_cut: bool = False
    most: int | None = None

    @cached_property
    def window(self) -> Window:
        """The part of the plane that has all points, and some of the curve around them."""
        xs = [*self.usual, *(x for x, _ in self._path.values()), self._x]
        if self._is_known(NEW.id):
            xs.append(self._value(NEW.id))
        apart = max(xs) - min(xs)
        left, right = min(xs) - MARGIN * apart, max(xs) + MARGIN * apart
        usual = self._heights(np.linspace(*self.usual, SAMPLES)).tolist()
        points = [
            *(y for _, y in self._path.values()),
            *([self._value(Y.id)] if self._is_known(Y.id) else []),
            *usual,
        ]
        low = min([*points, float(self._heights(np.linspace(left, right, SAMPLES)).min())])
        high = max(points)
        span = max(high - low, SMALLEST * max(abs(low), abs(high)))
        span = span if span > 1 / LARGEST else 1.0
        return Window(left, right, low - STRIP * span, high + HEADROOM * span)

    def layout(self) -> Plotly:
        """Return the layout: the two axes with their numbers, no interaction but pointing and clicking."""
        p, area, w = self.look.palette, self.look.frame, self.window
        size, count = (12, 8) if area.spells_out else (11, 6)
        axis = {"fixedrange": True, "gridcolor": p.line, "zerolinecolor": p.line,
                "tickfont": {"size": size, "color": p.muted}}  # fmt: skip
        ends = (w.left, w.right), (w.low, w.high)
        x, y = (axis | ticks(*both, round_numbers(*both, count), exactly) for both in ends)
        font = {"size": area.font_size + 1, "color": p.muted}
        for_name = round(1.5 * (area.font_size + 1))
        margins = (room_for(y, size) + for_name, 10, 8, 2 * size + for_name)
        return layout(p, area.font_size, p.text, margins) | {
            "xaxis": x,
            "yaxis": y,
            "annotations": names(say("descent.axis.x"), say("descent.axis.y"), font, margins),
            "width": area.width,
            "height": area.height,
        }

    def _marks(self) -> dict[str, Plotly]:
        w = self.window
        at = {row_key(n): point for n, point in self._path.items()}
        if self._is_known(Y.id):
            here = (X, Y, SLOPE, CURVATURE)
            at |= dict.fromkeys((row_key(self.number), *(q.place.key for q in here)), self._point)
            at[NEW_LOWEST.place.key] = self._lowest
        if self._is_known(NEW.id):
            at[NEW.place.key] = self._value(NEW.id), w.floor
        marks = {"": (w.away, 0), **{key: (point, 24) for key, point in at.items()}}
        return {key: {"x": [x], "y": [y], "marker": {"size": size}} for key, ((x, y), size) in marks.items()}

    # What is known

    @cached_property
    def _path(self) -> dict[int, Point]:
        """The last points of the iterations before this one, by the iteration's number."""
        points = list(enumerate(self.earlier, start=1))[-SHOWN:]
        return {n: (x, y) for n, (x, y) in points if max(abs(x), abs(y)) <= LARGEST}

    def _heights(self, xs: Array) -> Array:
        return np.clip(self.curve.heights(xs), -LARGEST, LARGEST)

    @property
    def _x(self) -> float:
        return self._value(X.id)

    @property
    def _point(self) -> Point:
        return self._x, self._value(Y.id)

    def _value(self, key: str) -> float:
        return float(np.clip(self.iteration.values[key], -LARGEST, LARGEST))

    def _is_known(self, key: str) -> bool:
        if key not in self.iteration.values or (self.most is not None and self.iteration.position[key] > self.most):
            return False
        return abs(float(self.iteration.values[key])) <= LARGEST

    def _is_shown(self, key: str, cursor: int) -> bool:
        return self._is_known(key) and cursor >= self.iteration.position[key]

    @property
    def _lowest(self) -> Point:
        """The lowest point so far."""
        return min([*self._path.values(), self._point], key=lambda point: point[1])

    # The traces

    @cached_property
    def _still(self) -> dict[str, Plotly]:
        """The traces by name, from the back to the front, with all that never changes."""
        p, w, area = self.look.palette, self.window, self.look.frame
        halo = ", ".join([f"0 0 3px {p.card}"] * 4)
        xs = np.linspace(w.left, w.right, SAMPLES)
        ys = np.clip(self.curve.heights(xs), w.low - 8 * (w.high - w.low), w.high + 8 * (w.high - w.low))
        return {
            CURVE: {"x": xs.tolist(), "y": ys.tolist(), "mode": "lines", "hoverinfo": "skip",
                    "line": {"color": p.kinds["loss"], "width": 2.5, "simplify": False}},
            PATH: _lines(list(self._path.values())) | {
                   "mode": "markers" if self.method == GRID else "lines+markers",
                   "customdata": list(map(row_key, self._path)),
                   "line": {"color": p.kinds["weight"], "width": 1, "dash": "dot"},
                   "marker": {"size": 8, "color": p.card, "line": {"color": p.kinds["weight"], "width": 2}}},
            LEG: {"mode": "lines", "hoverinfo": "skip",
                  "line": {"color": p.kinds["weight"], "width": 1, "dash": "dot"}},
            FIT: {"mode": "lines", "hoverinfo": "skip",
                  "line": {"color": p.kinds["factor"], "width": 2.5, "dash": "dash", "simplify": False}},
            GUIDES: {"mode": "lines", "hoverinfo": "skip", "line": {"color": p.muted, "width": 1, "dash": "dot"}},
            TANGENT: {"mode": "lines", "hoverinfo": "skip", "line": {"color": p.kinds["gradient"], "width": 3}},
            STEP: {"mode": "lines+markers", "hoverinfo": "skip", "line": {"color": p.kinds["weight"], "width": 3},
                   "marker": {"size": [0, 14], "opacity": 1, "symbol": ["circle", self._arrow],
                              "color": p.kinds["weight"]}},
            POINTS: {"mode": "markers", "cliponaxis": False,
                     "customdata": [row_key(self.number), X.place.key],
                     "marker": {"size": [15, 10], "opacity": 1, "color": p.kinds["weight"],
                                "line": {"color": p.card, "width": 2}}},
            LOWEST: {"mode": "markers", "hoverinfo": "skip",
                     "marker": {"size": 22, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.kinds["loss"]}}},
            LABELS: {"mode": "text", "cliponaxis": False, "hoverinfo": "skip",
                     "textfont": {"size": area.font_size, "weight": "bold", "shadow": halo,
                                  "color": [p.kinds[q.kind] for q in LABELLED]}},
            POINTED: {"x": [w.away[0]], "y": [w.away[1]], "mode": "markers", "hoverinfo": "skip",
                      "marker": {"size": 0, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}}},
        }  # fmt: skip

    @property
    def _arrow(self) -> str:
        forth = self._is_known(NEW.id) and self._value(NEW.id) > self._x
        return "triangle-right" if forth else "triangle-left"

    def _moved(self, cursor: int) -> dict[str, Plotly]:
        """Return what the traces that change become after so many pauses."""
        w = self.window
        known = {q.id: self._is_shown(q.id, cursor) for q in LABELLED}
        ground: Point = (self._x, w.floor)
        point = self._point if known[Y.id] else w.away
        new: Point = (self._value(NEW.id), w.floor) if known[NEW.id] else w.away
        lowest = self._lowest if self._is_shown(NEW_LOWEST.id, cursor) else w.away
        before = self._path.get(self.number - 1) if known[Y.id] and self.method != GRID else None
        return {
            LEG: _lines([w.away] * 2 if before is None else [before, point]),
            GUIDES: _lines([ground, point, (w.left, point[1])] if known[Y.id] else [w.away] * 3),
            TANGENT: _lines(self._tangent() if known[SLOPE.id] else [w.away] * 2),
            FIT: self._fit if self._is_shown(CURVATURE.id, cursor) else _lines([w.away] * ARC),
            STEP: _lines([ground, new] if known[NEW.id] else [w.away] * 2),
            POINTS: _lines([point, ground]),
            LOWEST: _lines([lowest]),
            LABELS: self._labels(known),
        }

    @cached_property
    def _fit(self) -> Plotly:
        """The parabola with the same height, slope and bend as the curve at the point, as far as it is in sight."""
        w, (x, y) = self.window, self._point
        xs = np.linspace(w.left, w.right, ARC)
        with np.errstate(over="ignore", invalid="ignore"):
            away = xs - x
            ys = y + self._value(SLOPE.id) * away + self._value(CURVATURE.id) / 2 * away * away
        out_of_sight = w.high - w.low
        ys = np.clip(np.nan_to_num(ys), w.low - out_of_sight, w.high + out_of_sight)
        return {"x": xs.tolist(), "y": ys.tolist()}

    def _tangent(self) -> Segment:
        """Return the ends of a piece of the tangent, about as long for every slope."""
        w, (x, y) = self.window, self._point
        across, up, slope = w.right - w.left, w.high - w.low, self._value(SLOPE.id)
        rise = slope / up * across
        run = ARM * across / float(np.hypot(1.0, rise * self.look.frame.height / self.look.frame.width))
        return (x - run, y - slope * run), (x + run, y + slope * run)

    def _labels(self, known: Mapping[str, bool]) -> Plotly:
        """Return the numbers that are known, beside what they are of."""
        spots = self._plot_labels.spots(has_step=known[NEW.id])
        return _lines([spots[q.id] if known[q.id] else self.window.away for q in LABELLED]) | {
            "text": [self._number(q) if known[q.id] else BLANK for q in LABELLED]
        }

    @cached_property
    def _plot_labels(self) -> DescentPlotLabels:
        numbers = {q.id: self._number(q) for q in LABELLED}
        outline = list(zip(self._still[CURVE]["x"], self._still[CURVE]["y"], strict=True))
        return DescentPlotLabels(
            self.window,
            self.look.frame,
            numbers,
            self._x,
            self._point if self._is_known(Y.id) else None,
            self._tangent() if self._is_known(SLOPE.id) else None,
            self._value(NEW.id) if self._is_known(NEW.id) else None,
            outline,
        )

    def _number(self, quantity: Quantity) -> str:
        """Return a number as it is written in the picture."""
        if not self._is_known(quantity.id):
            return BLANK
        value = float(self.iteration.values[quantity.id])
        number = cut(value) if self.is_cut and quantity in PRINTED else shown(value, self.look.frame.digits)
        return f"{quantity.name} {'≈' if is_rounded(number, value) else '='} {number}"


ARC = 121  # points of the parabola
SHOWN = 60  # points of the path
LARGEST = 1e300  # of what is drawn: beyond it there is no room to compute
SMALLEST = 1e-9  # of a height, how much of it the picture is high at least


def row_key(number: int) -> str:
    """Return the place of an iteration: its row, and its point on the curve."""
    return f"iteration-{number}"


def _lines(points: Sequence[Point]) -> Plotly:
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}
