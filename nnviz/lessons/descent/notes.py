"""What stands beside a descent: the minimum by calculus, what the rate does, the mountain and the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from types import MappingProxyType

from nnviz.algebra.expressions import Num, Op, Ref, evaluate, product
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.rounding import DIGITS, EXACT, approximately, equated, is_rounded, shown
from nnviz.algebra.solution import Solution, solve, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.engine.naming import RATE
from nnviz.engine.plan import FORWARD
from nnviz.lessons.descent import loss_card, regimes
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, Curve, X
from nnviz.player.panels import TEMPLATES
from nnviz.player.step_formula import EQUALS, solved_lines
from nnviz.text import say

A = Quantity("a", Letter("a"), "input", Place("coefficient", unit=0))
B = Quantity("b", Letter("b"), "input", Place("coefficient", unit=1))
LOWEST = Op("over", (Op("negative", (Ref(B),)), product(Num(2.0), Ref(A))))


@dataclass(frozen=True)
class Note:
    """A card beside a descent: lines of a formula, sentences, regimes of the rate, and of each whether it is so."""

    title: str
    lines: Sequence[str] = ()
    sentences: Sequence[str] = ()
    regimes: Sequence[tuple[str, bool]] = ()


def notes(curve: Curve, kind: str, rate: float | None, ways: str = "") -> str:
    """Return the cards beside a descent on a curve of a kind, as HTML; ``rate`` is None where a method has none.

    ``ways`` is the card of the ways to the minimum.
    """
    found = [_calculus(curve, kind)]
    if rate is not None and curve.coefficients is not None and curve.coefficients[0] > 0:
        found.append(_rates(curve.coefficients[0], rate))
    found.append(Note(say("descent.walk.title"), sentences=[say("descent.walk.mountain")]))
    cards = {"notes": found, "loss": loss_card.card(), "ways": ways}
    return TEMPLATES.get_template("lessons/descent/templates/notes.html").render(cards)


def of_factor(value: float) -> str:
    """Return what a step multiplies by, with the digits that tell it from 0, 1 and −1, or that it is too large.

    It is never 1 itself, as neither the rate nor a is 0.
    """
    if not isfinite(value):
        return say("descent.huge" if value > 0 else "descent.huge.negative")
    digits = next((n for n in range(DIGITS, EXACT) if shown(value, n).value not in (0, 1, -1)), DIGITS)
    number = shown(value, digits)
    return f"≈ {number}" if value == 1 or is_rounded(number, value) else str(number)


def solved(step: Step, solution: Solution | None = None) -> list[str]:
    """Return the lines of a step with its numbers and its result, or in its place why there is none.

    A ``solution`` may have other numbers than those that the step is usually shown with.
    """
    lines = solved_lines(step, solution=solution)
    if solve(step).result is not None:
        return lines
    is_by_zero = step.computed and step.operands.get(CURVATURE.id) == 0
    words = say(f"descent.{'by_zero' if is_by_zero else 'too_large' if step.computed else 'not_computed'}")
    return [*lines[:-1], line(escape(words), kind="words")]


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


def _calculus(curve: Curve, kind: str) -> Note:
    """Return the minimum as calculus has it, as far as it does."""
    title, rarely = say("descent.calculus.title"), say("descent.calculus.rarely")
    slope = math(named(SLOPE)), EQUALS, *map(math, symbol_lines(curve.slope, MATHML)[0])
    level = line(*slope, EQUALS, math("<mn>0</mn>"))
    if curve.coefficients is None:
        return Note(title, [level], [say(f"descent.calculus.{kind}"), rarely])
    a, b, _ = curve.coefficients
    if a == 0:
        return Note(title, [line(*slope)], [say("descent.calculus.line" if b else "descent.calculus.level"), rarely])
    shape = say("descent.calculus.valley" if a > 0 else "descent.calculus.hill")
    return Note(title, [level, *worked(lowest(a, b))], [shape, rarely])


def _rates(a: float, rate: float) -> Note:
    """Return the regimes of a parabola in the order of their rates, the present one marked."""
    title = say("descent.rate.title")
    factor = say("descent.rate.factor", factor=of_factor(regimes.shrinking(a, rate)))
    if not all(map(isfinite, regimes.bounds(a))):
        return Note(title, sentences=[factor])
    slow, exact, swing = regimes.bounds(a)
    facts = {key: approximately(value) for key, value in (("slow", slow), ("exact", exact), ("swing", swing))}
    facts |= {"landing": equated(RATE.name, exact), "swinging": equated(RATE.name, swing)}
    here = regimes.of_parabola(a, rate)
    told = [(say(f"descent.rates.{key}", **facts), key == here) for key in regimes.OF_RATE]
    return Note(title, sentences=[factor], regimes=told)
