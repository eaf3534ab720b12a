"""What a loss is for, as a card: how wrong answers are counted, and 1/N and 1/(2N) beside each other, with numbers."""

from functools import cache
from types import MappingProxyType

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import SIGMA, Call, Expression, Num, Op, Ref, evaluate, minus, product, square, total
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.rounding import exactly, shown
from nnviz.algebra.solution import symbol_lines
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import TEXT
from nnviz.engine.naming import LOSS
from nnviz.engine.plan import FORWARD
from nnviz.player.panels import TEMPLATES
from nnviz.player.step_formula import EQUALS, solved_lines
from nnviz.text import LANGUAGE

ANSWER = Quantity("yhat", Letter("ŷ"), "prediction", Place("answer"))
TARGET = Quantity("y", Letter("y"), "target", Place("target"))
COUNT = Quantity("N", Letter("N"), "input", Place("count"))
CAT, DOG = 0.0, 1.0
TARGETS = np.array([CAT, DOG, DOG, DOG])
ANSWERS = np.array([0.2, 0.9, 0.4, 0.8])
SAME_ANSWERS = (0.0, 0.25, 0.5, 0.75, 1.0)

PART = Quantity("part", Letter("(ŷ − y)²"), "loss-part", Place("part"))

SQUARE = square(minus(Ref(ANSWER), Ref(TARGET)))


def _mean(below: Expression, squares: Expression) -> Expression:
    return product(Op("over", (Num(1.0), below)), squares)


IN_SYMBOLS = tuple(_mean(below, Call(SIGMA, SQUARE)) for below in (Ref(COUNT), product(Num(2.0), Ref(COUNT))))


def losses(answers: Array) -> list[float]:
    """Return the loss with 1/N in front, and that with 1/(2N), of answers to the pictures."""
    operands = {ANSWER.id: answers, TARGET.id: TARGETS, COUNT.id: float(len(TARGETS))}
    return [float(evaluate(loss, operands)) for loss in IN_SYMBOLS]


def _written_out(below: Expression) -> Step:
    """Return a loss of the answers as a step from their squares."""
    parts = {Ref(PART, at): float(square) for at, square in enumerate((ANSWERS - TARGETS) ** 2)}
    operands = {ref.id: value for ref, value in parts.items()}
    expression = _mean(below, total(*parts))
    return Step(FORWARD, LOSS, expression, float(evaluate(expression, operands)), MappingProxyType(operands))


N = Num(float(len(TARGETS)))
WRITTEN_OUT = _written_out(N), _written_out(product(Num(2.0), N))


def card() -> str:
    """Return the card as HTML, folded."""
    return TEMPLATES.get_template("lessons/descent/templates/loss.html").render(_numbers(LANGUAGE.get()))


@cache
def _numbers(_language: str) -> dict[str, object]:
    """Return what the card has of numbers and formulas, which may have words in them."""
    squares = ((ANSWERS - TARGETS) ** 2).tolist()
    pictures = [
        ("cat" if target == CAT else "dog", exactly(target), exactly(answer), str(shown(square)))
        for target, answer, square in zip(TARGETS.tolist(), ANSWERS.tolist(), squares, strict=True)
    ]
    rows = [(answer, losses(np.full(len(TARGETS), answer))) for answer in SAME_ANSWERS]
    lowest = min(values for _, values in rows)
    symbols = [symbol_lines(loss, MATHML)[0] for loss in IN_SYMBOLS]
    return {
        "pictures": pictures,
        "same": [
            (exactly(answer), [str(shown(value)) for value in values], values == lowest) for answer, values in rows
        ],
        "symbols": ["".join(symbol_lines(loss, TEXT)[0]) for loss in IN_SYMBOLS],
        "worked": [
            line(math(named(LOSS)), EQUALS, *map(math, loss)) + "".join(solved_lines(step))
            for loss, step in zip(symbols, WRITTEN_OUT, strict=True)
        ],
    }
