"""Ways to the minimum of a curve: gradient descent, Newton’s method and a grid search, an iteration after the other.

Legend: α learning rate, x⁺ where the step leads, m the lowest y so far; a grid has its points at x0 + k·h.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nnviz.algebra.expressions import Expression, Op, Ref, Value, minus, product, references, total
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.trace import Rule, Trace, followed
from nnviz.engine.naming import RATE
from nnviz.engine.plan import BACKWARD, FORWARD, UPDATE
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, Curve, X, Y

NEW = Quantity("x+", Letter("x", new=True), "weight", Place("step"), before=X)
LOWEST = Quantity("m", Letter("m"), "loss", Place("lowest"))
NEW_LOWEST = LOWEST.after_update()
FIRST = Quantity("x0", Letter("x", "0"), "weight", Place("first"))
SPACING = Quantity("h", Letter("h"), "rate", Place("spacing"))
COUNT = Quantity("k", Letter("k"), "input", Place("count"))

DOWNHILL = minus(Ref(X), product(Ref(RATE), Ref(SLOPE)))
TO_THE_VERTEX = minus(Ref(X), Op("over", (Ref(SLOPE), Ref(CURVATURE))))
NEXT_POINT = total(Ref(FIRST), product(Ref(COUNT), Ref(SPACING)))

GRADIENT, NEWTON, GRID = "gradient", "newton", "grid"


@dataclass(frozen=True)
class Method:
    """A way to the minimum: the quantities of its iterations, and ``needs``, those of the curve that its rule needs."""

    quantities: tuple[Quantity, ...]
    needs: tuple[Quantity, ...]
    rule: Expression


METHODS = {
    GRADIENT: Method((X, Y, SLOPE, NEW), (SLOPE,), DOWNHILL),
    NEWTON: Method((X, Y, SLOPE, CURVATURE, NEW), (SLOPE, CURVATURE), TO_THE_VERTEX),
    GRID: Method((X, Y, NEW_LOWEST, NEW), (Y,), NEXT_POINT),
}


def descended(curve: Curve, x: float, rate: float) -> Trace:
    """Return one iteration of gradient descent on a curve from x, step by step.

    On a parabola the step has the slope written out in it.
    """
    step = DOWNHILL if curve.coefficients is None else minus(Ref(X), product(Ref(RATE), curve.slope))
    return _trace(
        [(FORWARD, Y, curve.y), (BACKWARD, SLOPE, curve.slope), (UPDATE, NEW, step)], {X.id: x, RATE.id: rate}
    )


def descent(curve: Curve, x: float, rate: float) -> Iterator[Trace]:
    """Yield the iterations of gradient descent from x, the last one that in which a number becomes too large."""
    while True:
        iteration = descended(curve, x, rate)
        yield iteration
        if iteration.overflow is not None:
            return
        x = float(iteration.values[NEW.id])


def newton(curve: Curve, x: float) -> Iterator[Trace]:
    """Yield the iterations of Newton’s method from x, the last one that which has no next x.

    There a number becomes too large, or the step would divide by d²y/dx² = 0 (see ``divides_by_zero``).
    """
    parts = [
        (FORWARD, Y, curve.y),
        (BACKWARD, SLOPE, curve.slope),
        (BACKWARD, CURVATURE, curve.curvature),
        (UPDATE, NEW, TO_THE_VERTEX),
    ]
    while True:
        iteration = _trace(parts, {X.id: x})
        yield iteration
        if iteration.overflow is not None:
            return
        x = float(iteration.values[NEW.id])


def grid(curve: Curve, first: float, spacing: float, points: int) -> Iterator[Trace]:
    """Yield an iteration for each point of a grid, the last one perhaps that in which y is too large."""
    given: dict[str, Value] = {X.id: first, FIRST.id: first, SPACING.id: spacing}
    for count in range(1, points + 1):
        lowest: Expression = Op("min", (Ref(LOWEST), Ref(Y))) if count > 1 else Ref(Y)
        parts = [(FORWARD, Y, curve.y), (FORWARD, NEW_LOWEST, lowest)]
        goes_on = count < points
        iteration = _trace([*parts, (FORWARD, NEW, NEXT_POINT)] if goes_on else parts, given | {COUNT.id: float(count)})
        yield iteration
        if iteration.overflow is not None or not goes_on:
            return
        given |= {X.id: iteration.values[NEW.id], LOWEST.id: iteration.values[NEW_LOWEST.id]}


def divides_by_zero(iteration: Trace) -> bool:
    """Whether an iteration of Newton’s method has no next x as d²y/dx² is 0."""
    overflow = iteration.overflow
    return overflow is not None and overflow.quantity == NEW and iteration.values.get(CURVATURE.id) == 0


def _trace(parts: Iterable[tuple[str, Quantity, Expression]], given: Mapping[str, Value]) -> Trace:
    """Return the steps that compute quantities, each in a phase, from given values by id."""
    rules = [
        Rule(phase, quantity, expression, tuple(q.id for q in references(expression)))
        for phase, quantity, expression in parts
    ]
    return Trace(MappingProxyType(dict(given)), followed(rules, given))
