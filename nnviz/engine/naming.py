"""What a network's numbers are called, in either notation, and where in the network they live."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from nnviz.algebra.quantities import Derivative, Kind, Letter, Place, Quantity, derivative_id
from nnviz.engine.constraints import FREE, Constraints

Notation = Literal["numbered", "indexed"]
NUMBERED: Notation = "numbered"
INDEXED: Notation = "indexed"
NOTATIONS = (NUMBERED, INDEXED)
TARGET, UPSTREAM = "y", "g"  # the letters of the targets, and of a given gradient in their place
IN_ASCII = {"ŷ": "yhat", UPSTREAM: TARGET}  # letters in ids


LOSS = Quantity("E", Letter("E"), "loss", Place("loss"))
RATE = Quantity("alpha", Letter("α"), "rate", Place("rate"))

Row = tuple[Quantity, ...]
Names = tuple[tuple[str, ...], tuple[str, ...]]
NO_NAMES: Names = ((), ())


@dataclass(frozen=True)
class Quantities:
    """The quantities of a network, an entry a layer; the inputs are the neurons of layer 0.

    ``weights[layer][unit]`` is a row with a weight for each neuron of the layer before. Where a layer's activation
    is the identity, its ``sums`` are its ``neurons``. Weights that are tied are the same quantity in several places,
    and those of ``absent`` links, by id, are in no sum.
    """

    neurons: tuple[Row, ...]
    sums: tuple[Row, ...]
    weights: tuple[tuple[Row, ...], ...]
    biases: tuple[Row, ...]
    targets: Row
    loss: Quantity = LOSS
    absent: frozenset[str] = frozenset()

    @cached_property
    def nodes(self) -> Row:
        """All that is drawn as a node: the neurons, layer by layer, the loss, the targets."""
        return (*(neuron for row in self.neurons for neuron in row), self.loss, *self.targets)

    @cached_property
    def links(self) -> dict[Place, Quantity]:
        """The weights that there are, by the place where each is a link, in the order of their numbers."""
        return {
            Place("weight", layer, unit, source): weight
            for layer, rows in enumerate(self.weights)
            for unit, row in enumerate(rows)
            for source, weight in enumerate(row)
            if weight.id not in self.absent
        }

    @cached_property
    def all_weights(self) -> Row:
        """The weights that there are, in the order of their numbers, each once."""
        return tuple(dict.fromkeys(self.links.values()))

    @cached_property
    def uses(self) -> dict[Place, tuple[Place, ...]]:
        """By the place of each weight or bias all the places where it is, its own first."""
        found: dict[Place, list[Place]] = {}
        for place, weight in self.links.items():
            found.setdefault(weight.place, []).append(place)
        for layer, row in enumerate(self.biases):
            for unit, bias in enumerate(row):
                found.setdefault(bias.place, []).append(Place("bias", layer, unit))
        return {own: tuple(places) for own, places in found.items()}

    @cached_property
    def owners(self) -> dict[Place, Place]:
        """By each place of a weight or bias the one by which it is spoken of: of what is tied, the first."""
        return {place: own for own, places in self.uses.items() for place in places}

    def inputs_of(self, layer: int, unit: int) -> list[tuple[int, Quantity]]:
        """Return the links into a neuron: from which neuron of the layer before, and the weight."""
        return [(source, w) for source, w in enumerate(self.weights[layer][unit]) if w.id not in self.absent]

    def after_update(self, moved: frozenset[Quantity]) -> "Quantities":
        """Return the quantities of the forward pass with the new parameters, of which ``moved`` have new values."""

        def new(row: Row) -> Row:
            return tuple(quantity.after_update() for quantity in row)

        def parameters(row: Row) -> Row:
            return tuple(quantity.after_update() if quantity in moved else quantity for quantity in row)

        return Quantities(
            neurons=(self.neurons[0], *map(new, self.neurons[1:])),
            sums=tuple(map(new, self.sums)),
            weights=tuple(tuple(map(parameters, rows)) for rows in self.weights),
            biases=tuple(map(parameters, self.biases)),
            targets=self.targets,
            loss=self.loss.after_update(),
            absent=self.absent,
        )


@lru_cache(maxsize=64)
def quantities_of(
    sizes: tuple[int, ...],
    activated: tuple[bool, ...],
    notation: Notation,
    own: Names = NO_NAMES,
    target: str = TARGET,
    constraints: Constraints = FREE,
) -> Quantities:
    """Return a network's quantities.

    ``sizes`` begins with the inputs; ``activated`` says of each layer whether its activation is not the identity.
    The notation "numbered" is that of hmkcode, “Backpropagation Step by Step”: weights w1, w2, …, biases b1, …, sums
    z1, … and hidden neurons h1, … are numbered through, layer by layer, neuron by neuron, input by input; a single
    output is ŷ, several are ŷ1, ŷ2, …. "indexed" is that of most textbooks: w^l_jk, b^l_j, z^l_j, a^l_j, where
    the last layer's a is the output. Inputs and targets may have ``own`` names instead; there, "" is none. ``target``
    is the letter of the targets.
    """
    names = _Names(sizes, notation)
    neurons = [names.row("x", "input", 0, sizes[0], own=own[0])]
    sums: list[Row] = [()]
    weights: list[tuple[Row, ...]] = [()]
    biases: list[Row] = [()]
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        is_last = layer == len(sizes) - 1
        neurons.append(names.row("ŷ" if is_last else "h", "prediction" if is_last else "hidden", layer, n_out))
        sums.append(names.row("z", "sum", layer, n_out) if activated[layer - 1] else neurons[layer])
        biases.append(names.row("b", "bias", layer, n_out, part="bias"))
        weights.append(
            tuple(tuple(names.weight(layer, unit, source) for source in range(n_in)) for unit in range(n_out))
        )
    targets = names.row(target, "target", len(sizes) - 1, sizes[-1], part="target", own=own[1])
    free = Quantities(tuple(neurons), tuple(sums), tuple(weights), tuple(biases), targets)
    return free if constraints == FREE else _constrained(free, constraints)


def _constrained(free: Quantities, constraints: Constraints) -> Quantities:
    """Return the quantities with one in all the places of a tie, and with the links that are absent."""
    rows = (*free.biases, *(row for layer in free.weights for row in layer))
    by_id = {quantity.id: quantity for row in rows for quantity in row}
    first_of = {name: by_id[first] for name, first in constraints.first_of.items()}

    def tied(row: Row) -> Row:
        return tuple(first_of.get(quantity.id, quantity) for quantity in row)

    return replace(
        free,
        weights=tuple(tuple(map(tied, layer)) for layer in free.weights),
        biases=tuple(map(tied, free.biases)),
        absent=frozenset(constraints.absent),
    )


def gradient(quantity: Quantity) -> Quantity:
    """Return ∂E/∂quantity, which lives where the quantity lives; that of z^l_j is δ^l_j."""
    letter = quantity.letter
    is_delta = quantity.kind == "sum" and bool(letter.upper)
    symbol = replace(letter, base="δ") if is_delta else Derivative(LOSS.letter, letter)
    return Quantity(derivative_id(LOSS, quantity), symbol, "gradient", quantity.place, quantity)


def loss_part(loss: Quantity, output: int) -> Quantity:
    """Return one output's part of E, or of E⁺; outputs are counted from 1."""
    if loss.before is not None:
        return loss_part(loss.before, output).after_update()
    return replace(loss, id=f"{loss.id}{output}", symbol=replace(loss.letter, index=str(output)), kind="loss-part")


