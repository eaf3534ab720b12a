"""Rings around the samples of a test, in the pictures of predictions."""

from nnviz.algebra.arrays import Array
from nnviz.charts.animated import SILENT
from nnviz.charts.theme import Palette
from nnviz.lessons.network.training.predicted import Predicted
from nnviz.protocol import Plotly
from nnviz.text import say

AROUND = 8  # pixels that a ring is wider than the sample in it


def test_rings(seen: Predicted, upwards: Array, size: float, palette: Palette) -> list[Plotly]:
    """Return a trace of rings around the samples of a test, over their first input; none where there is no test."""
    if not seen.is_tested.any():
        return []
    ring = {"symbol": "circle-open", "size": size + AROUND, "color": palette.text, "line": {"width": 1.5}}
    places = {"x": seen.x[seen.is_tested, 0].tolist(), "y": upwards[seen.is_tested].tolist()}
    named = {"type": "scatter", "mode": "markers", "name": say("predictions.test"), "marker": ring}
    return [named | places | SILENT]
