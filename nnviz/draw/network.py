"""The network as Plotly traces: what is known is written, what the step is about is lit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnviz.draw.extent import BLANK, width
from nnviz.draw.frames import Frame
from nnviz.draw.geometry import Geometry, fitted, geometry
from nnviz.draw.labels import Labels
from nnviz.draw.lettering import Label, Lettering
from nnviz.draw.lines import Point, Segment, between_rims, joined, split, spots_along
from nnviz.draw.look import Look
from nnviz.draw.plates import on_plates, outline_of, plates
from nnviz.draw.strokes import Stroke, Strokes
from nnviz.engine.expressions import Partial, leaves
from nnviz.engine.quantities import Row
from nnviz.engine.trace import Iteration, Step
from nnviz.protocol import FrameData, Line, StepFrame
from nnviz.text import say, shortened

Json = dict[str, Any]

LINKS, EDGES, GLOW, LIT, NODES, BIASES, LABELS, NAMES, POINTED = (
    "links", "edges", "glow", "lit edge", "nodes", "biases", "labels", "names", "pointed at",
)  # fmt: skip
SILENT: Json = {"hoverinfo": "skip"}
TELLING: Json = {"hovertemplate": "%{hovertext}<extra></extra>"}
FAINT = 0.5
MOST_WITHIN, MOST_BESIDE = 5, 12  # characters of a name within a node, or beside it


@dataclass(frozen=True)
class Drawing:
    """A reading of an iteration as traces; ``frame(cursor)`` is what changes in the picture after so many pauses.

    Traces that tell something have the places of their points as ``customdata``, and what they tell is in ``hovers``.
    Of several samples, the numbers of one are shown, which is called by its ``number``; E is the mean of all, or of a
    batch.
    """

    iteration: Iteration
    look: Look
    sample: int = 0
    number: int | None = None
    is_batch: bool = False

    @property
    def area(self) -> Frame:
        """The frame that the network needs, at least as large as the look's."""
        return self._geometry.frame

    def data(self, cursor: int) -> list[Json]:
        """Return all traces, as they are after so many pauses, in the order in which they are painted."""
        moved = self._moved(cursor)
        return [_merged(still, moved.get(name, {})) for name, still in self._still.items()]

    def frame(self, cursor: int) -> StepFrame:
        """Return the Plotly frame of a cursor: what the traces that change become."""
        moved = self._moved(cursor)
        return {
            "name": str(cursor),
            "data": [{"type": "scatter"} | trace for trace in moved.values()],
            "traces": [self._order[name] for name in moved],
        }

    def hovers(self) -> dict[str, list[Line]]:
        """Return by place all that is known there, with all digits: after how many pauses which line is added.

        A line since −1 is for as long as there is no other.
        """
        return {
            key: [{"since": since, "text": text} for since, text in lines] for key, lines in self._labels.hovers.items()
        }

    def hover(self, key: str, cursor: int) -> str:
        """Return all that is known at a place after so many pauses, as lines with all digits."""
        return self._labels.hover(key, cursor)

    def pointing(self) -> dict[str, FrameData]:
        """Return by place the frame that marks it as pointed at; "" marks nothing: a point that is not seen."""
        g, pointed, radius = self._geometry, self._order[POINTED], self.area.radius
        marks: dict[str, tuple[Iterable[Point], int]] = {"": ((self._unseen,), 0)}
        marks |= {key: ((centre,), 2 * radius + 8) for key, centre in g.nodes.items()}
        marks |= {key: (between_rims(*ends, radius), 0) for key, ends in g.edges.items()}
        marks |= {label.key: (outline_of(label, self.area), 0) for label in self._lettering.biases}
        frames: dict[str, FrameData] = {}
        for key, (points, size) in marks.items():
            x, y = split(points)
            change = {"type": "scatter", "x": x, "y": y, "marker": {"size": size, "opacity": int(key != "")}}
            frames[key] = {"data": [change], "traces": [pointed]}
        return frames

    def lit(self, cursor: int) -> frozenset[str]:
        """Return the places of the pause's quantities and their operands, every neuron on the way included."""
        return self._lit[cursor]

    def centre(self, cursor: int) -> Point:
        """Return where the middle of what is lit is, in shares of the width and, from the top, of the height."""
        g, lit = self._geometry, self.lit(cursor)
        spots = [spot for spots in (g.nodes, g.biases) for key, spot in spots.items() if key in lit]
        spots += [end for key in g.edges.keys() & lit for end in g.edges[key]]
        if not spots:
            return 0.0, 0.0
        x, y = ((min(along) + max(along)) / 2 for along in zip(*spots, strict=True))
        return x / self.area.width, 1 - y / self.area.height

    @cached_property
    def _lit(self) -> list[frozenset[str]]:
        return [frozenset(), *(frozenset(self._about(pause)) for pause in self.iteration.pauses)]

    def _about(self, pause: tuple[Step, ...]) -> Iterator[str]:
        """Yield the places of quantities and operands; and both ends of each weight that a chain rule goes through."""
        plan = self.iteration.plan
        for step in pause:
            yield from (plan.by_name[name].place.key for name in (step.name, *step.operands))
            for leaf in leaves(step.expression):
                place = leaf.place if isinstance(leaf, Partial) else leaf.quantity.place
                is_factor = isinstance(leaf, Partial) or leaf.quantity.kind == "factor"
                if is_factor and place.part == "weight":
                    q = plan.quantities
                    yield q.neurons[place.layer - 1][place.source].place.key
                    yield q.neurons[place.layer][place.unit].place.key

    @cached_property
    def _lit_edges(self) -> list[list[str]]:
        """By cursor the edges that are lit, in the order of their numbers."""
        number = {key: number for number, key in enumerate(self._geometry.edges)}
        return [sorted(number.keys() & lit, key=number.__getitem__) for lit in self._lit]

    @cached_property
    def _geometry(self) -> Geometry:
        shape, look = self.iteration.plan.shape, self.look
        return geometry(shape, look.frame) if look.room is None else fitted(shape, look.room)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.iteration, self.area, self.look.palette, self.sample)

    @cached_property
    def _lettering(self) -> Lettering:
        return Lettering(self._labels, self._geometry)

    @cached_property
    def _strokes(self) -> Strokes:
        return Strokes(self.iteration)

    @cached_property
    def _nodes(self) -> Row:
        return self.iteration.plan.quantities.nodes

    @cached_property
    def _written(self) -> list[list[Label]]:
        """By cursor the labels that may change, as many as ever: those to spare are blank and hidden by a node."""
        written = [self._lettering.at(cursor, lit) for cursor, lit in enumerate(self._lit)]
        most = max(map(len, written))
        first = self._nodes[0].place.key
        spare = Label(first, self._geometry.nodes[first], BLANK, is_lit=False)
        return [[*labels, *[spare] * (most - len(labels))] for labels in written]

    @cached_property
    def _pools(self) -> dict[Stroke, int]:
        """By stroke how many edges are lit at once at most."""
        pools: dict[Stroke, int] = {}
        for lit in self._lit_edges:
            for stroke, keys in self._strokes.grouped(lit).items():
                pools[stroke] = max(pools.get(stroke, 0), len(keys))
        return dict(sorted(pools.items()))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._still)}

    @cached_property
    def _still(self) -> dict[str, Json]:
        """The traces by name, from the back to the front, with all that never changes.

        There are few traces, as each costs a part of every step. Of those that change none begins empty, which Plotly
        would paint above all others, and each has as many points and line segments as ever, as it animates only those
        it has. Between the first and the last that change there is none that does not, which it would move behind them.
        """
        p, is_dense = self.look.palette, self.area.is_dense
        links_x, links_y = joined(self._geometry.links)
        names = {NAMES: self._names()}
        standing = self._lettering.standing
        traces = {
            LINKS: {"x": links_x, "y": links_y, "mode": "lines", "line": {"color": p.line}} | SILENT,
            **self._dim_edges(),
            **({} if is_dense else names),
            GLOW: {"mode": "lines", "line": {"color": p.lit_edge, "width": 8 if is_dense else 14}} | SILENT,
            **{f"{LIT} {stroke}": {"mode": "lines", "line": stroke.line(p, dim=False)} | SILENT
               for stroke in self._pools},
            **({BIASES: _merged(plates(self.area), on_plates(standing, p, self.area)) | TELLING} if standing else {}),
            LABELS: plates(self.area) | TELLING,
            NODES: self._circles() | TELLING,
            POINTED: self._pointed(),
            **(names if is_dense else {}),
        }  # fmt: skip
        common = {"type": "scatter", "cliponaxis": False}
        return {name: common | {"name": name, "uid": name.replace(" ", "-")} | trace for name, trace in traces.items()}

    def _moved(self, cursor: int) -> dict[str, Json]:
        """Return what the traces that change become after so many pauses."""
        groups = self._strokes.grouped(self._lit_edges[cursor])
        lit_lines = {stroke: self._lines(groups.get(stroke, []), most) for stroke, most in self._pools.items()}
        glow = self._lines([key for keys in groups.values() for key in keys], self._most_lit)
        return {
            GLOW: glow,
            **{f"{LIT} {stroke}": line for stroke, line in lit_lines.items()},
            **({BIASES: {}} if BIASES in self._still else {}),
            LABELS: on_plates(self._written[cursor], self.look.palette, self.area),
            NODES: self._values(cursor),
        }

    @cached_property
    def _most_lit(self) -> int:
        return max(map(len, self._lit_edges))

    def _lines(self, edges: list[str], most: int) -> Json:
        """Return edges as a line with gaps, of so many segments: those to spare are dashes that a node hides."""
        x, y = self._geometry.nodes[self._nodes[0].place.key]
        dash: Segment = (x - 1, y), (x + 1, y)
        line_x, line_y = joined([*(self._geometry.edges[key] for key in edges), *[dash] * (most - len(edges))])
        return {"x": line_x, "y": line_y}

    def _circles(self) -> Json:
        """Return the rings around lit nodes, those of others hidden behind them, and then the nodes themselves."""
        p, count = self.look.palette, len(self._nodes)
        places = [q.place.key for q in self._nodes]
        x, y = split(self._geometry.nodes[key] for key in places)
        return {
            "x": x * 2,
            "y": y * 2,
            "mode": "markers+text",
            "customdata": places * 2,
            "textfont": {
                "color": p.text,
                "size": self.area.font_size - self.area.spells_out,
                "weight": "bold" if self.area.spells_out else "normal",
            },
            "marker": {
                "opacity": 1,
                "color": [p.lit_edge] * count + [p.card] * count,
                "line": {"color": [p.kinds[q.kind] for q in self._nodes] * 2},
            },
        }

    def _values(self, cursor: int) -> Json:
        """Return what stands in the nodes, below their names where these are there too, and which of them are lit."""
        lit, radius, ring = self.lit(cursor), self.area.radius, 2 * (self.area.radius + self.area.ring)
        is_lit = [q.place.key in lit for q in self._nodes]
        above = "<br>" if self.area.is_dense else ""
        values = [above + self._labels.inside(q, cursor) for q in self._nodes]
        return {
            "text": [BLANK] * len(values) + values,
            "marker": {
                "size": [ring if on else 1 for on in is_lit] + [2 * radius] * len(is_lit),
                "line": {"width": [0] * len(is_lit) + [3.5 if on else 2 for on in is_lit]},
            },
        }

    def _names(self) -> Json:
        """Return the nodes' names and the columns' captions."""
        g, p = self._geometry, self.look.palette
        hidden = len(g.columns) - 3
        numbered = [say("figure.hidden", number=number + 1 if hidden > 1 else "").strip() for number in range(hidden)]
        captions = [self._caption_of_sample(), *numbered, say("figure.output"), self._caption_of_error()]
        most = MOST_WITHIN if g.frame.is_dense else MOST_BESIDE
        texts = [Label(q.place.key, g.names[q.place.key], shortened(q.name, most), is_lit=False) for q in self._nodes]
        texts += [
            Label("", (self._in_sight(x, caption), g.frame.caption_y), caption, is_lit=False)
            for x, caption in zip(g.columns, captions, strict=True)
        ]
        changing = on_plates(texts, p, g.frame)
        if g.frame.is_dense:  # what stands within a node needs no plate
            changing["marker"]["size"][: len(self._nodes)] = [0] * len(self._nodes)
        del changing["customdata"]
        return _merged(plates(self.area), changing) | SILENT

    def _caption_of_sample(self) -> str:
        """Return what stands above the inputs: of several samples, whose numbers the circles have."""
        if self.iteration.plan.n_samples == 1:
            return say("figure.inputs")
        return say("figure.sample", number=self.number or self.sample + 1)

    def _caption_of_error(self) -> str:
        """Return what stands above E: of several samples, that it is of all."""
        count = self.iteration.plan.n_samples
        if count == 1:
            return say("figure.error")
        if self.is_batch:
            return say("figure.error.batch")
        return say("figure.error.all_of" if self.area.spells_out else "figure.error.all", count=count)

    def _in_sight(self, x: float, caption: str) -> float:
        """Return where the middle of a caption is, so that it ends within the frame."""
        half = width(len(caption), self.area.font_size) / 2
        return min(max(x, half), self.area.width - half)

    def _pointed(self) -> Json:
        p = self.look.palette
        ring = {"size": 0, "opacity": 0, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}}
        line, (x, y) = {"width": 4, "color": p.pointed}, self._unseen
        return {"x": [x], "y": [y], "mode": "lines+markers", "line": line, "marker": ring} | SILENT

    @property
    def _unseen(self) -> Point:
        """Where the mark waits that must not be empty, as Plotly would paint it above all others then."""
        return self._geometry.nodes[self._nodes[0].place.key]

    def _dim_edges(self) -> dict[str, Json]:
        """Return the edges, dim, as one trace for each stroke, with spots to point at and to click."""
        return {
            f"{EDGES} {stroke}": self._dim_group(stroke, keys)
            for stroke, keys in self._strokes.grouped(self._geometry.edges).items()
        }

    def _dim_group(self, stroke: Stroke, keys: list[str]) -> Json:
        lines: list[list[Point]] = []
        places: list[str | None] = []
        for key in keys:
            ends = self._geometry.edges[key]
            start, end = between_rims(
                *ends, self.area.radius - 4
            )  # within the rims, and far from where the nodes are pointed at
            spots = spots_along(*between_rims(*ends, self.area.radius), 24 if self.area.is_dense else 12)
            lines.append([start, *spots, end])
            places += [*[key] * len(lines[-1]), None]
        x, y = joined(lines)
        line = stroke.line(self.look.palette, dim=True)
        faint = {"opacity": FAINT} if self.area.is_dense else {}
        return {"x": x, "y": y, "mode": "lines", "line": line, "customdata": places} | faint | TELLING


def _merged(one: Json, other: Json) -> Json:
    """Return one with what the other says, within their parts too."""
    inner = {key: _merged(one[key], value) for key, value in other.items()
             if isinstance(value, dict) and isinstance(one.get(key), dict)}  # fmt: skip
    return one | other | inner
