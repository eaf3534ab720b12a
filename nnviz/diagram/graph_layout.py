"""Where everything of a computation graph is drawn: boxes in columns, and the edges between them."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from nnviz.charts.canvas import COMPACT, SMALLEST_TEXT, WIDE, Frame, Room
from nnviz.charts.lines import Point
from nnviz.diagram.computation import Computation, Edge, Neuron
from nnviz.diagram.geometry import TEXTS, WORTH
from nnviz.diagram.graph_sizes import BORDER, MARGIN, GraphSizes

Line = tuple[Point, Point, Point, Point]
Span = tuple[float, float]
SPELT = replace(WIDE, room=7, line=15, bias_line=15, is_dense=True)
MARKED = replace(COMPACT, room=6, line=8, bias_line=8, is_dense=True)
SHORT = replace(COMPACT, room=5, line=7, bias_line=7, is_dense=True)
LARGEST = 1000, 600  # pixels that a graph may need where texts are as small as can be read
STRETCH = 2.0  # how far apart rows may be, in the least distance that they need


@dataclass(frozen=True)
class GraphLayout:
    """Positions by a node's id and by an edge, in a frame as large as the graph needs.

    ``nodes`` are the middles of boxes, whose half widths and heights are in ``halves``; ``notes`` and ``names`` are the
    middles of what is written beside them, a ``line`` high; ``labels`` those of the edges' labels, from which a second
    line goes down. An edge has two turns, which may be in one place.
    """

    frame: Frame
    line: float
    nodes: dict[str, Point] = field(default_factory=dict)
    halves: dict[str, Point] = field(default_factory=dict)
    notes: dict[str, Point] = field(default_factory=dict)
    names: dict[str, Point] = field(default_factory=dict)
    edges: dict[Edge, Line] = field(default_factory=dict)
    labels: dict[Edge, Point] = field(default_factory=dict)


def nominal(frame: Frame) -> Frame:
    """Return the frame of a graph that may be as large as it needs, of the size and kind of a network's."""
    kind = SPELT if frame.spells_out else SHORT
    return replace(kind, width=frame.width, height=frame.height, font_size=frame.font_size)


@lru_cache(maxsize=64)
def least_size(computation: Computation) -> tuple[int, int]:
    """Return how wide and how high a graph is where its texts are as small as can be read."""
    sizes = GraphSizes(computation, replace(SHORT, font_size=SMALLEST_TEXT))
    return sizes.width, sizes.height


def is_drawable(computation: Computation) -> bool:
    """Whether a graph is small enough to be taken in, and has each weight and bias in one place."""
    if computation.plan.shape.constraints.tied:
        return False
    return all(size <= most for size, most in zip(least_size(computation), LARGEST, strict=True))


@lru_cache(maxsize=64)
def laid_out(computation: Computation, frame: Frame) -> GraphLayout:
    """Return where the parts of a graph are drawn in a frame that is made as large as they need."""
    return _Layout(GraphSizes(computation, frame)).found


@lru_cache(maxsize=256)
def fitted_graph(computation: Computation, room: Room) -> GraphLayout:
    """Return where the parts of a graph are drawn so that it fits a room with texts as large as can be.

    What does not fit at SMALLEST_TEXT is drawn at that size, and larger than the room.
    """
    found: dict[float, GraphSizes] = {}
    for kind in (SPELT, MARKED, SHORT):
        for text in TEXTS:
            sizes = GraphSizes(computation, replace(kind, width=room.width, height=room.height, font_size=text))
            if sizes.width <= room.width and sizes.height <= room.height:
                found.setdefault(text / (1 if kind.spells_out else WORTH), sizes)
                break
    if found:
        return _Layout(found[max(found)]).found
    return laid_out(computation, replace(SHORT, width=room.width, height=room.height, font_size=SMALLEST_TEXT))


