"""The step: its name, its formula, its sentence; and beside it the whole chain rule of a chosen weight."""

from dash import html

from nnviz.text import say
from nnviz.ui.attributes import attributes
from nnviz.ui.player import HINT


def step_card() -> html.Section:
    """Return the card of the current step; player.js fills it from the readings."""
    return html.Section(
        [
            html.P(say("page.loading"), id="meta", className="meta"),
            html.H2(id="title"),
            html.Div(id="formula", className="formula"),
            html.P(id="sentence", role="status"),
            html.P(id="exact", className="note"),
            html.P(id=HINT, className="hint"),
        ],
        id="step-card",
        className="card",
    )


def chain_card() -> html.Section:
    """Return the card of a weight's chain rule, hidden until one is chosen."""
    close = html.Button(say("chain.close"), id="close-chain", type="button", className="quiet")
    return html.Section(
        [
            html.Div([html.H2(id="chain-title"), close], className="head"),
            html.Div(id="chain", className="formula"),
            html.Button(say("check.button"), id="check", type="button", className="quiet"),
        ],
        id="chain-card",
        className="card",
        hidden=True,
        **attributes(aria_label=say("chain.region")),
    )
