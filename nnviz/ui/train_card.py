"""Training and what it leaves: the fields and buttons, the chart of E, what was learned, and the ground."""

from dash import dcc, html

from nnviz.draw.losses import HEIGHT, SCALES
from nnviz.text import say
from nnviz.ui.attributes import attributes
from nnviz.ui.graph import graph
from nnviz.ui.training import BELOW, COUNT

COUNTS = (1, 10, 100, 1000, 10_000)


def train_card() -> html.Section:
    """Return the card of training, folded; training.js fills it from the slices."""
    progress = html.Progress(
        id="train-progress", max="1", value="0", hidden=True, **attributes(aria_label=say("training.progress"))
    )
    parts = [
        html.Summary(say("training.title")),
        _counts(),
        html.Div([_field(COUNT, "training.count", "100"), *_train_buttons()], className="counts"),
        _field(BELOW, "training.below", ""),
        progress,
        html.P(id="train-live", hidden=True),
        html.P(id="train-words", **attributes(aria_live="polite")),
        html.P(say("losses.none"), id="losses-none", className="note"),
        html.Div(graph("losses", HEIGHT), role="img", **attributes(aria_label=say("losses.title"))),
        html.Div([_field("train-goto", "training.goto", ""), _button("train-go", "training.go")], className="counts"),
        html.Div([_scale(), *_compare_buttons()], className="counts"),
    ]
    return html.Section(html.Details(parts, id="train-fold"), id="train-card", className="card fold")


def learned_card() -> html.Section:
    """Return the card of what was learned, folded."""
    parts = [
        html.Summary(say("fold.learned")),
        html.P(id="learned-words"),
        html.Div(graph("learned", 300), id="learned-picture", role="img"),
        html.Div(
            id="learned-table",
            className="scroller",
            hidden=True,
            tabIndex=0,
            role="region",
            **attributes(aria_label=say("learned.table")),
        ),
    ]
    return html.Section(html.Details(parts, id="learned-fold"), className="card fold")


def ground_card() -> html.Section:
    """Return the card of the ground of two parameters, folded."""
    fields = [
        html.Div([html.Label(say(f"ground.{name}"), htmlFor=f"ground-{name}"), html.Select([], id=f"ground-{name}")],
                 className="field choice")
        for name in ("across", "up")
    ]  # fmt: skip
    parts = [
        html.Summary(say("fold.ground")),
        html.Div(fields, className="counts"),
        html.Div(graph("ground", 340), id="ground-picture", role="img"),
        html.P(id="ground-words", className="note"),
    ]
    return html.Section(html.Details(parts, id="ground-fold"), className="card fold")


def other_card() -> html.Section:
    """Return the card of the run to compare with, hidden until there is one."""
    picture = html.Div(
        html.Div(graph("other", 400, responsive=False), className="fitted"),
        id="other-picture",
        role="img",
        className="picture",
        **attributes(data_grows=""),
    )
    head = html.Div([html.H2(id="other-title"), _button("swap", "compare.swap")], className="head")
    return html.Section([head, html.P(id="other-meta", className="meta"), picture], id="other-card", className="card",
                        hidden=True)  # fmt: skip


def _field(key: str, label: str, text: str) -> html.Div:
    return html.Div(
        [
            html.Label(say(label), htmlFor=key),
            dcc.Input(id=key, type="text", value=text, autoComplete="off"),
            html.P(id=f"{key}-problem", className="problem", role="alert"),
        ],
        className="field",
    )


def _counts() -> html.Div:
    """Return a button for each usual number of iterations."""
    buttons = [
        html.Button(
            f"{count:,}",
            type="button",
            className="quiet",
            **attributes(
                data_count=str(count),
                aria_label=say("training.many", count=f"{count:,}") if count > 1 else say("training.once"),
            ),
        )
        for count in COUNTS
    ]
    return html.Div([html.Span(say("training.by")), *buttons], className="buttons by")


def _train_buttons() -> list[html.Button]:
    return [
        _button("train", "training.start"),
        _button("train-pause", "training.pause", hidden=True),
        _button("train-cancel", "training.cancel", hidden=True),
    ]


def _compare_buttons() -> list[html.Button]:
    return [
        _button("compare", "compare.keep"),
        _button("uncompare", "compare.end", hidden=True),
    ]


def _button(key: str, label: str, hidden: bool = False) -> html.Button:
    return html.Button(say(label), id=key, type="button", hidden=hidden, className="quiet")


def _scale() -> html.Div:
    options = [html.Option(say(f"training.{scale}"), value=scale) for scale in SCALES]
    label = html.Label(say("training.scale"), htmlFor="train-scale")
    return html.Div([label, html.Select(options, id="train-scale")], className="field choice")
