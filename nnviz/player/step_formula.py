"""The formula of a step as HTML: in derivatives, in symbols, with numbers, and the result."""

from collections.abc import Sequence
from dataclasses import replace

from nnviz.algebra.difference import Compared
from nnviz.algebra.mathml import MATHML, MarkedMathML, MathML, decimal, line, math, named
from nnviz.algebra.rounding import Shown, exactly
from nnviz.algebra.solution import Solution, number, read, solve, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import in_symbols
from nnviz.text import say

EQUALS = math('<mo form="infix">=</mo>')


def formula_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step's formula: its readings in symbols, its numbers, its result.

    What is multiplied out although the gradient in front is known stands below the line that starts from there.
    """
    first, *more = symbol_lines(step.expression, MATHML)
    start = first_line(step, first)
    lines = [start] if step.shortened is None else [line(*short_parts(step.shortened, sample)), start]
    lines += [line(EQUALS, *map(math, symbols)) for symbols in more]
    return [*lines, *solved_lines(step, sample)]


def first_line(step: Step, symbols: Sequence[str]) -> str:
    """Return the line with a step's name and one of its readings in symbols."""
    note = [] if step.shortened is None else [_note(say("card.in_full"))]
    return line(*note, math(named(step.quantity)), EQUALS, *map(math, symbols))


def short_parts(step: Step, sample: int = 0, compared: Compared | None = None) -> tuple[str, str]:
    """Return what the line of a step in few factors is made of: symbols; and numbers, of one of several samples.

    What differs from another calculation stands out where the step's expression is ``compared`` with that.
    """
    if compared is None:
        written = symbol_lines(step.expression, MATHML)[-1]
    else:
        step = replace(step, expression=compared.expression)
        written = in_symbols(compared.expression, MarkedMathML(compared))
    symbols = " ".join([math(named(step.quantity)), EQUALS, *map(math, written)])
    solution = solve(step, sample)
    if solution.of_sample is not None:
        return symbols, _of_sample(solution.of_sample, sample)
    notation = MathML(solution.exact) if compared is None else MarkedMathML(compared, solution.exact)
    numbers = read(solution, notation)
    if solution.result is None:
        return symbols, ""
    if numbers is None:
        return symbols, "" if compared is None else _result(step, solution, solution.result, sample)
    return symbols, " ".join([EQUALS, *map(math, numbers), _result(step, solution, solution.result, sample)])


def sum_part(step: Step, sample: int = 0) -> str:
    """Return the result of a sum over several samples, behind the term of one of them; of another step nothing."""
    solution = solve(step, sample)
    if solution.of_sample is None or solution.result is None:
        return ""
    return " ".join([_note(say("card.of_all")), _result(step, solution, solution.result, sample)])


def solved_lines(step: Step, sample: int = 0, solution: Solution | None = None) -> list[str]:
    """Return the lines of a step with its numbers and its result, or the words in their place.

    A ``solution`` may have other numbers than those that the step is usually shown with.
    """
    solution = solution or solve(step, sample)
    lines = [] if solution.of_sample is None else [line(_of_sample(solution.of_sample, sample))]
    numbers = read(solution, MathML(solution.exact))
    if numbers is not None:
        count = [_note(say("card.terms", count=solution.n_terms))] if solution.n_terms else []
        lines.append(line(EQUALS, *map(math, numbers), *count))
    if solution.result is None:
        return [*lines, line(say("step.too_large" if step.computed else "step.not_computed"), kind="words")]
    return [*lines, line(_result(step, solution, solution.result, sample), kind="result")]


def _result(step: Step, solution: Solution, result: Shown, sample: int) -> str:
    """Return a step's result behind = or ≈, with all its digits for whoever points at it."""
    value = number(step.value, sample)
    note = f"{step.name} = {exactly(value)}" if result.value != value else ""
    marks = f' class="kind-{step.quantity.kind}" data-at="{step.quantity.place.key}"'
    exact = f' data-exact="{note}"' if note else ""
    relation = f'<mo form="infix">{solution.relation}</mo>'
    return math(relation, f"<mrow{marks}{exact}>{decimal(result)}</mrow>")


def _of_sample(solution: Solution, sample: int) -> str:
    """Return the chosen sample's term of a sum over the samples."""
    assert solution.result is not None
    numbers = read(solution, MathML(solution.exact)) or ()
    relation = f'<mo form="infix">{solution.relation}</mo>'
    label = _note(say("card.sample", number=sample + 1))
    return " ".join([label, *map(math, numbers), math(relation, decimal(solution.result))])


def _note(text: str) -> str:
    return f'<span class="note">{text}</span>'
