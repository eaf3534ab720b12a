"""A parameter's whole chain rule, wherever the cursor is: what is not computed yet says so."""

from typing import Any

from nnviz.draw.card import EQUALS, line, solved_lines
from nnviz.draw.formula import MATHML, decimal, math, named
from nnviz.engine.expressions import Ref, leaves, references
from nnviz.engine.numbers import exactly, is_rounded
from nnviz.engine.quantities import Quantity, gradient
from nnviz.engine.solution import leaf_name, solve, symbol_lines
from nnviz.engine.trace import Iteration, Step
from nnviz.engine.typeset import Leaf
from nnviz.text import say

Part = dict[str, Any]


def chain(iteration: Iteration, parameter: Quantity, released: int, sample: int = 0) -> list[Part]:
    """Return the lines of ∂E/∂parameter, factor by factor, and of the update.

    Each part is HTML ``since`` so many steps, and HTML to show ``before``; what lies beyond ``released`` has no
    numbers to hide.
    """
    slope = _step(iteration, gradient(parameter).name)
    update = _step(iteration, parameter.after_update().name)
    head, *_ = symbol_lines(slope.expression, MATHML)
    parts = [_always(line(math(named(slope.quantity)), EQUALS, *map(math, head)))]
    for leaf in leaves(slope.expression):
        parts += _factor(iteration, slope, leaf, released, sample)
    parts += _solved(iteration, slope, released, sample)
    parts.append(_always(_symbols(update)))
    parts += _solved(iteration, update, released, sample)
    return parts


def _factor(iteration: Iteration, slope: Step, leaf: Leaf, released: int, sample: int) -> list[Part]:
    """Return one factor: what it is, and its number, with the digits that it has in the product."""
    if isinstance(leaf, Ref):
        step = _step(iteration, leaf.quantity.name)
        meaning, since, symbol = step.expression, iteration.position[step.name], named(leaf.quantity)
    else:
        meaning, symbol = leaf.equals, MATHML.symbol(leaf.symbol, leaf)
        since = max((iteration.position[operand.name] for operand in references(meaning)), default=0)
    written = " ".join(map(math, symbol_lines(meaning, MATHML)[-1]))
    start = f'<p class="factor">{math(symbol)} {EQUALS} {written} '
    solution = solve(slope, sample)
    if since > released or leaf_name(leaf) not in solution.operands:
        return [_always(f"{start}{_unknown()}</p>")]
    value, number = solution.exact[leaf_name(leaf)], solution.operands[leaf_name(leaf)]
    relation = math(f'<mo form="infix">{"≈" if is_rounded(number, value) else "="}</mo>')
    note = "" if number.value == value else f' data-exact="{leaf_name(leaf)} = {exactly(value)}"'
    known = f"{relation} {math(f'<mrow{note}>{decimal(number)}</mrow>')}"
    return [_always(start), {"since": since, "html": known, "before": _unknown()}, _always("</p>")]


def _solved(iteration: Iteration, step: Step, released: int, sample: int) -> list[Part]:
    """Return a step's numbers and result, once they are known."""
    unknown = f'<p class="line">{_unknown()}</p>'
    since = iteration.position[step.name]
    if since > released:
        return [_always(unknown)]
    return [{"since": since, "html": "".join(solved_lines(step, sample)), "before": unknown}]


def _symbols(step: Step) -> str:
    head, *_ = symbol_lines(step.expression, MATHML)
    return line(math(named(step.quantity)), EQUALS, *map(math, head))


def _step(iteration: Iteration, name: str) -> Step:
    return iteration.steps[iteration.position[name] - 1]


def _unknown() -> str:
    return f'<span class="unknown">= {say("chain.not_yet")}</span>'


def _always(html: str) -> Part:
    return {"since": 0, "html": html, "before": ""}
