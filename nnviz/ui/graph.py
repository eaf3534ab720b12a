"""A Plotly graph that is drawn and nothing else: no mode bar, no zoom."""

from typing import Any

from dash import dcc

CONFIG: Any = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def graph(key: str, height: int, responsive: bool = True) -> dcc.Graph:
    """Return an empty graph of a height in pixels, without axes until it is drawn.

    One that is not responsive is as large as its layout says.
    """
    axis, clear = {"visible": False}, "rgba(0,0,0,0)"
    layout = {"xaxis": axis, "yaxis": axis, "height": height, "paper_bgcolor": clear, "plot_bgcolor": clear}
    return dcc.Graph(id=key, figure={"data": [], "layout": layout}, config=CONFIG, responsive=responsive)