class _Numbered:
    """The symbols of the notation that numbers through: w5, h1, ŷ."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self.sizes = sizes

    def unit(self, base: str, layer: int, unit: int) -> Letter:
        if base in ("ŷ", TARGET, UPSTREAM):
            return Letter(base, str(unit + 1) if self.sizes[-1] > 1 else "")
        return Letter(base, str(sum(self.sizes[1:layer]) + unit + 1))

    def weight(self, layer: int, unit: int, source: int) -> Letter:
        before = sum(n_in * n_out for n_in, n_out in pairwise(self.sizes[:layer]))
        return Letter("w", str(before + unit * self.sizes[layer - 1] + source + 1))


class _Indexed:
    """The symbols of the notation with indices: w²₁₁, a¹₁."""

    def unit(self, base: str, layer: int, unit: int) -> Letter:
        if base in ("x", TARGET, UPSTREAM):
            return Letter(base, str(unit + 1))
        return Letter("a" if base in ("h", "ŷ") else base, str(unit + 1), upper=str(layer))

    def weight(self, layer: int, unit: int, source: int) -> Letter:
        apart = "," if max(unit, source) > 8 else ""
        return Letter("w", f"{unit + 1}{apart}{source + 1}", upper=str(layer))


class _Names:
    """Makes quantities of a network, named in a notation; their ids are their names in the one that numbers through."""

    def __init__(self, sizes: tuple[int, ...], notation: Notation) -> None:
        self.numbered = _Numbered(sizes)
        self.chosen = self.numbered if notation == NUMBERED else _Indexed()

    def weight(self, layer: int, unit: int, source: int) -> Quantity:
        """Return a weight."""
        at = layer, unit, source
        return Quantity(str(self.numbered.weight(*at)), self.chosen.weight(*at), "weight", Place("weight", *at))

    def row(self, base: str, kind: Kind, layer: int, size: int, part: str = "neuron", own: tuple[str, ...] = ()) -> Row:
        """Return a layer's quantities of one kind."""
        found = []
        for unit, name in enumerate((own + ("",) * size)[:size]):
            letter = self.numbered.unit(base, layer, unit)
            symbol = Letter(name) if name else self.chosen.unit(base, layer, unit)
            found.append(Quantity(f"{IN_ASCII.get(base, base)}{letter.index}", symbol, kind, Place(part, layer, unit)))
        return tuple(found)
