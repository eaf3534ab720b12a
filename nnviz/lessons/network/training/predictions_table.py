"""Predictions beside targets, as an HTML table of the first samples."""

from dataclasses import dataclass

import numpy as np

from nnviz.algebra.rounding import approximately, exactly, lacks_digits
from nnviz.lessons.network.training.predicted import Predicted
from nnviz.player.panels import TEMPLATES
from nnviz.text import say

MOST_ROWS, MOST_INPUTS, MANY_OUTPUTS = 100, 2, 4


@dataclass(frozen=True)
class Cell:
    """A number as it is shown, and all its digits where it is shown rounded."""

    text: str
    exact: str = ""


@dataclass(frozen=True)
class Row:
    """A sample by its number, counted from 1: its numbers, and of classes the predicted one and whether it is right.

    It is trained on, or of a test.
    """

    number: int
    cells: list[Cell]
    words: list[str]
    is_tested: bool


def predictions_table(seen: Predicted) -> str:
    """Return predictions beside targets as an HTML table of the first samples, with inputs where these are few.

    Of several classes the target is the one that a sample is of, by its name.
    """
    inputs, predicted, targets = seen.names
    count, shown = len(seen.x), min(len(seen.x), MOST_ROWS)
    if seen.is_one_of_several:
        columns = [*_few(inputs), *predicted]
        of_classes = [say("predictions.target_of"), say("predictions.class_of"), say("predictions.verdict")]
    else:
        columns = [*_few(inputs), *(name for pair in zip(predicted, targets, strict=True) for name in pair)]
        of_classes = [say("predictions.class_of"), say("predictions.verdict")] if seen.are_classes else []
    return TEMPLATES.get_template("lessons/network/templates/predictions.html").render(
        caption=say("predictions.caption", first=1, last=shown, count=count, when=seen.when),
        rule=_rule(seen),
        headers=[say("predictions.number"), *columns, *of_classes],
        width="whole" if len(predicted) > MANY_OUTPUTS else "large" if len(predicted) > 1 else "small",
        rows=[_row(seen, sample) for sample in range(shown)],
    )


def _few(inputs: list[str]) -> list[str]:
    return inputs if len(inputs) <= MOST_INPUTS else []


def _rule(seen: Predicted) -> str:
    """Return how a class is told from outputs, where targets are classes."""
    if not seen.are_classes:
        return ""
    return say("predictions.rule.largest" if seen.is_one_of_several else "predictions.rule.half")


def _row(seen: Predicted, sample: int) -> Row:
    inputs, predicted, targets = seen.names
    given = zip(_few(inputs), seen.x[sample].tolist(), strict=False)
    outputs, ys = seen.predicted[sample].tolist(), seen.y[sample].tolist()
    words = [seen.predicted_class(sample), seen.verdict(sample)] if seen.are_classes else []
    if seen.is_one_of_several:
        cells = [_cell(*pair) for pair in (*given, *zip(predicted, outputs, strict=True))]
        return Row(sample + 1, cells, [targets[ys.index(1.0)], *words], bool(seen.is_tested[sample]))
    pairs = zip(predicted, outputs, targets, ys, strict=True)
    cells = [_cell(*pair) for pair in (*given, *(part for p, a, t, b in pairs for part in ((p, a), (t, b))))]
    return Row(sample + 1, cells, words, bool(seen.is_tested[sample]))


def _cell(name: str, value: float) -> Cell:
    if not np.isfinite(value):
        return Cell(say("predictions.large"))
    return Cell(approximately(value), f"{name} = {exactly(value)}" if lacks_digits(value) else "")
