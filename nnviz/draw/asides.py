"""What stands beside a descent: the minimum by calculus, what the rate does, the mountain and the network."""

from html import escape
from math import isfinite
from types import MappingProxyType

from nnviz.draw.card import formula_lines
from nnviz.draw.formula import MATHML, line, math, named
from nnviz.engine import regimes
from nnviz.engine.curves import SLOPE, Curve, X
from nnviz.engine.expressions import Num, Op, Ref, evaluate, product
from nnviz.engine.numbers import approximately
from nnviz.engine.plan import FORWARD
from nnviz.engine.quantities import Letter, Place, Quantity
from nnviz.engine.solution import symbol_lines
from nnviz.engine.trace import Step
from nnviz.text import say

A = Quantity(Letter("a"), "input", Place("coefficient", unit=0))
B = Quantity(Letter("b"), "input", Place("coefficient", unit=1))
LOWEST = Op("over", (Op("negative", (Ref(B),)), product(Num(2.0), Ref(A))))


def notes(curve: Curve, kind: str, rate: float) -> str:
    """Return the cards beside a descent on a curve of a kind, as HTML."""
    parts = [_card(say("descent.calculus.title"), _calculus(curve, kind))]
    if curve.coefficients is not None and curve.coefficients[0] > 0:
        parts.append(_card(say("descent.rate.title"), _rates(curve.coefficients[0], rate)))
    parts.append(_card(say("descent.walk.title"), _words(say("descent.walk.mountain")) + _bridge()))
    return "".join(parts)


def of_rate(value: float) -> str:
    """Return a number that speaks of a rate as it is shown, or that it is too large."""
    return approximately(value) if isfinite(value) else say("descent.huge")


def lowest(a: float, b: float) -> Step:
    """Return the minimum of a·x² + b·x + c, where dy/dx is 0, as a line of a worked solution."""
    operands = {A.name: a, B.name: b}
    return Step(FORWARD, X, LOWEST, float(evaluate(LOWEST, operands)), MappingProxyType(operands))


def _calculus(curve: Curve, kind: str) -> str:
    slope = symbol_lines(curve.slope, MATHML)[0]
    equals = '<mo form="infix">=</mo>'
    level = line(math(named(SLOPE), equals), *map(math, slope), math(equals, "<mn>0</mn>"))
    if curve.coefficients is None:
        return _formula(level) + _words(say(f"descent.calculus.{kind}"), say("descent.calculus.rarely"))
    a, b, _ = curve.coefficients
    if a == 0:
        return _formula(level) + _words(say("descent.calculus.line"), say("descent.calculus.rarely"))
    shape = say("descent.calculus.valley" if a > 0 else "descent.calculus.hill")
    return _formula(level, *formula_lines(lowest(a, b))) + _words(shape, say("descent.calculus.rarely"))


def _rates(a: float, rate: float) -> str:
    """Return the regimes of a parabola in the order of their rates, the present one marked."""
    slow, exact, swing = map(of_rate, regimes.bounds(a))
    here = regimes.of_parabola(a, rate)
    rows = []
    for key in regimes.OF_RATE:
        words = escape(say(f"descent.rates.{key}", slow=slow, exact=exact, swing=swing))
        rows.append(f'<li aria-current="true">{words}</li>' if key == here else f"<li>{words}</li>")
    factor = of_rate(regimes.shrinking(a, rate))
    return _words(say("descent.rate.factor", factor=factor)) + f'<ul class="regimes">{"".join(rows)}</ul>'


def _bridge() -> str:
    link = f'<a href="/">{escape(say("lesson.network.link"))}</a>'
    return f"<p>{escape(say('descent.walk.network'))} {link}</p>"


def _card(title: str, inner: str) -> str:
    return f'<section class="card"><h2>{escape(title)}</h2>{inner}</section>'


def _formula(*lines: str) -> str:
    return f'<div class="formula">{"".join(lines)}</div>'


def _words(*sentences: str) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
