"""``nnviz.to_csv``: a step, an iteration or a training as CSV, with all digits, for other programs."""

import csv
from collections.abc import Iterator
from io import StringIO

import numpy as np

from nnviz.algebra.solution import symbol_lines
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import TEXT
from nnviz.engine.trace import Iteration
from nnviz.engine.trainer import History
from nnviz.export.samples import checked_told

STEPS = ("step", "pass", "id", "name", "sample", "value", "equation")
LOSSES = ("iteration", "loss")


def to_csv(told: Iteration | Step | History) -> str:
    """Return a table as CSV: of a step or an iteration its steps, of a training the loss before each iteration.

    A step has a row for its number, or where it has one for each sample, a row for each of them, counted from 1. All
    numbers have all their digits; what is too large for a float, or not computed, is empty. Raises TypeError where
    it is none of these.
    """
    if isinstance(told, History):
        return _csv(LOSSES, ((number, repr(loss)) for number, loss in enumerate(told.losses, start=1)))
    return _csv(STEPS, _rows(checked_told(told)))


def _rows(steps: tuple[Step, ...]) -> Iterator[tuple[object, ...]]:
    for number, step in enumerate(steps, start=1):
        equation = f"{step.name} = {''.join(symbol_lines(step.expression, TEXT)[0])}"
        is_of_all = np.ndim(step.value) == 0
        for sample, value in enumerate(np.atleast_1d(step.value).tolist(), start=1):
            shown = repr(value) if np.isfinite(value) else ""
            yield number, step.phase, step.id, step.name, "" if is_of_all else sample, shown, equation


def _csv(header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()
