"""The loss surface that training walks on: E over two of the parameters, the path over it, and the way down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot, isfinite, log10, sqrt

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Derivative, Letter
from nnviz.algebra.rounding import equated, exactly, shown
from nnviz.charts.axes import ALL_SHOWN, FARTHEST, axis, chart_layout, points, reach, round_numbers
from nnviz.charts.theme import Palette
from nnviz.engine.loss_surface import Pair, surface
from nnviz.engine.matrix import gradients, loss
from nnviz.engine.naming import LOSS
from nnviz.engine.network import Network, checked_samples
from nnviz.engine.parameters import gradient_at, number_of_parameters
from nnviz.protocol import Chart, LossSurfaceMap, Plotly
from nnviz.text import say

HEIGHT = 320
MARGIN = 0.25
SHORTEST = 2.0  # how long an axis is at least; half of the parameter, if that is more
FINEST, COARSEST = 41, 15  # points a side
PRODUCTS = 1.2e8  # of a parameter and a sample: so many are computed at the most, in less than a second
ARROW = 0.16  # of the axes
DECADES, MOST_LEVELS, FEWEST_LEVELS = 6, 12, 6
PLACES = 4  # decimals of what contours are drawn from
MANTISSAS = ((1, 2, 5), (1, 3), (1,))
FLAT = 1e-12  # of E: smaller differences are those of rounding

Point = tuple[float, float]


@dataclass(frozen=True)
class Levels:
    """The numbers that contours stand for, ascending; heights between them are compared by ``scale``."""

    numbers: list[float]
    scale: Callable[[Array], Array]

    def of(self, heights: Array) -> Array:
        """Return which level each height is at, between two levels in between; nan where it is not finite."""
        scaled = self.scale(np.clip(heights, self.numbers[0], self.numbers[-1]))
        found = np.interp(scaled, self.scale(np.array(self.numbers)), np.arange(len(self.numbers)))
        return np.where(np.isfinite(heights), found.round(PLACES), np.nan)


def loss_surface(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    pair: Pair,
    path: Sequence[tuple[int, Network]],
    iteration: int,
    names: tuple[str, str],
    palette: Palette,
    *,
    is_part: bool = False,
) -> LossSurfaceMap:
    """Return the map of E around the network before an iteration, over two different parameters with these names.

    "figure" is Plotly data, or None where a parameter is too large for a map; "words" says the numbers, and what the
    other parameters are held at; "label" also what is seen. ``path`` has the networks before so many iterations.
    ``is_part`` says that other samples are kept apart. Raises ValueError where the samples do not fit.
    """
    x, y = checked_samples(network, inputs, targets)
    present, walked = _point(network, pair), [(number, _point(before, pair)) for number, before in path]
    error, slopes = _height_and_slopes(network, x, y, pair)
    has_moved = any(number != iteration for number, _ in walked)
    words = _numbers(present, error, slopes, iteration, names, is_part=is_part)
    words += _held(network, iteration, has_moved=has_moved)
    if max(abs(value) for point in (present, *(at for _, at in walked)) for value in point) > FARTHEST:
        words.append(say("loss_surface.too_far"))
        return {"figure": None, "words": " ".join(words), "label": " ".join(words)}
    size = _size(network, len(x))
    firsts, seconds = (
        points(*reach([present[side], *(at[side] for _, at in walked)], MARGIN, _least(present[side])), size)
        for side in (0, 1)
    )
    heights = surface(network, x, y, pair, firsts, seconds)
    words += [] if np.isfinite(heights).all() else [say("loss_surface.gaps")]
    words += [say("loss_surface.flat")] if np.isfinite(heights).any() and levels(heights) is None else []
    head = downhill(present, slopes, (firsts[-1] - firsts[0], seconds[-1] - seconds[0]))
    figure: Chart = {
        "data": [
            *_contours(heights, firsts, seconds, names, palette),
            _walk(walked, names, palette),
            _here(present, iteration, names, palette),
        ],
        "layout": chart_layout(palette, HEIGHT)
        | ALL_SHOWN
        | {
            "xaxis": axis(palette, names[0]) | {"range": [firsts[0], firsts[-1]]},
            "yaxis": axis(palette, names[1]) | {"range": [seconds[0], seconds[-1]]},
            "annotations": [_arrow(present, head, palette)] if head else [],
        },
    }
    ends = {"first_low": firsts[0], "first_high": firsts[-1], "second_low": seconds[0], "second_high": seconds[-1]}
    title = say(
        "loss_surface.title", first=names[0], second=names[1], **{end: exactly(value) for end, value in ends.items()}
    )
    return {"figure": figure, "words": " ".join(words), "label": " ".join([title, *words])}


def levels(heights: Array) -> Levels | None:
    """Return round numbers, the lowest and the highest around the finite heights, or None where all are the same.

    Over a decade and more they are evenly spaced by their logarithms, and those that are DECADES below the highest and
    lower make one. Where there are heights below 0 they are evenly spaced.
    """
    finite = heights[np.isfinite(heights)]
    positive = finite[finite > 0.0]
    if not finite.size or np.ptp(finite) <= FLAT * np.abs(finite).max():
        return None
    high = float(finite.max())
    if finite.min() < 0.0:
        return Levels(round_numbers(float(finite.min()), high, FEWEST_LEVELS), lambda heights: heights)
    low = max(float(positive.min()), high / 10**DECADES)
    if high < 10 * low:
        return Levels(round_numbers(float(finite.min()), high, FEWEST_LEVELS), lambda heights: heights)
    for mantissas in MANTISSAS:
        numbers = _by_decades(low, high, mantissas)
        if len(numbers) <= MOST_LEVELS:
            break
    return Levels(numbers, np.log)


def resolved(heights: Array) -> Array:
    """Return the heights, those raised that are too near to a valley's floor to be told from it.

    Along a parabola k·x² whose points are h apart, the floor may be anywhere between two of them; contours below k·h²,
    half of the second difference, would be islands that are not there.
    """
    found = heights.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        for side in (0, 1):
            bends = np.diff(heights, 2, axis=side) / 2
            ends = [(int(number == side),) * 2 for number in (0, 1)]
            found = np.fmax(found, np.pad(bends, ends, mode="edge"))
    return np.where(np.isfinite(heights) & np.isfinite(found), found, heights)


def _by_decades(low: float, high: float, mantissas: Sequence[int]) -> list[float]:
    """Return the numbers with these mantissas from the last that is not above ``low`` to the first not below high."""
    exponents = range(floor(log10(low)) - 1, ceil(log10(high)) + 1)
    every = [float(f"{mantissa}e{exponent}") for exponent in exponents for mantissa in mantissas]
    numbers = [number for number in every if 0.0 < number < float("inf")]
    first = max((n for n in numbers if n <= low), default=numbers[0])
    last = min((n for n in numbers if n >= high), default=numbers[-1])
    return [number for number in numbers if first <= number <= last]


def downhill(present: Point, slopes: Point, lengths: Point) -> Point | None:
    """Return the point in the direction of −gradient that is ARROW of the axes' lengths away, or None without one."""
    steepest = max(map(abs, slopes))
    if not steepest or not all(map(isfinite, slopes)):
        return None
    across, up = (-slope / steepest for slope in slopes)
    stretch = ARROW / hypot(across / lengths[0], up / lengths[1])
    return present[0] + stretch * across, present[1] + stretch * up


