"""What a network has learned, by the shape of its data: a line, a map, or predictions beside targets."""

import sys
from dataclasses import dataclass
from functools import cached_property
from html import escape

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.algebra.functions import Array
from nnviz.algebra.rounding import approximately, equated, exactly, lacks_digits
from nnviz.charts.axes import ALL_SHOWN, FARTHEST, axis, chart_layout, points, reach, round_numbers
from nnviz.charts.theme import Palette
from nnviz.engine.matrix import predict
from nnviz.engine.naming import NO_NAMES, NUMBERED, Names, Row, quantities_of
from nnviz.engine.network import Network, checked_samples
from nnviz.protocol import Chart, Learned, Plotly
from nnviz.text import say

HEIGHT = 300
MARGIN = 0.1
LINE_POINTS, MAP_POINTS = 121, 41
MOST_ROWS = 20
TICKS, DRAWN_DIGITS = 4, 9
FEW = 30  # samples that are drawn large
BETWEEN = 0.5  # the classes 0 and 1
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
) -> Learned:
    """Return what the network before this iteration makes of the samples, beside the one that training began with.

    "figure" is Plotly data, or None where there are not one or two inputs and a single output; then "html" is a table.
    "words" says what is seen, and "label" also what it is seen in. Raises ValueError where the samples do not fit.
    """
    x, y = checked_samples(present, inputs, targets)
    seen = Seen(x, y, outputs(start, x), outputs(present, x), iteration, names)
    html, drawn = "", Drawn(None, say("learned.table"))
    if present.sizes[0] == present.sizes[-1] == 1:
        drawn = _line(seen, start, present, palette)
    elif (present.sizes[0], present.sizes[-1]) == (2, 1):
        drawn = _map(seen, present, palette)
    else:
        html = _table(seen)
    gaps = (say("learned.gaps"),) if drawn.has_gaps else ()
    words = " ".join((*seen.words(), *drawn.notes, *gaps))
    return {"figure": drawn.figure, "html": html, "words": words, "label": f"{drawn.title} {words}"}


@dataclass(frozen=True)
class Drawn:
    """A figure, what it shows, whether parts of it could not be drawn, and what else there is to say about it."""

    figure: Chart | None
    title: str
    has_gaps: bool = False
    notes: tuple[str, ...] = ()


def outputs(network: Network, x: Array) -> Array:
    """Return the outputs for the inputs, with nan for all that is too large to be drawn."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = predict(network, x)
    return np.where(np.abs(found) <= FARTHEST, found, np.nan)


@dataclass(frozen=True, eq=False)
class Seen:
    """Samples, (n_samples, n_in) and (n_samples, n_out), and what is predicted, at first and before an iteration.

    A prediction is nan where it is too large to be drawn. ``own`` are the names of inputs and targets that have any.
    """

    x: Array
    y: Array
    predicted_first: Array
    predicted: Array
    iteration: int
    own: Names

    @cached_property
    def are_classes(self) -> bool:
        """Whether all targets are 0 or 1."""
        return bool(np.all((self.y == 0.0) | (self.y == 1.0)))

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which outputs are on the side of 0.5 that their target is on: above it for 1; (n_samples, n_out)."""
        return np.asarray(np.isfinite(self.predicted) & ((self.predicted > BETWEEN) == (self.y > BETWEEN)))

    @cached_property
    def names(self) -> tuple[list[str], list[str], list[str]]:
        """The names of the inputs, the outputs and the targets."""
        q = quantities_of((self.x.shape[1], self.y.shape[1]), (False,), NUMBERED, self.own)
        return _names(q.neurons[0]), _names(q.neurons[-1]), _names(q.targets)

    @property
    def has_begun(self) -> bool:
        """Whether there was an update before."""
        return self.iteration > 1

    @property
    def when(self) -> str:
        """After how many iterations this is."""
        return say("learned.after", done=self.iteration - 1) if self.has_begun else say("learned.before")

    def words(self) -> list[str]:
        """Return the sentences that say how well the network does."""
        said, count = [], len(self.x)
        if self.are_classes:
            key = "learned.right" if self.y.shape[1] == 1 else "learned.all_right"
            said.append(say(key, right=int(self.right.all(axis=1).sum()), count=count, when=self.when))
        large = int(np.isnan(self.predicted).any(axis=1).sum())
        if large:
            return [*said, say("learned.too_large", large=large, count=count)]
        sample, error = _largest(self.predicted, self.y)
        key = "learned.error" if said else "learned.error_at"
        said.append(say(key, error=approximately(error), sample=sample + 1, when=self.when))
        _, before = _largest(self.predicted_first, self.y)
        if self.has_begun and np.isfinite(before):
            said.append(say("learned.error_before", error=approximately(before)))
        return said

    def hover(self, sample: int) -> str:
        """Return a sample's numbers with all their digits, a line each."""
        values = (self.x[sample], self.y[sample], self.predicted[sample])
        inputs, predicted, targets = self.names
        lines = [
            f"{name} = {_exactly(value)}"
            for names, numbers in zip((inputs, targets, predicted), values, strict=True)
            for name, value in zip(names, numbers.tolist(), strict=True)
        ]
        verdict = [self.verdict(sample)] if self.are_classes else []
        return "<br>".join([say("learned.sample", number=sample + 1), *lines, *verdict])

    def verdict(self, sample: int) -> str:
        """Return "right", or "wrong", and of several outputs which ones."""
        if self.right[sample].all():
            return say("learned.is_right")
        if self.y.shape[1] == 1:
            return say("learned.is_wrong")
        wrong = [name for name, right in zip(self.names[1], self.right[sample], strict=True) if not right]
        return say("learned.wrong_outputs", names=", ".join(wrong))


