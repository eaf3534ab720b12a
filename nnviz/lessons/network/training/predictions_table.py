"""Predictions beside targets, as an HTML table of the first samples."""

from dataclasses import dataclass

import numpy as np

from nnviz.algebra.rounding import approximately, exactly, lacks_digits
from nnviz.lessons.network.training.predicted import Predicted
from nnviz.player.panels import TEMPLATES
from nnviz.text import say

MOST_ROWS = 20


@dataclass(frozen=True)
class Cell:
    """A number as it is shown, and all its digits where it is shown rounded."""

    text: str
    exact: str = ""


@dataclass(frozen=True)
class Row:
    """A sample by its number, counted from 1: each prediction and its target, and of classes whether it is right."""

    number: int
    cells: list[Cell]
    verdict: str


def predictions_table(seen: Predicted) -> str:
    """Return predictions beside targets as an HTML table of the first samples."""
    _, predicted, targets = seen.names
    count, shown = len(seen.x), min(len(seen.x), MOST_ROWS)
    columns = [name for pair in zip(predicted, targets, strict=True) for name in pair]
    return TEMPLATES.get_template("lessons/network/templates/predictions.html").render(
        caption=say("predictions.caption", first=1, last=shown, count=count, when=seen.when),
        headers=[say("predictions.number"), *columns, *([say("predictions.side")] if seen.are_classes else [])],
        rows=[_row(seen, sample) for sample in range(shown)],
    )


def _row(seen: Predicted, sample: int) -> Row:
    _, predicted, targets = seen.names
    pairs = zip(predicted, seen.predicted[sample].tolist(), targets, seen.y[sample].tolist(), strict=True)
    cells = [_cell(name, value) for p, a, t, b in pairs for name, value in ((p, a), (t, b))]
    return Row(sample + 1, cells, seen.verdict(sample) if seen.are_classes else "")


def _cell(name: str, value: float) -> Cell:
    if not np.isfinite(value):
        return Cell(say("predictions.large"))
    return Cell(approximately(value), f"{name} = {exactly(value)}" if lacks_digits(value) else "")
