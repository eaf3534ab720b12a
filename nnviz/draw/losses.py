"""The small chart of E over the iterations done so far."""

from collections.abc import Sequence
from typing import Any

from nnviz.draw.figure import FONT
from nnviz.draw.palette import Palette
from nnviz.engine.numbers import exactly
from nnviz.text import say


def chart(losses: Sequence[float], palette: Palette) -> dict[str, Any]:
    """Return E, of iteration 1, 2, …, as figure data."""
    numbers = list(range(1, len(losses) + 1))
    points = zip(numbers, losses, strict=True)
    axis = {"gridcolor": palette.line, "zerolinecolor": palette.line, "fixedrange": True, "automargin": True}
    return {
        "data": [
            {
                "type": "scatter",
                "x": numbers,
                "y": list(losses),
                "mode": "lines+markers",
                "line": {"color": palette.kinds["loss"], "width": 2},
                "hovertext": [say("losses.point", iteration=n, value=exactly(e)) for n, e in points],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ],
        "layout": {
            "xaxis": axis
            | {"title": {"text": say("losses.iteration")}, "range": [0.5, max(len(losses), 5) + 0.5], "tickformat": "d",
               "dtick": max(1, round(max(len(losses), 5) / 6))},
            "yaxis": axis | {"title": {"text": say("losses.error")}, "rangemode": "tozero", "exponentformat": "power"},
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "height": 220,
            "paper_bgcolor": palette.card,
            "plot_bgcolor": palette.card,
            "font": {"family": FONT, "size": 12, "color": palette.muted},
            "showlegend": False,
            "dragmode": False,
        },
    }  # fmt: skip
