"""What stands beside a descent: the minimum by calculus, what the rate does, the mountain and the network."""

from html import escape
from math import isfinite
from types import MappingProxyType

from nnviz.algebra.expressions import Num, Op, Ref, evaluate, product
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.rounding import DIGITS, EXACT, approximately, equated, is_rounded, shown
from nnviz.algebra.solution import solve, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.engine.naming import RATE
from nnviz.engine.plan import FORWARD
from nnviz.lessons.descent import regimes
from nnviz.lessons.descent.curves import SLOPE, Curve, X
from nnviz.player.step_formula import EQUALS, solved_lines
from nnviz.text import say

A = Quantity("a", Letter("a"), "input", Place("coefficient", unit=0))
B = Quantity("b", Letter("b"), "input", Place("coefficient", unit=1))
LOWEST = Op("over", (Op("negative", (Ref(B),)), product(Num(2.0), Ref(A))))


def notes(curve: Curve, kind: str, rate: float) -> str:
    """Return the cards beside a descent on a curve of a kind, as HTML."""
    parts = [_card(say("descent.calculus.title"), _calculus(curve, kind))]
    if curve.coefficients is not None and curve.coefficients[0] > 0:
        parts.append(_card(say("descent.rate.title"), _rates(curve.coefficients[0], rate)))
    parts.append(_card(say("descent.walk.title"), _words(say("descent.walk.mountain")) + _bridge()))
    return "".join(parts)


def of_factor(value: float) -> str:
    """Return what a step multiplies by, with the digits that tell it from 0, 1 and −1, or that it is too large.

    It is never 1 itself, as neither the rate nor a is 0.
    """
    if not isfinite(value):
        return say("descent.huge" if value > 0 else "descent.huge.negative")
    digits = next((n for n in range(DIGITS, EXACT) if shown(value, n).value not in (0, 1, -1)), DIGITS)
    number = shown(value, digits)
    return f"≈ {number}" if value == 1 or is_rounded(number, value) else str(number)


def solved(step: Step) -> list[str]:
    """Return the lines of a step with its numbers and its result, or in its place why there is none."""
    lines = solved_lines(step)
    if solve(step).result is not None:
        return lines
    words = say("descent.too_large" if step.computed else "descent.not_computed")
    return [*lines[:-1], f'<p class="words">{escape(words)}</p>']


def worked(step: Step) -> list[str]:
    """Return the lines of a step's formula: in symbols, its numbers, its result."""
    return [
        line(math(named(step.quantity)), EQUALS, *map(math, symbol_lines(step.expression, MATHML)[0])),
        *solved(step),
    ]


def lowest(a: float, b: float) -> Step:
    """Return the minimum of a·x² + b·x + c, where dy/dx is 0, as a line of a worked solution."""
    operands = {A.id: a, B.id: b}
    return Step(FORWARD, X, LOWEST, float(evaluate(LOWEST, operands)), MappingProxyType(operands))


def _calculus(curve: Curve, kind: str) -> str:
    slope = math(named(SLOPE)), EQUALS, *map(math, symbol_lines(curve.slope, MATHML)[0])
    level = line(*slope, EQUALS, math("<mn>0</mn>"))
    if curve.coefficients is None:
        return _formula(level) + _words(say(f"descent.calculus.{kind}"), say("descent.calculus.rarely"))
    a, b, _ = curve.coefficients
    if a == 0:
        shape = say("descent.calculus.line" if b else "descent.calculus.level")
        return _formula(line(*slope)) + _words(shape, say("descent.calculus.rarely"))
    shape = say("descent.calculus.valley" if a > 0 else "descent.calculus.hill")
    return _formula(level, *worked(lowest(a, b))) + _words(shape, say("descent.calculus.rarely"))


def _rates(a: float, rate: float) -> str:
    """Return the regimes of a parabola in the order of their rates, the present one marked."""
    factor = _words(say("descent.rate.factor", factor=of_factor(regimes.shrinking(a, rate))))
    if not all(map(isfinite, regimes.bounds(a))):
        return factor
    slow, exact, swing = regimes.bounds(a)
    facts = {key: approximately(value) for key, value in (("slow", slow), ("exact", exact), ("swing", swing))}
    facts |= {"landing": equated(RATE.name, exact), "swinging": equated(RATE.name, swing)}
    here = regimes.of_parabola(a, rate)
    rows = []
    for key in regimes.OF_RATE:
        words = escape(say(f"descent.rates.{key}", **facts))
        rows.append(f'<li aria-current="true">{words}</li>' if key == here else f"<li>{words}</li>")
    return f'{factor}<ul class="regimes">{"".join(rows)}</ul>'


def _bridge() -> str:
    link = f'<a href="/">{escape(say("lesson.network.link"))}</a>'
    return f"<p>{escape(say('descent.walk.network'))} {link}</p>"


def _card(title: str, inner: str) -> str:
    return f'<section class="card"><h2>{escape(title)}</h2>{inner}</section>'


def _formula(*lines: str) -> str:
    return f'<div class="formula">{"".join(lines)}</div>'


def _words(*sentences: str) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
