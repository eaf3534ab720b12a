"""The ways to the minimum beside each other: how many iterations each takes from the same start, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from types import MappingProxyType

import numpy as np

from nnviz.algebra.expressions import evaluate
from nnviz.algebra.quantities import Quantity
from nnviz.engine.naming import RATE
from nnviz.lessons.descent.arrival import SLOPE_SMALL, place
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, X, Y
from nnviz.lessons.descent.methods import GRID, METHODS
from nnviz.lessons.descent.setup import CURVES, DescentSetup

EVALUATED = (Y, SLOPE, CURVATURE)
ON_THE_WAY, LOST, LOWEST_SEEN, NOWHERE = "on_the_way", "lost", "lowest", "nowhere"


@dataclass(frozen=True)
class Way:
    """A method, how its run ends, after how many iterations and at which x.

    ``costs`` are how often y, dy/dx and d²y/dx² were evaluated, as far as the rule needs them.
    """

    method: str
    end: str
    iterations: int
    x: float
    costs: Mapping[Quantity, int]


@lru_cache(maxsize=64)
def compared(setup: DescentSetup, most: int) -> tuple[Way, ...]:
    """Return what each method comes to on a curve, in at most so many iterations, from the start of the setup.

    A grid has its own points; beside one, the other methods begin where the curve’s do.
    """
    found = []
    for method in METHODS:
        tried = setup if method == setup.method else setup.by(method)
        end, iterations, x = _on_a_grid(tried) if method == GRID else _by_steps(tried, most)
        costs = MappingProxyType({q: iterations if q in METHODS[method].needs else 0 for q in EVALUATED})
        found.append(Way(method, end, iterations, x, costs))
    return tuple(found)


def _by_steps(setup: DescentSetup, most: int) -> tuple[str, int, float]:
    """Return how a run ends, after how many iterations and where, with no more than its rule needs."""
    curve, method = setup.drawn, METHODS[setup.method]
    expressions = {SLOPE: curve.slope, CURVATURE: curve.curvature}
    needed = [(quantity.id, expressions[quantity]) for quantity in method.needs]
    values: dict[str, float] = {X.id: setup.x, RATE.id: setup.rate}
    with np.errstate(over="ignore", invalid="ignore"):
        for count in range(1, most + 1):
            x = values[X.id]
            for key, expression in needed:
                values[key] = evaluate(expression, values)
            values[X.id] = float(evaluate(method.rule, values))
            if not isfinite(values[X.id]):
                return LOST, count, x
            if setup.rule.is_met(values[X.id] - x, values[SLOPE.id]):
                end = x if setup.stop == SLOPE_SMALL else values[X.id]
                return place(curve, CURVES[setup.curve].usual, setup.x, end), count, end
    return ON_THE_WAY, most, values[X.id]


def _on_a_grid(setup: DescentSetup) -> tuple[str, int, float]:
    """Return the lowest point of a grid after all of them."""
    with np.errstate(over="ignore", invalid="ignore"):
        xs = np.asarray(setup.x + np.arange(setup.points) * setup.spacing, dtype=np.float64)
    heights = setup.drawn.heights(xs)
    at = int(np.argmin(heights))
    return LOWEST_SEEN if np.isfinite(heights[at]) else NOWHERE, setup.points, float(xs[at])
