"""An iteration as a computation graph: values go to the right, and gradients come back along the same edges."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot

from nnviz.algebra.rounding import exactly
from nnviz.charts.animated import POINTED, SILENT, merged
from nnviz.charts.canvas import Frame
from nnviz.charts.lines import Point, joined, outline, split, spots_along
from nnviz.charts.text_metrics import BLANK
from nnviz.diagram.computation import Computation, Edge, computation_of
from nnviz.diagram.graph_layout import GraphLayout, Line, fitted_graph, laid_out, least_size, nominal
from nnviz.diagram.graph_lit import Lit, LitFinder
from nnviz.diagram.graph_sizes import shown_name
from nnviz.diagram.graph_texts import GraphTexts
from nnviz.diagram.iteration_picture import TELLING, IterationPicture
from nnviz.diagram.label_background import LEVEL_LINE, label_style, with_background
from nnviz.diagram.label_layout import Label
from nnviz.protocol import Plotly

EDGES, NAMES, BORDERS, GLOW, VALUES, GRADIENTS, RINGS, NODES, LABELS = (
    "edges", "names", "borders", "glow", "lit values", "lit gradients", "rings", "nodes", "labels",
)  # fmt: skip
HIGH = 290  # pixels for which there is room on a laptop
BORDER, RING = 3, 8  # pixels by which a box with its border is larger, and by which it is where it is lit
THICK: Plotly = {"symbol": "line-ew-open", "opacity": 1}  # a line that is as thick as a box is high
HEAD = 0.55  # the length of an arrow's head, in font sizes


@dataclass(frozen=True)
class ComputationGraph(IterationPicture):
    """An iteration as the graph of its computation: given numbers and operations as boxes, joined by arrows."""

    @property
    def area(self) -> Frame:
        return self._layout.frame

    @property
    def is_crowded(self) -> bool:
        return least_size(self._computation)[1] > HIGH

    def centre(self, cursor: int) -> Point:
        return self._middle(self._layout.nodes[key] for key in self._lit[cursor].nodes)

    def lit(self, cursor: int) -> Lit:
        """Return what the pause computes and needs, with the edges between."""
        return self._lit[cursor]

    @cached_property
    def _computation(self) -> Computation:
        return computation_of(self.iteration.plan)

    @cached_property
    def _lit(self) -> dict[int, Lit]:
        pauses, finder = self.iteration.pauses, LitFinder(self.iteration, self._computation)
        return {cursor: finder.about(pauses[cursor - 1]) if cursor else Lit() for cursor in self._drawn}

    @cached_property
    def _layout(self) -> GraphLayout:
        look = self.look
        if look.room is None:
            return laid_out(self._computation, nominal(look.frame))
        return fitted_graph(self._computation, look.room)

    @cached_property
    def _texts(self) -> GraphTexts:
        return GraphTexts(self.iteration, self._computation, self._labels, self.sample)

    @cached_property
    def _told(self) -> dict[str, list[tuple[int, str]]]:
        """All that is known at each place; a product that has no step of its own is told at its weight."""
        found = dict(self._labels.hovers)
        for key, node in self._computation.nodes.items():
            if node.part == "product" and key not in self.iteration.position:
                since, value = self._texts.values[key]
                line = since, f"{node.quantity.name} = {exactly(value)}"
                place = node.quantity.place.key
                found[place] = sorted([*found[place], line], key=lambda told: told[0])
        return found

    # Traces

    @cached_property
    def _still(self) -> dict[str, Plotly]:
        """The traces by name, from the back to the front, with all that never changes.

        Of those that change none begins empty and each has as many points as ever, see the network's picture.
        """
        p = self.look.palette
        font = {"color": p.text, "size": self.area.font_size}
        return {
            EDGES: self._dim_edges(),
            NAMES: self._names(),
            BORDERS: merged(self._boxes(BORDER), {"marker": {"color": self._kinds}}) | SILENT,
            GLOW: {"mode": "lines", "line": {"color": p.lit_edge, "width": 9}} | SILENT,
            VALUES: {"mode": "lines", "line": {"color": p.kinds["hidden"], "width": 2.5}} | SILENT,
            GRADIENTS: {"mode": "lines", "line": {"color": p.kinds["gradient"], "width": 2.5}} | SILENT,
            RINGS: {"mode": "markers", "marker": THICK | {"color": p.lit_edge}} | SILENT,
            NODES: merged(self._boxes(0), {"mode": "markers+text", "textfont": font} | TELLING),
            LABELS: label_style(self.area) | TELLING,
            POINTED: self._pointed(),
        }

    def _moved(self, cursor: int) -> dict[str, Plotly]:
        """Return what the traces that change become after so many pauses."""
        lit = self._lit[cursor]
        back, onward = (lit.edges, ()) if lit.is_backward else ((), lit.edges)
        return {
            GLOW: self._lines(lit.edges, self._most_lit, None),
            VALUES: self._lines(onward, self._most_onward, False),
            GRADIENTS: self._lines(back, self._most_back, True),
            RINGS: self._rings(tuple(key for key in self._computation.nodes if key in lit.nodes)),
            NODES: self._contents(lit.nodes, cursor),
            LABELS: with_background(self._written[cursor], self.look.palette, self.area),
        }

    @cached_property
    def _most_lit(self) -> int:
        return max(self._most_onward, self._most_back)

    @cached_property
    def _most_onward(self) -> int:
        return max((len(lit.edges) for lit in self._lit.values() if not lit.is_backward), default=1) or 1

    @cached_property
    def _most_back(self) -> int:
        return max((len(lit.edges) for lit in self._lit.values() if lit.is_backward), default=1) or 1

    def _lines(self, edges: tuple[Edge, ...], most: int, is_backward: bool | None) -> Plotly:
        """Return so many edges as one line, with heads where they are said to go one way; boxes hide those to spare."""
        x, y = self._unseen
        spare: Line = (x - 1, y), (x, y), (x, y), (x + 1, y)
        lines: list[tuple[Point, ...]] = []
        for line in [*(self._layout.edges[edge] for edge in edges), *[spare] * (most - len(edges))]:
            lines.append(line)
            if is_backward is not None:
                lines.append(spare[:3] if line is spare else self._head(line[::-1] if is_backward else line))
        across, up = joined(lines)
        return {"x": across, "y": up}

    def _head(self, line: tuple[Point, ...]) -> tuple[Point, Point, Point]:
        """Return the head of an arrow at the end of a line."""
        tip = line[-1]
        before = next(point for point in reversed(line) if point != tip)
        long = hypot(tip[0] - before[0], tip[1] - before[1])
        dx, dy = ((tip[0] - before[0]) / long, (tip[1] - before[1]) / long)
        size = HEAD * self.area.font_size
        ends = ((tip[0] - size * (dx - side * dy / 2), tip[1] - size * (dy + side * dx / 2)) for side in (1, -1))
        (x0, y0), (x1, y1) = ends
        return (round(x0, 2), round(y0, 2)), tip, (round(x1, 2), round(y1, 2))

    def _dim_edges(self) -> Plotly:
        """Return the arrows, dim, with spots to point at and to click."""
        lines: list[tuple[Point, ...]] = []
        places: list[str | None] = []
        for edge, line in self._layout.edges.items():
            spots = tuple(spot for start, end in pairwise(line) if start != end for spot in spots_along(start, end, 12))
            for part in (spots, self._head(line)):
                lines.append(part)
                places += [*[self._place_of(edge)] * len(part), None]
        x, y = joined(lines)
        line_style = {"color": self.look.palette.muted, "width": 1.25}
        return {"x": x, "y": y, "mode": "lines", "line": line_style, "opacity": 0.6, "customdata": places} | TELLING

    def _place_of(self, edge: Edge) -> str:
        """Return the place that an edge belongs to: that of the weight or bias that it has to do with, or its end."""
        start, end = (self._computation.nodes[key] for key in edge)
        near = start if start.part in ("product", "given") and end.part != "product" else end
        return near.quantity.place.key

    def _boxes(self, border: int) -> Plotly:
        """Return the boxes of the nodes as thick lines, larger by a border."""
        nodes = self._computation.nodes
        return merged(
            {
                "mode": "markers",
                "customdata": [node.quantity.place.key for node in nodes.values()],
                "marker": THICK,
            },
            self._sized(tuple(nodes), border),
        )

    def _rings(self, lit: tuple[str, ...]) -> Plotly:
        """Return the borders of lit boxes, as many at every cursor: those to spare are hidden by a box."""
        spare = self._most_rings - len(lit)
        sized = self._sized(lit, RING)
        x, y = self._unseen
        marker = sized["marker"]
        return {
            "x": sized["x"] + [x] * spare,
            "y": sized["y"] + [y] * spare,
            "marker": {
                "size": marker["size"] + [1] * spare,
                "line": {"width": marker["line"]["width"] + [1] * spare},
            },
        }

    @cached_property
    def _most_rings(self) -> int:
        return max(1, *(len(lit.nodes) for lit in self._lit.values()))

    def _sized(self, keys: tuple[str, ...], border: int) -> Plotly:
        """Return where boxes are and how large, each with a border around it."""
        g = self._layout
        x, y = split(g.nodes[key] for key in keys)
        sizes = [round(LEVEL_LINE * (2 * g.halves[key][0] + border), 2) for key in keys]
        return {
            "x": x,
            "y": y,
            "marker": {"size": sizes, "line": {"width": [2 * g.halves[key][1] + border for key in keys]}},
        }

    @property
    def _kinds(self) -> list[str]:
        kinds = self.look.palette.kinds
        return [kinds[node.quantity.kind] for node in self._computation.nodes.values()]

    def _contents(self, lit: frozenset[str], cursor: int) -> Plotly:
        p, nodes = self.look.palette, self._computation.nodes
        return {
            "text": [self._texts.inside(key, self._sign(key), cursor) for key in nodes],
            "marker": {"color": [p.lit_soft if key in lit else p.card for key in nodes]},
        }

    def _sign(self, key: str) -> str:
        """Return what stands in a box before its number: an operation's sign, or the name of what is given."""
        node = self._computation.nodes[key]
        return node.sign or shown_name(node.quantity.name, self.area)

    @cached_property
    def _written(self) -> dict[int, list[Label]]:
        """The labels, as many at every cursor: those to spare are blank and hidden by a box."""
        written = {cursor: list(self._labels_at(cursor)) for cursor in self._lit}
        most = max(1, *map(len, written.values()))
        key = next(iter(self._layout.nodes))
        spare = Label(self._computation.nodes[key].quantity.place.key, self._layout.nodes[key], BLANK, is_lit=False)
        return {cursor: [*labels, *[spare] * (most - len(labels))] for cursor, labels in written.items()}

    def _labels_at(self, cursor: int) -> Iterator[Label]:
        """Yield what is written beside boxes and at edges."""
        lit, g = self._lit[cursor], self._layout
        for key, spot in g.notes.items():
            if (text := self._texts.note(key, cursor)) != BLANK:
                yield Label(self._computation.nodes[key].quantity.place.key, spot, text, key in lit.nodes)
        for edge, (x, y) in g.labels.items():
            if (text := self._texts.along(edge, cursor)) != BLANK:
                down = text.count("<br>") * g.line / 2
                yield Label(self._place_of(edge), (x, round(y - down, 2)), text, lit.is_backward and edge in lit.edges)

    def _names(self) -> Plotly:
        """Return the names of what is computed, and the captions where there are several samples."""
        g, p, nodes = self._layout, self.look.palette, self._computation.nodes
        texts = [Label("", spot, nodes[key].quantity.name, is_lit=False) for key, spot in g.names.items()]
        if self.iteration.plan.n_samples > 1:
            q = self._computation.plan.quantities
            for key, caption in (
                (q.neurons[0][0].id, self._caption_of_sample()),
                (q.loss.id, self._caption_of_error()),
            ):
                x = self._in_sight(g.nodes[key][0], caption)
                texts.append(Label("", (x, g.frame.height - g.line / 2), caption, is_lit=False))
        changing = with_background(texts, p, self.area)
        del changing["customdata"]
        return merged(label_style(self.area), changing) | SILENT

    def _marks(self) -> dict[str, Plotly]:
        """Return what POINTED becomes for each place: the outlines of its boxes."""
        g, boxes = self._layout, dict[str, list[list[Point]]]()
        for key, node in self._computation.nodes.items():
            boxes.setdefault(node.quantity.place.key, []).append(outline(g.nodes[key], g.halves[key]))
        x, y = self._unseen
        changes: dict[str, Plotly] = {"": {"x": [x], "y": [y], "marker": {"size": 0, "opacity": 0}}}
        for place, outlines in boxes.items():
            across, up = joined(outlines)
            changes[place] = {"x": across, "y": up, "marker": {"size": 0, "opacity": 1}}
        return changes

    @property
    def _unseen(self) -> Point:
        return next(iter(self._layout.nodes.values()))
