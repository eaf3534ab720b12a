"""The network as Plotly traces: what is known is written, what the step is about is lit."""

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from nnviz.draw.geometry import RING, WIDE, Geometry, Point, between_rims, geometry, joined, spots_along
from nnviz.draw.labels import Labels, extent
from nnviz.draw.look import Look
from nnviz.engine.quantities import Quantity, Row
from nnviz.engine.trace import Iteration
from nnviz.text import say

Json = dict[str, Any]

LINKS, EDGES, GLOW, LIT, NODES, LABELS, NAMES, POINTED = (
    "links", "edges", "glow", "lit edge", "nodes", "labels", "names", "pointed at",
)  # fmt: skip
SILENT: Json = {"hoverinfo": "skip"}
TELLING: Json = {"hovertemplate": "%{hovertext}<extra></extra>"}
WIDTHS = 4
LEVEL_LINE = 1 / 1.4  # Plotly draws its level line 1.4 times as long as the marker's size


@dataclass(frozen=True)
class Drawing:
    """A reading of an iteration as traces; ``frame(cursor)`` is what changes in the picture after so many steps."""

    iteration: Iteration
    look: Look
    sample: int = 0

    def data(self, cursor: int) -> list[Json]:
        """Return all traces, as they are after so many steps, in the order in which they are painted."""
        moved = self._moved(cursor)
        return [still | moved.get(name, {}) for name, still in self._still.items()]

    def frame(self, cursor: int) -> Json:
        """Return the Plotly frame of a cursor: what the traces that change become."""
        order = list(self._still)
        moved = self._moved(cursor)
        return {
            "name": str(cursor),
            "data": [{"type": "scatter"} | trace for trace in moved.values()],
            "traces": [order.index(name) for name in moved],
        }

    def pointing(self) -> dict[str, Json]:
        """Return by place the frame that marks it as pointed at; "" marks nothing."""
        g, last, radius = self._geometry, len(self._still) - 1, self.look.frame.radius
        marks: dict[str, tuple[list[float], list[float], int]] = {"": ([], [], 0)}
        marks |= {key: ([x], [y], 2 * radius + 8) for key, (x, y) in g.nodes.items()}
        marks |= {key: (*_split(between_rims(*ends, radius)), 0) for key, ends in g.edges.items()}
        return {
            key: {"data": [{"type": "scatter", "x": x, "y": y, "marker": {"size": size}}], "traces": [last]}
            for key, (x, y, size) in marks.items()
        }

    def lit(self, cursor: int) -> frozenset[str]:
        """Return the places of the step's quantity and its operands."""
        return self._lit[cursor]

    @cached_property
    def _lit(self) -> list[frozenset[str]]:
        by_name = self.iteration.plan.by_name
        steps = [
            frozenset({step.quantity.place.key, *(by_name[name].place.key for name in step.operands)})
            for step in self.iteration.steps
        ]
        return [frozenset(), *steps]

    @cached_property
    def _geometry(self) -> Geometry:
        return geometry(self.iteration.plan.shape, self.look.frame)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.iteration, self.look, self.sample)

    @property
    def _nodes(self) -> Row:
        return self.iteration.plan.quantities.nodes

    @cached_property
    def _noted(self) -> list[Quantity]:
        """The nodes above which something is written: not the inputs, nor the targets."""
        return [q for q in self._nodes if self._labels.is_noted(q)]

    @property
    def _weights(self) -> Row:
        return self.iteration.plan.quantities.all_weights

    @cached_property
    def _still(self) -> dict[str, Json]:
        """The traces by name, from the back to the front, with all that never changes.

        There are few traces, as each costs a part of every step. Of those that change none begins empty, which Plotly
        would paint above all others, and each has as many line segments as ever, as it animates only those it has.
        """
        g = self._geometry
        nodes = [g.nodes[q.place.key] for q in self._nodes]
        away = self.look.frame.beside_node
        noted = [g.nodes[q.place.key] for q in self._noted]
        labels = [*(g.labels[w.place.key] for w in self._weights), *((x, y + away) for x, y in noted)]
        places = [q.place.key for q in self._nodes]
        label_places = [q.place.key for q in (*self._weights, *self._noted)]
        links_x, links_y = joined(g.links)
        pool = range(max(len(g.edges.keys() & lit) for lit in self._lit))
        traces = {
            LINKS: {"x": links_x, "y": links_y, "mode": "lines", "line": {"color": self.look.palette.line}} | SILENT,
            **self._edges(),
            NAMES: self._names([g.names[q.place.key] for q in self._nodes]) | SILENT,
            GLOW: {"mode": "lines", "line": {"color": self.look.palette.lit_edge, "width": 14}} | SILENT,
            **{f"{LIT} {number}": {"mode": "lines"} | SILENT for number in pool},
            LABELS: _at(labels, "markers+text") | {"customdata": label_places} | TELLING,
            NODES: _at([*nodes, *nodes], "markers+text") | {"customdata": places * 2} | TELLING,
            POINTED: self._pointed(),
        }
        common = {"type": "scatter", "cliponaxis": False}
        return {name: common | {"name": name, "uid": name.replace(" ", "-")} | trace for name, trace in traces.items()}

    def _moved(self, cursor: int) -> dict[str, Json]:
        """Return what the traces that change become after so many steps."""
        lit = self.lit(cursor)
        edges = sorted(self._geometry.edges.keys() & lit)
        pool = [name for name in self._still if name.startswith(LIT)]
        strokes = [self._stroke(key) for _, key in zip_longest(pool, edges)]
        glow_x, glow_y = joined([self._ends(key) for _, key in zip_longest(pool, edges)])
        labelled = [*self._weights, *self._noted]
        texts = [
            *(self._labels.edge(w, cursor) for w in self._weights),
            *(self._labels.note(q, cursor) for q in self._noted),
        ]
        return {
            GLOW: {"x": glow_x, "y": glow_y, "meta": edges},
            **{f"{LIT} {number}": stroke for number, stroke in enumerate(strokes)},
            LABELS: self._texts(texts, [q.place.key in lit for q in labelled])
            | {"hovertext": [self._labels.hover(q, cursor) for q in labelled]},
            NODES: self._circles(cursor),
        }

    def _circles(self, cursor: int) -> Json:
        """Return the rings around lit nodes, those of others hidden behind them, and then the nodes themselves."""
        p, radius, lit = self.look.palette, self.look.frame.radius, self.lit(cursor)
        is_lit = [q.place.key in lit for q in self._nodes]
        hovers = [self._labels.hover(q, cursor) for q in self._nodes]
        return {
            "text": [*("" for _ in is_lit), *(self._labels.inside(q, cursor) for q in self._nodes)],
            "hovertext": hovers * 2,
            "textfont": {
                "color": p.text,
                "size": self.look.frame.font_size - (self.look.frame is WIDE),
                "weight": "bold" if self.look.frame is WIDE else "normal",
            },
            "meta": sorted(lit),
            "marker": {
                "opacity": 1,
                "size": [*(2 * (radius + RING) if on else 1 for on in is_lit), *(2 * radius for _ in is_lit)],
                "color": [*(p.lit_edge for _ in is_lit), *(p.card for _ in is_lit)],
                "line": {
                    "width": [*(0 for _ in is_lit), *(3.5 if on else 2 for on in is_lit)],
                    "color": [p.kinds[q.kind] for q in self._nodes] * 2,
                },
            },
        }

    def _texts(self, texts: list[str], lit: list[bool]) -> Json:
        """Return texts on plates that keep them readable where edges cross: thick level lines, as wide as the text."""
        p, size = self.look.palette, self.look.frame.font_size
        extents = [extent(text, size) for text in texts]
        return {
            "text": texts,
            "textfont": {
                "color": [p.text if on else p.muted for on in lit],
                "size": size,
                "weight": ["bold" if on and self.look.frame is WIDE else "normal" for on in lit],
            },
            "marker": {
                "symbol": "line-ew-open",
                "size": [LEVEL_LINE * width for width, _ in extents],
                "line": {"width": [height for _, height in extents]},
                "color": [p.lit_soft if on else p.card for on in lit],
                "opacity": 1,
            },
        }

    def _names(self, spots: list[Point]) -> Json:
        """Return the nodes' names below them, and the columns' captions."""
        hidden = len(self._geometry.columns) - 3
        numbered = [say("figure.hidden", number=number + 1 if hidden > 1 else "").strip() for number in range(hidden)]
        captions = [say("figure.inputs"), *numbered, say("figure.output"), say("figure.error")]
        heads = [(x, self.look.frame.caption_y) for x in self._geometry.columns]
        texts = [*(q.name for q in self._nodes), *captions]
        return _at([*spots, *heads], "markers+text") | self._texts(texts, [False] * len(texts))

    def _pointed(self) -> Json:
        p = self.look.palette
        ring = {"size": 0, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}}
        return _at([], "lines+markers") | {"line": {"width": 4, "color": p.pointed}, "marker": ring} | SILENT

    def _edges(self) -> dict[str, Json]:
        """Return the edges, dim, as one trace for each sign and width, with spots to point at and to click."""
        groups: dict[tuple[bool, int], list[Quantity]] = {}
        for weight in self._weights:
            groups.setdefault(self._strokes[weight.place.key], []).append(weight)
        return {
            f"{EDGES} {'negative' if stroke[0] else 'positive'} {stroke[1]}": self._edge_group(stroke, weights)
            for stroke, weights in sorted(groups.items())
        }

    def _edge_group(self, stroke: tuple[bool, int], weights: list[Quantity]) -> Json:
        x: list[float | None] = []
        y: list[float | None] = []
        keys: list[str | None] = []
        hovers: list[str] = []
        for weight in weights:
            ends = self._ends(weight.place.key)
            start, end = between_rims(*ends, 2)  # not quite the centres, where the nodes are pointed at
            spots = [start, *spots_along(*between_rims(*ends, self.look.frame.radius), 12), end]
            x += [*(spot_x for spot_x, _ in spots), None]
            y += [*(spot_y for _, spot_y in spots), None]
            keys += [*(weight.place.key for _ in spots), None]
            hovers += [*(self._labels.hover(weight, 0) for _ in spots), ""]
        line = {"color": self._colour(stroke, dim=True), "width": _width(stroke)}
        return {"x": x, "y": y, "mode": "lines", "line": line, "customdata": keys, "hovertext": hovers} | TELLING

    def _ends(self, key: str | None) -> tuple[Point, Point]:
        """Return an edge's ends, the centres of its nodes; without a key, those of a dash that a node hides."""
        if key is not None:
            return self._geometry.edges[key]
        x, y = self._geometry.nodes[self._nodes[0].place.key]
        return (x - 1, y), (x + 1, y)

    def _stroke(self, key: str | None) -> Json:
        """Return a lit edge in full colour, or without a key one that a node hides."""
        x, y = _split(self._ends(key))
        stroke = (False, 0) if key is None else self._strokes[key]
        line = {"color": self._colour(stroke), "width": _width(stroke)}
        return {"x": x, "y": y, "line": line, "meta": key or ""}

    @cached_property
    def _strokes(self) -> dict[str, tuple[bool, int]]:
        """By edge whether its weight is negative, and how large, in a few sizes up to that of the largest."""
        values = {w.place.key: float(self.iteration.given[w.name]) for w in self._weights}
        largest = max(map(abs, values.values())) or 1.0
        return {key: (value < 0, round(WIDTHS * abs(value / largest))) for key, value in values.items()}

    def _colour(self, stroke: tuple[bool, int], dim: bool = False) -> str:
        p = self.look.palette
        if stroke[0]:
            return p.negative_dim if dim else p.negative
        return p.positive_dim if dim else p.positive


def _width(stroke: tuple[bool, int]) -> float:
    return 1 + 1.25 * stroke[1]


def _at(points: list[Point], mode: str) -> Json:
    return {"x": [x for x, _ in points], "y": [y for _, y in points], "mode": mode}


def _split(ends: tuple[Point, Point]) -> tuple[list[float], list[float]]:
    (x0, y0), (x1, y1) = ends
    return [x0, x1], [y0, y1]
