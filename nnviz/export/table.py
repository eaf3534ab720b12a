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
TEST_LOSS = "test_loss"


def to_csv(told: Iteration | Step | History) -> str:
    """Return a table as CSV: of a step or an iteration its steps, of a training the losses before each iteration.

    A step has a row for its number, or where it has one for each sample, a row for each of them, counted from 1. All
    numbers have all their digits; what is too large for a float, or not computed, is empty. Raises TypeError where
    it is none of these.
    """
    if isinstance(told, History):
        columns = [told.losses, *([told.test_losses] if told.test_losses else [])]
        rows = ((at, *map(_in_full, losses)) for at, losses in enumerate(zip(*columns, strict=True), start=1))
        return _csv((*LOSSES, TEST_LOSS)[: len(columns) + 1], rows)
    return _csv(STEPS, _rows(checked_told(told)))


def _rows(steps: tuple[Step, ...]) -> Iterator[tuple[object, ...]]:
    for number, step in enumerate(steps, start=1):
        equation = f"{step.name} = {''.join(symbol_lines(step.expression, TEXT)[0])}"
        is_of_all = np.ndim(step.value) == 0
        for sample, value in enumerate(np.atleast_1d(step.value).tolist(), start=1):
            yield number, step.phase, step.id, step.name, "" if is_of_all else sample, _in_full(value), equation


def _in_full(value: float) -> str:
    return repr(value) if np.isfinite(value) else ""


def _csv(header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()
