"""Which labels a drawing has at a cursor, and where: all of them, or in a dense one those that the step is about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from nnviz.algebra.quantities import Place, Quantity
from nnviz.charts.canvas import DENSE
from nnviz.charts.lines import Point, along
from nnviz.charts.text_metrics import BLANK, height
from nnviz.diagram.geometry import Geometry
from nnviz.diagram.labels import Labels
from nnviz.engine.naming import Row

NEAREST = 0.3


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place, its middle, and whether the step is about it."""

    key: str
    centre: Point
    text: str
    is_lit: bool


@dataclass(frozen=True)
class LabelLayout:
    """Puts an iteration's texts where the geometry has room for them."""

    labels: Labels
    geometry: Geometry

    def at(self, cursor: int, lit: frozenset[str]) -> list[Label]:
        """Return the labels that may change, as they are after so many pauses; ``lit`` is what the last is about."""
        if not self.geometry.frame.is_dense:
            return list(self._all(cursor, lit))
        lit_weights = sorted((self._weight_at[key] for key in lit & self._weight_at.keys()), key=_position)
        lit_biases = sorted((self._bias_at[key] for key in lit & self._bias_at.keys()), key=_position)
        return [
            *(label for _, group in groupby(lit_weights, _layer) for label in self._lit_edges(list(group), cursor)),
            *(label for _, group in groupby(lit_biases, _layer) for label in self._lit_biases(list(group), cursor)),
            *(self._above(key, self.labels.written(q), is_lit=True)
              for key, q in self.labels.of_step(cursor).items() if key in self.geometry.nodes),
        ]  # fmt: skip

    @cached_property
    def biases(self) -> list[Label]:
        """The biases' names and values."""
        return [self._below(b, self._own(b), is_lit=False) for b in self._biases]

    @property
    def standing(self) -> list[Label]:
        """The labels that never change: in a dense drawing the biases', over which the lit ones are written."""
        return self.biases if self.geometry.frame.is_dense else []

    @cached_property
    def _weights(self) -> Row:
        """The weights, each link's with its own place."""
        links = self.labels.iteration.plan.quantities.links
        return tuple(replace(weight, place=place) for place, weight in links.items())

    @cached_property
    def _biases(self) -> Row:
        """The biases, each neuron's with its own place."""
        found = []
        for layer, row in enumerate(self.labels.iteration.plan.quantities.biases):
            for unit, bias in enumerate(row):
                place = Place("bias", layer, unit)
                if place.key in self.geometry.biases:
                    found.append(replace(bias, place=place))
        return tuple(found)

    @cached_property
    def _weight_at(self) -> dict[str, Quantity]:
        return {w.place.key: w for w in self._weights}

    @cached_property
    def _bias_at(self) -> dict[str, Quantity]:
        return {b.place.key: b for b in self._biases}

    @cached_property
    def _noted_nodes(self) -> list[str]:
        return [key for key in self.geometry.nodes if key in self.labels.noted]

    def _all(self, cursor: int, lit: frozenset[str]) -> Iterator[Label]:
        """Yield the labels of a roomy drawing, each with its newest note."""
        for weight in self._weights:
            key = weight.place.key
            yield Label(key, self.geometry.labels[key], self._with_note(weight, cursor), key in lit)
        for bias in self._biases:
            yield self._below(bias, self._with_note(bias, cursor), bias.place.key in lit)
        for key in self._noted_nodes:
            yield self._above(key, self.labels.note(key, cursor), key in lit)

    def _with_note(self, parameter: Quantity, cursor: int) -> str:
        note, own = self.labels.note(parameter.place.key, cursor), self._own(parameter)
        return own if note == BLANK else f"{own}<br>{note}"

    def _own(self, parameter: Quantity) -> str:
        return " ".join(self.labels.own(parameter))

    def _lit_edges(self, weights: list[Quantity], cursor: int) -> Iterator[Label]:
        """Yield the labels of a layer's lit edges, where no other edge's label or node is.

        Those that end in one neuron are near their sources, those that start in one near their targets, a single one
        is in the middle; edges between several and several have none.
        """
        sources, units = {w.place.source for w in weights}, {w.place.unit for w in weights}
        if len(sources) > 1 and len(units) > 1:
            return
        share = 0.5 if len(weights) == 1 else self._near if len(units) == 1 else 1 - self._near
        for weight in weights:
            key = weight.place.key
            text = "<br>".join(self._lines(weight, cursor, is_single=len(weights) == 1))
            yield Label(key, along(*self.geometry.edges[key], share), text, is_lit=True)

    def _lines(self, weight: Quantity, cursor: int, is_single: bool) -> Iterator[str]:
        """Yield a lit edge's lines: its name, its value, and what else the step has there.

        That takes the value's line where several edges are lit, or where the step is not about the value.
        """
        name, value = self.labels.own(weight)
        note = self.labels.of_step(cursor).get(weight.place.key)
        yield name
        if note is None or (is_single and self.labels.has_own(weight.place.key, cursor)):
            yield value
        if note is not None:
            yield self.labels.written(note)

    @cached_property
    def _near(self) -> float:
        """How near a node's column a label may be, as a share of the way to the next."""
        beside = max(DENSE.note[0], DENSE.bias_width if self.geometry.biases else 0) + DENSE.label[0] + 2
        return max(NEAREST, beside / (self.geometry.columns[1] - self.geometry.columns[0]))

    def _lit_biases(self, biases: list[Quantity], cursor: int) -> Iterator[Label]:
        """Yield the labels of a layer's lit biases: a note has the second line, or with several the value's place."""
        for bias in biases:
            name, value = self.labels.own(bias)
            quantity = self.labels.of_step(cursor).get(bias.place.key)
            note = BLANK if quantity is None else self.labels.written(quantity)
            if note == BLANK:
                text = f"{name} {value}"
            elif len(biases) == 1:
                text = f"{name} {value}<br>{note}"
            else:
                text = f"{name} {note}"
            yield self._below(bias, text, is_lit=True)

    def _below(self, bias: Quantity, text: str, is_lit: bool) -> Label:
        x, top = self.geometry.biases[bias.place.key]
        rows = 1 + text.count("<br>")
        return Label(bias.place.key, (x, round(top - height(rows, self.geometry.frame.font_size) / 2, 2)), text, is_lit)

    def _above(self, key: str, text: str, is_lit: bool) -> Label:
        """Return a node's note above it; where an input's name stands beside the node, the note is behind the name."""
        (x, y), frame = self.geometry.nodes[key], self.geometry.frame
        if x > self.geometry.columns[0] or frame.is_dense:
            return Label(key, (max(x, frame.note[0] + 1), round(y + frame.beside_node, 2)), text, is_lit)
        beside, row = self.geometry.names[key]
        return Label(key, (round(beside + frame.font_size + frame.note[0], 2), row), text, is_lit)


def _layer(quantity: Quantity) -> int:
    return quantity.place.layer


def _position(quantity: Quantity) -> tuple[int, int, int]:
    return quantity.place.layer, quantity.place.unit, quantity.place.source
