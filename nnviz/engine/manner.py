"""How an iteration is told: in how small steps, with whose symbols, and whether with the classic mistake."""

from dataclasses import dataclass
from typing import Literal

from nnviz.engine.naming import NO_NAMES, NOTATIONS, NUMBERED, Names, Notation
from nnviz.text import say

Detail = Literal["layer", "neuron", "term"]
LAYER: Detail = "layer"
NEURON: Detail = "neuron"
TERM: Detail = "term"
DETAILS = (LAYER, NEURON, TERM)


@dataclass(frozen=True, slots=True)
class Manner:
    """How an iteration is told.

    ``detail`` is what a step is about: a "layer", a "neuron" or a "term" (every product and every factor).
    ``notation`` is "numbered" (w1, h1, ŷ) or "indexed" (w^l_jk, z, a, δ). ``in_place`` makes
    the classic mistake: each layer is updated before the error is propagated through it, by its new weights.
    ``names`` are those of the inputs and of the targets, where they have any but x1, x2, … and y.
    Raises ValueError where one is unknown, and TypeError where ``in_place`` is neither True nor False.
    """

    detail: Detail = NEURON
    notation: Notation = NUMBERED
    in_place: bool = False
    names: Names = NO_NAMES

    def __post_init__(self) -> None:
        for name, given, allowed in (("detail", self.detail, DETAILS), ("notation", self.notation, NOTATIONS)):
            if given not in allowed:
                raise ValueError(say("error.manner", name=name, given=given, allowed=", ".join(allowed)))
        if not isinstance(self.in_place, bool):
            raise TypeError(say("error.switch", name="in_place", given=self.in_place))


PLAIN = Manner()
