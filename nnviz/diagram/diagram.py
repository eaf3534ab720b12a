"""The network as Plotly traces: what is known is written, what the step is about is lit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from nnviz.algebra.expressions import Partial, leaves
from nnviz.algebra.trace import Step
from nnviz.charts.animated import POINTED, SILENT, merged, together
from nnviz.charts.canvas import Frame
from nnviz.charts.lines import Point, Segment, between_rims, joined, split, spots_along
from nnviz.charts.text_metrics import BLANK
from nnviz.diagram.edge_style import EdgeStyle, EdgeStyles
from nnviz.diagram.geometry import Geometry, fitted, geometry, is_crowded
from nnviz.diagram.iteration_picture import TELLING, IterationPicture
from nnviz.diagram.label_background import label_style, outline_of, with_background
from nnviz.diagram.label_layout import Label, LabelLayout
from nnviz.diagram.uses import places_at
from nnviz.engine.naming import Row
from nnviz.protocol import FrameData, Plotly
from nnviz.text import say, shortened

LINKS, EDGES, GLOW, LIT, RINGS, NODES, BIASES, LABELS, NAMES = (
    "links", "edges", "glow", "lit edge", "rings", "nodes", "biases", "labels", "names",
)  # fmt: skip
FAINT = 0.5
MOST_WITHIN, MOST_BESIDE = 5, 12  # characters of a name within a node, or beside it


@dataclass(frozen=True)
class Diagram(IterationPicture):
    """An iteration as its network: neurons as circles, weights as edges."""

    @property
    def area(self) -> Frame:
        """The frame that the network needs, at least as large as the look's."""
        return self._geometry.frame

    @property
    def is_crowded(self) -> bool:
        return is_crowded(self.iteration.plan.shape)

    def _marks(self) -> dict[str, Plotly]:
        """Return what POINTED becomes for each place; where it marks nothing, it is a point that is not seen."""
        g, radius = self._geometry, self.area.radius
        marks: dict[str, tuple[Iterable[Point], int]] = {"": ((self._unseen,), 0)}
        marks |= {key: ((centre,), 2 * radius + 8) for key, centre in g.nodes.items()}
        marks |= {key: (between_rims(*ends, radius), 0) for key, ends in g.edges.items()}
        marks |= {label.key: (outline_of(label, self.area), 0) for label in self._label_layout.biases}
        changes = {}
        for key, (points, size) in marks.items():
            x, y = split(points)
            changes[key] = {"x": x, "y": y, "marker": {"size": size, "opacity": int(key != "")}}
        return changes

    def pointing(self) -> dict[str, FrameData]:
        """Return the frames that mark each place; what is tied is pointed at in all of its places, by the first."""
        found = super().pointing()
        for places in self.iteration.plan.quantities.uses.values():
            own = [place.key for place in places if place.key in found]
            if len(own) > 1:
                found |= {own[0]: together([found[key] for key in own])}
                for key in own[1:]:
                    del found[key]
        return found

    @cached_property
    def _first_of(self) -> dict[str, str]:
        """By the place of each link and of each bias the one by which it is spoken of: of what is tied, the first."""
        return {place.key: own.key for place, own in self.iteration.plan.quantities.owners.items()}

    def _named(self, labels: list[Label]) -> list[Label]:
        """Return labels, each of the place by which it is spoken of."""
        return [replace(label, key=self._first_of.get(label.key, label.key)) for label in labels]

    def lit(self, cursor: int) -> frozenset[str]:
        """Return the places of the pause's quantities and their operands, every neuron on the way included."""
        return self._lit[cursor]

    def centre(self, cursor: int) -> Point:
        g, lit = self._geometry, self.lit(cursor)
        spots = [spot for spots in (g.nodes, g.biases) for key, spot in spots.items() if key in lit]
        spots += [end for key in g.edges.keys() & lit for end in g.edges[key]]
        return self._middle(spots)

    @cached_property
    def _lit(self) -> dict[int, frozenset[str]]:
        pauses = self.iteration.pauses
        return {cursor: frozenset(self._about(pauses[cursor - 1]) if cursor else ()) for cursor in self._drawn}

    def _about(self, pause: tuple[Step, ...]) -> Iterator[str]:
        """Yield the places of quantities and operands; and both ends of each weight that a chain rule goes through."""
        plan = self.iteration.plan
        for step in pause:
            for key in (step.id, *step.operands):
                yield from (place.key for place in places_at(plan.quantities, step, plan.by_id[key]))
            for leaf in leaves(step.expression):
                place = leaf.place if isinstance(leaf, Partial) else leaf.quantity.place
                is_factor = isinstance(leaf, Partial) or leaf.quantity.kind == "factor"
                if is_factor and place.part == "weight":
                    q = plan.quantities
                    yield q.neurons[place.layer - 1][place.source].place.key
                    yield q.neurons[place.layer][place.unit].place.key

    @cached_property
    def _lit_edges(self) -> dict[int, list[str]]:
        """The edges that are lit at each cursor, in the order of their numbers."""
        number = {key: number for number, key in enumerate(self._geometry.edges)}
        return {cursor: sorted(number.keys() & lit, key=number.__getitem__) for cursor, lit in self._lit.items()}

    @cached_property
    def _geometry(self) -> Geometry:
        shape, look = self.iteration.plan.shape, self.look
        return geometry(shape, look.frame) if look.room is None else fitted(shape, look.room)

    @cached_property
    def _label_layout(self) -> LabelLayout:
        return LabelLayout(self._labels, self._geometry)

    @cached_property
    def _styles(self) -> EdgeStyles:
        return EdgeStyles(self.iteration)

    @cached_property
    def _nodes(self) -> Row:
        return self.iteration.plan.quantities.nodes

    @cached_property
    def _written(self) -> dict[int, list[Label]]:
        """The labels that may change, as many at every cursor: those to spare are blank and hidden by a node."""
        written = {cursor: self._label_layout.at(cursor, lit) for cursor, lit in self._lit.items()}
        most = max(1, *map(len, written.values()))
        first = self._nodes[0].place.key
        spare = Label(first, self._geometry.nodes[first], BLANK, is_lit=False)
        return {cursor: [*labels, *[spare] * (most - len(labels))] for cursor, labels in written.items()}

    @cached_property
    def _pools(self) -> dict[EdgeStyle, int]:
        """How many edges of each style are lit at once at most."""
        pools: dict[EdgeStyle, int] = {}
        for lit in self._lit_edges.values():
            for style, keys in self._styles.grouped(lit).items():
                pools[style] = max(pools.get(style, 0), len(keys))
        return dict(sorted(pools.items()))

    @cached_property
    def _still(self) -> dict[str, Plotly]:
        """The traces by name, from the back to the front, with all that never changes.

        There are few traces, as each costs a part of every step. Of those that change none begins empty, which Plotly
        would paint above all others, and each has as many points and line segments as ever, as it animates only those
        it has. Between the first and the last that change there is none that does not, which it would move behind them.
        """
        p, is_dense = self.look.palette, self.area.is_dense
        links_x, links_y = joined(self._geometry.links)
        names = {NAMES: self._names()}
        standing = self._label_layout.standing
        biases = merged(label_style(self.area), with_background(self._named(standing), p, self.area)) | TELLING
        return {
            LINKS: {"x": links_x, "y": links_y, "mode": "lines", "line": {"color": p.line}} | SILENT,
            **self._dim_edges(),
            **({} if is_dense else names),
            GLOW: {"mode": "lines", "line": {"color": p.lit_edge, "width": 8 if is_dense else 14}} | SILENT,
            **{f"{LIT} {style}": {"mode": "lines", "line": style.line(p, dim=False)} | SILENT
               for style in self._pools},
            **({BIASES: biases} if standing else {}),
            LABELS: label_style(self.area) | TELLING,
            RINGS: {"mode": "markers", "marker": {"opacity": 1, "color": p.lit_edge, "line": {"width": 0}}} | SILENT,
            NODES: self._circles() | TELLING,
            POINTED: self._pointed(),
            **(names if is_dense else {}),
        }  # fmt: skip

    def _moved(self, cursor: int) -> dict[str, Plotly]:
        """Return what the traces that change become after so many pauses."""
        groups = self._styles.grouped(self._lit_edges[cursor])
        lit_lines = {style: self._lines(groups.get(style, []), most) for style, most in self._pools.items()}
        glow = self._lines([key for keys in groups.values() for key in keys], self._most_lit)
        return {
            GLOW: glow,
            **{f"{LIT} {style}": line for style, line in lit_lines.items()},
            **({BIASES: {}} if BIASES in self._still else {}),
            LABELS: with_background(self._named(self._written[cursor]), self.look.palette, self.area),
            RINGS: self._rings(cursor),
            NODES: self._values(cursor),
        }

    @cached_property
    def _most_lit(self) -> int:
        return max(1, *map(len, self._lit_edges.values()))

    def _lines(self, edges: list[str], most: int) -> Plotly:
        """Return edges as a line with gaps, of so many segments: those to spare are dashes that a node hides."""
        x, y = self._geometry.nodes[self._nodes[0].place.key]
        dash: Segment = (x - 1, y), (x + 1, y)
        line_x, line_y = joined([*(self._geometry.edges[key] for key in edges), *[dash] * (most - len(edges))])
        return {"x": line_x, "y": line_y}

    def _circles(self) -> Plotly:
        """Return the nodes with all that never changes."""
        p = self.look.palette
        places = [q.place.key for q in self._nodes]
        x, y = split(self._geometry.nodes[key] for key in places)
        return {
            "x": x,
            "y": y,
            "mode": "markers+text",
            "customdata": places,
            "textfont": {
                "color": p.text,
                "size": self.area.font_size - self.area.spells_out,
                "weight": "bold" if self.area.spells_out else "normal",
            },
            "marker": {
                "opacity": 1,
                "color": p.card,
                "size": 2 * self.area.radius,
                "line": {"color": [p.kinds[q.kind] for q in self._nodes]},
            },
        }

    def _rings(self, cursor: int) -> Plotly:
        """Return the rings around lit nodes, as many at every cursor: those to spare are dots that a node hides."""
        nodes, lit = self._geometry.nodes, self._lit_nodes[cursor]
        spare = self._most_rings - len(lit)
        x, y = split([*(nodes[key] for key in lit), *[nodes[self._nodes[0].place.key]] * spare])
        ring = 2 * (self.area.radius + self.area.ring)
        return {"x": x, "y": y, "marker": {"size": [ring] * len(lit) + [1] * spare}}

    @cached_property
    def _lit_nodes(self) -> dict[int, list[str]]:
        return {cursor: [q.place.key for q in self._nodes if q.place.key in lit] for cursor, lit in self._lit.items()}

    @cached_property
    def _most_rings(self) -> int:
        return max(1, *map(len, self._lit_nodes.values()))

    def _values(self, cursor: int) -> Plotly:
        """Return what stands in the nodes, below their names where these are there too, and which of them are lit."""
        lit, above = self.lit(cursor), "<br>" if self.area.is_dense else ""
        return {
            "text": [above + self._labels.inside(q, cursor) for q in self._nodes],
            "marker": {"line": {"width": [3.5 if q.place.key in lit else 2 for q in self._nodes]}},
        }

    def _names(self) -> Plotly:
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
        changing = with_background(texts, p, g.frame)
        if g.frame.is_dense:  # what stands within a node needs no background
            changing["marker"]["size"][: len(self._nodes)] = [0] * len(self._nodes)
        del changing["customdata"]
        return merged(label_style(self.area), changing) | SILENT

    @property
    def _unseen(self) -> Point:
        return self._geometry.nodes[self._nodes[0].place.key]

    def _dim_edges(self) -> dict[str, Plotly]:
        """Return the edges, dim, as one trace for each style, with spots to point at and to click."""
        return {
            f"{EDGES} {style}": self._dim_group(style, keys)
            for style, keys in self._styles.grouped(self._geometry.edges).items()
        }

    def _dim_group(self, style: EdgeStyle, keys: list[str]) -> Plotly:
        lines: list[list[Point]] = []
        places: list[str | None] = []
        for key in keys:
            ends = self._geometry.edges[key]
            start, end = between_rims(
                *ends, self.area.radius - 4
            )  # within the rims, and far from where the nodes are pointed at
            spots = spots_along(*between_rims(*ends, self.area.radius), 24 if self.area.is_dense else 12)
            lines.append([start, *spots, end])
            places += [*[self._first_of[key]] * len(lines[-1]), None]
        x, y = joined(lines)
        line = style.line(self.look.palette, dim=True)
        faint = {"opacity": FAINT} if self.area.is_dense else {}
        return {"x": x, "y": y, "mode": "lines", "line": line, "customdata": places} | faint | TELLING
