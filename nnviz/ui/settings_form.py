"""The settings: a field per number, each with room for its message."""

from typing import Any

from dash import dcc, html

from nnviz.lessons.presets import Preset
from nnviz.lessons.settings import Field, fields, original
from nnviz.text import say

DECIMAL: dict[str, Any] = {"inputMode": "decimal"}  # a keyboard with digits and a separator
GROUPS = ("weights", "sample", "training")


def settings_form(preset: Preset) -> html.Section:
    """Return the fields with the preset's numbers."""
    texts = original(preset).texts
    rows = {group: [_row(f, texts[f.key]) for f in fields(preset) if f.group == group] for group in GROUPS}
    groups = [html.Fieldset([html.Legend(say(f"settings.{group}")), *rows[group]]) for group in GROUPS]
    reset = html.Button(say("settings.defaults"), id="defaults", type="button", className="quiet")
    return html.Section(
        [html.H2(say("settings.title")), *groups, html.P(say("settings.note"), className="note"), reset],
        id="settings",
        className="card",
    )


def _row(field: Field, text: str) -> html.Div:
    return html.Div(
        [
            html.Label(field.label, htmlFor=field.key),
            dcc.Input(id=field.key, type="text", autoComplete="off", value=text, **DECIMAL),
            html.P(id=f"{field.key}-problem", className="problem", role="alert"),
        ],
        className="field",
    )