def _point(network: Network, pair: Pair) -> Point:
    return network.at(pair[0]), network.at(pair[1])


def _least(value: float) -> float:
    return max(SHORTEST, abs(value) / 2)


def _size(network: Network, n_samples: int) -> int:
    """Return how many points a side of the map has: fewer where each takes long."""
    affordable = int(sqrt(PRODUCTS / (number_of_parameters(network) * n_samples)))
    return min(FINEST, max(COARSEST, affordable))


def _height_and_slopes(network: Network, x: Array, y: Array, pair: Pair) -> tuple[float, Point]:
    """Return E and its two gradients."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = gradients(network, x, y)
        return loss(network, x, y), (gradient_at(found, pair[0]), gradient_at(found, pair[1]))


def _contours(
    heights: Array, firsts: list[float], seconds: list[float], names: tuple[str, str], palette: Palette
) -> list[Plotly]:
    """Return E as contours, or nothing where no E is finite; the exact E of the nearest point is told on hover."""
    if not np.isfinite(heights).any():
        return []
    drawn = resolved(heights)
    found = levels(drawn)
    numbers = [] if found is None else found.numbers
    z = np.where(np.isfinite(heights), 0.0, np.nan) if found is None else found.of(drawn)
    last = max(len(numbers) - 1, 1)
    bar = {"tickvals": list(range(len(numbers))), "ticktext": [str(shown(number)) for number in numbers]}
    lines = {"coloring": "fill", "start": 1, "end": last, "size": 1, "showlines": found is not None}
    return [
        {
            "type": "contour",
            "x": firsts,
            "y": seconds,
            "z": _listed(z),
            "zmin": 0,
            "zmax": last,
            "autocontour": False,
            "contours": lines,
            "line": {"color": palette.muted, "width": 0.7},
            "colorscale": [[0, palette.positive_dim], [1, palette.card]],
            "showscale": found is not None,
            "colorbar": bar | {"title": {"text": str(LOSS.symbol)}, "thickness": 10, "outlinewidth": 0},
            "customdata": _listed(heights),
            "hovertemplate": (
                f"{names[0]} = %{{x}}<br>{names[1]} = %{{y}}<br>{LOSS.name} = %{{customdata}}<extra></extra>"
            ),
        }
    ]


def _walk(walked: Sequence[tuple[int, Point]], names: tuple[str, str], palette: Palette) -> Plotly:
    """Return the path as a line with a marker an iteration."""
    colour = palette.kinds["weight"]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": say("loss_surface.path"),
        "x": [at[0] for _, at in walked],
        "y": [at[1] for _, at in walked],
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": 4},
        "hovertext": [_told(at, number, names) for number, at in walked],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _here(present: Point, iteration: int, names: tuple[str, str], palette: Palette) -> Plotly:
    """Return the present point."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": say("loss_surface.present", iteration=iteration),
        "x": [present[0]],
        "y": [present[1]],
        "marker": {"color": palette.text, "size": 12, "line": {"color": palette.card, "width": 2}},
        "hovertext": [_told(present, iteration, names)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _arrow(present: Point, head: Point, palette: Palette) -> Plotly:
    """Return an arrow from the present point to the head."""
    tail = {"ax": present[0], "ay": present[1], "axref": "x", "ayref": "y", "startstandoff": 7}
    ink = {"arrowcolor": palette.kinds["gradient"], "arrowwidth": 3, "arrowhead": 2, "arrowsize": 0.9}
    return tail | ink | {"x": head[0], "y": head[1], "xref": "x", "yref": "y", "showarrow": True, "text": ""}


def _told(at: Point, iteration: int, names: tuple[str, str]) -> str:
    values = [f"{name} = {exactly(value)}" for name, value in zip(names, at, strict=True)]
    return "<br>".join([say("loss_surface.present", iteration=iteration), *values])


def _numbers(
    present: Point, error: float, slopes: Point, iteration: int, names: tuple[str, str], *, is_part: bool
) -> list[str]:
    """Return the sentences with the parameters, E and the gradients."""
    first, second = (equated(name, value) for name, value in zip(names, present, strict=True))
    at = {"iteration": iteration, "first": first, "second": second}
    has_height, which = isfinite(error), f" {say('loss_surface.of_training')}" if is_part else ""
    said = (
        say("loss_surface.at", error=equated(LOSS.name, error), which=which, **at)
        if has_height
        else say("loss_surface.unknown", **at)
    )
    if not all(map(isfinite, slopes)):
        return [said, say("loss_surface.no_gradient")]
    first, second = (
        equated(str(Derivative(LOSS.letter, Letter(name))), slope) for name, slope in zip(names, slopes, strict=True)
    )
    return [said, say("loss_surface.down" if any(slopes) else "loss_surface.level", first=first, second=second)]


def _held(network: Network, iteration: int, *, has_moved: bool) -> list[str]:
    """Return the sentences that say what the other parameters are held at."""
    total = number_of_parameters(network)
    if total == 2:
        return [say("loss_surface.alone")]
    said = say("loss_surface.held", count=total - 2, total=total, iteration=iteration)
    return [said, say("loss_surface.moved", count=total - 2)] if has_moved else [said]


def _listed(rows: Array) -> list[list[float | None]]:
    """Return the numbers for a figure, None for all that are not finite."""
    return [[number if isfinite(number) else None for number in row] for row in rows.tolist()]
