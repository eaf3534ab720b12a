"""A step as a line of a worked solution: in symbols, with numbers, and the result, with an honest = or ≈."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from nnviz.engine.expressions import OPERATORS, Expression, Op, Partial, evaluate, leaves
from nnviz.engine.numbers import DIGITS, EXACT, Shown, is_rounded, shown
from nnviz.engine.trace import Step
from nnviz.engine.typeset import TEXT, Leaf, Notation, in_derivatives, in_numbers, in_symbols
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Solution:
    """The numbers of a step's line: its operands as they are shown and exactly, by name, and its result.

    ``relation`` is "=" where the numbers as shown give the result as shown, exactly; else "≈". ``result`` is None
    where it is too large for a float, or not computed; ``operands`` are empty where they are not written out.
    """

    operands: dict[str, Shown]
    exact: dict[str, float]
    relation: str
    result: Shown | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A step's line in some notation, each part in pieces between which it may break.

    ``symbols`` begins with the chain rule in derivatives where there is one and goes on with what they equal.
    ``numbers`` is None where there are none to show; ``relation`` and ``result`` are those of the solution.
    """

    symbols: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...] | None
    relation: str
    result: Shown | None


@lru_cache(maxsize=1024)
def solve(step: Step, sample: int = 0) -> Solution:
    """Return the numbers of a step's line, those of one sample where there are several."""
    if not step.computed:
        return Solution({}, {}, "=", None)
    result = None if step.overflowed else shown(number(step.value, sample))
    if "Σ" in _operators(step.expression):
        return Solution({}, {}, "=" if result is None else _rounding(number(step.value, sample)), result)
    values = {name: number(value, sample) for name, value in step.operands.items()}
    exact = {leaf_name(leaf): float(evaluate(leaf, values)) for leaf in leaves(step.expression)}
    operands = _shown_operands(step.expression, exact, result)
    return Solution(operands, exact, "=" if result is None else _relation(step.expression, operands, result), result)


def read(step: Step, notation: Notation, sample: int = 0) -> Reading:
    """Return the line of a step, with the numbers of one sample where there are several."""
    solution = solve(step, sample)
    numbers = None
    if solution.operands:
        numbers = in_numbers(step.expression, notation, lambda leaf: solution.operands[leaf_name(leaf)])
    return Reading(symbol_lines(step.expression, notation), numbers, solution.relation, solution.result)


@lru_cache(maxsize=4096)
def symbol_lines(expression: Expression, notation: Notation) -> tuple[tuple[str, ...], ...]:
    """Return the expression in derivatives, where it has any, and in symbols."""
    in_letters = in_symbols(expression, notation)
    has_partials = any(isinstance(leaf, Partial) for leaf in leaves(expression))
    return (in_derivatives(expression, notation), in_letters) if has_partials else (in_letters,)


def line(step: Step) -> str:
    """Return the step as plain text: forward  h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85."""
    reading = read(step, TEXT)
    text = f"{step.phase:<9}{step.name} = {''.join(reading.symbols[0])}"
    if not step.computed:
        return f"{text} {say('step.not_computed')}"
    if step.overflowed and np.ndim(step.value):
        return f"{text} {say('step.too_large')}"
    if np.ndim(step.value):
        values = np.asarray(step.value).tolist()
        return f"{text} {_rounding(*values)} ({', '.join(str(shown(value)) for value in values)})"
    numbers = "" if reading.numbers is None else f" = {''.join(reading.numbers)}"
    if reading.result is None:
        return f"{text}{numbers} {say('step.too_large')}"
    return f"{text}{numbers} {reading.relation} {reading.result}"


def leaf_name(leaf: Leaf) -> str:
    """Return the name by which a quantity or a local derivative has its value."""
    return str(leaf.symbol) if isinstance(leaf, Partial) else leaf.quantity.name


def number(value: Any, sample: int) -> float:
    """Return a value as a float: that of one sample where it has one for each."""
    return float(value[sample]) if isinstance(value, np.ndarray) and value.ndim else float(value)


def _shown_operands(expression: Expression, exact: dict[str, float], result: Shown | None) -> dict[str, Shown]:
    """Return the numbers to show for quantities and local derivatives, by name.

    They have as few digits as give, computed with, the result as it is shown; and at least the usual number.
    """
    for digits in range(DIGITS, EXACT, 2):
        operands = {name: shown(value, digits) for name, value in exact.items()}
        with np.errstate(over="ignore", invalid="ignore"):
            again = evaluate(expression, {name: operand.value for name, operand in operands.items()})
        if result is None or (np.isfinite(again) and shown(float(again)) == result):
            return operands
    return {name: shown(value, EXACT) for name, value in exact.items()}


def _relation(expression: Expression, operands: dict[str, Shown], result: Shown) -> str:
    if not all(OPERATORS[operator].rational for operator in _operators(expression)):
        return "≈"
    values = {name: operand.fraction for name, operand in operands.items()}
    return "=" if evaluate(expression, values, Fraction) == result.fraction else "≈"


def _rounding(*values: float) -> str:
    """Return the relation between values and what is shown of them, where no operands are."""
    return "≈" if any(is_rounded(shown(value), value) for value in values) else "="


def _operators(expression: Expression) -> Iterator[str]:
    """Yield the operators between the leaves."""
    if isinstance(expression, Op):
        yield expression.operator
        for operand in expression.operands:
            yield from _operators(operand)
