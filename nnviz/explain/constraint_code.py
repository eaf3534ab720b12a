"""What is held or tied, as lines of a program in NumPy: masks, and sums of gradients."""

from collections.abc import Iterator, Sequence

import numpy as np

from nnviz.algebra.quantities import Place
from nnviz.engine.constraints import places_of
from nnviz.engine.plan import Shape
from nnviz.explain.program_text import comment, matrix_lines
from nnviz.text import listed

MOST_NAMED = 12
LETTERS = {"weight": "W", "bias": "b"}


def trained_in(shape: Shape, layer: int) -> tuple[str, ...]:
    """Return which of W and b of a layer, counted from 1, an update moves."""
    moves = {"W": shape.trains_weights(layer), "b": shape.trains_biases(layer)}
    return tuple(letter for letter, is_moved in moves.items() if is_moved)


def masks(shape: Shape) -> Iterator[str]:
    """Yield the lines that give the masks of what is trained in part: 1 where it is trained, 0 where it is held."""
    names = [(letter, layer) for layer in range(1, len(shape.sizes)) for letter in masked_in(shape, layer)]
    if names:
        yield comment("program.masks")
    for letter, layer in names:
        rows = np.ones((shape.sizes[layer], shape.sizes[layer - 1] if letter == "W" else 1), dtype=int)
        for place in _held(shape, layer, letter):
            rows[place.unit, place.source] = 0
        yield from matrix_lines(f"{mask(letter, layer)} = np.array(", rows, ")")


def mask(letter: str, layer: int) -> str:
    """Return what the mask of W or b of a layer is called."""
    return f"M{letter}{layer}"


def masked_in(shape: Shape, layer: int) -> tuple[str, ...]:
    """Return which of W and b of a layer are trained in part."""
    return tuple(letter for letter in trained_in(shape, layer) if _held(shape, layer, letter))


def sums(shape: Shape, layer: int) -> Iterator[str]:
    """Yield the lines that give all places of each tie that begins in a layer the sum of their gradients."""
    for names, tie in shape.trained_ties:
        if tie[0].layer == layer:
            slopes = [f"d{_at(place)}" for place in tie]
            yield comment("program.tied", names=listed(names, MOST_NAMED))
            yield f"{' = '.join(slopes)} = {' + '.join(slopes)}"


def has_ties(shape: Shape, layer: int) -> bool:
    """Return whether any weight of a layer is tied to others."""
    return any(place.layer == layer and place.part == "weight" for _, tie in shape.trained_ties for place in tie)


def spread(shape: Shape, layer: int, kept: Sequence[str]) -> Iterator[str]:
    """Yield the lines that make one again of what is tied across layers, after the update of one layer alone."""
    for _, (first, *others) in shape.trained_ties:
        for place in others:
            if place.layer != first.layer and layer in (place.layer, first.layer):
                for letter in ("", *(f"{letter}_" for letter in kept)):
                    yield f"{letter}{_at(place)} = {letter}{_at(first)}"


def _held(shape: Shape, layer: int, letter: str) -> list[Place]:
    """Return the places of a layer's weights or biases that no update moves."""
    held = map(places_of(shape.sizes, shape.has_biases).__getitem__, shape.constraints.held)
    return [place for place in held if place.layer == layer and LETTERS[place.part] == letter]


def _at(place: Place) -> str:
    index = f"{place.unit}, {place.source}" if place.part == "weight" else f"{place.unit}"
    return f"{LETTERS[place.part]}{place.layer}[{index}]"
