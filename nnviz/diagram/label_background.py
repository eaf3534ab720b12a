"""Texts as Plotly points, each on a background that keeps it readable where edges cross: a thick line."""

from typing import Any

from nnviz.charts.canvas import Frame
from nnviz.charts.lines import Point, outline, split
from nnviz.charts.text_metrics import text_size
from nnviz.charts.theme import Palette
from nnviz.diagram.label_layout import Label

LEVEL_LINE = 1 / 1.4  # Plotly draws its level line 1.4 times as long as the marker's size


def label_style(frame: Frame) -> dict[str, Any]:
    """Return the parts of a trace of texts that never change."""
    return {
        "mode": "markers+text",
        "textfont": {"size": frame.font_size} | ({} if frame.spells_out else {"weight": "normal"}),
        "marker": {"symbol": "line-ew-open", "opacity": 1},
    }


def with_background(labels: list[Label], palette: Palette, frame: Frame) -> dict[str, Any]:
    """Return the parts of a trace of texts that change: the labels, each on its background."""
    x, y = split(label.centre for label in labels)
    sizes = [text_size(label.text, frame.font_size) for label in labels]
    font: dict[str, Any] = {"color": [palette.text if label.is_lit else palette.muted for label in labels]}
    if frame.spells_out:
        font["weight"] = ["bold" if label.is_lit else "normal" for label in labels]
    return {
        "x": x,
        "y": y,
        "text": [label.text for label in labels],
        "customdata": [label.key for label in labels],
        "textfont": font,
        "marker": {
            "size": [round(LEVEL_LINE * wide, 2) for wide, _ in sizes],
            "line": {"width": [round(high, 2) for _, high in sizes]},
            "color": [palette.lit_soft if label.is_lit else palette.card for label in labels],
        },
    }


def outline_of(label: Label, frame: Frame) -> list[Point]:
    """Return the outline of a label's background."""
    wide, high = text_size(label.text, frame.font_size)
    return outline(label.centre, (wide / 2, high / 2))
