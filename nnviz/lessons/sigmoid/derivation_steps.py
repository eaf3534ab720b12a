"""Both derivations of σ′, told: step by step, and as tables of all lines with their rules and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.solution import number, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.explain.sentence import equation
from nnviz.lessons.sigmoid.derivation import QUOTIENT, SLOPE, SPLITTING, WAYS, Line, derived
from nnviz.player.step_formula import EQUALS, formula_lines
from nnviz.player.step_view import Number, StepView
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Row:
    """A line in the table of its derivation: the id of the row and of its number, its rule, its formula as HTML."""

    id: str
    rule: str
    formula: str


def derivations() -> dict[str, list[Row]]:
    """Return the lines of both ways from σ to σ′ = σ·(1 − σ), by the way's name; they hold no numbers."""
    return {way: [_row(way, index) for index in range(len(WAYS[way]))] for way in (QUOTIENT, SPLITTING)}


def step_views(z: float) -> Iterator[StepView]:
    """Yield the steps of σ, σ′ and both derivations at z."""
    steps = iter(derived(z))
    for way, lines in WAYS.items():
        for index, written in enumerate(lines):
            step = next(steps)
            yield StepView(
                step,
                title=_rule(written),
                sentence=_sentence(step, _rule(written), is_again=_is_again(way, index)),
                formula="".join(formula_lines(step)),
                row=_id(way, index),
                numbers={_id(way, index): Number(step.name, number(step.value, 0), step.quantity.kind)},
            )


def _sentence(step: Step, rule: str, is_again: bool) -> str:
    words = say("derivation.line", name=step.name, rule=rule, equation=equation(step))
    return f"{words} {say('derivation.agrees')}" if is_again else words


def _is_again(way: str, index: int) -> bool:
    """Whether a line is about σ′ like one of the way before it."""
    return WAYS[way][index].quantity == SLOPE and any(line.quantity == SLOPE for line in WAYS[way][:index])


def _row(way: str, index: int) -> Row:
    written = WAYS[way][index]
    head, *_ = symbol_lines(written.expression, MATHML)
    left = [] if _is_again(way, index) else [math(named(written.quantity))]
    formula = line(*left, EQUALS, *map(math, head))
    return Row(_id(way, index), _rule(written), formula)


def _id(way: str, index: int) -> str:
    return f"{way}-{index + 1}"


def _rule(written: Line) -> str:
    """Return the name of a line's rule as a title."""
    name = say(f"rule.{written.rule}")
    return name[0].upper() + name[1:]
