"""An iteration as a Plotly figure: on its own with a play button and a slider, or as plain data for the page."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from nnviz.algebra.trace import Step
from nnviz.diagram.iteration_picture import IterationPicture
from nnviz.diagram.pictures import NETWORK, checked_picture
from nnviz.engine.trace import Iteration
from nnviz.protocol import Plotly
from nnviz.text import say

if TYPE_CHECKING:
    import plotly.graph_objects as go

STILL = {"frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}, "mode": "immediate"}
PACED = STILL | {"frame": {"duration": 1000, "redraw": False}, "fromcurrent": True}
UPLOAD = "sendChartToCloud"  # the mode bar's offer to send the figure to somebody's server
MANY_STEPS = 500  # from about here on a figure takes 5 seconds and 7 megabytes, which grow faster than the steps
ROOM_FOR_PLAYER = 110
ROOM_FOR_MODE_BAR = 34
MARGIN = 10


def figure(iteration: Iteration, theme: str = "light", sample: int = 0, diagram: str = NETWORK) -> go.Figure:
    """Return the iteration as a Plotly figure with a frame a pause, a play button and a slider of its own.

    Its own buttons change pictures at once; Plotly's ``auto_play``, which ``write_html`` has on, lets labels glide.
    ``theme`` is "light" or "dark". Of several samples, the numbers of one are shown, counted from 0. ``diagram`` is
    "network", or "graph" for the graph of the computation. Warns with UserWarning where there are so many steps that it
    takes long. Raises TypeError for what is no iteration, ValueError for an unknown theme or diagram and for a graph
    that would be too large to read, IndexError for an unknown sample.
    """
    import plotly.graph_objects as go

    drawing = checked_picture(iteration, theme, sample, diagram)
    if len(iteration.pauses) > MANY_STEPS:
        warnings.warn(say("figure.large", steps=f"{len(iteration.pauses):,}"), UserWarning, stacklevel=2)
    data = drawing.data(0)
    places = [trace.get("customdata", []) for trace in data]
    frames = [drawing.frame(cursor) for cursor in range(len(iteration.pauses) + 1)]
    for cursor, frame in enumerate(frames):
        frame["data"] = [
            _telling(drawing, change, change.get("customdata", places[index]), cursor)
            for change, index in zip(frame["data"], frame["traces"], strict=True)
        ]
    return go.Figure(
        data=[_telling(drawing, trace, keys, 0) for trace, keys in zip(data, places, strict=True)],
        layout=drawing.layout() | _player(drawing),
        frames=frames,
    )


def _telling(drawing: IterationPicture, trace: Plotly, places: list[str | None], cursor: int) -> Plotly:
    """Return a trace with what is known at its places for whoever points at them."""
    return trace | {"hovertext": [drawing.hover(key or "", cursor) for key in places]} if places else trace


def _player(drawing: IterationPicture) -> Plotly:
    """Return the layout of the figure's own play button and slider, for where no page is around it."""
    frame, palette = drawing.area, drawing.look.palette
    labels = [say("figure.start"), *(_title(pause) for pause in drawing.iteration.pauses)]
    steps = [{"label": label, "method": "animate", "args": [[str(n)], STILL]} for n, label in enumerate(labels)]
    buttons = [
        {"label": say("figure.play"), "method": "animate", "args": [None, PACED]},
        {"label": say("figure.pause"), "method": "animate", "args": [[None], STILL]},
    ]
    ink = {"bgcolor": palette.card, "bordercolor": palette.line}
    menu = {"type": "buttons", "buttons": buttons, "direction": "left", "showactive": False}
    at = {"x": 0, "xanchor": "left", "y": -0.06, "yanchor": "top"}
    slider = {"steps": steps, "x": 0.2, "len": 0.8, "y": 0, "currentvalue": {"prefix": ""}}
    is_wider = frame.width > drawing.look.frame.width
    return {
        "height": frame.height + ROOM_FOR_MODE_BAR + ROOM_FOR_PLAYER,
        **({"width": frame.width + 2 * MARGIN} if is_wider else {}),
        "margin": {"l": MARGIN, "r": MARGIN, "t": ROOM_FOR_MODE_BAR, "b": ROOM_FOR_PLAYER},
        "modebar": {"remove": [UPLOAD]},
        "sliders": [slider | ink],
        "updatemenus": [menu | at | ink],
    }


def _title(pause: tuple[Step, ...]) -> str:
    """Return the name of a pause's quantity, or of its first and its last."""
    return " … ".join(dict.fromkeys((pause[0].name, pause[-1].name)))
