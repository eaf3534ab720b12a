"""The page: its parts in reading order, and the one callback that asks the engine."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from werkzeug.exceptions import BadRequest

from nnviz.draw.palette import THEMES
from nnviz.lessons.controls import OWN
from nnviz.lessons.presets import PRESETS
from nnviz.text import say
from nnviz.ui.attributes import attributes
from nnviz.ui.courtesy import Courtesy
from nnviz.ui.exchange import answer
from nnviz.ui.graph import graph
from nnviz.ui.player import keys_dialog, player
from nnviz.ui.registry import ENTRIES
from nnviz.ui.request import NotOursError, Request
from nnviz.ui.step_card import chain_card, step_card
from nnviz.ui.train_card import ground_card, learned_card, other_card, train_card
from nnviz.ui.training import TrainRequest, slice_of

REQUEST, READINGS, WORDS = "request", "readings", "words"
TRAIN, TRAINED = "train-request", "train-readings"
CALLBACKS = ((REQUEST, READINGS), (TRAIN, TRAINED))
COURTESY = Courtesy()


def layout() -> html.Div:
    """Return the whole page; the settings, the table and the matrices come with the first answer."""
    page = html.Div(
        [
            dcc.Store(id=REQUEST),
            dcc.Store(id=READINGS),
            dcc.Store(id=TRAIN),
            dcc.Store(id=TRAINED),
            dcc.Store(id=WORDS, data=_words()),
            html.Div([_header(), _stage()], className="screen"),
            _shelf(),
            html.Div(id="tip", className="card", hidden=True, **attributes(aria_hidden="true")),
            keys_dialog(),
        ],
        id="page",
    )
    _leave_clicks_alone(page)
    return page


def _stage() -> html.Main:
    """Return what is in sight together, whatever the window: settings, picture, player, table, and the step."""
    aside = html.Div(
        [_notice(), html.P(id="about", className="note"), step_card(), chain_card(), html.Div(id="notes")],
        className="aside",
    )
    return html.Main([_settings(), _network(), player(), _table(), aside], className="stage")


def _settings() -> html.Div:
    """Return the column of the settings, or the rail that opens it over the picture where the window is narrow."""
    rail = html.Button(
        say("settings.rail"),
        id="rail",
        type="button",
        **attributes(aria_expanded="false", aria_controls="panels"),
    )
    return html.Div([rail, html.Div(id="panels")], id="side", className="side")


def _shelf() -> html.Section:
    """Return what is folded away until it is asked for, below the stage."""
    training = html.Div([train_card(), learned_card(), ground_card()], id="training", className="training")
    return html.Section(
        [training, other_card(), _matrices()], className="shelf", **attributes(aria_label=say("page.more"))
    )


def _leave_clicks_alone(part: Any) -> None:
    """Tell Dash not to count clicks, which costs a part of every step: player.js hears them."""
    for child in part if isinstance(part, list) else [part]:
        if "disable_n_clicks" in getattr(child, "available_properties", ()):
            child.disable_n_clicks = True
            _leave_clicks_alone(getattr(child, "children", None))


def connect(app: Dash) -> None:
    """Join the page to the engine: a link or a button asks, the engine answers, the scripts show it."""
    app.clientside_callback(ClientsideFunction("nnviz", "open"), Output(REQUEST, "data"), Input(WORDS, "data"))
    app.callback(Output(READINGS, "data"), Input(REQUEST, "data"), prevent_initial_call=True)(readings)
    app.callback(Output(TRAINED, "data"), Input(TRAIN, "data"), prevent_initial_call=True)(slices)
    for function, store in (("receive", READINGS), ("receiveSlice", TRAINED)):
        app.clientside_callback(ClientsideFunction("nnviz", function), Input(store, "data"), prevent_initial_call=True)


def readings(asked: object) -> dict[str, Any]:
    """Return the engine's answer to the browser's request. Raises BadRequest where it is not one of ours."""
    try:
        with COURTESY.quick():
            return answer(Request.of(asked))
    except NotOursError as problem:
        raise BadRequest from problem


def slices(asked: object) -> dict[str, Any]:
    """Return what a slice of training leaves. Raises BadRequest where the request is not one of ours."""
    try:
        with COURTESY.long() as has_room:
            return slice_of(TrainRequest.of(asked), COURTESY.wait, is_full=not has_room)
    except NotOursError as problem:
        raise BadRequest from problem


def _header() -> html.Header:
    name = html.H1([html.Span(say("page.name"), className="name"), html.Span(id="heading", className="lesson")])
    options = [html.Option(say(f"preset.{key}.name"), value=key) for key in PRESETS]
    options.append(html.Option(say("preset.own"), value=OWN, disabled=True))
    presets = html.Select(
        options, id="preset", hidden=True, **attributes(data_field="", aria_label=say("preset.title"))
    )
    tools = [
        html.Button(say(f"button.{name}"), id=name, type="button", className="quiet")
        for name in ("present", "copy", "keys")
    ]
    return html.Header([name, _navigation(), presets, html.Div([_themes(), *tools], className="tools")])


def _themes() -> html.Select:
    options = [html.Option(say(f"theme.{theme}"), value=theme) for theme in ("system", *THEMES)]
    return html.Select(options, id="theme", className="quiet", **attributes(aria_label=say("theme.title")))


def _navigation() -> html.Nav:
    """Return the links to the lessons, each with its page's heading; player.js marks the one that is open."""
    links = [
        html.A(
            say(f"lesson.{entry.name}.link"),
            href=entry.path,
            **attributes(data_lesson=entry.name, data_heading=say(f"lesson.{entry.name}.heading")),
        )
        for entry in ENTRIES
    ]
    return html.Nav(links, id="lessons", **attributes(aria_label=say("page.lessons")))


