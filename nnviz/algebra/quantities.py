"""Quantities, whatever they are of: a symbol as people write it, an id, a kind, and a place where they live."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

Kind = Literal[
    "input", "weight", "bias", "term", "sum", "hidden", "prediction", "target", "loss-part", "loss", "rate", "factor",
    "gradient-term", "gradient", "setting", "decayed-gradient", "velocity", "mean", "square-mean", "corrected-mean",
    "corrected-square-mean",
]  # fmt: skip
KEPT: tuple[Kind, ...] = (
    "decayed-gradient", "velocity", "mean", "square-mean", "corrected-mean", "corrected-square-mean",
)  # fmt: skip
PARTIAL = "∂"
AFTER = "+"  # at the end of the id of what is after the update
SUBSCRIPTS, SUPERSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"), str.maketrans("0123456789−z", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᶻ")


@dataclass(frozen=True, slots=True)
class Letter:
    """A symbol such as w5, ŷ or h1⁺ (``new``: after the update), or w²₁₃ with a layer as its ``upper`` index.

    An exponent that belongs to a quantity's name is written there too: e⁻ᶻ. What is kept ``of`` another quantity has
    its symbol for an index: m(w5), and m⁺(w5) after the update.
    """

    base: str
    index: str = ""
    new: bool = False
    upper: str = ""
    of: "Letter | None" = None

    def __str__(self) -> str:
        if self.of is not None:
            return f"{self.base}{'⁺' if self.new else ''}({self.of})"
        index = self.index.translate(SUBSCRIPTS) if self.upper else self.index
        return f"{self.base}{self.upper.translate(SUPERSCRIPTS)}{index}{'⁺' if self.new else ''}"


@dataclass(frozen=True, slots=True)
class Derivative:
    """The symbol ∂of/∂wrt, or with another sign for ∂: dy/dx; and that of the second derivative, d²y/dx²."""

    of: Letter
    wrt: Letter
    sign: str = PARTIAL
    is_second: bool = False

    def __str__(self) -> str:
        order = "²" if self.is_second else ""
        return f"{self.sign}{order}{self.of}/{self.sign}{self.wrt}{order}"


@dataclass(frozen=True, slots=True)
class Product:
    """The symbol of a product that has a step of its own: x1·w1."""

    factors: tuple["Symbol", ...]

    def __str__(self) -> str:
        return "·".join(map(str, self.factors))


Symbol = Letter | Derivative | Product


@dataclass(frozen=True)
class Place:
    """Where a quantity lives.

    In a network ``part`` is "neuron" (inputs are the neurons of layer 0), "weight", "bias", "target", "loss" or "rate".
    A weight runs from neuron ``source`` of the layer before to neuron ``unit`` of ``layer``.
    """

    part: str
    layer: int = 0
    unit: int = 0
    source: int = 0

    @cached_property
    def key(self) -> str:
        """A short name, unique within a network, for the drawing and the browser."""
        return f"{self.part}-{self.layer}-{self.unit}-{self.source}"


@dataclass(frozen=True)
class Quantity:
    """Anything with a name and a value: x1, w5, z1, h1, ŷ, E, ∂E/∂w5, w5⁺.

    ``id`` is ASCII, unique within an iteration, and the same in every notation, detail and language: "w5", "dE/dw5",
    "w5+", "yhat". Values are found by it; the name is for people alone.
    A gradient is that of E ``with_respect_to`` another quantity, and after the update a quantity has the one ``before``
    it. Where every product and every factor has a step of its own, the products are of the kind "term" and the local
    derivatives of the kind "factor".
    """

    id: str
    symbol: Symbol
    kind: Kind
    place: Place
    with_respect_to: "Quantity | None" = None
    before: "Quantity | None" = None

    @cached_property
    def name(self) -> str:
        """The symbol as plain text."""
        return str(self.symbol)

    @property
    def letter(self) -> Letter:
        """The symbol of a quantity that is neither a derivative nor a product."""
        if not isinstance(self.symbol, Letter):
            raise TypeError(self.name)
        return self.symbol

    def after_update(self) -> "Quantity":
        """Return the same quantity as it is after the update: w5 gives w5⁺."""
        return replace(self, id=f"{self.id}{AFTER}", symbol=replace(self.letter, new=True), before=self)


def derivative_id(of: Quantity, wrt: Quantity) -> str:
    """Return the id of ∂of/∂wrt."""
    return f"d{of.id}/d{wrt.id}"
