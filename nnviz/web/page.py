"""The page: its document, which has all but what follows from numbers, and the callbacks that ask the engine."""

from collections.abc import Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc
from dash.development.base_component import Component
from werkzeug.exceptions import BadRequest

from nnviz.charts.theme import THEMES, style_sheet
from nnviz.player.panels import TEMPLATES
from nnviz.player.request import LARGEST_BODY, MEGABYTE, NotOursError, Request
from nnviz.protocol import Answer, TrainingSlice
from nnviz.text import LANGUAGE, say
from nnviz.web.answer import answer
from nnviz.web.priority import Priority
from nnviz.web.registry import ENTRIES, HOME
from nnviz.web.static_files import PLOTLY, StaticFiles

REQUEST, READINGS, WORDS = "request", "readings", "words"
TRAIN, TRAINED = "train-request", "train-readings"
CALLBACKS = ((REQUEST, READINGS), (TRAIN, TRAINED))
PRIORITY = Priority()
GRAPH: Any = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
MAIN = "page.mjs"  # which loads the others, and starts Dash
BUTTONS = ("forward", "backward", "previous", "play", "restart", "next")
SPEEDS = ("0.25", "0.5", "1", "2", "4", "8")
KEYS = {
    "→": "right",
    "←": "left",
    "Space": "space",
    "Home": "home",
    "End": "end",
    "N": "n",
    "R": "r",
    "P": "present",
    "Esc": "escape",
    "?": "help",
}


def document(lesson: str, parts: Mapping[str, str], files: StaticFiles) -> str:
    """Return the document of a lesson's page, with the parts that Dash needs in it, as HTML by their names."""
    folder = files.folder
    return TEMPLATES.get_template("web/templates/page.html").render(
        lesson=lesson,
        language=LANGUAGE.get(),
        dash=parts,
        styles=[folder + name for name in files.ending(".css")],
        plotly=folder + PLOTLY,
        modules=[folder + name for name in files.ending(".mjs")],
        main=folder + MAIN,
        colours=style_sheet(),
        most_megabytes=LARGEST_BODY // MEGABYTE,
        entries=ENTRIES,
        themes=("system", *THEMES),
        buttons=BUTTONS,
        speeds=SPEEDS,
        keys=KEYS,
        **{name: fact for entry in ENTRIES for name, fact in entry.lesson.page_facts.items()},
    )


def layout() -> list[Component]:
    """Return what of the page is Dash's: the picture, and what goes between the browser and the engine."""
    axis, clear = {"visible": False}, "rgba(0,0,0,0)"
    empty = {"xaxis": axis, "yaxis": axis, "height": 400, "paper_bgcolor": clear, "plot_bgcolor": clear}
    picture = dcc.Graph(id="network", figure={"data": [], "layout": empty}, config=GRAPH, responsive=False)
    stores = [dcc.Store(id=key) for key in (REQUEST, READINGS, TRAIN, TRAINED)]
    return [*stores, dcc.Store(id=WORDS, data=_words()), picture]


def connect(app: Dash) -> None:
    """Join the page to the engine: a link or a button asks, the engine answers, the scripts show it."""
    app.clientside_callback(ClientsideFunction("nnviz", "open"), Input(WORDS, "data"))
    app.callback(Output(READINGS, "data"), Input(REQUEST, "data"), prevent_initial_call=True)(readings)
    app.callback(Output(TRAINED, "data"), Input(TRAIN, "data"), prevent_initial_call=True)(slices)
    for function, store in (("receive", READINGS), ("receiveSlice", TRAINED)):
        app.clientside_callback(ClientsideFunction("nnviz", function), Input(store, "data"), prevent_initial_call=True)


def readings(asked: object) -> Answer:
    """Return the engine's answer to the browser's request. Raises BadRequest where it is not one of ours."""
    try:
        with PRIORITY.quick():
            return answer(Request.of(asked))
    except NotOursError as problem:
        raise BadRequest from problem


def slices(asked: object) -> TrainingSlice:
    """Return what a slice of training leaves. Raises BadRequest where the request is not one of ours."""
    try:
        with PRIORITY.long() as has_room:
            return HOME.lesson.slice_of_training(asked, PRIORITY.wait, is_full=not has_room)
    except NotOursError as problem:
        raise BadRequest from problem


def _words() -> dict[str, str]:
    """Return the few sentences that the browser shows by itself."""
    keys = ("button.present", "button.present_end", "button.play", "button.pause", "button.copy", "button.copied",
            "button.copy_failed", "invitation.mouse", "invitation.touch",
            "invitation.network_mouse", "invitation.network_touch",
            "page.waiting", "unknown", "page.failed", "page.slow", "page.too_large", "page.error", "page.renewed",
            "page.not_understood", "matrices.none", "training.pause", "training.go_on",
            "samples.workbook", "samples.pdf", "samples.image", "samples.binary", "samples.too_large",
            "file.too_large")  # fmt: skip
    return {key: say(key, most="{most}", size="{size}") for key in keys}
