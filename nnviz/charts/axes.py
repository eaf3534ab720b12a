"""The layout of pictures: what all have in common, the axes of charts, and how far one reaches; no float overflows."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, log10

from nnviz.charts.text_metrics import width
from nnviz.charts.theme import Palette
from nnviz.protocol import Plotly

Margins = tuple[int, int, int, int]
"""Pixels on the left, on the right, above and below."""

FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
FARTHEST = 1e300  # no axis reaches beyond
SHORTEST = 1e-6  # of the numbers on it
HOVER_FORMAT = ".12~g"
HOVER_LABEL: Plotly = {"font": {"family": FONT, "size": 13}}
LEGEND: Plotly = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
ALL_SHOWN: Plotly = {
    "legend": LEGEND | {"itemclick": False, "itemdoubleclick": False, "bgcolor": "rgba(0,0,0,0)"},
    "hoverlabel": HOVER_LABEL,
}
"""What the layout of a chart adds where nobody can hide a part of it."""


def layout(palette: Palette, font_size: int, ink: str, margins: Margins) -> Plotly:
    """Return what the layouts of all pictures have in common: nobody can drag, and the nearest is pointed at."""
    left, right, top, bottom = margins
    return {
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": palette.card,
        "plot_bgcolor": palette.card,
        "font": {"family": FONT, "size": font_size, "color": ink},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
    }


def chart_layout(palette: Palette, height: int) -> Plotly:
    """Return the layout of a small chart, its legend above it."""
    own = {"height": height, "legend": LEGEND, "showlegend": True}
    return layout(palette, font_size=12, ink=palette.muted, margins=(8, 8, 8, 8)) | own


def axis(palette: Palette, title: str) -> Plotly:
    """Return an axis with a title, which nobody can drag."""
    ink = {"gridcolor": palette.line, "zerolinecolor": palette.line}
    ticks = {"automargin": True, "exponentformat": "power", "hoverformat": HOVER_FORMAT}
    return ink | ticks | {"title": {"text": title, "standoff": 6}, "fixedrange": True}


def ticks(low: float, high: float, numbers: Sequence[float], written: Callable[[float], str]) -> Plotly:
    """Return what an axis has that goes from end to end: its range, and those of the numbers that are within it."""
    within = [number for number in numbers if low <= number <= high]
    return {"range": [low, high], "tickvals": within, "ticktext": list(map(written, within))}


def room_for(axis: Plotly, font_size: int) -> int:
    """Return how wide the numbers of an upright axis are, in pixels."""
    return ceil(max((width(len(text), font_size) for text in axis["ticktext"]), default=0))


def names(across: str, up: str, font: Plotly, margins: Margins) -> list[Plotly]:
    """Return the names of the two axes as annotations: below the numbers of the one, and left of those of the other."""
    left, _, _, bottom = margins
    below, beside = font["size"] * 0.75 - bottom, font["size"] * 0.75 - left
    name = {"xref": "paper", "yref": "paper", "showarrow": False, "font": font}
    upright = {"x": 0, "y": 0.5, "xanchor": "center", "xshift": beside, "textangle": -90}
    named = [(across, {"x": 0.5, "y": 0, "yanchor": "middle", "yshift": below}), (up, upright)]
    return [name | place | {"text": text} for text, place in named if text]


def reach(values: Iterable[float], margin: float, least: float = 0.0) -> tuple[float, float]:
    """Return the ends of an axis that holds these numbers.

    Beyond them on either side is ``margin`` times what they span. The axis is at least ``least`` long, longer than
    nothing where all numbers are equal, and never too short for a float to tell its points apart.
    """
    numbers = sorted(min(max(value, -FARTHEST), FARTHEST) for value in values)
    centre, half = numbers[0] / 2 + numbers[-1] / 2, numbers[-1] / 2 - numbers[0] / 2
    half = max(half * (1 + 2 * margin) or max(1.0, abs(centre) / 4), least / 2, abs(centre) * SHORTEST)
    return max(centre - half, -FARTHEST), min(centre + half, FARTHEST)


def points(low: float, high: float, count: int) -> list[float]:
    """Return so many evenly spaced numbers from end to end, each rounded to so few digits that it is shown whole."""
    step = high / (count - 1) - low / (count - 1)
    unit = 10.0 ** (floor(log10(step)) - 2)
    return [float(f"{round((low + number * step) / unit) * unit:.12g}") for number in range(count)]


def round_numbers(low: float, high: float, count: int) -> list[float]:
    """Return about so many round numbers in equal steps, the first not above ``low``, the last not below ``high``."""
    least = high / count - low / count
    exponent = floor(log10(least))
    step = next(step for mantissa in (1, 2, 5, 10) if (step := float(f"{mantissa}e{exponent}")) >= least)
    return [float(f"{number * step:.12g}") for number in range(floor(low / step), ceil(high / step) + 1)]
