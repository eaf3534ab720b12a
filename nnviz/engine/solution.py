"""A step as a line of a worked solution: in symbols, with numbers, and the result, with an honest = or ≈."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nnviz.engine.expressions import OPERATORS, Expression, Op, Partial, evaluate, leaves
from nnviz.engine.numbers import DIGITS, EXACT, Shown, shown
from nnviz.engine.trace import Step
from nnviz.engine.typeset import Leaf, Notation, Text, in_derivatives, in_numbers, in_symbols
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line shows, in some notation, each part in pieces between which it may break.

    ``symbols`` begins with the chain rule in derivatives where there is one and goes on with what they equal.
    ``numbers`` and ``result`` are None where the step is not computed, ``result`` where it is too large for a float.
    ``relation`` is "=" where the numbers as shown give the result as shown, exactly; else "≈".
    """

    symbols: tuple[list[str], ...]
    numbers: list[str] | None
    relation: str
    result: Shown | None


def read(step: Step, notation: Notation, sample: int = 0) -> Reading:
    """Return the line of a step, with the numbers of one sample where there are several."""
    has_partials = any(isinstance(leaf, Partial) for leaf in leaves(step.expression))
    in_letters = in_symbols(step.expression, notation)
    symbols = (in_derivatives(step.expression, notation), in_letters) if has_partials else (in_letters,)
    if not step.computed:
        return Reading(symbols, None, "=", None)
    if isinstance(step.expression, Op) and _sums_samples(step.expression):
        return Reading(symbols, None, "=", shown(number(step.value, sample)))
    operands = shown_operands(step, sample)
    numbers = in_numbers(step.expression, notation, lambda leaf: operands[leaf_name(leaf)])
    if step.overflowed:
        return Reading(symbols, numbers, "=", None)
    result = shown(number(step.value, sample))
    return Reading(symbols, numbers, _relation(step.expression, operands, result), result)


def line(step: Step) -> str:
    """Return the step as plain text: forward  h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85."""
    reading = read(step, Text())
    text = f"{step.phase:<9}{step.name} = {''.join(reading.symbols[0])}"
    if not step.computed:
        return f"{text} {say('step.not_computed')}"
    if np.ndim(step.value):
        return f"{text} = ({', '.join(str(shown(float(value))) for value in np.atleast_1d(step.value))})"
    numbers = "" if reading.numbers is None else f" = {''.join(reading.numbers)}"
    if reading.result is None:
        return f"{text}{numbers} {say('step.too_large')}"
    return f"{text}{numbers} {reading.relation} {reading.result}"


def shown_operands(step: Step, sample: int = 0) -> dict[str, Shown]:
    """Return the numbers to show for the step's quantities and local derivatives, by name.

    They have as few digits as give, computed with, the result as it is shown; and at least the usual number.
    """
    values = {name: number(value, sample) for name, value in step.operands.items()}
    exact = {leaf_name(leaf): float(evaluate(leaf, values)) for leaf in leaves(step.expression)}
    wanted = None if step.overflowed else shown(number(step.value, sample))
    for digits in range(DIGITS, EXACT, 2):
        operands = {name: shown(value, digits) for name, value in exact.items()}
        again = evaluate(step.expression, {name: float(operand.fraction) for name, operand in operands.items()})
        if wanted is None or (np.isfinite(again) and shown(float(again)) == wanted):
            return operands
    return {name: shown(value, EXACT) for name, value in exact.items()}


def leaf_name(leaf: Leaf) -> str:
    """Return the name by which a quantity or a local derivative has its value."""
    return str(leaf.symbol) if isinstance(leaf, Partial) else leaf.quantity.name


def number(value: Any, sample: int) -> float:
    """Return a value as a float: that of one sample where it has one for each."""
    return float(value[sample]) if np.ndim(value) else float(value)


def _relation(expression: Expression, operands: dict[str, Shown], result: Shown) -> str:
    if not all(OPERATORS[operator].rational for operator in _operators(expression)):
        return "≈"
    values = {name: operand.fraction for name, operand in operands.items()}
    return "=" if evaluate(expression, values, Fraction) == result.fraction else "≈"


def _operators(expression: Expression) -> Iterator[str]:
    """Yield the operators between the leaves."""
    if isinstance(expression, Op):
        yield expression.operator
        for operand in expression.operands:
            yield from _operators(operand)


def _sums_samples(expression: Expression) -> bool:
    return "Σ" in _operators(expression)
