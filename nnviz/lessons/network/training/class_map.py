"""Which of several classes a network predicts over the plane of its two inputs, with the samples on it."""

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately
from nnviz.charts.axes import ALL_SHOWN, axis, chart_layout, points, reach
from nnviz.charts.theme import Palette
from nnviz.engine.network import Network
from nnviz.lessons.network.training.predicted import Predicted, outputs
from nnviz.lessons.network.training.test_rings import test_rings
from nnviz.protocol import Chart, Plotly
from nnviz.text import say

POINTS, MARGIN, FADED = 61, 0.1, 0.35
FEW = 30  # samples that are drawn large
SYMBOLS = (
    "circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "triangle-down", "hexagon",
)  # fmt: skip


def class_map(seen: Predicted, present: Network, palette: Palette, height: int) -> tuple[Chart, bool]:
    """Return the class of the largest output over the plane, a colour each, and whether parts could not be drawn.

    A sample has the colour and the sign of the class that it is of.
    """
    firsts, seconds = (points(*reach(seen.x[:, column].tolist(), MARGIN), POINTS) for column in (0, 1))
    found = outputs(present, np.array([(a, b) for b in seconds for a in firsts]))
    is_there = np.isfinite(found).all(axis=1)
    largest = np.where(is_there, np.where(np.isnan(found), 0.0, found).argmax(axis=1), -1)
    (across, upwards), names, _ = seen.names
    area: Plotly = {
        "type": "heatmap",
        "x": firsts,
        "y": seconds,
        "z": [[None if at < 0 else int(at) for at in row] for row in largest.reshape(POINTS, POINTS)],
        "zmin": -0.5,
        "zmax": len(names) - 0.5,
        "colorscale": _steps(palette.classes[: len(names)]),
        "showscale": False,
        "opacity": FADED,
        "hoverinfo": "text",
        "text": _texts(found, largest, names),
    }
    axes = {
        "xaxis": axis(palette, across) | {"range": [firsts[0], firsts[-1]]},
        "yaxis": axis(palette, upwards) | {"range": [seconds[0], seconds[-1]]},
    }
    layout = chart_layout(palette, height) | ALL_SHOWN | axes
    return {"data": [area, *_marks(seen, palette)], "layout": layout}, not bool(is_there.all())


def _steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """Return a colour scale of one colour after the other, without any in between."""
    count = len(colours)
    return [[at / count, colour] for number, colour in enumerate(colours) for at in (number, number + 1)]


def _texts(found: Array, largest: NDArray[np.int64], names: list[str]) -> list[list[str]]:
    said = [
        "" if at < 0 else say("predictions.largest", name=names[at], value=approximately(float(row[at])))
        for row, at in zip(found, largest.tolist(), strict=True)
    ]
    return [said[start : start + POINTS] for start in range(0, len(said), POINTS)]


def _marks(seen: Predicted, palette: Palette) -> list[Plotly]:
    """Return the samples as markers, a trace for each class."""
    of_class, (size, rim) = seen.y.argmax(axis=1), (10, 1.5) if len(seen.x) <= FEW else (6, 0.75)
    marks: list[Plotly] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": say("predictions.class_name", name=name),
            "x": seen.x[chosen, 0].tolist(),
            "y": seen.x[chosen, 1].tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hovertext": [seen.hover(int(sample)) for sample in np.flatnonzero(chosen)],
            "marker": {
                "size": size,
                "symbol": SYMBOLS[number],
                "color": palette.classes[number],
                "line": {"color": palette.text, "width": rim},
            },
        }
        for number, name in enumerate(seen.names[2])
        if (chosen := of_class == number).any()
    ]
    return [*marks, *test_rings(seen, seen.x[:, 1], size, palette)]
