"""The player: the buttons, the slider over all steps with the passes marked, the speed, and the list of keys."""

from dash import dcc, html

from nnviz.text import say
from nnviz.ui.attributes import attributes

SPEEDS = ("0.25", "0.5", "1", "2", "4", "8")
BUTTONS = ("forward", "backward", "previous", "play", "restart", "next")
ABOUT = {"restart": "button.restart_resets"}  # what else than its name a button says while it is on
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
HINT = "hint"


def player() -> html.Section:
    """Return the player of an iteration."""
    buttons = [_button(name) for name in BUTTONS]
    return html.Section(
        [html.Div(buttons, className="buttons"), _slider(), _speed()],
        id="player",
        className="card",
        **attributes(aria_label=say("player.region")),
    )


def keys_dialog() -> html.Dialog:
    """Return the list of keys, closed."""
    rows = [html.Div([html.Dt(html.Kbd(key)), html.Dd(say(f"keys.{name}"))]) for key, name in KEYS.items()]
    close = html.Button(say("keys.close"), id="close-keys", type="button")
    return html.Dialog(
        [html.H2(say("keys.title"), id="keys-title"), html.Dl(rows), close],
        id="keys-list",
        **attributes(aria_labelledby="keys-title"),
    )


def _button(name: str) -> html.Button:
    """Return a button that is off until the first readings are there; player.js takes it from there."""
    about = attributes(data_about=say(ABOUT[name])) if name in ABOUT else {}
    off = attributes(aria_disabled="true", aria_describedby=HINT)
    return html.Button(say(f"button.{name}"), id=name, type="button", **off, **about)


def _slider() -> html.Div:
    return html.Div(
        [
            html.Label(say("player.step"), htmlFor="step"),
            html.Div(
                [
                    dcc.Input(id="step", type="range", min=0, max=1, step=1, value=0),
                    html.Div(id="passes", className="passes", **attributes(aria_hidden="true")),
                ],
                className="track",
            ),
        ],
        className="slider",
    )


def _speed() -> html.Div:
    options = [html.Option(say("player.rate", rate=speed), value=speed, selected=speed == "1") for speed in SPEEDS]
    label = html.Label(say("player.speed"), htmlFor="speed")
    return html.Div([label, html.Select(options, id="speed")], className="speed")