def _notice() -> html.Div:
    dismiss = html.Button(say("link.dismiss"), id="dismiss", type="button", className="quiet")
    return html.Div([html.P(id="notice-text"), dismiss], id="notice", role="alert", hidden=True)


def _network() -> html.Section:
    picture = html.Div(
        html.Div(graph("network", 400, responsive=False), className="fitted"),
        id="picture",
        className="picture",
        role="img",
    )
    slider, legend = html.Div(id="slider"), html.P(className="note legend")
    return html.Section([picture, slider, legend], id="network-card", className="card")


def _table() -> html.Section:
    scroller = html.Div(id="table", className="scroller", tabIndex=0, role="region")
    notes = [
        html.P(id="table-hint", className="note"),
        html.P(id="by-samples", className="note"),
    ]
    return html.Section([scroller, *notes], id="table-card", className="card")


def _matrices() -> html.Section:
    scroller = html.Div(
        id="matrices",
        className="scroller formula",
        tabIndex=0,
        role="region",
        **attributes(aria_label=say("matrices.title")),
    )
    parts = [html.Summary(say("matrices.title")), scroller]
    return html.Section(html.Details(parts, id="matrices-fold"), id="matrices-card", className="card")


def _words() -> dict[str, str]:
    """Return the few sentences that player.js shows by itself."""
    keys = ("button.present", "button.present_end", "button.play", "button.pause", "button.copy", "button.copied",
            "button.copy_failed", "invitation.mouse", "invitation.touch",
            "invitation.network_mouse", "invitation.network_touch",
            "page.waiting", "unknown", "page.failed", "page.slow", "page.too_large", "page.error", "page.renewed",
            "page.not_understood", "matrices.none", "training.pause", "training.go_on", "training.reach",
            "samples.workbook", "samples.pdf", "samples.image", "samples.binary", "samples.too_large",
            "file.too_large")  # fmt: skip
    return {key: say(key, most="{most}", size="{size}") for key in keys}
