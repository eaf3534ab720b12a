"""σ and σ′ over z in one picture: the point at z, the tangent there, and where σ saturates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import equated, exactly
from nnviz.charts.animated import POINTED, SILENT, Animated
from nnviz.charts.axes import layout, names, ticks
from nnviz.charts.theme import Look
from nnviz.engine.activations import ACTIVATIONS
from nnviz.explain.activation_plot import SATURATED
from nnviz.lessons.sigmoid.derivation import SIGMA, SLOPE, Z
from nnviz.lessons.sigmoid.saturation import EDGES
from nnviz.protocol import Line, Plotly
from nnviz.text import say

REACH, STEP, SAMPLES = 10.0, 0.05, 241
BOTTOM, TOP, HALF_TANGENT = -0.14, 1.14, 2.0
ACROSS, UP = (-10, -5, 0, 5, 10), (0, 0.25, 0.5, 0.75, 1)  # the numbers along the axes
LINES = (Z, SIGMA, SLOPE)  # whose numbers are written, one below the other
LINE_HEIGHT, MARGINS = 1.4, 46  # in font sizes; pixels of the frame above and below what is drawn
NAMES = {SIGMA: (9.2, 0.93), SLOPE: (0.7, 0.3)}  # where the name of each curve is written
CURVE, SLOPES, TANGENT, POINTS, NUMBERS = "σ", "σ′", "tangent", "points", "numbers"


@dataclass(frozen=True)
class Picture(Animated):
    """σ and σ′ with a point at z; ``since`` says after how many steps each number is known, by id.

    ``lit`` has for each cursor the places that its step is about. Of a number that is known after more than ``most``
    steps neither the curve is drawn nor anything told.
    """

    values: Mapping[str, float]
    since: Mapping[str, int]
    lit: tuple[frozenset[str], ...]
    look: Look
    most: int | None = None

    @property
    def z(self) -> float:
        """Where the point is."""
        return self.values[Z.id]

    def _marks(self) -> dict[str, Plotly]:
        """Return what POINTED becomes for each place; where it marks nothing, a line of one point: it is not seen."""
        curves = {SIGMA: self._values, SLOPE: self._slopes}
        marks: dict[str, tuple[list[float], list[float]]] = {
            "": ([self.z], [0.0]),
            Z.place.key: ([self.z] * 2, [0.0, TOP]),
        }
        drawn = {q: values for q, values in curves.items() if not self._is_hidden(q)}
        marks |= {q.place.key: (self._zs.tolist(), values.tolist()) for q, values in drawn.items()}
        return {key: {"x": x, "y": y} for key, (x, y) in marks.items()}

    def hovers(self) -> dict[str, list[Line]]:
        """Return what is known at each place: after how many steps which line is added; since −1, if there is none."""
        return {
            q.place.key: [
                {"since": -1, "text": say("figure.not_yet", name=q.name)},
                *([] if self._is_hidden(q) else [self._told(q)]),
            ]
            for q in LINES
        }

    def _told(self, quantity: Quantity) -> Line:
        text = f"{quantity.name} = {exactly(self.values[quantity.id])}"
        return {"since": self.since[quantity.id], "text": text}

    def _is_hidden(self, quantity: Quantity) -> bool:
        return self.most is not None and self.since[quantity.id] > self.most

    def layout(self) -> Plotly:
        """Return the layout: z from −10 to 10, the zones where σ saturates, no interaction but the page's own."""
        p, frame = self.look.palette, self.look.frame
        tick_font = {"size": frame.font_size, "color": p.muted}
        axis = {"fixedrange": True, "gridcolor": p.line, "zeroline": False, "tickfont": tick_font}
        edge = EDGES["sigmoid"]
        zones = [(-REACH, -edge), (edge, REACH)]
        margins = (40, 14, 6, MARGINS - 6)
        z = names(Z.name, "", {"size": frame.font_size + 1, "color": p.text}, margins)
        return layout(p, frame.font_size, p.text, margins) | {
            "xaxis": axis | ticks(-REACH, REACH, ACROSS, exactly),
            "yaxis": axis | ticks(BOTTOM, TOP, UP, exactly),
            "shapes": [self._zone(*zone) for zone in zones],
            "annotations": [*(self._zone_label(*zone) for zone in zones), *map(self._name, NAMES), *z],
            "width": frame.width,
            "height": frame.height,
        }

    @property
    def _heights(self) -> list[float]:
        """How high the numbers are written."""
        frame = self.look.frame
        pitch = LINE_HEIGHT * (frame.font_size + 1) * (TOP - BOTTOM) / (frame.height - MARGINS)
        return [TOP - (line + 0.6) * pitch for line in range(len(LINES))]

    def _zone(self, start: float, end: float) -> Plotly:
        return {"type": "rect", "x0": start, "x1": end, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
                "line": {"width": 0}, "fillcolor": self.look.palette.line, "opacity": 0.5}  # fmt: skip

    def _zone_label(self, start: float, end: float) -> Plotly:
        text = say("sigmoid.zone", most=exactly(SATURATED))
        return {"x": (start + end) / 2, "y": 0.5, "text": text, "showarrow": False,
                "font": {"size": self.look.frame.font_size, "color": self.look.palette.muted}}  # fmt: skip

    def _name(self, quantity: Quantity) -> Plotly:
        x, y = NAMES[quantity]
        font = {"color": self.look.palette.kinds[quantity.kind], "size": self.look.frame.font_size + 4}
        return {"x": x, "y": y, "text": f"<b>{quantity.name}</b>", "showarrow": False, "font": font}

    @cached_property
    def _zs(self) -> Array:
        return np.linspace(-REACH, REACH, SAMPLES)

    @cached_property
    def _values(self) -> Array:
        return ACTIVATIONS["sigmoid"].function(self._zs)

    @cached_property
    def _slopes(self) -> Array:
        return ACTIVATIONS["sigmoid"].slope(self._zs, self._values)

    @cached_property
    def _still(self) -> dict[str, Plotly]:
        """The traces by name, from the back to the front, with all that never changes."""
        p = self.look.palette
        places = [q.place.key for q in (Z, SIGMA, SLOPE)]
        return {
            SLOPES: self._curve(SLOPE, self._slopes, {"dash": "dash", "width": 2.5}),
            CURVE: self._curve(SIGMA, self._values, {"width": 3}),
            TANGENT: {"mode": "lines", "line": {"color": p.kinds[SLOPE.kind], "width": 4}} | SILENT,
            POINTS: {"mode": "lines+markers", "customdata": places, "line": {"color": p.muted, "width": 1},
                     "marker": {"opacity": 1}},
            NUMBERS: {"x": [0.3 - REACH] * 3, "y": self._heights, "mode": "text",
                      "textposition": "middle right"} | SILENT,
            POINTED: {"uid": POINTED, "x": [self.z], "y": [0.0], "mode": "lines",
                      "line": {"color": p.pointed, "width": 5}} | SILENT,
        }  # fmt: skip

    def _curve(self, quantity: Quantity, values: Array, line: Plotly) -> Plotly:
        colour, hidden = self.look.palette.kinds[quantity.kind], [None] * SAMPLES
        return {
            "x": hidden if self._is_hidden(quantity) else self._zs.round(4).tolist(),
            "y": hidden if self._is_hidden(quantity) else values.round(6).tolist(),
            "mode": "lines",
            "line": line | {"color": colour, "simplify": False},
            "customdata": [quantity.place.key] * SAMPLES,
        }

    def _moved(self, cursor: int) -> dict[str, Plotly]:
        """Return what the traces that change become: what is not known yet stands on the axis, below z's own dot."""
        p, z, lit = self.look.palette, self.z, self.lit[cursor]
        sigma, slope = (self.values[q.id] if self._knows(q, cursor) else 0.0 for q in (SIGMA, SLOPE))
        quantities = (SLOPE, SIGMA, Z)
        colours = {q: p.kinds[q.kind] if self._knows(q, cursor) else p.muted for q in quantities}
        return {
            TANGENT: self._tangent(sigma, slope),
            POINTS: {
                "x": [z] * 3,
                "y": [slope, sigma, 0.0],
                "customdata": [q.place.key for q in quantities],
                "marker": {
                    "color": list(colours.values()),
                    "size": [12, 16, 9],
                    "line": {"color": [p.lit_edge if q.place.key in lit else p.card for q in quantities],
                             "width": [5 if q.place.key in lit else 2 for q in quantities]},
                },
            },
            NUMBERS: {
                "text": [self._written(q, cursor) for q in LINES],
                "textfont": {"color": [colours[q] for q in LINES], "size": self.look.frame.font_size + 1},
            },
        }  # fmt: skip

    def _knows(self, quantity: Quantity, cursor: int) -> bool:
        return self.since[quantity.id] <= cursor

    def _written(self, quantity: Quantity, cursor: int) -> str:
        if not self._knows(quantity, cursor):
            return f"{quantity.name} = {say('unknown')}"
        written = equated(quantity.name, self.values[quantity.id])
        return say("sigmoid.slope", slope=written) if quantity == SLOPE else written

    def _tangent(self, sigma: float, slope: float) -> Plotly:
        """Return the tangent at the point, as long on either side, and no longer than the picture is high."""
        half = HALF_TANGENT if slope else 0.0
        return {"x": [self.z - half, self.z + half], "y": [sigma - half * slope, sigma + half * slope]}
