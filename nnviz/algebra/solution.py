"""A step as a line of a worked solution: in symbols, with numbers, and the result, with an honest = or ≈."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from nnviz.algebra.expressions import SIGMA, Call, Expression, Num, Op, Partial, Ref, Value, evaluate, leaves, total
from nnviz.algebra.log_of_share import of_sums, spelled_out
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import DIGITS, EXACT, Shown, is_rounded, shown
from nnviz.algebra.writer import TEXT, Leaf, Notation, in_derivatives, in_numbers, in_symbols
from nnviz.text import elided, say

MOST_WRITTEN_OUT = 6


class Solvable(Hashable, Protocol):
    """What has a solution: a quantity whose value an expression over others gives, such as a step of a trace."""

    @property
    def name(self) -> str: ...
    @property
    def phase(self) -> str: ...
    @property
    def quantity(self) -> Quantity: ...
    @property
    def expression(self) -> Expression: ...
    @property
    def value(self) -> Value: ...
    @property
    def operands(self) -> Mapping[str, Value]: ...
    @property
    def in_sums(self) -> "tuple[Expression, Mapping[str, Value]] | None": ...
    @property
    def computed(self) -> bool: ...
    @property
    def overflowed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Solution:
    """The numbers of a step's line: its operands as they are shown and exactly, by id, and its result.

    ``written`` is the expression that the operands are put into: the step's own, or where that is a sum over the
    samples, the sum written out, of ``n_terms`` where not all are; then ``of_sample`` is that of the chosen sample.
    ``relation`` is "=" where the numbers as shown give the result as shown, exactly; else "≈". Where the result is
    but another quantity's value, it is "=" if that is shown unrounded. ``result`` is None where it is too large for a
    float, or not computed; then there may be no operands either.
    """

    written: Expression
    operands: dict[str, Shown]
    exact: dict[str, float]
    relation: str
    result: Shown | None
    of_sample: "Solution | None" = None
    n_terms: int = 0


@lru_cache(maxsize=1024)
def solve(step: Solvable, sample: int = 0) -> Solution:
    """Return the numbers of a step's line, those of one sample where there are several."""
    if not step.computed:
        return Solution(step.expression, {}, {}, "=", None)
    result = None if step.overflowed else shown(number(step.value, sample))
    inner, (in_sums, operands) = _summed(step.expression), step.in_sums or (None, step.operands)
    values = {key: number(value, sample) for key, value in operands.items()}
    if inner is None:
        return _solved(step.expression, in_sums, values, result)
    inner_in_sums = None if in_sums is None else _summed(in_sums)
    with np.errstate(all="ignore"):
        terms = np.asarray(evaluate(inner, step.operands)).tolist()
        if inner_in_sums is not None and not np.all(np.isfinite(terms)):
            terms = np.asarray(evaluate(inner_in_sums, operands)).tolist()
    if not np.all(np.isfinite(terms)):
        return Solution(step.expression, {}, {}, "=", result)
    of_sample = _solved(inner, inner_in_sums, values, shown(terms[sample]))
    n_terms = len(terms) if len(terms) > MOST_WRITTEN_OUT else 0
    return replace(_sum_written_out(step, inner, terms, result), of_sample=of_sample, n_terms=n_terms)


def _solved(
    written: Expression, in_sums: Expression | None, values: dict[str, float], result: Shown | None
) -> Solution:
    """Return the numbers of an expression over quantities with these values, where it is too small ``in_sums``."""
    computed = written if in_sums is None else of_sums(written, in_sums, values)
    expression = written if computed == written else computed  # marks are at its parts themselves
    exact = {leaf.id: float(evaluate(leaf, values)) for leaf in leaves(expression)}
    operands = _shown_operands(expression, exact, result)
    if result is None:
        relation = "="
    elif isinstance(expression, Ref):
        relation = _rounding(*exact.values())
    else:
        relation = relation_of(expression, operands, result)
    told = written if expression is written else spelled_out(expression)
    return Solution(told, operands, exact, relation, result)


def _sum_written_out(step: Solvable, inner: Expression, terms: list[float], result: Shown | None) -> Solution:
    """Return the sum over the samples: all terms, or where there are many, the first two and the last."""
    chosen = range(len(terms)) if len(terms) <= MOST_WRITTEN_OUT else (0, 1, len(terms) - 1)
    refs = [Ref(step.quantity, number) for number in chosen]
    values = {ref.id: terms[number] for ref, number in zip(refs, chosen, strict=True)}
    if len(terms) == len(refs):
        return _solved(_with(step.expression, inner, total(*refs)), None, values, result)
    written = _with(step.expression, inner, total(*refs[:-1], Num(0.0, "…"), refs[-1]))
    operands = {key: shown(value) for key, value in values.items()}
    relation = "=" if result is None else _rounding(number(step.value, 0))
    return Solution(written, operands, values, relation, result)


def _summed(expression: Expression) -> Expression | None:
    """Return what is summed over the samples, if anything is."""
    match expression:
        case Call(function, argument):
            return argument if function is SIGMA else _summed(argument)
        case Op(_, operands):
            return next((found for operand in operands if (found := _summed(operand)) is not None), None)
    return None


