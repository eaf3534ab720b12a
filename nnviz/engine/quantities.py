"""What a network's numbers are called, what kind they are, and where in the network they live."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

PARTIAL = "∂"


@dataclass(frozen=True, slots=True)
class Letter:
    """A symbol such as w5, ŷ or h1⁺ (``new``: after the update)."""

    base: str
    index: str = ""
    new: bool = False

    def __str__(self) -> str:
        return f"{self.base}{self.index}{'⁺' if self.new else ''}"


@dataclass(frozen=True, slots=True)
class Derivative:
    """The symbol ∂of/∂wrt."""

    of: Letter
    wrt: Letter

    def __str__(self) -> str:
        return f"{PARTIAL}{self.of}/{PARTIAL}{self.wrt}"


Symbol = Letter | Derivative


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity lives.

    ``part`` is "neuron" (inputs are the neurons of layer 0), "weight", "bias", "target", "loss" or "rate".
    A weight runs from neuron ``source`` of the layer before to neuron ``unit`` of ``layer``.
    """

    part: str
    layer: int = 0
    unit: int = 0
    source: int = 0

    @property
    def key(self) -> str:
        """A short name, unique within a network, for the drawing and the browser."""
        return f"{self.part}-{self.layer}-{self.unit}-{self.source}"


@dataclass(frozen=True)
class Quantity:
    """Anything with a name and a value: x1, w5, z1, h1, ŷ, E, ∂E/∂w5, w5⁺.

    ``kind`` is "input", "weight", "bias", "sum", "hidden", "prediction", "target", "loss", "rate" or "gradient";
    a gradient is that of E ``with_respect_to`` another quantity.
    """

    symbol: Symbol
    kind: str
    place: Place
    with_respect_to: "Quantity | None" = None

    @cached_property
    def name(self) -> str:
        """The symbol as plain text, unique within an iteration."""
        return str(self.symbol)

    @property
    def letter(self) -> Letter:
        """The symbol of a quantity that is not a derivative."""
        if isinstance(self.symbol, Derivative):
            raise TypeError(self.name)
        return self.symbol

    def after_update(self) -> "Quantity":
        """Return the same quantity as it is after the update: w5 gives w5⁺."""
        return Quantity(Letter(self.letter.base, self.letter.index, new=True), self.kind, self.place)


LOSS = Quantity(Letter("E"), "loss", Place("loss"))
RATE = Quantity(Letter("α"), "rate", Place("rate"))

Row = tuple[Quantity, ...]


@dataclass(frozen=True)
class Quantities:
    """The quantities of a network, an entry a layer; the inputs are the neurons of layer 0.

    ``weights[layer][unit]`` is a row with a weight for each neuron of the layer before. Where a layer's activation
    is the identity, its ``sums`` are its ``neurons``.
    """

    neurons: tuple[Row, ...]
    sums: tuple[Row, ...]
    weights: tuple[tuple[Row, ...], ...]
    biases: tuple[Row, ...]
    targets: Row
    loss: Quantity = LOSS

    @cached_property
    def nodes(self) -> Row:
        """All that is drawn as a node: the neurons, layer by layer, the loss, the targets."""
        return (*(neuron for row in self.neurons for neuron in row), self.loss, *self.targets)

    @cached_property
    def all_weights(self) -> Row:
        """The weights in the order of their numbers."""
        return tuple(weight for rows in self.weights for row in rows for weight in row)

    def after_update(self, moved: frozenset[Quantity]) -> "Quantities":
        """Return the quantities of the forward pass with the new parameters, of which ``moved`` have new values."""

        def new(row: Row) -> Row:
            return tuple(quantity.after_update() for quantity in row)

        return Quantities(
            neurons=(self.neurons[0], *map(new, self.neurons[1:])),
            sums=tuple(map(new, self.sums)),
            weights=tuple(tuple(map(new, rows)) for rows in self.weights),
            biases=tuple(tuple(b.after_update() if b in moved else b for b in row) for row in self.biases),
            targets=self.targets,
            loss=self.loss.after_update(),
        )


def numbered(sizes: tuple[int, ...], activated: tuple[bool, ...]) -> Quantities:
    """Return a network's quantities, numbered as in seeds/001.

    ``sizes`` begins with the inputs; ``activated`` says of each layer whether its activation is not the identity.
    Weights w1, w2, …, biases b1, …, sums z1, … and hidden neurons h1, … are numbered through, layer by layer,
    neuron by neuron, input by input. A single output is ŷ, several are ŷ1, ŷ2, ….
    """
    neurons = [_row("x", "input", 0, sizes[0])]
    sums: list[Row] = [()]
    weights: list[tuple[Row, ...]] = [()]
    biases: list[Row] = [()]
    n_neurons = n_weights = 0
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        if layer == len(sizes) - 1:
            neurons.append(_row("ŷ", "prediction", layer, n_out, first=1 if n_out > 1 else None))
        else:
            neurons.append(_row("h", "hidden", layer, n_out, first=n_neurons + 1))
        named = _row("z", "sum", layer, n_out, first=n_neurons + 1)
        sums.append(named if activated[layer - 1] else neurons[layer])
        biases.append(_row("b", "bias", layer, n_out, first=n_neurons + 1, part="bias"))
        weights.append(
            tuple(
                tuple(
                    Quantity(
                        Letter("w", str(n_weights + unit * n_in + source + 1)),
                        "weight",
                        Place("weight", layer, unit, source),
                    )
                    for source in range(n_in)
                )
                for unit in range(n_out)
            )
        )
        n_neurons += n_out
        n_weights += n_in * n_out
    targets = _row("y", "target", len(sizes) - 1, sizes[-1], first=1 if sizes[-1] > 1 else None, part="target")
    return Quantities(tuple(neurons), tuple(sums), tuple(weights), tuple(biases), targets)


def gradient(quantity: Quantity) -> Quantity:
    """Return ∂E/∂quantity, which lives where the quantity lives."""
    return Quantity(Derivative(LOSS.letter, quantity.letter), "gradient", quantity.place, quantity)


def _row(base: str, kind: str, layer: int, size: int, first: int | None = 1, part: str = "neuron") -> Row:
    """Return a layer's quantities of one kind, numbered from ``first``; without a number where that is None."""
    return tuple(
        Quantity(Letter(base, "" if first is None else str(first + unit)), kind, Place(part, layer, unit))
        for unit in range(size)
    )
