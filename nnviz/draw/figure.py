"""An iteration as a Plotly figure: on its own with a play button and a slider, or as plain data for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnviz.draw.look import Look
from nnviz.draw.network import Drawing, Json
from nnviz.draw.palette import THEMES
from nnviz.engine.trace import Iteration
from nnviz.text import say

if TYPE_CHECKING:
    import plotly.graph_objects as go

FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
STILL = {"frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}, "mode": "immediate"}
PACED = STILL | {"frame": {"duration": 1000, "redraw": False}, "fromcurrent": True}
ROOM_FOR_PLAYER = 110
ROOM_FOR_MODE_BAR = 34


def figure(iteration: Iteration, theme: str = "light", sample: int = 0) -> go.Figure:
    """Return the iteration as a Plotly figure with a frame a step, a play button and a slider of its own.

    ``theme`` is "light" or "dark". Of several samples, the numbers of one are shown. Raises ValueError for an unknown
    theme, IndexError for an unknown sample.
    """
    import plotly.graph_objects as go

    if theme not in THEMES:
        raise ValueError(say("error.theme", given=theme, allowed=", ".join(THEMES)))
    look = Look(THEMES[theme])
    drawing = Drawing(iteration, look, sample)
    return go.Figure(
        data=drawing.data(0),
        layout=layout(look) | _player(iteration, look),
        frames=[drawing.frame(cursor) for cursor in range(len(iteration.steps) + 1)],
    )


def layout(look: Look) -> Json:
    """Return the layout: fixed axes without ticks, no interaction but pointing and clicking."""
    frame, card = look.frame, look.palette.card
    axis = {"visible": False, "fixedrange": True}
    return {
        "xaxis": axis | {"range": [0, frame.width]},
        "yaxis": axis | {"range": [0, frame.height]},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "height": frame.height,
        "paper_bgcolor": card,
        "plot_bgcolor": card,
        "font": {"family": FONT, "size": frame.font_size, "color": look.palette.text},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
    }


def _player(iteration: Iteration, look: Look) -> Json:
    """Return the layout of the figure's own play button and slider, for where no page is around it."""
    labels = [say("figure.start"), *(step.name for step in iteration.steps)]
    steps = [{"label": label, "method": "animate", "args": [[str(n)], STILL]} for n, label in enumerate(labels)]
    buttons = [
        {"label": say("figure.play"), "method": "animate", "args": [None, PACED]},
        {"label": say("figure.pause"), "method": "animate", "args": [[None], STILL]},
    ]
    ink = {"bgcolor": look.palette.card, "bordercolor": look.palette.line}
    menu = {"type": "buttons", "buttons": buttons, "direction": "left", "showactive": False}
    at = {"x": 0, "xanchor": "left", "y": -0.06, "yanchor": "top"}
    slider = {"steps": steps, "x": 0.2, "len": 0.8, "y": 0, "currentvalue": {"prefix": ""}}
    return {
        "height": look.frame.height + ROOM_FOR_MODE_BAR + ROOM_FOR_PLAYER,
        "margin": {"l": 10, "r": 10, "t": ROOM_FOR_MODE_BAR, "b": ROOM_FOR_PLAYER},
        "sliders": [slider | ink],
        "updatemenus": [menu | at | ink],
    }
