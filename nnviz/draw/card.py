"""The formula of a step as HTML: in derivatives, in symbols, with numbers, and the result; of a layer, in matrices."""

from nnviz.draw import matrices
from nnviz.draw.formula import MATHML, MathML, decimal, exact_note, line, math, named
from nnviz.engine.manner import LAYER
from nnviz.engine.solution import Solution, number, read, solve, symbol_lines
from nnviz.engine.trace import Iteration, Step
from nnviz.text import say

EQUALS = math('<mo form="infix">=</mo>')


def card(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return the formula of what the cursor has just passed, line by line."""
    if cursor == 0:
        return ""
    steps = iteration.pauses[cursor - 1]
    if iteration.plan.manner.detail == LAYER:
        rule = iteration.plan.rule_of[steps[0].name]
        if equations := matrices.html(iteration.plan, rule.phase, rule.stage):
            return equations
    return "".join(text for step in steps for text in formula_lines(step, sample))


def formula_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step's formula: its readings in symbols, its numbers, its result."""
    first, *more = symbol_lines(step.expression, MATHML)
    lines = [line(math(named(step.quantity)), EQUALS, *map(math, first))]
    lines += [line(EQUALS, *map(math, symbols)) for symbols in more]
    return [*lines, *solved_lines(step, sample)]


def solved_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step with its numbers and its result, or the words in their place."""
    solution = solve(step, sample)
    lines = [] if solution.of_sample is None else [_term(solution.of_sample, sample)]
    numbers = read(solution, MathML(solution.exact))
    if numbers is not None:
        count = [_note(say("card.terms", count=solution.n_terms))] if solution.n_terms else []
        lines.append(line(EQUALS, *map(math, numbers), *count))
    if solution.result is None:
        return [*lines, f'<p class="words">{say("step.too_large" if step.computed else "step.not_computed")}</p>']
    note = exact_note(step.name, number(step.value, sample))
    marks = f' class="kind-{step.quantity.kind}" data-at="{step.quantity.place.key}"'
    exact = f' data-exact="{note}"' if note else ""
    relation = f'<mo form="infix">{solution.relation}</mo>'
    return [*lines, line(math(relation, f"<mrow{marks}{exact}>{decimal(solution.result)}</mrow>"), kind="result")]


def _term(solution: Solution, sample: int) -> str:
    """Return the chosen sample's term of a sum over the samples."""
    assert solution.result is not None
    numbers = read(solution, MathML(solution.exact)) or ()
    relation = f'<mo form="infix">{solution.relation}</mo>'
    label = _note(say("card.sample", number=sample + 1))
    return line(label, *map(math, numbers), math(relation, decimal(solution.result)))


def _note(text: str) -> str:
    return f'<span class="note">{text}</span>'
