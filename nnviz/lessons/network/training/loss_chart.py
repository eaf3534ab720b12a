"""The chart of E over the iterations of a run, beside that of another run where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.algebra.rounding import exactly
from nnviz.charts.axes import chart_layout
from nnviz.charts.theme import Palette
from nnviz.protocol import Chart, Plotly, Scale
from nnviz.text import say

LINEAR: Scale = "linear"
LOG: Scale = "log"
SCALES = LINEAR, LOG
MOST_MARKERS = 40
HEIGHT = 260


@dataclass(frozen=True)
class Line:
    """A run's E: iterations, counted from 1, and their E, the iteration that the page shows, and what it is called.

    ``error`` is what its E is called.
    """

    iterations: Sequence[int]
    losses: Sequence[float]
    shown: int
    error: str
    name: str = ""


def chart(line: Line, other: Line | None, scale: Scale, palette: Palette) -> Chart:
    """Return E over the iterations as figure data, the other run's dashed; a dot marks the iteration that is shown."""
    ink = palette.kinds["loss"]
    data = [_curve(line, {"color": ink, "width": 2}), _dot(line, ink, palette)]
    if other is not None:
        data[:0] = [_curve(other, {"color": palette.muted, "width": 2, "dash": "dash"})]
    return {"data": data, "layout": _layout([line] if other is None else [other, line], scale, palette)}


def _curve(line: Line, style: Plotly) -> Plotly:
    few = len(line.iterations) <= MOST_MARKERS
    return {
        "type": "scatter",
        "x": list(line.iterations),
        "y": list(line.losses),
        "customdata": list(line.iterations),
        "mode": "lines+markers" if few else "lines",
        "line": style,
        "marker": {"size": 5},
        "name": line.name,
        "hovertext": [
            say("losses.point", iteration=number, name=line.error, value=exactly(error))
            for number, error in zip(line.iterations, line.losses, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _dot(line: Line, ink: str, palette: Palette) -> Plotly:
    """Return the mark of the iteration that is shown, as far as its E is known."""
    found = [(n, e) for n, e in zip(line.iterations, line.losses, strict=True) if n == line.shown]
    return {
        "type": "scatter",
        "x": [number for number, _ in found],
        "y": [error for _, error in found],
        "mode": "markers",
        "marker": {"size": 11, "color": ink, "line": {"color": palette.card, "width": 2}},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _layout(lines: Sequence[Line], scale: Scale, palette: Palette) -> Plotly:
    axis = {"gridcolor": palette.line, "zerolinecolor": palette.line, "fixedrange": True, "automargin": True}
    last = max((line.iterations[-1] for line in lines if line.iterations), default=1)
    across = {"title": {"text": say("losses.iteration")}, "range": [1 - 0.02 * max(last, 5), 1.02 * max(last, 5)]}
    up: Plotly = {"title": {"text": lines[-1].error}, "type": scale, "exponentformat": "power"}
    return chart_layout(palette, HEIGHT) | {
        "xaxis": axis | across | {"tickformat": ",d", "nticks": 6},
        "yaxis": axis | up | ({"rangemode": "tozero"} if scale == LINEAR else {"nticks": 6, "tickformat": "~g"}),
        "showlegend": len(lines) > 1,
    }
