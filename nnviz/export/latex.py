"""``nnviz.to_latex``: a step or an iteration as LaTeX."""

from itertools import groupby

from nnviz.algebra.latex import aligned, worked
from nnviz.algebra.trace import Step
from nnviz.engine.trace import Iteration
from nnviz.export.samples import checked_sample, checked_told
from nnviz.text import say


def to_latex(told: Iteration | Step, sample: int = 0) -> str:
    """Return a step, or each step of an iteration, as LaTeX that needs the package amsmath.

    A step is for math mode: its readings below each other, in derivatives, in symbols and with numbers, as
    ``aligned``. An iteration is for text: a paragraph for each pass, with a line for each step. Where there are several
    samples, the numbers are those of one ``sample``, counted from 0, and sums are those over all.

    Raises TypeError where it is neither, and IndexError where there is no such sample.
    """
    steps = checked_told(told)
    sample = checked_sample(steps, sample)
    if isinstance(told, Step):
        return aligned([worked(told, sample)])
    passes = groupby(steps, key=lambda step: step.phase)
    return "\n".join(_paragraph(phase, [_line(step, sample) for step in of_pass]) for phase, of_pass in passes)


def _line(step: Step, sample: int) -> str:
    """Return a step in a line, with one sign to align by."""
    name, first, *others = worked(step, sample)
    return " ".join([name, first, *(part.removeprefix("&") for part in others)])


def _paragraph(phase: str, lines: list[str]) -> str:
    body = " \\\\\n".join(f"  {line}" for line in lines)
    return f"\\paragraph{{{say(f'phase.{phase}')}}}\n\\begin{{align*}}\n{body}\n\\end{{align*}}"
