"""The sigmoid's derivative, derived twice, a line a rule: each line is an expression, so it reads, and it has a number.

Legend: z where, e⁻ᶻ the exponential there, σ = σ(z), σ′ = σ′(z), t the height of the tangent one to the right of z,
u and v the numerator and the denominator of σ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from nnviz.algebra.expressions import Expression, Num, Op, Ref, evaluate, minus, product, references, square, total
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.trace import Step

FUNCTION, TANGENT, QUOTIENT, SPLITTING = "function", "tangent", "quotient", "splitting"
ZERO, ONE = Num(0.0), Num(1.0)

Z = Quantity("z", Letter("z"), "sum", Place("z"))
DECAY = Quantity("exp(-z)", Letter("e", upper="−z"), "term", Place("decay"))
SIGMA = Quantity("sigma", Letter("σ"), "hidden", Place("sigma"))
SLOPE = Quantity("sigma'", Letter("σ′"), "gradient", Place("slope"))
RISEN = Quantity("t", Letter("t"), "gradient", Place("tangent"))
U, V = Quantity("u", Letter("u"), "term", Place("u")), Quantity("v", Letter("v"), "term", Place("v"))
DU = Quantity("u'", Letter("u′"), "gradient", Place("u"))
DV = Quantity("v'", Letter("v′"), "gradient", Place("v"))


@dataclass(frozen=True, eq=False)
class Line:
    """A line of a derivation: this quantity is this expression, by a rule whose name is the sentence ``rule.RULE``."""

    rule: str
    quantity: Quantity
    expression: Expression


def _over(top: Expression, bottom: Expression) -> Expression:
    return Op("over", (top, bottom))


def _negative(x: Expression) -> Expression:
    return Op("negative", (x,))


def _slope(rule: str, expression: Expression) -> Line:
    return Line(rule, SLOPE, expression)


_E, _SIGMA = Ref(DECAY), Ref(SIGMA)
_BELOW = total(ONE, _E)
_SHARE = _over(ONE, _BELOW)
_PLUS_1_MINUS_1 = minus(_BELOW, ONE)
_PRODUCT = product(_SIGMA, minus(ONE, _SIGMA))

WAYS: Mapping[str, tuple[Line, ...]] = {
    FUNCTION: (
        Line("exponential", DECAY, Op("exp", (_negative(Ref(Z)),))),
        Line("definition", SIGMA, _SHARE),
    ),
    TANGENT: (
        _slope("claim", _PRODUCT),
        Line("tangent", RISEN, total(_SIGMA, Ref(SLOPE))),
    ),
    QUOTIENT: (
        Line("numerator", U, ONE),
        Line("denominator", V, _BELOW),
        Line("constant", DU, ZERO),
        Line("sum-chain", DV, total(ZERO, product(_E, Num(-1.0)))),
        _slope("quotient", _over(minus(product(Ref(DU), Ref(V)), product(Ref(U), Ref(DV))), square(Ref(V)))),
        _slope("insert", _over(minus(product(ZERO, _BELOW), product(ONE, _negative(_E))), square(_BELOW))),
        _slope("simplify", _over(_E, square(_BELOW))),
        _slope("add-1", _over(_PLUS_1_MINUS_1, square(_BELOW))),
        _slope("split-difference", minus(_over(_BELOW, square(_BELOW)), _over(ONE, square(_BELOW)))),
        _slope("cancel", minus(_SHARE, square(_SHARE))),
        _slope("recognise", minus(_SIGMA, square(_SIGMA))),
        _slope("factor-out", _PRODUCT),
    ),
    SPLITTING: (
        _slope("reciprocal", _over(_negative(Ref(DV)), square(Ref(V)))),
        _slope("insert", _over(_negative(_negative(_E)), square(_BELOW))),
        _slope("two-minuses", _over(_E, square(_BELOW))),
        _slope("split-product", product(_SHARE, _over(_E, _BELOW))),
        _slope("add-1", product(_SHARE, _over(_PLUS_1_MINUS_1, _BELOW))),
        _slope("split-difference", product(_SHARE, minus(_over(_BELOW, _BELOW), _SHARE))),
        _slope("cancel", product(_SHARE, minus(ONE, _SHARE))),
        _slope("recognise", _PRODUCT),
    ),
}


def derived(z: float) -> tuple[Step, ...]:
    """Return the steps of σ, σ′ and both derivations at z, in order; their phases are the names of WAYS.

    Lines are computed with fractions from the float e⁻ᶻ and rounded once, at the end: what is equal in mathematics is
    equal here, where 1 + e⁻ᶻ − 1 in floats would lose its digits. Raises OverflowError where e⁻ᶻ is too large.
    """
    exact: dict[str, Fraction] = {Z.id: Fraction(z)}
    steps = []
    for way, lines in WAYS.items():
        for line in lines:
            value = _computed(line.expression, exact)
            operands = MappingProxyType({q.id: float(exact[q.id]) for q in references(line.expression)})
            steps.append(Step(way, line.quantity, line.expression, float(value), operands))
            exact[line.quantity.id] = value
    return tuple(steps)


def _computed(expression: Expression, exact: Mapping[str, Fraction]) -> Fraction:
    """Return the value of an expression: exactly where it is a fraction, else that of the float."""
    try:
        return Fraction(evaluate(expression, exact, exactly=True))
    except ArithmeticError:
        with np.errstate(over="ignore"):
            return Fraction(float(evaluate(expression, {key: float(value) for key, value in exact.items()})))
