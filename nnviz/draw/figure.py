"""The network as a Plotly figure with one frame a step: what is known is written, what the step is about is lit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nnviz.draw.geometry import WIDE, Frame, Geometry, Point, between_rims, geometry, joined, spots_along
from nnviz.draw.palette import LIGHT, THEMES, Palette
from nnviz.engine.numbers import exactly, shown
from nnviz.engine.quantities import PARTIAL, Quantity
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration, Step
from nnviz.text import say

if TYPE_CHECKING:
    import plotly.graph_objects as go

Json = dict[str, Any]

FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
WIDTHS = 4
EDGE, GLOW, RING, NODE, NODE_NAME, EDGE_NAME, HIT, POINTED = (
    "edges", "lit edges", "lit nodes", "nodes", "node names", "edge names", "hit areas", "pointed at",
)  # fmt: skip

_TAG = re.compile("<[^>]*>")
_LEVEL_LINE = 1 / 1.4  # Plotly draws its level line 1.4 times as long as the marker's size


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, and the frame that suits the screen."""

    palette: Palette = LIGHT
    frame: Frame = WIDE


def figure(iteration: Iteration, theme: str = "light", sample: int = 0) -> go.Figure:
    """Return the iteration as a Plotly figure with a frame a step, a play button and a slider of its own.

    ``theme`` is "light" or "dark". Of several samples, the numbers of one are shown. Raises KeyError for an unknown
    theme, IndexError for an unknown sample.
    """
    import plotly.graph_objects as go

    drawing = Drawing(iteration, Look(THEMES[theme]), sample)
    return go.Figure(
        data=drawing.data(0),
        layout=drawing.layout() | drawing.player(),
        frames=[drawing.frame(cursor) for cursor in range(len(iteration.steps) + 1)],
    )


