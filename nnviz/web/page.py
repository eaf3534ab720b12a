"""What of the page is Dash's: the picture, and the callbacks that ask the engine."""

from contextlib import nullcontext
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc
from dash.development.base_component import Component
from werkzeug.exceptions import BadRequest

from nnviz.player.request import NotOursError, Request
from nnviz.protocol import Answer, TrainingSlice
from nnviz.text import say
from nnviz.web.registry import HOME
from nnviz.web.shared_answers import PRIORITY, answer_to

REQUEST, READINGS, BEGUN = "request", "readings", "begun"
TRAIN, TRAINED = "train-request", "train-readings"
CALLBACKS = ((REQUEST, READINGS), (TRAIN, TRAINED))
LONG = 1.5  # seconds that a person notices
GRAPH: Any = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def layout() -> list[Component]:
    """Return what of the page is Dash's: the picture, and what goes between the browser and the engine."""
    axis, clear = {"visible": False}, "rgba(0,0,0,0)"
    empty = {"xaxis": axis, "yaxis": axis, "height": 400, "paper_bgcolor": clear, "plot_bgcolor": clear}
    picture = dcc.Graph(id="network", figure={"data": [], "layout": empty}, config=GRAPH, responsive=False)
    stores = [dcc.Store(id=key) for key in (REQUEST, READINGS, TRAIN, TRAINED)]
    return [*stores, dcc.Store(id=BEGUN, data=True), picture]


def connect(app: Dash) -> None:
    """Join the page to the engine: what a person does asks, the engine answers, the scripts show it."""
    app.clientside_callback(ClientsideFunction("nnviz", "begin"), Input(BEGUN, "data"))
    app.callback(Output(READINGS, "data"), Input(REQUEST, "data"), prevent_initial_call=True)(readings)
    app.callback(Output(TRAINED, "data"), Input(TRAIN, "data"), prevent_initial_call=True)(slices)
    for function, store in (("receive", READINGS), ("receiveSlice", TRAINED)):
        app.clientside_callback(ClientsideFunction("nnviz", function), Input(store, "data"), prevent_initial_call=True)


def readings(asked: object) -> Answer:
    """Return the engine's answer to the browser's request. Raises BadRequest where it is not one of ours."""
    try:
        return answer_to(Request.of(asked))
    except NotOursError as problem:
        raise BadRequest from problem


def readings_ahead(asked: object) -> Answer | None:
    """Return the answer to what the browser asks before anybody needs it; None where the server has something to do.

    Raises BadRequest where the request is not one of ours.
    """
    return readings(asked) if PRIORITY.is_idle else None


def slices(asked: object) -> TrainingSlice:
    """Return what a slice of training leaves. Raises BadRequest where the request is not one of ours."""
    is_chart = isinstance(asked, dict) and asked.get("goal", "") is None
    try:
        with nullcontext(True) if is_chart else PRIORITY.long() as has_room:
            found = HOME.lesson.slice_of_training(asked, PRIORITY.wait, is_full=not has_room)
    except NotOursError as problem:
        raise BadRequest from problem
    return _queued(found) if found["end"] == "goes-on" else found


def _queued(found: TrainingSlice) -> TrainingSlice:
    """Return the slice with when to come for the next one, in words too where that is long."""
    seconds = PRIORITY.next_turn()
    others = say("training.others", seconds=round(seconds)) if seconds >= LONG else ""
    return {**found, "wait": round(1000 * seconds), "live": f"{found['live']} {others}".strip()}