def _with(expression: Expression, inner: Expression, written: Expression) -> Expression:
    """Return the expression with the sum over ``inner`` replaced."""
    match expression:
        case Call(function, argument):
            return written if function is SIGMA else Call(function, _with(argument, inner, written))
        case Op(operator, operands):
            return Op(operator, tuple(_with(operand, inner, written) for operand in operands))
    return expression


def read(solution: Solution, notation: Notation) -> tuple[str, ...] | None:
    """Return a solution's expression with its numbers in place, in pieces, or None where there are none to show.

    A single number is the result and no step towards it.
    """
    if not solution.operands or isinstance(solution.written, Ref):
        return None
    return in_numbers(solution.written, notation, lambda leaf: solution.operands[leaf.id])


@lru_cache(maxsize=4096)
def symbol_lines(expression: Expression, notation: Notation) -> tuple[tuple[str, ...], ...]:
    """Return the expression in derivatives, where it has any, and in symbols."""
    in_letters = in_symbols(expression, notation)
    has_partials = any(isinstance(leaf, Partial) for leaf in leaves(expression))
    return (in_derivatives(expression, notation), in_letters) if has_partials else (in_letters,)


def line(step: Solvable) -> str:
    """Return the step as plain text: forward  h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85."""
    return f"{step.phase:<9}{equation_line(step)}"


def equation_line(step: Solvable) -> str:
    """Return the step as plain text without its pass: h1 = x1·w1 + x2·w2 = 2·0.11 + 3·0.21 = 0.85."""
    text = f"{step.name} = {''.join(symbol_lines(step.expression, TEXT)[0])}"
    if isinstance(step.expression, Num):
        return text
    if not step.computed or np.ndim(step.value):
        return f"{text} {_outcome(step)}"
    solution = solve(step)
    pieces = read(solution, TEXT)
    numbers = "" if pieces is None else f" = {''.join(pieces)}"
    outcome = _outcome(step) if solution.result is None else f"{solution.relation} {solution.result}"
    return f"{text}{numbers} {outcome}"


def result_line(step: Solvable) -> str:
    """Return the step's name and its result, of many samples the first two and the last: h1 = 0.85."""
    return f"{step.name} {_outcome(step)}"


def _outcome(step: Solvable) -> str:
    """Return the result behind = or ≈, in as many numbers as there are samples, or the words in its place."""
    if not step.computed or step.overflowed:
        return say("step.too_large" if step.computed else "step.not_computed")
    values = np.atleast_1d(step.value).tolist()
    results = elided([str(shown(value)) for value in values], MOST_WRITTEN_OUT)
    return f"{_rounding(*values)} {f'({results})' if np.ndim(step.value) else results}"


def leaf_name(leaf: Leaf) -> str:
    """Return what a quantity, one sample's part of it, or a local derivative is called."""
    if isinstance(leaf, Partial):
        return str(leaf.symbol)
    return name_of(leaf.quantity.name, leaf.sample)


def name_of(name: str, sample: int | None) -> str:
    """Return what a number is called that is that of a sample, counted from 0, where it is one."""
    return name if sample is None else say("sum.term", name=name, number=sample + 1)


def number(value: Any, sample: int) -> float:
    """Return a value as a float: that of one sample where it has one for each."""
    return float(value[sample]) if isinstance(value, np.ndarray) and value.ndim else float(value)


def _shown_operands(expression: Expression, exact: dict[str, float], result: Shown | None) -> dict[str, Shown]:
    """Return the numbers to show for quantities and local derivatives, by id.

    They have as few digits as give, computed with, the result as it is shown, and no difference of 0 where there is
    one; and at least the usual number.
    """
    for digits in range(DIGITS, EXACT, 2):
        operands = {key: shown(value, digits) for key, value in exact.items()}
        with np.errstate(all="ignore"):
            again = evaluate(expression, {key: operand.value for key, operand in operands.items()})
        is_result = result is None or (np.isfinite(again) and shown(float(again)) == result)
        if is_result and not _vanishes(expression, exact, operands):
            return operands
    return {key: shown(value, EXACT) for key, value in exact.items()}


def _vanishes(expression: Expression, exact: dict[str, float], operands: dict[str, Shown]) -> bool:
    """Whether a difference within an expression is 0 with the numbers as they are shown, and is not 0."""
    if isinstance(expression, Call):
        return _vanishes(expression.argument, exact, operands)
    if not isinstance(expression, Op):
        return False
    if expression.operator == "−":
        with np.errstate(over="ignore", invalid="ignore"):
            rounded = evaluate(expression, {key: operand.value for key, operand in operands.items()})
            if rounded == 0 and evaluate(expression, exact) != 0:
                return True
    return any(_vanishes(operand, exact, operands) for operand in expression.operands)


def relation_of(expression: Expression, operands: Mapping[str, Shown], result: Shown) -> str:
    """Return "=" where an expression of numbers as they are shown is a result as it is shown, exactly; else "≈"."""
    try:
        exact = evaluate(expression, {key: operand.fraction for key, operand in operands.items()}, exactly=True)
    except ArithmeticError:
        return "≈"
    return "=" if exact == result.fraction else "≈"


def _rounding(*values: float) -> str:
    """Return the relation between values and what is shown of them, where no operands are."""
    return "≈" if any(is_rounded(shown(value), value) for value in values) else "="
