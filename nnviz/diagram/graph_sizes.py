"""How much room the parts of a computation graph need: its columns, the rows in them, and what is written beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from nnviz.charts.canvas import Frame
from nnviz.charts.text_metrics import height, width
from nnviz.diagram.computation import Computation, Neuron
from nnviz.text import shortened

MARGIN, BORDER = 4, 2  # pixels around all, and between a box and what is written beside it


def shown_name(name: str, frame: Frame) -> str:
    """Return the name of what is given as there is room for it in a kind of frame."""
    return shortened(name, 12 if frame.spells_out else 5)


@dataclass(frozen=True, eq=False)
class GraphSizes:
    """What a graph needs in a frame, whose texts and digits it has; ``layers`` are the neurons of each layer."""

    computation: Computation
    frame: Frame

    @cached_property
    def layers(self) -> list[list[Neuron]]:
        q = self.computation.plan.quantities
        numbers = range(1, len(q.neurons))
        return [[self.computation.of_layer(n, unit) for unit in range(len(q.neurons[n]))] for n in numbers]

    @property
    def width(self) -> int:
        """How wide the frame must be."""
        return ceil(sum(self.columns) + sum(self.gaps) + 2 * MARGIN)

    @property
    def height(self) -> int:
        """How high the frame must be."""
        q = self.computation.plan.quantities
        columns = [sum(sum(self.reach(n, layer)) for n in row) for layer, row in enumerate(self.layers)]
        columns += [1.6 * self.box * len(q.neurons[0]), sum(self.reach_of_loss)]
        return ceil(max(columns) + self.captions + 2 * MARGIN)

    # Rows

    @property
    def captions(self) -> float:
        """How high the line is that says of which sample the numbers are, where there are several."""
        return self.line if self.has_samples else 0.0

    @property
    def has_samples(self) -> bool:
        """Whether the numbers are those of one sample of several."""
        return self.computation.plan.n_samples > 1

    @property
    def box(self) -> int:
        """How high a box is."""
        return round(1.3 * self.frame.font_size) + 6

    @property
    def line(self) -> float:
        """How high is what is written beside a box."""
        return height(1, self.frame.font_size)

    @property
    def above_product(self) -> float:
        """How far above a product its weight is, with what is written between them."""
        return self.box + self.line + BORDER

    @property
    def below_sum(self) -> float:
        """How far below a sum its bias is: a label is between them, of two lines where samples are summed."""
        return self.box + self.line * (2 if self.has_samples else 1) + 8

    @property
    def below_loss(self) -> float:
        """How far below E a target is, and below another one."""
        return self.box + self.line

    def row(self, layer: int) -> tuple[float, float]:
        """Return how far a product's row reaches above its middle, and below.

        Where paths meet at the neuron that it comes from, the edge from there has two lines; and there are two below a
        product that is a whole sum.
        """
        row = self.layers[layer]
        meets = layer > 0 and len(row) > 1
        below = max(1.5 * self.line if meets else 0, self.box / 2 + (0 if row[0].has_sum else 2 * self.line))
        return self.above_product + self.box / 2, 5 + below

    def reach(self, neuron: Neuron, layer: int) -> tuple[float, float]:
        """Return how far a neuron with all that leads to it reaches above its middle, and below."""
        above, below = self.row(layer)
        rows = (len(neuron.products) - 1) / 2 * (above + below)
        bias = self.below_sum + self.box / 2 + BORDER + self.line if neuron.bias else self.box / 2
        return max(rows + above, self.box / 2 + 2 * self.line + 4), max(rows + below, bias + 4)

    @property
    def reach_of_loss(self) -> tuple[float, float]:
        """How far E reaches above its middle, and below: of several targets half are above it."""
        count = len(self.computation.plan.quantities.targets)
        above = 2 * self.line + self.below_loss * (count // 2) + BORDER
        return self.box / 2 + above, self.box / 2 + self.below_loss * ceil(count / 2)

    # Columns

    @property
    def columns(self) -> list[float]:
        """How wide the columns are: the inputs; of each layer the weights, products, sums and activations; E."""
        return self._columns_and_gaps[0]

    @property
    def gaps(self) -> list[float]:
        """How wide the gaps between them are."""
        return self._columns_and_gaps[1]

    @cached_property
    def _columns_and_gaps(self) -> tuple[list[float], list[float]]:
        font, room, q = self.frame.font_size, self.frame.room, self.computation.plan.quantities
        note = self._wide((7 if self.frame.spells_out else 1) + 1 + room)
        number, label = self._wide(2 + room), width(2 + room, font) + font
        columns, gaps = [self._given(x.id for x in q.neurons[0])], []
        for row in self.layers:
            weights = max(note, self._given(w for neuron in row for _, w in self.products(neuron)))
            columns += [weights, number if row[0].has_sum else max(note, number)]
            is_level = len(row) == len(row[0].products) == 1
            gaps += [(0.7 if is_level else 1.4) * font, 0.6 * font]
            if row[0].has_sum:
                columns.append(max(note, number, self._given(n.bias for n in row if n.bias)))
                gaps.append(width(3, font) + 0.3 * font)
            if row[0].is_activated:
                sign = max(len(self.computation.nodes[neuron.output].sign) for neuron in row)
                columns.append(max(note, self._wide(sign + 1 + room)))
                gaps.append(label - self.spill)
        last = label - self.spill if len(q.targets) == 1 else label
        return [*columns, self._given([q.loss.id, *(y.id for y in q.targets)])], [*gaps, last]

    @property
    def spill(self) -> float:
        """How much wider than its gap the label of a level edge may be, as it is beside the names above the boxes."""
        return 3.6 * self.frame.font_size

    def products(self, neuron: Neuron) -> Iterator[tuple[str, str]]:
        """Yield the products of a neuron, each with its weight."""
        nodes = self.computation.nodes
        for product in neuron.products:
            yield product, next(key for key in nodes[product].sources if nodes[key].quantity.kind == "weight")

    def _given(self, keys: "Iterator[str] | list[str]") -> float:
        names = (shown_name(self.computation.nodes[key].quantity.name, self.frame) for key in keys)
        return self._wide(max(map(len, names), default=0) + 1 + self.frame.room)

    def _wide(self, characters: int) -> float:
        return width(characters, self.frame.font_size)
