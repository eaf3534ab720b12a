"""What an iteration would come to if mistakes were made in it: many at once, a row of each array for each.

A hypothesis is a tuple of ways in which mistakes are made (``Variations.ways``, by index); the empty one is none. With
``own`` numbers, what follows is computed from these instead, wherever a student has given them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import SIGMA, Call, Expression, Function, evaluate, references
from nnviz.algebra.expressions import Value as Number
from nnviz.algebra.rewriting import rewritten
from nnviz.engine.constraints import FREE
from nnviz.engine.plan import Plan
from nnviz.practice.mistakes import ROWS, Mistake, Way
from nnviz.practice.spot import Spot, shortest

Hypothesis = tuple[int, ...]
Rows = NDArray[np.intp]
OVER_SAMPLES = Function("Σ in rows", lambda values: values.sum(axis=1, keepdims=True))


@dataclass(frozen=True, eq=False)
class Variations:
    """The rules of a plan by the ids of their quantities, as they are and in each way that varies any of them.

    ``affecting`` has the ways that vary each rule.
    """

    plan: Plan
    spots: dict[str, Spot]
    ways: tuple[tuple[Mistake, Way], ...]
    affecting: dict[str, tuple[int, ...]]
    expressions: dict[str, dict[Hypothesis, Expression]]

    def of(self, id_: str, hypothesis: Hypothesis) -> Expression:
        """Return the rule of a quantity where these ways, all of which vary it, are followed one after the other."""
        known = self.expressions[id_]
        if hypothesis not in known:
            expression = self.of(id_, hypothesis[:-1])
            _, way = self.ways[hypothesis[-1]]
            known[hypothesis] = _in_rows(_varied(self.spots[id_], expression, way) or expression)
        return known[hypothesis]

    def as_made(self, id_: str, hypothesis: Hypothesis) -> Expression:
        """Return the rule of a quantity as somebody who makes these mistakes writes it."""
        spot = self.spots[id_]
        expression = shortest(spot.rule)
        for at in hypothesis:
            expression = _varied(spot, expression, self.ways[at][1]) or expression
        return expression

    @cached_property
    def singles(self) -> tuple[Hypothesis, ...]:
        """The hypotheses of one mistake."""
        return tuple((at,) for at in range(len(self.ways)))

    @cached_property
    def pairs(self) -> tuple[Hypothesis, ...]:
        """The hypotheses of two different mistakes, in the order of the catalogue."""
        alone = [mistake.is_alone for mistake, _ in self.ways]
        return tuple(
            (a, b)
            for a in range(len(self.ways))
            for b in range(a + 1, len(self.ways))
            if self.ways[a][0] is not self.ways[b][0] and not alone[a] and not alone[b]
        )

    def mistakes(self, hypothesis: Hypothesis) -> tuple[str, ...]:
        """Return the keys of the mistakes of a hypothesis."""
        return tuple(self.ways[at][0].key for at in hypothesis)


@lru_cache(maxsize=16)
def variations_of(plan: Plan) -> Variations:
    """Return the variations of a plan, with the ways that vary any of its rules."""
    spots = {rule.quantity.id: Spot(plan, rule) for rule in plan.rules}
    ways: list[tuple[Mistake, Way]] = []
    affecting: dict[str, tuple[int, ...]] = dict.fromkeys(spots, ())
    for mistake in ROWS:
        for way in mistake.ways:
            varied = [id_ for id_, spot in spots.items() if _varied(spot, shortest(spot.rule), way)]
            for id_ in varied:
                affecting[id_] += (len(ways),)
            if varied:
                ways.append((mistake, way))
    expressions: dict[str, dict[Hypothesis, Expression]] = {
        id_: {(): _in_rows(shortest(spot.rule))} for id_, spot in spots.items()
    }
    return Variations(plan, spots, tuple(ways), affecting, expressions)


def _varied(spot: Spot, expression: Expression, way: Way) -> Expression | None:
    """Return the expression in a way, or None where that does not vary it, or takes what is not there.

    Not there are links that are absent, and gradients of what is fixed.
    """
    found = None
    for variant in way:
        changed = variant(spot, expression if found is None else found)
        found = found if changed is None else changed
    if found is None or spot.plan.shape.constraints == FREE:
        return found
    return found if all(quantity.id in spot.plan.by_id for quantity in references(found)) else None


def _in_rows(expression: Expression) -> Expression:
    """Return the expression with sums over the samples that keep a row for each hypothesis."""

    def change(part: Expression) -> Expression | None:
        if isinstance(part, Call) and part.function is SIGMA:
            return Call(OVER_SAMPLES, _in_rows(part.argument))
        return None

    return rewritten(expression, change)


class Predictions:
    """The value of each quantity under each of some hypotheses, as arrays (n_hypotheses or 1, n_samples or 1)."""

    def __init__(
        self,
        variations: Variations,
        given: Mapping[str, Number],
        hypotheses: Sequence[Hypothesis],
        own: Mapping[str, Array] | None = None,
    ) -> None:
        self._variations, self._count = variations, len(hypotheses)
        self._own = {id_: np.asarray(numbers).reshape(1, -1) for id_, numbers in (own or {}).items()}
        self._found: dict[str, Array] = {id_: np.asarray(value).reshape(1, -1) for id_, value in given.items()}
        self._made = np.zeros((len(hypotheses), len(variations.ways)), dtype=bool)
        for row, hypothesis in enumerate(hypotheses):
            self._made[row, list(hypothesis)] = True

    def of(self, id_: str) -> Array:
        """Return the value of a quantity."""
        if id_ not in self._found:
            with np.errstate(all="ignore"):
                self._found[id_] = self._computed(id_)
        return self._found[id_]

    def is_varied(self, id_: str) -> Array:
        """Return of each hypothesis whether it varies the rule of a quantity."""
        return np.asarray(self._made[:, list(self._variations.affecting[id_])].any(axis=1))

    def used(self, id_: str) -> Array:
        """Return what is gone on with: the student's own number where there is one."""
        own = self._own.get(id_)
        return self.of(id_) if own is None else np.where(np.isnan(own), self.of(id_), own) if _lacks(own) else own

    def _computed(self, id_: str) -> Array:
        known = self._variations
        whole = np.atleast_2d(evaluate(known.of(id_, ()), _Values(self, None)))
        groups = list(self._groups(known.affecting[id_]))
        if not groups:
            return np.asarray(whole)
        found = np.array(np.broadcast_to(whole, (self._count, whole.shape[1])))
        for ways, rows in groups:
            found[rows] = evaluate(known.of(id_, ways), _Values(self, rows))
        return found

    def _groups(self, affecting: tuple[int, ...]) -> Iterator[tuple[Hypothesis, Rows]]:
        """Yield the ways that are followed together in a rule, each with the rows of the hypotheses that do so."""
        made = self._made[:, list(affecting)]
        codes = made @ (1 << np.arange(len(affecting), dtype=np.int64))
        for code in np.unique(codes[codes > 0]).tolist():
            ways = tuple(way for at, way in enumerate(affecting) if code >> at & 1)
            yield ways, np.flatnonzero(codes == code)


class _Values(Mapping[str, Array]):
    """What is gone on with, by id, of some rows or of all."""

    def __init__(self, predictions: Predictions, rows: Rows | None) -> None:
        self._predictions, self._rows = predictions, rows

    def __getitem__(self, id_: str) -> Array:
        found = self._predictions.used(id_)
        return found if self._rows is None or len(found) == 1 else np.asarray(found[self._rows])

    def __contains__(self, id_: object) -> bool:
        return False  # local derivatives are what they equal

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def at_sample(values: Array, sample: int) -> Array:
    """Return the numbers of a sample, (n_hypotheses or 1,), of values that may be the same for all."""
    return np.asarray(values[:, sample if values.shape[1] > 1 else 0])


def _lacks(numbers: Array) -> bool:
    return bool(np.isnan(numbers).any())