class _Layout:
    """Puts nodes into columns, the neurons of each layer one below the other, and joins them."""

    def __init__(self, sizes: GraphSizes) -> None:
        self.sizes, self.nodes = sizes, sizes.computation.nodes
        wide, high = max(sizes.frame.width, sizes.width), max(sizes.frame.height, sizes.height)
        self.found = GraphLayout(replace(sizes.frame, width=wide, height=high), sizes.line)
        self.top, self.bottom = high - sizes.captions - MARGIN, float(MARGIN)
        self.spans = self._spans(wide)
        column = 1
        for layer in range(len(sizes.layers)):
            column = self._layer(layer, column)
        self._inputs()
        self._loss()
        for edge in sizes.computation.edges:
            self._join(edge)

    def _spans(self, wide: int) -> list[Span]:
        """Return where the columns begin and end: what room there is to spare is between them."""
        sizes = self.sizes
        spare = (wide - sizes.width) / len(sizes.columns)
        left, spans = MARGIN + spare / 2, list[Span]()
        for column, gap in zip(sizes.columns, [*sizes.gaps, 0.0], strict=True):
            spans.append((left, left + column))
            left += column + gap + spare
        return spans

    # Boxes

    def _put(self, key: str, y: float, span: Span) -> None:
        self.found.nodes[key] = round(sum(span) / 2, 2), round(y, 2)
        self.found.halves[key] = round((span[1] - span[0]) / 2, 2), self.sizes.box / 2

    def _note(self, key: str, lines: int) -> None:
        """Put what is written of a node in so many lines above its box, or below it where they are negative."""
        x, y = self.found.nodes[key]
        away = (self.sizes.box + self.sizes.line) / 2 + BORDER + (abs(lines) - 1) * self.sizes.line
        self.found.notes[key] = x, round(y + (away if lines > 0 else -away), 2)

    def _layer(self, layer: int, column: int) -> int:
        """Put a layer's nodes into the columns from one on, and return the next column."""
        row = self.sizes.layers[layer]
        reaches = [self.sizes.reach(neuron, layer) for neuron in row]
        needed = sum(map(sum, reaches))
        stretch = min(STRETCH, (self.top - self.bottom) / needed)
        y = (self.top + self.bottom + stretch * needed) / 2
        end = column + 2 + row[0].has_sum
        for neuron, (above, below) in zip(row, reaches, strict=True):
            centre = y - stretch * (above + below) / 2 - (above - below) / 2
            self._neuron(neuron, layer, column, centre, stretch)
            if neuron.is_activated:
                self._operation(neuron.output, centre, self.spans[end])
            y -= stretch * (above + below)
        return end + row[0].is_activated

    def _neuron(self, neuron: Neuron, layer: int, column: int, centre: float, stretch: float) -> None:
        """Put a neuron's weights, products, sum and bias."""
        weights, products, sums = self.spans[column : column + 3]
        first = (len(neuron.products) - 1) / 2
        for number, (product, weight) in enumerate(self.sizes.products(neuron)):
            y = centre + (first - number) * stretch * sum(self.sizes.row(layer))
            self._put(product, y, products)
            self._put(weight, y + self.sizes.above_product, weights)
            self._note(weight, -1)
        if not neuron.has_sum:
            self._note(neuron.total, -2)
            x, below = self.found.notes[neuron.total]
            self.found.names[neuron.total] = x, round(below + self.sizes.line, 2)
            return
        self._operation(neuron.total, centre, sums)
        if neuron.bias:
            self._put(neuron.bias, centre - self.sizes.below_sum, sums)
            self._note(neuron.bias, -1)

    def _operation(self, key: str, y: float, span: Span) -> None:
        """Put a sum or an activation, its name above it, and above that what else is known there."""
        self._put(key, y, span)
        self._note(key, 2)
        x, above = self.found.notes[key]
        self.found.names[key] = x, round(above - self.sizes.line, 2)

    def _inputs(self) -> None:
        """Put the inputs, around the middle of the products that they go to."""
        keys = [x.id for x in self.sizes.computation.plan.quantities.neurons[0]]
        heights = [self.found.nodes[p][1] for neuron in self.sizes.layers[0] for p in neuron.products]
        room, half = self.top - self.bottom, self.sizes.box / 2
        apart = min(room / len(keys), room / 2)
        reach = (len(keys) - 1) / 2 * apart + half
        middle = min(max((max(heights) + min(heights)) / 2, self.bottom + reach), self.top - reach)
        for number, key in enumerate(keys):
            self._put(key, middle + ((len(keys) - 1) / 2 - number) * apart, self.spans[0])

    def _loss(self) -> None:
        """Put E in the middle of the outputs, half of the targets above it and half below."""
        q, span = self.sizes.computation.plan.quantities, self.spans[-1]
        above, below = self.sizes.reach_of_loss
        heights = [self.found.nodes[output.id][1] for output in q.neurons[-1]]
        middle = min(max((max(heights) + min(heights)) / 2, self.bottom + below), self.top - above)
        self._put(q.loss.id, middle, span)
        self._note(q.loss.id, 2)
        upper = len(q.targets) // 2
        for number, target in enumerate(q.targets):
            places = upper - number if number < upper else upper - number - 1
            lifted = 2 * self.sizes.line if places > 0 else 0
            self._put(target.id, middle + places * self.sizes.below_loss + lifted, span)

    # Edges

    def _join(self, edge: Edge) -> None:
        start, end = (self.nodes[key] for key in edge)
        if start.quantity.kind == "weight":
            self._down(edge)
        elif end.part == "product":
            self._along(edge)
        elif start.quantity.kind in ("bias", "target"):
            self._upright(edge)
        else:
            self._across(edge)

    def _sides(self, key: str) -> tuple[float, float]:
        (x, _), (half, _) = self.found.nodes[key], self.found.halves[key]
        return round(x - half, 2), round(x + half, 2)

    def _down(self, edge: Edge) -> None:
        """Put the edge from a weight to its product, which comes from above."""
        x, y = self.found.nodes[edge[1]]
        corner = x, self.found.nodes[edge[0]][1]
        self.found.edges[edge] = (self._sides(edge[0])[1], corner[1]), corner, corner, (x, y + self.sizes.box / 2)
        self.found.labels[edge] = corner

    def _along(self, edge: Edge) -> None:
        """Put the edge from an input or a neuron to a product, which goes below the weight, with the label there."""
        [weight] = (key for key in self.nodes[edge[1]].sources if key != edge[0])
        y, (left, _), (end, _) = self.found.nodes[edge[1]][1], self._sides(weight), self._sides(edge[1])
        start = self._sides(edge[0])[1], self.found.nodes[edge[0]][1]
        turn = round(left - 0.4 * (left - start[0]), 2), y
        self.found.edges[edge] = start, turn, turn, (end, y)
        self.found.labels[edge] = self.found.nodes[weight][0], y

    def _across(self, edge: Edge) -> None:
        """Put an edge from a box's right side to another one's left, beside those that end there too."""
        beside = [key for key in self.nodes[edge[1]].sources if self.nodes[key].part != "given"]
        apart = min(6.0, self.sizes.box / (1 + len(beside)))
        y = self.found.nodes[edge[1]][1] + ((len(beside) - 1) / 2 - beside.index(edge[0])) * apart
        start = self._sides(edge[0])[1], self.found.nodes[edge[0]][1]
        end = self._sides(edge[1])[0], round(y, 2)
        middle = round((start[0] + end[0]) / 2, 2), round((start[1] + end[1]) / 2, 2)
        self.found.edges[edge] = start, middle, middle, end
        is_level = abs(start[1] - end[1]) < 1 and self.nodes[edge[1]].part != "sum"
        above = (self.sizes.box + self.sizes.line) / 2 + 2 * BORDER
        self.found.labels[edge] = middle[0], round(middle[1] + (above if is_level else 0), 2)

    def _upright(self, edge: Edge) -> None:
        """Put an edge between boxes one above the other, with its label in the middle; around those between them."""
        (x, y0), (_, y1) = (self.found.nodes[key] for key in edge)
        others = (self.found.nodes[key][1] for key in self.nodes[edge[1]].sources if self.nodes[key].part == "given")
        if any(min(y0, y1) < y < max(y0, y1) for y in others):
            side = self._sides(edge[0])[1]
            aside = side + MARGIN / 2
            self.found.edges[edge] = (side, y0), (aside, y0), (aside, y1), (side, y1)
            return
        up = self.sizes.box / 2 if y0 < y1 else -self.sizes.box / 2
        middle = x, round((y0 + y1) / 2, 2)
        self.found.edges[edge] = (x, round(y0 + up, 2)), middle, middle, (x, round(y1 - up, 2))
        self.found.labels[edge] = x, round(middle[1] + (self.sizes.line / 2 if self.sizes.has_samples else 0), 2)
