"""Texts as Plotly points, each on a plate that keeps it readable where edges cross: a thick line, as wide as it is."""

from typing import Any

from nnviz.draw.extent import extent
from nnviz.draw.frames import Frame
from nnviz.draw.lettering import Label
from nnviz.draw.lines import Point, outline, split
from nnviz.draw.palette import Palette

LEVEL_LINE = 1 / 1.4  # Plotly draws its level line 1.4 times as long as the marker's size


def plates(frame: Frame) -> dict[str, Any]:
    """Return of a trace of texts what never changes."""
    return {
        "mode": "markers+text",
        "textfont": {"size": frame.font_size} | ({} if frame.spells_out else {"weight": "normal"}),
        "marker": {"symbol": "line-ew-open", "opacity": 1},
    }


def on_plates(labels: list[Label], palette: Palette, frame: Frame) -> dict[str, Any]:
    """Return of a trace of texts what changes."""
    x, y = split(label.centre for label in labels)
    extents = [extent(label.text, frame.font_size) for label in labels]
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
            "size": [round(LEVEL_LINE * wide, 2) for wide, _ in extents],
            "line": {"width": [round(high, 2) for _, high in extents]},
            "color": [palette.lit_soft if label.is_lit else palette.card for label in labels],
        },
    }


def outline_of(label: Label, frame: Frame) -> list[Point]:
    """Return the outline of a label's plate."""
    wide, high = extent(label.text, frame.font_size)
    return outline(label.centre, (wide / 2, high / 2))
