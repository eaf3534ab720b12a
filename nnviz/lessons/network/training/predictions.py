"""What a network has learned, by the shape of its data: a line, a map, or predictions beside targets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately, equated, exactly
from nnviz.charts.animated import SILENT
from nnviz.charts.axes import ALL_SHOWN, FARTHEST, axis, chart_layout, points, reach, round_numbers
from nnviz.charts.theme import Palette
from nnviz.engine.naming import NO_NAMES, Names
from nnviz.engine.network import Network, checked_samples
from nnviz.lessons.network.training.class_map import class_map
from nnviz.lessons.network.training.predicted import BETWEEN, Predicted, outputs
from nnviz.lessons.network.training.predictions_table import predictions_table
from nnviz.lessons.network.training.test_rings import test_rings
from nnviz.protocol import Chart, Plotly, Predictions
from nnviz.text import say

HEIGHT = 300
MARGIN = 0.1
PLANE = 2  # inputs
LINE_POINTS, MAP_POINTS = 121, 41
TICKS, DRAWN_DIGITS = 4, 9
BAND, ON_IT = 10, 1e-9  # pixels, and how far a sample on a line may be off it, of the largest target
FEW = 30  # samples that are drawn large
SYMBOLS = {0.0: "square", 1.0: "circle"}
HOVERED: Plotly = {"type": "scatter", "hovertemplate": "%{hovertext}<extra></extra>"}


def predictions(
    start: Network,
    present: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    iteration: int,
    palette: Palette,
    names: Names = NO_NAMES,
    tested: Sequence[int] = (),
) -> Predictions:
    """Return what the network before this iteration makes of the samples, beside the one that training began with.

    Those that are ``tested``, counted from 0, are marked.

    "figure" is Plotly data, or None where there are not one or two inputs and a single output, or two inputs and
    several classes. "html" is a table of the
    predictions. "words" says what is seen, and "label" also what it is seen in. Raises ValueError where the samples do
    not fit.
    """
    x, y = checked_samples(present, inputs, targets)
    if present.rule.is_given:
        words = say("predictions.given")
        return {"figure": None, "html": "", "words": words, "label": words}
    is_tested = np.isin(np.arange(len(x)), tested)
    seen = Predicted(x, y, outputs(start, x), outputs(present, x), iteration, names, is_tested)
    drawn = Drawn(None, say("predictions.table"))
    if present.sizes[0] == present.sizes[-1] == 1:
        drawn = _line(seen, start, present, palette)
    elif (present.sizes[0], present.sizes[-1]) == (PLANE, 1):
        drawn = _map(seen, present, palette)
    elif present.sizes[0] == PLANE and seen.is_one_of_several:
        figure, has_gaps = class_map(seen, present, palette, HEIGHT)
        (first, second), _, _ = seen.names
        drawn = Drawn(figure, say("predictions.class_map", first=first, second=second, count=len(x)), has_gaps)
    gaps = (say("predictions.gaps"),) if drawn.has_gaps else ()
    words = " ".join((*seen.words(), *drawn.notes, *gaps))
    return {
        "figure": drawn.figure,
        "html": predictions_table(seen),
        "words": words,
        "label": f"{drawn.title} {words}",
    }


@dataclass(frozen=True)
class Drawn:
    """A figure, what it shows, whether parts of it could not be drawn, and what else there is to say about it."""

    figure: Chart | None
    title: str
    has_gaps: bool = False
    notes: tuple[str, ...] = ()


def _line(seen: Predicted, start: Network, present: Network, palette: Palette) -> Drawn:
    """Return the samples, and the output over the input as lines, at the start and now."""
    low, high = reach(seen.x[:, 0].tolist(), MARGIN)
    xs = points(low, high, LINE_POINTS)
    (across,), (output,), (target,) = seen.names

    def line(network: Network, name: str, style: Plotly) -> Plotly:
        ys = _listed(outputs(network, np.array(xs)[:, np.newaxis])[:, 0])
        told = [
            f"{across} = {exactly(a)}<br>{equated(output, b)}" if b is not None else ""
            for a, b in zip(xs, ys, strict=True)
        ]
        return HOVERED | {"mode": "lines", "name": name, "x": xs, "y": ys, "hovertext": told, "line": style}

    at_start = line(start, say("predictions.before"), {"color": palette.muted, "width": 2, "dash": "dash"})
    now = line(present, say("predictions.now"), {"color": palette.kinds["prediction"], "width": 3})
    marks = _marks(seen, seen.y[:, 0], palette, {"color": palette.kinds["target"], "symbol": "circle"})
    axes = {"xaxis": axis(palette, across) | {"range": [low, high]}, "yaxis": axis(palette, f"{output}, {target}")}
    ends = {"low": approximately(low), "high": approximately(high)}
    return Drawn(
        {
            "data": [*_true_line(seen, palette), *marks, *([at_start] if seen.has_begun else []), now],
            "layout": chart_layout(palette, HEIGHT) | ALL_SHOWN | axes,
        },
        say("predictions.line", count=len(seen.x), input=across, **ends),
        has_gaps=None in now["y"],
    )


def _true_line(seen: Predicted, palette: Palette) -> list[Plotly]:
    """Return the straight line that at least three samples lie on, as a broad band, if they do."""
    x, y = seen.x[:, 0], seen.y[:, 0]
    first, last = int(x.argmin()), int(x.argmax())
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        slope = (y[last] - y[first]) / (x[last] - x[first])
        away = np.abs(y[first] + slope * (x - x[first]) - y)
        lies_on_it = len(np.unique(x)) > 2 and bool(np.all(away <= ON_IT * np.abs(y).max()))
    if not lies_on_it:
        return []
    style = {"color": palette.positive_dim, "width": BAND}
    ends = {"x": [float(x[first]), float(x[last])], "y": [float(y[first]), float(y[last])]}
    return [{"type": "scatter", "mode": "lines", "name": say("predictions.true_line"), "line": style} | ends | SILENT]


def _map(seen: Predicted, present: Network, palette: Palette) -> Drawn:
    """Return the output over the plane of the inputs, the samples on it, and where it is 0.5 if targets are classes."""
    firsts, seconds = (points(*reach(seen.x[:, column].tolist(), MARGIN), MAP_POINTS) for column in (0, 1))
    grid = np.array([(a, b) for b in seconds for a in firsts])
    found = outputs(present, grid).reshape(MAP_POINTS, MAP_POINTS)
    is_parted = seen.are_classes and bool(np.any(found <= BETWEEN) and np.any(found >= BETWEEN))
    colours = _colours(seen, found, palette)
    of_targets = {"color": seen.y[:, 0].tolist(), "cmin": colours["zmin"], "cmax": colours["zmax"]}
    plain = of_targets | {"colorscale": colours["colorscale"], "symbol": "circle"}
    (across, upwards), _, _ = seen.names
    axes = {
        "xaxis": axis(palette, across) | {"range": [firsts[0], firsts[-1]]},
        "yaxis": axis(palette, upwards) | {"range": [seconds[0], seconds[-1]]},
    }
    ends = {"first_low": firsts[0], "first_high": firsts[-1], "second_low": seconds[0], "second_high": seconds[-1]}
    title = say("predictions.map", first=across, second=upwards, count=len(seen.x),
                **{name: exactly(end) for name, end in ends.items()})  # fmt: skip
    return Drawn(
        {
            "data": [
                {"x": firsts, "y": seconds} | _heights(seen, found, is_parted, palette) | colours,
                *_marks(seen, seen.x[:, 1], palette, plain),
            ],
            "layout": chart_layout(palette, HEIGHT) | ALL_SHOWN | axes,
        },
        title,
        has_gaps=bool(np.isnan(found).any()),
        notes=(say("predictions.boundary"),) if is_parted else (),
    )


def _heights(seen: Predicted, found: Array, is_parted: bool, palette: Palette) -> Plotly:
    """Return the outputs on the map as a trace without its places and colours; with the line at 0.5 where it parts."""
    (across, upwards), (output,), _ = seen.names
    exact = [_listed(row) for row in found]
    return {
        "type": "contour",
        "z": [[None if z is None else float(f"{z:.{DRAWN_DIGITS}g}") for z in row] for row in exact],
        "contours": {"coloring": "heatmap", "start": BETWEEN, "end": BETWEEN, "size": 1, "showlines": is_parted},
        "line": {"color": palette.text, "width": 2},
        "showlegend": False,
        "customdata": exact,
        "hovertemplate": f"{across} = %{{x}}<br>{upwards} = %{{y}}<br>{output} = %{{customdata}}<extra></extra>",
    }


def _colours(seen: Predicted, found: Array, palette: Palette) -> Plotly:
    """Return the colours of the map, the neutral one for the middle of the targets: of classes that is 0.5."""
    targets = np.clip(seen.y[:, 0], -FARTHEST, FARTHEST)
    middle = BETWEEN if seen.are_classes else float(targets.min() / 2 + targets.max() / 2)
    shown = np.array([*found[np.isfinite(found)], *targets])
    half = float(np.abs(shown - middle).max()) or 1.0
    low, high = middle - half, middle + half
    ticks = [tick for tick in round_numbers(low, high, TICKS) if low <= tick <= high]
    bar = {"title": {"text": seen.names[1][0]}, "thickness": 10, "outlinewidth": 0, "exponentformat": "power"}
    return {
        "zmin": low,
        "zmax": high,
        "colorscale": [[0, palette.negative], [0.5, palette.card], [1, palette.positive]],
        "colorbar": bar | {"tickvals": ticks},
    }


def _marks(seen: Predicted, upwards: Array, palette: Palette, plain: Plotly) -> list[Plotly]:
    """Return the samples as markers over their first input; of classes, a symbol and a colour for each."""
    groups = [(np.full(len(seen.y), fill_value=True), say("predictions.samples"), plain)]
    if seen.are_classes:
        colours = {0.0: palette.negative, 1.0: palette.positive}
        groups = [
            (
                seen.y[:, 0] == target,
                say("predictions.class", target=exactly(target)),
                {"symbol": symbol, "color": colours[target]},
            )
            for target, symbol in SYMBOLS.items()
            if target in seen.y
        ]
    size, rim, opacity = (10, 1.5, 1) if len(seen.x) <= FEW else (5, 0, 0.6)
    outline = {"size": size, "opacity": opacity, "line": {"color": palette.text, "width": rim}}
    marks = [
        HOVERED
        | {
            "mode": "markers",
            "name": name,
            "x": seen.x[chosen, 0].tolist(),
            "y": upwards[chosen].tolist(),
            "hovertext": [seen.hover(int(sample)) for sample in np.flatnonzero(chosen)],
            "marker": outline | style,
        }
        for chosen, name, style in groups
    ]
    return [*marks, *test_rings(seen, upwards, size, palette)]


def _listed(numbers: Array) -> list[float | None]:
    """Return the numbers for a figure, None for all that cannot be drawn."""
    return [number if np.isfinite(number) else None for number in numbers.tolist()]
