"""What the player shows where no page is around it, prepared: an iteration, its picture as SVG, and its details."""

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping

from nnviz.charts.canvas import Room
from nnviz.charts.theme import Look
from nnviz.explain.parameter_table import table
from nnviz.lessons.network.view import NetworkView
from nnviz.player.lesson import NOTHING
from nnviz.player.sketch import Sketch
from nnviz.player.view import screen
from nnviz.protocol import Answer, CursorView, Picture, PlaceDetails, StandaloneAnswer, StandalonePicture

UNTOLD = {"data": "", "names": ""}  # samples as a table, which the player has not


def look_for(width: int, height: int) -> Look:
    """Return the look of a picture for a room, in pixels."""
    return Look.within(Room(width, height))


def prepared(
    view: NetworkView,
    cursor: int,
    *,
    iterations: int = 1,
    texts: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    is_whole: bool = True,
) -> StandaloneAnswer:
    """Return an iteration at a cursor, with all that is shown at the others of it, or of the passes that it needs.

    ``iterations`` is the number of the last one that there may be, ``texts`` are those in fields, and ``problems`` what
    is wrong with what was typed there.
    """
    shown = screen(view, cursor, is_whole=is_whole)
    sketch, released = Sketch(shown["figure"], "light"), shown["released"]
    room = view.look.room
    answer: Answer = {
        "serial": 0,
        "settings": texts or {},
        "kept": UNTOLD,
        "problems": problems or {},
        "notice": "",
        "query": "",
        "incomplete": "",
        "cursor": cursor,
        "iterations": iterations,
        "run": "",
        "about": [],
        "beyond": 0,
        "opened": False,
        "replaces": False,
        "trained": 0,
        "other": None,
        "version": "",
        "by_samples": view.aside(),
        "panels": None,
        "place": "",
        "practice": None,
        **shown,
        "figure": _without_data(shown["figure"]),
        "views": [_without_frame(one) for one in shown["views"]],
        **NOTHING,
    }
    return {
        "answer": answer,
        "room": (room.width, room.height) if room else (0, 0),
        "picture": sketch.whole,
        "pictures": [sketch.at(one["frame"]) for one in shown["views"]],
        "details": _details(view, released),
    }


def pictured(view: NetworkView) -> StandalonePicture:
    """Return the picture of a whole iteration for the room of a view."""
    cursors = range(view.run.end + 1)
    view, room = view.within(cursors), view.look.room
    figure = view.figure(0, view.run.end)
    sketch = Sketch(figure, "light")
    return {
        "room": (room.width, room.height) if room else (0, 0),
        "figure": _without_data(figure),
        "picture": sketch.whole,
        "pictures": [sketch.at(view.frame(cursor)) for cursor in cursors],
        "centres": [view.centre(cursor) for cursor in cursors],
    }


def packed(told: object) -> str:
    """Return what is told as JSON, deflated, in Base64."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def _details(view: NetworkView, released: int) -> dict[str, PlaceDetails]:
    """Return what is told of each row of the table."""
    places = (parameter.place.key for parameter in table(view.run.iteration.plan).rows)
    found = {place: NetworkView(view.run, view.look, place).details(released) for place in places}
    return {place: {**told, "checkable": False, "choices": ""} for place, told in found.items() if told}


def _without_data(figure: Picture) -> Picture:
    """Return a picture without what Plotly draws."""
    return {**figure, "data": [], "pointing": {}, "hovers": {}}


def _without_frame(view: CursorView) -> CursorView:
    """Return a view without what Plotly draws, and without LaTeX, which the player does not copy."""
    return {**view, "latex": "", "frame": {"name": view["frame"]["name"], "data": [], "traces": []}}
