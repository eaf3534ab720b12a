"""The curve as Plotly traces: the points so far, the point, its tangent, and the step that is taken from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nnviz.draw.extent import BLANK
from nnviz.draw.figure import FONT
from nnviz.draw.look import Look
from nnviz.engine.curves import NEW, SLOPE, Curve, X, Y
from nnviz.engine.numbers import shown
from nnviz.engine.trace import Trace
from nnviz.text import say

Json = dict[str, Any]
Point = tuple[float, float]
CURVE, PATH, GUIDES, TANGENT, STEP, POINTS, LABELS, POINTED = (
    "curve", "path", "guides", "tangent", "step", "points", "labels", "pointed at",
)  # fmt: skip
SAMPLES, MARGIN, STRIP, HEADROOM, ARM = 241, 0.08, 0.24, 0.12, 0.17
POINT_KNOWN, HEIGHT_KNOWN, SLOPE_KNOWN, STEP_KNOWN = range(4)


@dataclass(frozen=True)
class Window:
    """The part of the plane that is drawn; of its height the lowest strip belongs to the step along x."""

    left: float
    right: float
    low: float
    high: float

    @property
    def floor(self) -> float:
        """The height of the line along which steps are drawn."""
        return self.low + 0.45 * STRIP * (self.high - self.low)

    @property
    def away(self) -> Point:
        """A point that is out of sight: what is not known yet waits there."""
        return self.left - (self.right - self.left), self.low - (self.high - self.low)


@dataclass(frozen=True)
class Hill:
    """A reading of an iteration on a curve as traces; ``earlier`` are the points of the iterations before it.

    ``usual`` is the part of the x axis that is drawn at least.
    """

    curve: Curve
    iteration: Trace
    earlier: Sequence[Point]
    number: int
    usual: Point
    look: Look

    @cached_property
    def window(self) -> Window:
        """The part of the plane that has all points, and some of the curve around them."""
        xs = [*self.usual, *(x for x, _ in self.earlier[-SHOWN:]), self._x]
        if self._is_known(NEW.name):
            xs.append(self._value(NEW.name))
        left, right = min(xs), max(xs)
        apart = (right - left) or 1.0
        left, right = left - MARGIN * apart, right + MARGIN * apart
        if not np.isfinite(right - left):
            left, right = left / 4, right / 4
        heights = self.curve.heights(np.linspace(left, right, SAMPLES))
        reached = [y for _, y in self.earlier[-SHOWN:]] + ([self._value(Y.name)] if self._is_known(Y.name) else [])
        inner = self.curve.heights(np.linspace(*self.usual, SAMPLES))
        tops = [y for y in (*reached, float(inner.max())) if np.isfinite(y)]
        low = float(heights.min()) if np.isfinite(heights.min()) else 0.0
        high = max([*tops, low])
        span = (high - low) or 1.0
        if not np.isfinite(span):
            low, high, span = low / 4, high / 4, high / 4 - low / 4
        return Window(left, right, low - STRIP * span, high + HEADROOM * span)

    def data(self, cursor: int) -> list[Json]:
        """Return all traces, as they are after so many pauses, in the order in which they are painted."""
        moved = self._moved(cursor)
        common = {"type": "scatter", "hoverinfo": "none"}
        return [
            common | {"name": name, "uid": name.replace(" ", "-")} | still | moved.get(name, {})
            for name, still in self._still.items()
        ]

    def frame(self, cursor: int) -> Json:
        """Return the Plotly frame of a cursor: what the traces that change become."""
        moved, order = self._moved(cursor), list(self._still)
        return {
            "name": str(cursor),
            "data": [{"type": "scatter"} | trace for trace in moved.values()],
            "traces": [order.index(name) for name in moved],
        }

    def layout(self) -> Json:
        """Return the layout: the two axes with their numbers, no interaction but pointing and clicking."""
        p, area, w = self.look.palette, self.look.frame, self.window
        axis = {
            "fixedrange": True, "gridcolor": p.line, "zerolinecolor": p.line, "nticks": 8 if area.spells_out else 6,
            "tickfont": {"size": 12 if area.spells_out else 11, "color": p.muted}, "exponentformat": "power",
        }  # fmt: skip
        name = {"font": {"size": area.font_size + 1, "color": p.muted}, "standoff": 4}
        return {
            "xaxis": axis | {"range": [w.left, w.right], "title": name | {"text": say("descent.axis.x")}},
            "yaxis": axis | {"range": [w.low, w.high], "title": name | {"text": say("descent.axis.y")}},
            "margin": {"l": 52 if area.spells_out else 40, "r": 10, "t": 8, "b": 44 if area.spells_out else 40},
            "height": area.height,
            "paper_bgcolor": p.card,
            "plot_bgcolor": p.card,
            "font": {"family": FONT, "size": area.font_size, "color": p.text},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
        }

    def pointing(self) -> dict[str, Json]:
        """Return by place the frame that marks it as pointed at; "" marks nothing."""
        w = self.window
        at: dict[str, Point] = {row_key(n): point for n, point in enumerate(self.earlier, start=1)}
        if self._is_known(Y.name):
            at |= dict.fromkeys((row_key(self.number), X.place.key, Y.place.key, SLOPE.place.key), self._point)
        if self._is_known(NEW.name):
            at[NEW.place.key] = self._value(NEW.name), w.floor
        last = len(self._still) - 1
        marks = {"": (w.away, 0), **{key: (point, 24) for key, point in at.items()}}
        return {
            key: {
                "data": [{"type": "scatter", "x": [x], "y": [y], "marker": {"size": size}}],
                "traces": [last],
            }
            for key, ((x, y), size) in marks.items()
        }

    # What is known

    @property
    def _x(self) -> float:
        return self._value(X.name)

    @property
    def _point(self) -> Point:
        return self._x, self._value(Y.name)

    def _value(self, name: str) -> float:
        return float(self.iteration.values[name])

    def _is_known(self, name: str) -> bool:
        return bool(np.isfinite(self._value(name)))

    # The traces

    @cached_property
    def _still(self) -> dict[str, Json]:
        """The traces by name, from the back to the front, with all that never changes."""
        p, w, area = self.look.palette, self.window, self.look.frame
        xs = np.linspace(w.left, w.right, SAMPLES)
        ys = np.minimum(self.curve.heights(xs), w.high + 8 * (w.high - w.low))
        path_x, path_y = [x for x, _ in self.earlier[-SHOWN:]], [y for _, y in self.earlier[-SHOWN:]]
        first = len(self.earlier) - len(path_x) + 1
        return {
            CURVE: {"x": xs.tolist(), "y": ys.tolist(), "mode": "lines", "hoverinfo": "skip",
                    "line": {"color": p.kinds["loss"], "width": 2.5}},
            PATH: {"x": path_x, "y": path_y, "mode": "lines+markers",
                   "customdata": [row_key(first + n) for n in range(len(path_x))],
                   "line": {"color": p.kinds["weight"], "width": 1, "dash": "dot"},
                   "marker": {"size": 8, "color": p.card, "line": {"color": p.kinds["weight"], "width": 2}}},
            GUIDES: {"mode": "lines", "hoverinfo": "skip", "line": {"color": p.muted, "width": 1, "dash": "dot"}},
            TANGENT: {"mode": "lines", "hoverinfo": "skip", "line": {"color": p.kinds["gradient"], "width": 3}},
            STEP: {"mode": "lines+markers", "hoverinfo": "skip", "line": {"color": p.kinds["weight"], "width": 3},
                   "marker": {"size": [0, 14], "opacity": 1, "symbol": ["circle", self._arrow],
                              "color": p.kinds["weight"]}},
            POINTS: {"mode": "markers", "cliponaxis": False,
                     "customdata": [row_key(self.number), X.place.key],
                     "marker": {"size": [15, 10], "opacity": 1, "color": p.kinds["weight"],
                                "line": {"color": p.card, "width": 2}}},
            LABELS: {"mode": "text", "cliponaxis": False, "hoverinfo": "skip",
                     "textfont": {"size": area.font_size, "weight": "bold",
                                  "color": [p.kinds[q.kind] for q in (X, Y, SLOPE, NEW)]}},
            POINTED: {"x": [w.away[0]], "y": [w.away[1]], "mode": "markers", "hoverinfo": "skip",
                      "marker": {"size": 0, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}}},
        }  # fmt: skip

    @property
    def _arrow(self) -> str:
        forth = self._is_known(NEW.name) and self._value(NEW.name) > self._x
        return "triangle-right" if forth else "triangle-left"

    def _moved(self, cursor: int) -> dict[str, Json]:
        """Return what the traces that change become after so many pauses."""
        w = self.window
        has_height = cursor >= HEIGHT_KNOWN and self._is_known(Y.name)
        has_slope = cursor >= SLOPE_KNOWN and self._is_known(SLOPE.name)
        has_step = cursor >= STEP_KNOWN and self._is_known(NEW.name)
        ground: Point = (self._x, w.floor)
        point = self._point if has_height else w.away
        new: Point = (self._value(NEW.name), w.floor) if has_step else w.away
        return {
            GUIDES: _lines([ground, point, (w.left, point[1])] if has_height else [w.away] * 3),
            TANGENT: _lines(self._tangent() if has_slope else [w.away] * 2),
            STEP: _lines([ground, new] if has_step else [w.away] * 2),
            POINTS: _lines([point, ground]),
            LABELS: self._labels(point, has_slope, new),
        }

    def _tangent(self) -> list[Point]:
        """Return the ends of a piece of the tangent, about as long for every slope."""
        w, (x, y) = self.window, self._point
        across, up, slope = w.right - w.left, w.high - w.low, self._value(SLOPE.name)
        rise = slope / up * across
        run = ARM * across / float(np.hypot(1.0, rise * self.look.frame.height / self.look.frame.width))
        return [(x - run, y - slope * run), (x + run, y + slope * run)]

    def _labels(self, point: Point, has_slope: bool, new: Point) -> Json:
        w = self.window
        below = w.low + 0.12 * STRIP * (w.high - w.low)
        has_height, has_step = point != w.away, new != w.away
        tangent = self._tangent()[1] if has_slope else w.away
        to_left = has_step and new[0] < self._x
        rows = [
            ((self._x, below), self._number(X.name), "middle right" if to_left else "middle left" if has_step
             else "middle center", True),
            ((w.left, point[1]), self._number(Y.name), "top right", has_height),
            (tangent, self._number(SLOPE.name), "middle right" if tangent[0] < 0.5 * (w.left + w.right)
             else "middle left", has_slope),
            ((new[0], below), self._number(NEW.name), "middle left" if to_left else "middle right", has_step),
        ]  # fmt: skip
        return _lines([spot for spot, *_ in rows]) | {
            "text": [text if known else BLANK for _, text, _, known in rows],
            "textposition": [position for _, _, position, _ in rows],
        }

    def _number(self, name: str) -> str:
        """Return a number as it is written in the picture."""
        if not self._is_known(name):
            return BLANK
        return f"{name} = {shown(self._value(name), self.look.frame.digits)}"


SHOWN = 60  # points of the path


def row_key(number: int) -> str:
    """Return the place of an iteration: its row, and its point on the curve."""
    return f"iteration-{number}"


def _lines(points: Sequence[Point]) -> Json:
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}
