"""``nnviz.to_markdown``: a step or an iteration as a table of Markdown."""

import re

from nnviz.algebra.solution import equation_line
from nnviz.algebra.trace import Step
from nnviz.engine.trace import Iteration
from nnviz.export.samples import checked_told
from nnviz.text import say

SPECIAL = re.compile(r"([\\`*_|<>\[\]~$])")
ESCAPED = r"\\\1"
HEADERS = ("step", "pass", "equation")


def to_markdown(told: Iteration | Step) -> str:
    """Return a step, or each step of an iteration, as a row of a table in Markdown.

    The equations are plain text, in symbols and with numbers, so that they can be read anywhere. Raises TypeError where
    it is neither a step nor an iteration.
    """
    rows = [(str(number), step.phase, equation_line(step)) for number, step in enumerate(checked_told(told), start=1)]
    headers = tuple(say(f"notebook.{key}") for key in HEADERS)
    return "\n".join(map(_row, [headers, ("--:", ":--", ":--"), *rows])) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(SPECIAL.sub(ESCAPED, cell) for cell in cells)} |"
