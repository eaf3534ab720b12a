"""The step's formula as HTML: in derivatives, in symbols, with numbers, and the result."""

from nnviz.draw.formula import MATHML, MathML, decimal, exact_note, math, named
from nnviz.engine.solution import number, read, solve, symbol_lines
from nnviz.engine.trace import Iteration, Step
from nnviz.text import say

EQUALS = math('<mo form="infix">=</mo>')


def card(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return the formula of the step that the cursor has just passed, line by line."""
    return "" if cursor == 0 else "".join(formula_lines(iteration.steps[cursor - 1], sample))


def formula_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step's formula: its readings in symbols, its numbers, its result."""
    first, *more = symbol_lines(step.expression, MATHML)
    lines = [line(math(named(step.quantity)), EQUALS, *map(math, first))]
    lines += [line(EQUALS, *map(math, symbols)) for symbols in more]
    return [*lines, *solved_lines(step, sample)]


def solved_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step with its numbers and its result, or the words in their place."""
    solution = solve(step, sample)
    numbers = read(step, MathML(solution.exact), sample).numbers
    lines = [] if numbers is None else [line(EQUALS, *map(math, numbers))]
    if solution.result is None:
        return [*lines, f'<p class="words">{say("step.too_large" if step.computed else "step.not_computed")}</p>']
    note = exact_note(step.name, number(step.value, sample))
    marks = f' class="kind-{step.quantity.kind}" data-at="{step.quantity.place.key}"'
    exact = f' data-exact="{note}"' if note else ""
    relation = f'<mo form="infix">{solution.relation}</mo>'
    return [*lines, line(math(relation, f"<mrow{marks}{exact}>{decimal(solution.result)}</mrow>"), kind="result")]


def line(*parts: str, kind: str = "line") -> str:
    """Return a paragraph that may break between its parts."""
    return f'<p class="{kind}">{" ".join(parts)}</p>'
