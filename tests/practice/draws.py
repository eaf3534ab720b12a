"""Iterations of random networks, and the sheets of students who make mistakes in them."""

from collections.abc import Iterator, Sequence

import numpy as np

import nnviz
from nnviz.algebra.arrays import Array
from nnviz.engine.plan import Shape
from nnviz.practice.hypotheses import Hypothesis, Predictions, variations_of

Typed = dict[str, str]


def iterations(shape: Shape, count: int) -> Iterator[tuple[nnviz.Iteration, np.random.Generator]]:
    """Yield iterations of random networks with numbers of two decimals, and what else is random about them."""
    for seed in range(count):
        random = np.random.default_rng(seed)

        def drawn(*size: int) -> Array:
            return np.asarray(np.round(random.uniform(0.1, 0.95, size), 2) * random.choice([-1, 1], size))  # noqa: B023

        layers = [
            nnviz.Layer(drawn(n_out, n_in), drawn(n_out), activation)
            for n_in, n_out, activation in zip(shape.sizes, shape.sizes[1:], shape.activations, strict=False)
        ]
        inputs, targets = np.abs(drawn(1, shape.sizes[0])), np.round(random.uniform(0, 1, (1, shape.sizes[-1])), 2)
        rate = round(random.uniform(0.2, 0.7), 2)
        yield nnviz.trace(nnviz.Network(layers, shape.loss), inputs, targets, rate), random


def sheets(iteration: nnviz.Iteration, made: Sequence[Hypothesis], digits: int = 4) -> list[Typed]:
    """Return the sheets of those who each made some mistakes throughout."""
    predictions = Predictions(variations_of(iteration.plan), iteration.given, made)
    steps = [step for step in iteration.steps if step.phase != "check"]
    values = {step.name: np.broadcast_to(predictions.of(step.id), (len(made), 1)) + 0.0 for step in steps}
    return [{name: f"{value[row, 0]:#.{digits}g}" for name, value in values.items()} for row in range(len(made))]


def drawn_mistakes(
    iteration: nnviz.Iteration, size: int, random: np.random.Generator
) -> tuple[Hypothesis, Typed | None]:
    """Return so many mistakes and a sheet with them; or None where it is also that of others, or of none."""
    variations = variations_of(iteration.plan)
    hypotheses = variations.singles if size == 1 else variations.pairs
    made = hypotheses[random.integers(len(hypotheses))]
    others = [other for other in ((), *variations.singles) if other != made]
    [sheet, *like] = sheets(iteration, [made, *others])
    return made, None if sheet in like else sheet


def checked(iteration: nnviz.Iteration, made: Hypothesis, sheet: Typed) -> nnviz.Check:
    """Return what is said of a sheet; where it asks for more digits and no more, of the sheet with these."""
    check = nnviz.check(iteration, sheet)
    if check.first_wrong is None and any(line.verdict == "rough" for line in check.lines):
        return nnviz.check(iteration, sheets(iteration, [made], 6)[0])
    return check


def is_named(iteration: nnviz.Iteration, made: Hypothesis, check: nnviz.Check) -> bool:
    """Whether these mistakes are named, alone or with others that would come to the same numbers."""
    mistakes = set(variations_of(iteration.plan).mistakes(made))
    return mistakes in map(set, (check.mistakes, *check.alternatives))


def slipped(text: str, random: np.random.Generator) -> str:
    """Return a number with a digit exchanged for another, or for its neighbour."""
    end = text.find("e") if "e" in text else len(text)
    first = next(at for at, sign in enumerate(text) if sign.isdigit() and sign != "0")
    digits = [at for at in range(first, end) if text[at].isdigit()]
    at = random.integers(len(digits) - 1)
    signs = list(text)
    if random.random() < 0.5:
        signs[digits[at]], signs[digits[at + 1]] = signs[digits[at + 1]], signs[digits[at]]
    else:
        signs[digits[at]] = str(random.integers(10))
    return "".join(signs)
