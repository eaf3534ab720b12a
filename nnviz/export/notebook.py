"""What a notebook shows of what stands at the end of a cell, also where it is only read: pictures, formulas, tables."""

from html import escape

from nnviz.algebra.trace import Step
from nnviz.engine.network import Network
from nnviz.engine.trace import Iteration
from nnviz.explain.formula import formula
from nnviz.explain.notebook import of_iteration, of_network
from nnviz.explain.sentence import title
from nnviz.export.picture import svg_at, to_svg
from nnviz.player.step_formula import formula_lines
from nnviz.text import say

METHOD = "_repr_html_"  # that a notebook looks for
LARGEST = 60_000  # characters of a picture


def attach() -> None:
    """Let notebooks find what is shown of each, as the engine knows of no drawing."""
    setattr(Network, METHOD, of_network)
    setattr(Iteration, METHOD, with_picture)
    setattr(Step, METHOD, with_formula)


def with_picture(iteration: Iteration) -> str:
    """Return an iteration as HTML: its picture when all gradients are known, and a row for each step.

    A picture that is very large is left out.
    """
    backward = [step for step in iteration.steps if step.phase == "backward"]
    svg = to_svg(iteration, backward[-1] if backward else None)
    figure = "" if len(svg) > LARGEST else f'<div role="img" aria-label="{escape(say("notebook.picture"))}">{svg}</div>'
    return figure + of_iteration(iteration)


def at_cursor(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return an iteration after so many pauses as HTML: its picture and what has just been computed."""
    svg = svg_at(iteration, cursor, sample)
    figure = f'<div role="img" aria-label="{escape(say("notebook.now"))}">{svg}</div>'
    return f"<div>{figure}<p><b>{escape(title(iteration, cursor))}</b></p>{formula(iteration, cursor, sample)}</div>"


def with_formula(step: Step) -> str:
    """Return a step as HTML: its pass, and its formula in derivatives, in symbols and with numbers."""
    return f"<div><small>{escape(step.phase)}</small>{''.join(formula_lines(step))}</div>"
