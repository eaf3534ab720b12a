"""Kinds of networks that worksheets are drawn for, and the code of a sheet, from which it can be drawn again.

A code has parts between points: 2-2-1.tanh-sigmoid.binary_cross_entropy.no-biases.gradients.7-3 is the third sheet of
seed 7. A part that is as usual is left out: 2-2-1.7-3.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from nnviz.engine.activations import ACTIVATIONS, BY_RULE
from nnviz.engine.losses import LOSSES
from nnviz.engine.network import check_ends
from nnviz.engine.plan import Shape
from nnviz.player.refusal import RefusedError, counted
from nnviz.practice.assignment import Assignment
from nnviz.practice.exercise import Exercise, exercise
from nnviz.text import say
from nnviz.worksheets.ways import ITERATION, WAYS, Way

MOST_INPUTS, MOST_HIDDEN, MOST_OUTPUTS = 3, 3, 2
MOST_SHEETS, LARGEST_SEED = 60, 999_999
USUAL_ACTIVATION, USUAL_LOSS = "sigmoid", "half_squared_error"
NO_BIASES = "no-biases"
SIZES = re.compile(r"([1-9])(?:-([1-9]))?-([1-9])", re.ASCII)
NUMBERS = re.compile(r"([0-9]{1,6})-([0-9]{1,2})", re.ASCII)
SEEDS_APART = 100  # seeds of exercises from one seed of sheets to the next


@dataclass(frozen=True)
class Kind:
    """A shape of network, and what is asked of it."""

    shape: Shape
    way: Way

    def drawn(self, seed: int, number: int) -> Exercise:
        """Return the numbers of a sheet of a seed; sheets are counted from 1.

        Raises RefusedError where none are found that keep the mistakes apart.
        """
        try:
            return exercise(self.shape, seed * SEEDS_APART + number)
        except ValueError as problem:
            raise RefusedError(str(problem)) from problem

    def assignment(self, seed: int, count: int, hints: int) -> str:
        """Return the query of the link to the tasks of a seed, which have the numbers of its sheets."""
        shape = self.shape
        biases = ("trained" if has else "none" for has in shape.has_biases)
        layers = zip(shape.sizes[1:], shape.activations, biases, strict=True)
        tasks = Assignment(self.way, hints, seed * SEEDS_APART + 1, count)
        texts = {"inputs": str(shape.sizes[0]), "layers": ", ".join(" ".join(map(str, layer)) for layer in layers)}
        return urlencode(texts | {"loss": shape.loss, "assignment": tasks.text})

    def code(self, seed: int, number: int) -> str:
        """Return the code of a sheet."""
        shape = self.shape
        parts = [
            "-".join(map(str, shape.sizes)),
            "" if set(shape.activations) == {USUAL_ACTIVATION} else "-".join(dict.fromkeys(shape.activations)),
            "" if shape.loss == USUAL_LOSS else shape.loss,
            "" if all(shape.has_biases) else NO_BIASES,
            "" if self.way == ITERATION else self.way,
            f"{seed}-{number}",
        ]
        return ".".join(filter(None, parts))


def kind_of(
    sizes: str,
    activations: str | Sequence[str] = USUAL_ACTIVATION,
    loss: str = USUAL_LOSS,
    has_biases: bool = True,
    way: Way = ITERATION,
) -> Kind:
    """Return the kind of network that a text such as 2-2-1 names.

    ``activations`` is one for all layers, or one for each; the biases are trained, or there are none. Raises
    RefusedError, a ValueError, where one is not allowed.
    """
    found = sizes_of(sizes)
    names = (activations,) * (len(found) - 1) if isinstance(activations, str) else tuple(activations)
    if len(names) != len(found) - 1:
        raise RefusedError(say("error.activations", expected=len(found) - 1, given=len(names)))
    for name in names:
        if name not in ACTIVATIONS or name in BY_RULE:
            allowed = ", ".join(one for one in ACTIVATIONS if one not in BY_RULE)
            raise RefusedError(say("error.activation", given=name, allowed=allowed))
    if loss not in LOSSES:
        raise RefusedError(say("error.loss", given=loss, allowed=", ".join(LOSSES)))
    biases = (has_biases,) * len(names)
    shape = Shape(found, names, biases, loss)
    try:
        check_ends(shape)
    except ValueError as problem:
        raise RefusedError(str(problem)) from problem
    return Kind(shape, way)


def sizes_of(text: str) -> tuple[int, ...]:
    """Return the sizes in a text such as 2-2-1. Raises RefusedError where they are none, or too large."""
    found = SIZES.fullmatch(re.sub("[–−x×]", "-", re.sub(r"\s", "", text)))
    sizes = () if found is None else tuple(int(size) for size in found.groups() if size)
    most = (MOST_INPUTS, MOST_HIDDEN, MOST_OUTPUTS) if len(sizes) > 2 else (MOST_INPUTS, MOST_OUTPUTS)
    if not sizes or any(size > limit for size, limit in zip(sizes, most, strict=True)):
        raise RefusedError(say("error.kind", inputs=MOST_INPUTS, hidden=MOST_HIDDEN, outputs=MOST_OUTPUTS))
    return sizes


def seed_of(given: object) -> int:
    """Return a seed, which may be a text. Raises RefusedError where it is none that is allowed."""
    return _whole("seed", given, 0, LARGEST_SEED)


def count_of(given: object) -> int:
    """Return how many sheets there are to be, which may be a text. Raises RefusedError for none, or too many."""
    return _whole("count", given, 1, MOST_SHEETS)


def _whole(name: str, given: object, least: int, most: int) -> int:
    try:
        return counted(str(given), least, most)
    except RefusedError as problem:
        raise RefusedError(say("error.whole_number", name=name, least=least, most=most, given=given)) from problem


def read_code(code: str) -> tuple[Kind, int, int]:
    """Return the kind, the seed and the number of the sheet with a code. Raises RefusedError where there is none."""
    sizes, *parts = code.strip().lower().split(".")
    numbers = NUMBERS.fullmatch(parts.pop()) if parts else None
    activations: str | list[str] = USUAL_ACTIVATION
    loss, has_biases, way = USUAL_LOSS, True, ITERATION
    for part in parts:
        if part in LOSSES:
            loss = part
        elif part == NO_BIASES:
            has_biases = False
        elif part in WAYS:
            way = next(one for one in WAYS if one == part)
        else:
            activations = part.split("-") if "-" in part else part
    if numbers is None or not 1 <= int(numbers[2]) <= MOST_SHEETS:
        raise RefusedError(say("error.code", given=code))
    return kind_of(sizes, activations, loss, has_biases, way), int(numbers[1]), int(numbers[2])
