"""The chart of E over the iterations of a run, beside that of another run where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.algebra.rounding import exactly
from nnviz.charts.axes import chart_layout
from nnviz.charts.theme import Palette
from nnviz.lessons.network.training.loss_history import NO_CURVE, Curve
from nnviz.protocol import Chart, Plotly, Scale
from nnviz.text import say

LINEAR: Scale = "linear"
LOG: Scale = "log"
SCALES = LINEAR, LOG
MOST_MARKERS = 40
HEIGHT = 260


@dataclass(frozen=True)
class Line:
    """A run's E over the iterations, counted from 1, the iteration that the page shows, and what the run is called.

    ``error`` is what its E is called, and ``tested`` that of a test, if there is one.
    """

    curve: Curve
    shown: int
    error: str
    name: str = ""
    tested: Curve = NO_CURVE


def chart(line: Line, other: Line | None, scale: Scale, palette: Palette) -> Chart:
    """Return E over the iterations as figure data, the other run's dashed; a dot marks the iteration that is shown.

    E of a test is dotted, beside that of the run.
    """
    ink, of_test = palette.kinds["loss"], say("losses.test")
    has_test = bool(line.tested.iterations)
    name = line.name or (line.error if has_test else "")
    data = [_curve(line.curve, line.error, name, {"color": ink, "width": 2}), _dot(line, ink, palette)]
    if other is not None:
        data[:0] = [_curve(other.curve, other.error, other.name, {"color": palette.muted, "width": 2, "dash": "dash"})]
    if has_test:
        style = {"color": palette.kinds["prediction"], "width": 2, "dash": "dot"}
        data.append(_curve(line.tested, of_test, of_test, style))
    lines = [line] if other is None else [other, line]
    return {"data": data, "layout": _layout(lines, scale, palette, has_legend=len(lines) > 1 or has_test)}


def _curve(line: Curve, error: str, name: str, style: Plotly) -> Plotly:
    few = len(line.iterations) <= MOST_MARKERS
    return {
        "type": "scatter",
        "x": list(line.iterations),
        "y": list(line.losses),
        "customdata": list(line.iterations),
        "mode": "lines+markers" if few else "lines",
        "line": style,
        "marker": {"size": 5},
        "name": name,
        "hovertext": [
            say("losses.point", iteration=number, name=error, value=exactly(loss))
            for number, loss in zip(line.iterations, line.losses, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _dot(line: Line, ink: str, palette: Palette) -> Plotly:
    """Return the mark of the iteration that is shown, as far as its E is known."""
    found = [(n, e) for n, e in zip(line.curve.iterations, line.curve.losses, strict=True) if n == line.shown]
    return {
        "type": "scatter",
        "x": [number for number, _ in found],
        "y": [error for _, error in found],
        "mode": "markers",
        "marker": {"size": 11, "color": ink, "line": {"color": palette.card, "width": 2}},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _layout(lines: Sequence[Line], scale: Scale, palette: Palette, *, has_legend: bool) -> Plotly:
    axis = {"gridcolor": palette.line, "zerolinecolor": palette.line, "fixedrange": True, "automargin": True}
    last = max((line.curve.iterations[-1] for line in lines if line.curve.iterations), default=1)
    lowest = min((loss for line in lines for loss in (*line.curve.losses, *line.tested.losses)), default=0.0)
    title = say("losses.error") if lines[-1].tested.iterations else lines[-1].error
    if scale == LOG and lowest < 0:
        scale, title = LINEAR, say("losses.linear", name=title)
    across = {"title": {"text": say("losses.iteration")}, "range": [1 - 0.02 * max(last, 5), 1.02 * max(last, 5)]}
    up: Plotly = {
        "title": {"text": title},
        "type": scale,
        "exponentformat": "power",
    }
    return chart_layout(palette, HEIGHT) | {
        "xaxis": axis | across | {"tickformat": ",d", "nticks": 6},
        "yaxis": axis | up | ({"rangemode": "tozero"} if scale == LINEAR else {"nticks": 6, "tickformat": "~g"}),
        "showlegend": has_legend,
    }
