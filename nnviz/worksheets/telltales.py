"""Numbers that tell a mistake: what each mistake of the catalogue makes of a step, where that is not the right one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from nnviz.algebra.solution import number
from nnviz.engine.plan import CHECK
from nnviz.engine.trace import Iteration
from nnviz.practice.answers import NAMING, NOTHING, TOLERANCE
from nnviz.practice.hypotheses import Predictions, Variations, variations_of


@dataclass(frozen=True, slots=True)
class Telltale:
    """A wrong number, and the keys of the mistakes that come to it, the likeliest first.

    They are made in the very step, unless they are ``carried``: made before it, or before it as well.
    """

    value: float
    mistakes: tuple[str, ...]
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """The right number of a step, how far from it an answer is still right, and the telltales beside it."""

    right: float
    tolerance: float
    telltales: tuple[Telltale, ...]


def marked(iteration: Iteration, carried: bool = True) -> dict[str, Marked]:
    """Return what tells right from wrong in each step of an iteration of one sample but those of its check, by id.

    Telltales of mistakes made before a step are there only if they may be ``carried``.
    """
    known = variations_of(iteration.plan)
    steps = [step for step in iteration.steps if step.phase != CHECK]
    exact = {step.id: number(step.value, 0) for step in iteration.steps}
    own = {id_: np.array([value]) for id_, value in exact.items()}
    predictions = {False: Predictions(known, iteration.given, known.singles, own)}
    if carried:
        predictions[True] = Predictions(known, iteration.given, known.singles)
    largest: dict[str, float] = {}
    for step in steps:
        largest[step.phase] = max(largest.get(step.phase, 0.0), abs(exact[step.id]))

    def values(id_: str) -> dict[bool, list[float]]:
        of = {is_carried: found.of(id_)[:, 0] for is_carried, found in predictions.items()}
        return {key: np.broadcast_to(found, (len(known.ways),)).tolist() for key, found in of.items()}

    return {
        step.id: _marked(known, step.id, exact[step.id], NOTHING * largest[step.phase], values(step.id))
        for step in steps
    }


def _marked(known: Variations, id_: str, right: float, nothing: float, found: Mapping[bool, list[float]]) -> Marked:
    """Return what tells right from wrong where mistakes made in the step, or throughout, come to these values.

    ``nothing`` is how far from 0 an answer may be that is to be 0. Where a telltale is near, less is right: an answer
    with four digits is always told from it.
    """
    reach = TOLERANCE * abs(right) or nothing
    rows: dict[float, tuple[bool, list[str]]] = {}
    for carried, way, value in _candidates(known, id_, found):
        mistake = known.ways[way][0]
        least = reach if mistake.is_alone or right == 0 else NAMING * abs(right)
        if not isfinite(value) or abs(value - right) <= least:
            continue
        near = next((other for other in rows if abs(value - other) <= (NAMING * abs(other) or nothing)), None)
        if near is None:
            rows[value] = carried, [mistake.key]
        elif rows[near][0] == carried and mistake.key not in rows[near][1]:
            rows[near][1].append(mistake.key)
    telltales = tuple(Telltale(value, tuple(keys), carried) for value, (carried, keys) in rows.items())
    apart = ((abs(value - right), NAMING * abs(value)) for value in rows)
    return Marked(right, min([reach, *(max(far / 2, far - naming) for far, naming in apart)]), telltales)


def _candidates(known: Variations, id_: str, found: Mapping[bool, list[float]]) -> Iterator[tuple[bool, int, float]]:
    """Yield whether a mistake was made before the step, the way in which it is made, and what it comes to.

    Those made in the step itself come first.
    """
    for way in known.affecting[id_]:
        yield False, way, found[False][way]
    for way, value in enumerate(found.get(True, ())):
        yield True, way, value


def separation(mark: Marked, telltale: Telltale) -> float:
    """Return how far from a telltale an answer still names its mistakes: nearer to it than to any other number."""
    others = [mark.right, *(other.value for other in mark.telltales if other is not telltale)]
    nearest = min(abs(other - telltale.value) for other in others) / 2
    return min(nearest, NAMING * abs(telltale.value) or mark.tolerance)
