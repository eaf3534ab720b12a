"""The step's formula as HTML: in derivatives, in symbols, with numbers, and the result."""

from nnviz.draw.formula import MathML, decimal, exact_note, math, named
from nnviz.engine.expressions import evaluate, leaves
from nnviz.engine.solution import leaf_name, number, read
from nnviz.engine.trace import Iteration, Step
from nnviz.text import say

EQUALS = math('<mo form="infix">=</mo>')


def card(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return the formula of the step that the cursor has just passed, line by line."""
    return "" if cursor == 0 else "".join(formula_lines(iteration.steps[cursor - 1], sample))


def formula_lines(step: Step, sample: int = 0) -> list[str]:
    """Return the lines of a step's formula: its readings in symbols, its numbers, its result."""
    reading = read(step, MathML(exact_values(step, sample)), sample)
    first, *more = reading.symbols
    lines = [line(math(named(step.quantity)), EQUALS, *map(math, first))]
    lines += [line(EQUALS, *map(math, symbols)) for symbols in more]
    if not step.computed:
        return [*lines, f'<p class="words">{say("step.not_computed")}</p>']
    if reading.numbers is not None:
        lines.append(line(EQUALS, *map(math, reading.numbers)))
    if reading.result is None:
        return [*lines, f'<p class="words">{say("step.too_large")}</p>']
    return [*lines, result(step, reading.relation, sample)]


def result(step: Step, relation: str, sample: int = 0) -> str:
    """Return the line with the result, and its exact value behind it."""
    value = number(step.value, sample)
    reading = read(step, MathML(), sample)
    assert reading.result is not None
    note = exact_note(step.name, value)
    marks = f' class="kind-{step.quantity.kind}" data-at="{step.quantity.place.key}"'
    exact = f' data-exact="{note}"' if note else ""
    return line(math(f'<mo form="infix">{relation}</mo><mrow{marks}{exact}>{decimal(reading.result)}</mrow>'), kind="result")


def exact_values(step: Step, sample: int = 0) -> dict[str, float]:
    """Return the exact values of the step's quantities and local derivatives, by name."""
    values = {name: number(value, sample) for name, value in step.operands.items()}
    return {leaf_name(leaf): float(evaluate(leaf, values)) for leaf in leaves(step.expression)}


def line(*parts: str, kind: str = "line") -> str:
    """Return a paragraph that may break between its parts."""
    return f'<p class="{kind}">{" ".join(parts)}</p>'
