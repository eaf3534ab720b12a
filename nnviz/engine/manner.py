"""How an iteration is told: in how small steps, with whose symbols, and whether with a classic mistake."""

from dataclasses import dataclass, replace
from typing import Literal

from nnviz.engine.naming import NO_NAMES, NOTATIONS, NUMBERED, Names, Notation
from nnviz.text import say

Detail = Literal["layer", "neuron", "term"]
LAYER: Detail = "layer"
NEURON: Detail = "neuron"
TERM: Detail = "term"
DETAILS = (LAYER, NEURON, TERM)
Mistake = Literal["in_place", "output_for_input"]
IN_PLACE: Mistake = "in_place"
OUTPUT_FOR_INPUT: Mistake = "output_for_input"
MISTAKES = (IN_PLACE, OUTPUT_FOR_INPUT)


@dataclass(frozen=True, slots=True)
class Manner:
    """How an iteration is told.

    ``detail`` is what a step is about: a "layer", a "neuron" or a "term" (every product and every factor).
    ``notation`` is "numbered" (w1, h1, ŷ) or "indexed" (w^l_jk, z, a, δ). There are two classic mistakes, one of which
    may be made: ``in_place`` updates each layer before the error is propagated through it, by its new weights;
    ``output_for_input`` takes in the gradient of each weight the output of its neuron where its input belongs.
    ``names`` are those of the inputs and of the targets, where they have any but x1, x2, … and y. With
    ``input_gradients`` the backward pass goes on to the inputs: ∂E/∂x, which no update needs.
    Raises ValueError where one is unknown, or both mistakes are to be made, and TypeError where a mistake or
    ``input_gradients`` is neither True nor False.
    """

    detail: Detail = NEURON
    notation: Notation = NUMBERED
    in_place: bool = False
    names: Names = NO_NAMES
    output_for_input: bool = False
    input_gradients: bool = False

    def __post_init__(self) -> None:
        for name, given, allowed in (("detail", self.detail, DETAILS), ("notation", self.notation, NOTATIONS)):
            if given not in allowed:
                raise ValueError(say("error.manner", name=name, given=given, allowed=", ".join(allowed)))
        for switch in (*MISTAKES, "input_gradients"):
            if not isinstance(getattr(self, switch), bool):
                raise TypeError(say("error.switch", name=switch, given=getattr(self, switch)))
        if self.in_place and self.output_for_input:
            raise ValueError(say("error.mistakes", names=" and ".join(MISTAKES)))

    @property
    def mistake(self) -> Mistake | None:
        """The classic mistake that is made, if one is."""
        return next((mistake for mistake in MISTAKES if getattr(self, mistake)), None)

    @property
    def as_practised(self) -> "Manner":
        """The same manner without a mistake, and with no more gradients than the update needs."""
        return replace(self, in_place=False, output_for_input=False, input_gradients=False)

    def with_mistake(self, made: Mistake | None) -> "Manner":
        """Return the same manner with this mistake and no other."""
        return replace(self, in_place=made == IN_PLACE, output_for_input=made == OUTPUT_FOR_INPUT)


PLAIN = Manner()
