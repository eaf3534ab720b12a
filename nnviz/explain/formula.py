"""The formula of what a cursor has passed in an iteration, as HTML: of each step, or of a layer in matrices."""

from nnviz.engine.manner import LAYER
from nnviz.engine.trace import Iteration
from nnviz.explain.matrix_html import html
from nnviz.player.step_formula import formula_lines


def formula(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return the formula of what the cursor has just passed, line by line."""
    if cursor == 0:
        return ""
    steps = iteration.pauses[cursor - 1]
    if iteration.plan.manner.detail == LAYER:
        rule = iteration.plan.rule_of[steps[0].id]
        if equations := html(iteration.plan, rule.phase, rule.stage):
            return equations
    return "".join(text for step in steps for text in formula_lines(step, sample))