@dataclass(frozen=True)
class Drawing:
    """A reading of an iteration as figure data; ``frame(cursor)`` is the picture after so many steps."""

    iteration: Iteration
    look: Look
    sample: int = 0

    def data(self, cursor: int) -> list[Json]:
        """Return all traces, as they are after so many steps, in the order in which they are painted."""
        moving = dict(zip(self._moving, self._moved(cursor), strict=True))
        return [self._still[name] | moving.get(name, {}) for name in self._still]

    def frame(self, cursor: int) -> Json:
        """Return the frame of a cursor: what the traces that change become."""
        order = list(self._still)
        return {
            "name": str(cursor),
            "data": [{"type": "scatter"} | moved for moved in self._moved(cursor)],
            "traces": [order.index(name) for name in self._moving],
        }

    def pointing(self) -> dict[str, Json]:
        """Return by place the frame that marks it as pointed at; "" marks nothing."""
        last = len(self._still) - 1
        g, marks = self._geometry, {"": ([], [])}
        marks |= {key: ([x], [y]) for key, (x, y) in g.nodes.items()}
        marks |= {key: joined([ends]) for key, ends in g.edges.items()}
        return {
            key: {"data": [{"type": "scatter", "x": x, "y": y}], "traces": [last]} for key, (x, y) in marks.items()
        }

    def layout(self) -> Json:
        """Return the layout: fixed axes without ticks, no interaction but pointing and clicking."""
        frame = self.look.frame
        axis = {"visible": False, "fixedrange": True}
        return {
            "xaxis": axis | {"range": [0, frame.width]},
            "yaxis": axis | {"range": [0, frame.height]},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "height": frame.height,
            "paper_bgcolor": self.look.palette.card,
            "plot_bgcolor": self.look.palette.card,
            "font": {"family": FONT, "size": frame.font_size, "color": self.look.palette.text},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {"font": {"family": FONT, "size": 13}},
        }

    def player(self) -> Json:
        """Return the layout of the figure's own play button and slider, for where no page is around it."""
        still = {"frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}, "mode": "immediate"}
        paced = still | {"frame": {"duration": 1000, "redraw": False}, "fromcurrent": True}
        steps = [
            {"label": label, "method": "animate", "args": [[str(cursor)], still]}
            for cursor, label in enumerate([say("figure.start"), *(step.name for step in self.iteration.steps)])
        ]
        buttons = [
            {"label": say("figure.play"), "method": "animate", "args": [None, paced]},
            {"label": say("figure.pause"), "method": "animate", "args": [[None], still]},
        ]
        return {
            "height": self.look.frame.height + 110,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 110},
            "sliders": [{"steps": steps, "x": 0.16, "len": 0.84, "y": 0, "currentvalue": {"prefix": ""}}],
            "updatemenus": [
                {"type": "buttons", "buttons": buttons, "direction": "left", "x": 0, "xanchor": "left", "y": -0.06,
                 "yanchor": "top", "showactive": False}
            ],
        }  # fmt: skip

    @cached_property
    def _geometry(self) -> Geometry:
        return geometry(self.iteration.plan.shape, self.look.frame)

    @cached_property
    def _nodes(self) -> list[Quantity]:
        q = self.iteration.plan.quantities
        return [*(neuron for row in q.neurons for neuron in row), q.loss, *q.targets]

    @cached_property
    def _weights(self) -> list[Quantity]:
        return [w for rows in self.iteration.plan.quantities.weights for row in rows for w in row]

    @cached_property
    def _at_place(self) -> dict[str, list[Step]]:
        """The steps at each place, in order."""
        found: dict[str, list[Step]] = {}
        for step in self.iteration.steps:
            found.setdefault(step.quantity.place.key, []).append(step)
        return found

    @cached_property
    def _still(self) -> dict[str, Json]:
        """The traces by name, with all that never changes."""
        look, g, p = self.look, self._geometry, self.look.palette
        nodes = [g.nodes[q.place.key] for q in self._nodes]
        labels = [g.labels[w.place.key] for w in self._weights]
        marks = {"size": 2 * look.frame.radius, "color": p.card}
        hits = [(w, spot) for w in self._weights for spot in spots_along(*between_rims(*g.edges[w.place.key], look.frame.radius), 12)]
        silent = {"hoverinfo": "skip"}
        traces = {
            "links": _line(g.links, p.line, 1.5) | silent,
            GLOW: _at([], "markers") | {"marker": {"size": 13, "color": p.lit_edge}} | silent,
            **{name: trace | silent for name, trace in self._edges().items()},
            RING: _at([], "markers") | silent,
            NODE: _at(nodes, "markers+text")
            | {
                "marker": marks | {"line": {"width": 2.5, "color": [p.kinds[q.kind] for q in self._nodes]}},
                "customdata": [q.place.key for q in self._nodes],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            NODE_NAME: _at(self._beside_nodes(), "markers+text") | silent,
            EDGE_NAME: _at(labels, "markers+text") | {"customdata": [w.place.key for w in self._weights]} | silent,
            "captions": _at([(x, look.frame.caption_y) for x in g.columns], "text")
            | {"text": self._captions(), "textfont": {"color": p.muted, "size": look.frame.font_size}}
            | silent,
            HIT: _at([spot for _, spot in hits], "markers")
            | {
                "marker": {"size": 22, "color": p.lit, "opacity": 0},
                "customdata": [w.place.key for w, _ in hits],
                "hovertext": [self._exact(w) for w, _ in hits],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            POINTED: _at([], "lines+markers")
            | {
                "line": {"width": 4, "color": p.pointed},
                "marker": {"size": marks["size"] + 8, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}},
            }
            | silent,
        }  # fmt: skip
        return {name: {"type": "scatter", "name": name, "cliponaxis": False} | trace for name, trace in traces.items()}

    def _edges(self) -> dict[str, Json]:
        """Return the edges as one trace for each sign and width that there is."""
        largest = max(abs(float(self.iteration.given[w.name])) for w in self._weights) or 1.0
        groups: dict[tuple[bool, int], list[tuple[Point, Point]]] = {}
        for weight in self._weights:
            value = float(self.iteration.given[weight.name])
            width = round(WIDTHS * abs(value) / largest)
            groups.setdefault((value < 0, width), []).append(self._geometry.edges[weight.place.key])
        p = self.look.palette
        return {
            f"{EDGE} {'−' if negative else '+'}{width}": _line(
                segments, p.negative if negative else p.positive, 1 + 1.25 * width
            )
            for (negative, width), segments in sorted(groups.items())
        }

    def _captions(self) -> list[str]:
        hidden = len(self._geometry.columns) - 3
        middle = [say("figure.hidden", number="" if hidden == 1 else number + 1).strip() for number in range(hidden)]
        return [say("figure.inputs"), *middle, say("figure.output"), say("figure.error")]

    def _beside_nodes(self) -> list[Point]:
        """Return the spots of the names below the nodes, then of the notes above them."""
        nodes = [self._geometry.nodes[q.place.key] for q in self._nodes]
        away = self.look.frame.radius + 0.9 * self.look.frame.font_size
        return [*((x, y - away) for x, y in nodes), *((x, y + away) for x, y in nodes)]

    _moving = (GLOW, RING, NODE, NODE_NAME, EDGE_NAME)

    def _moved(self, cursor: int) -> list[Json]:
        """Return what the moving traces become after so many steps.

        Lit edges and nodes begin with a mark that a node hides: Plotly paints a trace that was empty above all others.
        """
        g, p = self._geometry, self.look.palette
        lit = self.lit(cursor)
        lit_edges, lit_nodes = sorted(lit & g.edges.keys()), sorted(lit & g.nodes.keys())
        hidden = g.nodes[self._nodes[0].place.key]
        glow = [hidden, *(spot for key in lit_edges for spot in spots_along(*g.edges[key], 6))]
        rings = [hidden, *(g.nodes[key] for key in lit_nodes)]
        ring_size = 2 * self.look.frame.radius + 13
        notes = [self._latest(q, cursor) for q in self._nodes]
        names = [f"<b>{q.name}</b>" for q in self._nodes]
        labels = [_two_lines(self._labelled(w), self._latest(w, cursor)) for w in self._weights]
        return [
            {"x": [x for x, _ in glow], "y": [y for _, y in glow], "meta": lit_edges},
            {
                "x": [x for x, _ in rings],
                "y": [y for _, y in rings],
                "meta": lit_nodes,
                "marker": {"size": [1, *(ring_size for _ in lit_nodes)], "color": p.lit_edge, "opacity": 1},
            },
            {
                "text": [self._inside(q, cursor) for q in self._nodes],
                "textfont": {"color": [p.text for _ in self._nodes], "size": self.look.frame.font_size - (self.look.frame is WIDE)},
                "hovertext": [self._exact(q, cursor) for q in self._nodes],
            },
            self._texts([*names, *notes], [q.place.key in lit for q in self._nodes] * 2),
            self._texts(labels, [w.place.key in lit for w in self._weights]),
        ]

    def _texts(self, texts: list[str], lit: list[bool]) -> Json:
        """Return texts on plates, dark where they are lit and muted elsewhere."""
        p = self.look.palette
        font = {"color": [p.text if is_lit else p.muted for is_lit in lit], "size": self.look.frame.font_size}
        return {"text": texts, "textfont": font, "marker": self._plates(texts, lit)}

    def _plates(self, texts: list[str], lit: list[bool]) -> Json:
        """Return the plates that keep texts readable where edges cross them: thick level lines, as wide as the text."""
        p, size = self.look.palette, self.look.frame.font_size
        lines = [_TAG.sub("", text.replace("<br>", "\n")).split("\n") if text else [] for text in texts]
        return {
            "symbol": "line-ew-open",
            "size": [_LEVEL_LINE * (0.62 * size * max(map(len, rows)) + 4) if rows else 0 for rows in lines],
            "line": {"width": [1.3 * size * len(rows) + 2 for rows in lines]},
            "color": [p.lit_soft if is_lit else p.card for is_lit in lit],
            "opacity": 1,
        }

    def lit(self, cursor: int) -> set[str]:
        """Return the places of the step's quantity and its operands."""
        if cursor == 0:
            return set()
        step = self.iteration.steps[cursor - 1]
        by_name = self.iteration.plan.by_name
        return {step.quantity.place.key, *(by_name[name].place.key for name in step.operands)}

    def _inside(self, quantity: Quantity, cursor: int) -> str:
        """Return what stands in a node: its value as the forward pass left it."""
        if self.iteration.position[quantity.name] > cursor:
            return say("unknown")
        value = self._value(quantity)
        return say("figure.too_large") if value is None else f"<b>{shown(value, self.look.frame.digits)}</b>"

    def _labelled(self, quantity: Quantity) -> str:
        value = self._value(quantity)
        return f"<b>{quantity.name}</b> {'' if value is None else shown(value, self.look.frame.digits)}"

    def _latest(self, quantity: Quantity, cursor: int) -> str:
        """Return the newest value at the quantity's place other than its own: its gradient, or its new value."""
        steps = [
            step
            for step in self._at_place.get(quantity.place.key, ())
            if step.name != quantity.name and self.iteration.position[step.name] <= cursor
        ]
        if not steps:
            return ""
        newest = steps[-1].quantity
        value = self._value(newest)
        if value is None:
            return ""
        name = newest.name if self.look.frame is WIDE else PARTIAL if newest.with_respect_to else "→"
        colour = self.look.palette.kinds[newest.kind]
        return f"<span style='color:{colour}'>{name} {shown(value, self.look.frame.digits)}</span>"

    def _exact(self, quantity: Quantity, cursor: int = 0) -> str:
        """Return the quantity with all its digits."""
        if self.iteration.position[quantity.name] > cursor:
            return say("figure.not_yet", name=quantity.name)
        value = self._value(quantity)
        return f"{quantity.name} = {say('figure.too_large') if value is None else exactly(value)}"

    def _value(self, quantity: Quantity) -> float | None:
        """Return a value of the sample, or None where it is not a number."""
        value = number(self.iteration.values[quantity.name], self.sample)
        return value if abs(value) < float("inf") else None


def _at(points: list[Point], mode: str) -> Json:
    return {"x": [x for x, _ in points], "y": [y for _, y in points], "mode": mode}


def _line(segments: Any, colour: str, width: float) -> Json:
    x, y = joined(list(segments))
    return {"x": x, "y": y, "mode": "lines", "line": {"color": colour, "width": width, "simplify": False}}


def _two_lines(first: str, second: str) -> str:
    return f"{first}<br>{second}" if second else first


