"""A filled sheet with one mistake of the catalogue in it, made throughout: which line is the first that is wrong?"""

from dataclasses import dataclass

import numpy as np

from nnviz.engine.plan import CHECK
from nnviz.engine.trace import Iteration
from nnviz.practice.hypotheses import Hypothesis, Predictions, at_sample, variations_of
from nnviz.practice.mistakes import MISTAKES, Mistake

APART = 0.01  # of the larger number: what a reader sees
MOST = 1e6


@dataclass(frozen=True)
class WrongSheet:
    """The numbers of an iteration with a mistake, by the ids of its steps, and the first that is another one."""

    numbers: dict[str, float]
    first: str
    mistake: Mistake


def wrong_sheet(iteration: Iteration, seed: int, sample: int = 0) -> WrongSheet | None:
    """Return the sheet of an iteration for a seed, or None where no mistake shows in it.

    All mistakes that show are as likely, but for those whose numbers are too large or none.
    """
    variations = variations_of(iteration.plan)
    ways: list[Hypothesis] = [(at,) for at, (mistake, _) in enumerate(variations.ways) if not mistake.is_alone]
    predictions = Predictions(variations, iteration.given, [(), *ways])
    lines = [rule.quantity.id for rule in iteration.plan.rules if rule.phase != CHECK]
    with np.errstate(all="ignore"):
        columns = [np.broadcast_to(at_sample(predictions.of(id_), sample), len(ways) + 1) for id_ in lines]
        numbers = np.stack(columns, axis=1)
        right, others = numbers[0], numbers[1:]
        differs = np.abs(others - right) > APART * np.maximum(np.abs(others), np.abs(right))
    is_fine = np.all(np.isfinite(others) & (np.abs(others) < MOST), axis=1) & differs.any(axis=1)
    by_mistake: dict[str, list[int]] = {}
    for row in np.flatnonzero(is_fine).tolist():
        by_mistake.setdefault(variations.mistakes(ways[row])[0], []).append(row)
    if not by_mistake:
        return None
    random = np.random.default_rng(seed)
    key = list(by_mistake)[random.integers(len(by_mistake))]
    row = by_mistake[key][random.integers(len(by_mistake[key]))]
    first = lines[int(np.argmax(differs[row]))]
    return WrongSheet(dict(zip(lines, others[row].tolist(), strict=True)), first, MISTAKES[key])
