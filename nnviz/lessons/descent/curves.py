"""Curves to descend, each with its derivative, both written out term by term; and an iteration of descending one.

Legend: x where, y the height there, dy/dx the slope there, α learning rate, x⁺ where the step leads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Expression, Num, Op, Ref, evaluate, minus, product, references, square, total
from nnviz.algebra.quantities import Derivative, Letter, Place, Quantity
from nnviz.algebra.rounding import exactly, lacks_digits
from nnviz.algebra.trace import Rule, Trace, followed
from nnviz.engine.naming import RATE
from nnviz.engine.plan import BACKWARD, FORWARD, UPDATE

D = "d"
X = Quantity("x", Letter("x"), "weight", Place("point"))
Y = Quantity("y", Letter("y"), "loss", Place("height"))
SLOPE = Quantity("dy/dx", Derivative(Y.letter, X.letter, D), "gradient", Place("slope"), X)
NEW = Quantity("x+", Letter("x", new=True), "weight", Place("step"))
UPDATED = minus(Ref(X), product(Ref(RATE), Ref(SLOPE)))


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve: y and dy/dx as expressions over x; ``coefficients`` are a, b and c where it is a parabola."""

    y: Expression
    slope: Expression
    coefficients: tuple[float, float, float] | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What an iteration computes, in order; on a parabola the step has the slope written out in it."""
        step = UPDATED if self.coefficients is None else minus(Ref(X), product(Ref(RATE), self.slope))
        parts = ((FORWARD, Y, self.y), (BACKWARD, SLOPE, self.slope), (UPDATE, NEW, step))
        return tuple(
            Rule(phase, quantity, expression, tuple(q.id for q in references(expression)))
            for phase, quantity, expression in parts
        )

    def heights(self, xs: Array) -> Array:
        """Return y at each x; infinite where it is too large for a float."""
        with np.errstate(over="ignore", invalid="ignore"):
            heights = np.broadcast_to(np.asarray(evaluate(self.y, {X.id: xs}), dtype=np.float64), xs.shape)
            return np.where(np.isnan(heights), np.inf, heights)

    def steepness(self, x: float) -> float:
        """Return dy/dx at x."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(evaluate(self.slope, {X.id: x}))


def descended(curve: Curve, x: float, rate: float) -> Trace:
    """Return one iteration of gradient descent on a curve from x, step by step."""
    given = {X.id: x, RATE.id: rate}
    return Trace(MappingProxyType(given), followed(curve.rules, given))


def path(curve: Curve, x: float, rate: float) -> Iterator[Trace]:
    """Yield the iterations from x, one after the other, the last one that in which a number becomes too large."""
    while True:
        iteration = descended(curve, x, rate)
        yield iteration
        if iteration.overflow is not None:
            return
        x = float(iteration.values[NEW.id])


def parabola(a: float, b: float, c: float) -> Curve:
    """Return y = a·x² + b·x + c, with dy/dx = 2a·x + b."""
    x = Ref(X)
    y = _sum_of([(a, square(x)), (b, x), (c, None)])
    return Curve(y, _sum_of([(2.0 * a, x), (b, None)]), (a, b, c))


def two_valleys() -> Curve:
    """Return y = ¼·(x² − 4)² + ½·x, with dy/dx = x·(x² − 4) + ½, by the chain rule."""
    x = Ref(X)
    inner = minus(square(x), Num(4.0))
    return Curve(
        total(product(QUARTER, square(inner)), product(HALF, x)),
        total(product(x, inner), HALF),
    )


def plateau() -> Curve:
    """Return y = x²/(1 + x²), with dy/dx = 2·x/(1 + x²)², by the quotient rule."""
    x = Ref(X)
    below = total(Num(1.0), square(x))
    return Curve(Op("over", (square(x), below)), Op("over", (product(Num(2.0), x), square(below))))


def wall() -> Curve:
    """Return y = e^(−2·x) + ½·x, with dy/dx = −2·e^(−2·x) + ½."""
    x = Ref(X)
    steep = Op("exp", (product(Num(-2.0), x),))
    return Curve(total(steep, product(HALF, x)), total(product(Num(-2.0), steep), HALF))


HALF, QUARTER = Num(0.5, "½"), Num(0.25, "¼")


def _sum_of(terms: list[tuple[float, Expression | None]]) -> Expression:
    """Return a sum of factors times powers, as people write it: no factor 1, no term 0, a minus for a negative one."""
    found: Expression | None = None
    for factor, power in terms:
        if factor == 0:
            continue
        if found is None:
            found = _term(factor, power)
        else:
            found = Op("−" if factor < 0 else "+", (found, _term(abs(factor), power)))
    return Num(0.0) if found is None else found


def _term(factor: float, power: Expression | None) -> Expression:
    if power is None:
        return _constant(factor)
    if abs(factor) == 1:
        return power if factor > 0 else Op("negative", (power,))
    return product(_constant(factor), power)


def _constant(value: float) -> Num:
    """Return a constant that is written with all its digits."""
    return Num(value, exactly(value) if lacks_digits(value) else "")