def _largest(predicted: Array, targets: Array) -> tuple[int, float]:
    """Return the sample with the largest error, counted from 0, and the error."""
    with np.errstate(over="ignore"):
        errors = np.minimum(np.abs(predicted - targets), sys.float_info.max).max(axis=1)
    sample = int(errors.argmax())
    return sample, float(errors[sample])


def _names(row: Row) -> list[str]:
    return [quantity.name for quantity in row]


def _line(seen: Seen, start: Network, present: Network, palette: Palette) -> Drawn:
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

    at_start = line(start, say("learned.before"), {"color": palette.muted, "width": 2, "dash": "dash"})
    now = line(present, say("learned.now"), {"color": palette.kinds["prediction"], "width": 3})
    marks = _marks(seen, seen.y[:, 0], palette, {"color": palette.kinds["target"], "symbol": "circle"})
    axes = {"xaxis": axis(palette, across) | {"range": [low, high]}, "yaxis": axis(palette, f"{output}, {target}")}
    ends = {"low": approximately(low), "high": approximately(high)}
    return Drawn(
        {
            "data": [*marks, *([at_start] if seen.has_begun else []), now],
            "layout": chart_layout(palette, HEIGHT) | ALL_SHOWN | axes,
        },
        say("learned.line", count=len(seen.x), input=across, **ends),
        has_gaps=None in now["y"],
    )


def _map(seen: Seen, present: Network, palette: Palette) -> Drawn:
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
    title = say("learned.map", first=across, second=upwards, count=len(seen.x),
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
        notes=(say("learned.boundary"),) if is_parted else (),
    )


def _heights(seen: Seen, found: Array, is_parted: bool, palette: Palette) -> Plotly:
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


def _colours(seen: Seen, found: Array, palette: Palette) -> Plotly:
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


def _marks(seen: Seen, upwards: Array, palette: Palette, plain: Plotly) -> list[Plotly]:
    """Return the samples as markers over their first input; of classes, a symbol and a colour for each."""
    groups = [(np.full(len(seen.y), fill_value=True), say("learned.samples"), plain)]
    if seen.are_classes:
        colours = {0.0: palette.negative, 1.0: palette.positive}
        groups = [
            (
                seen.y[:, 0] == target,
                say("learned.class", target=exactly(target)),
                {"symbol": symbol, "color": colours[target]},
            )
            for target, symbol in SYMBOLS.items()
            if target in seen.y
        ]
    size, rim, opacity = (10, 1.5, 1) if len(seen.x) <= FEW else (6, 0.5, 0.6)
    outline = {"size": size, "opacity": opacity, "line": {"color": palette.text, "width": rim}}
    return [
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


def _table(seen: Seen) -> str:
    """Return predictions beside targets as an HTML table of the first samples."""
    _, predicted, targets = seen.names
    count, shown = len(seen.x), min(len(seen.x), MOST_ROWS)
    verdict = [say("learned.side")] if seen.are_classes else []
    columns = [name for pair in zip(predicted, targets, strict=True) for name in pair]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in [say("learned.number"), *columns, *verdict])
    rows = "".join(f"<tr>{_row(seen, sample)}</tr>" for sample in range(shown))
    caption = say("learned.caption", first=1, last=shown, count=count, when=seen.when)
    head = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
    return f'<table class="data">{head}<tbody>{rows}</tbody></table>'


def _row(seen: Seen, sample: int) -> str:
    _, predicted, targets = seen.names
    pairs = zip(predicted, seen.predicted[sample].tolist(), targets, seen.y[sample].tolist(), strict=True)
    cells = [_cell(name, value) for p, a, t, b in pairs for name, value in ((p, a), (t, b))]
    verdict = [f"<td>{escape(seen.verdict(sample))}</td>"] if seen.are_classes else []
    return "".join([f'<th scope="row">{sample + 1}</th>', *cells, *verdict])


def _cell(name: str, value: float) -> str:
    """Return a number's cell, all its digits at hand where it is shown rounded."""
    if not np.isfinite(value):
        return f"<td>{escape(say('learned.large'))}</td>"
    exact = f' data-exact="{escape(f"{name} = {exactly(value)}")}"' if lacks_digits(value) else ""
    return f"<td{exact}>{escape(approximately(value))}</td>"


def _listed(numbers: Array) -> list[float | None]:
    """Return the numbers for a figure, None for all that cannot be drawn."""
    return [number if np.isfinite(number) else None for number in numbers.tolist()]


def _exactly(value: float) -> str:
    return exactly(value) if np.isfinite(value) else say("learned.large")
