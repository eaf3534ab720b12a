"""Curves to descend, each with its first and its second derivative, written out term by term, and its low places.

Legend: x where, y the height there, dy/dx the slope there, d²y/dx² how fast the slope changes there.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Expression, Num, Op, Ref, evaluate, minus, product, square, total
from nnviz.algebra.quantities import Derivative, Letter, Place, Quantity
from nnviz.algebra.rounding import exactly, lacks_digits

D = "d"
X = Quantity("x", Letter("x"), "weight", Place("point"))
Y = Quantity("y", Letter("y"), "loss", Place("height"))
SLOPE = Quantity("dy/dx", Derivative(Y.letter, X.letter, D), "gradient", Place("slope"), X)
CURVATURE = Quantity("d2y/dx2", Derivative(Y.letter, X.letter, D, is_second=True), "factor", Place("curvature"), X)


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve: y, dy/dx and d²y/dx² as expressions over x; where its ``minima`` and its ``tops`` are.

    ``coefficients`` are a, b and c where it is a parabola.
    """

    y: Expression
    slope: Expression
    curvature: Expression
    minima: tuple[float, ...]
    tops: tuple[float, ...] = ()
    coefficients: tuple[float, float, float] | None = None

    def heights(self, xs: Array) -> Array:
        """Return y at each x; infinite where it is too large for a float."""
        with np.errstate(over="ignore", invalid="ignore"):
            heights = np.broadcast_to(np.asarray(evaluate(self.y, {X.id: xs}), dtype=np.float64), xs.shape)
            return np.where(np.isnan(heights), np.inf, heights)

    def steepness(self, x: float) -> float:
        """Return dy/dx at x."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(evaluate(self.slope, {X.id: x}))


@lru_cache(maxsize=64)
def parabola(a: float, b: float, c: float) -> Curve:
    """Return y = a·x² + b·x + c, with dy/dx = 2a·x + b and d²y/dx² = 2a."""
    x = Ref(X)
    y = _sum_of([(a, square(x)), (b, x), (c, None)])
    level = (-b / (2.0 * a),) if a else ()
    return Curve(
        y,
        _sum_of([(2.0 * a, x), (b, None)]),
        _sum_of([(2.0 * a, None)]),
        minima=level if a > 0 else (),
        tops=level if a < 0 else (),
        coefficients=(a, b, c),
    )


@cache
def two_valleys() -> Curve:
    """Return y = ¼·(x² − 4)² + ½·x, with dy/dx = x·(x² − 4) + ½, by the chain rule, and d²y/dx² = 3·x² − 4."""
    x = Ref(X)
    inner = minus(square(x), Num(4.0))
    left, top, right = sorted(np.roots([1.0, 0.0, -4.0, 0.5]).real.tolist())
    return Curve(
        total(product(QUARTER, square(inner)), product(HALF, x)),
        total(product(x, inner), HALF),
        minus(product(Num(3.0), square(x)), Num(4.0)),
        minima=(left, right),
        tops=(top,),
    )


@cache
def plateau() -> Curve:
    """Return y = x²/(1 + x²), with dy/dx = 2·x/(1 + x²)² and d²y/dx², by the quotient rule."""
    x = Ref(X)
    below = total(Num(1.0), square(x))
    return Curve(
        Op("over", (square(x), below)),
        Op("over", (product(Num(2.0), x), square(below))),
        Op("over", (minus(Num(2.0), product(Num(6.0), square(x))), product(below, square(below)))),
        minima=(0.0,),
    )


@cache
def wall() -> Curve:
    """Return y = e^(−2·x) + ½·x, with dy/dx = −2·e^(−2·x) + ½ and d²y/dx² = 4·e^(−2·x)."""
    x = Ref(X)
    steep = Op("exp", (product(Num(-2.0), x),))
    return Curve(
        total(steep, product(HALF, x)),
        total(product(Num(-2.0), steep), HALF),
        product(Num(4.0), steep),
        minima=(log(4.0) / 2.0,),
    )


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
