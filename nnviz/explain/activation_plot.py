"""A neuron's activation curve as SVG, with the point where the neuron is, and words where its gradient dies."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot, log10

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately, shown
from nnviz.engine.activations import Activation, activation_of
from nnviz.explain.activation_name import activation_name
from nnviz.player.panels import TEMPLATES
from nnviz.text import say

WIDTH, HEIGHT = 320, 170
LEFT, RIGHT, TOP, BOTTOM = 52, 294, 27, 145
REACH, MARGIN, SAMPLES = 6.0, 1.3, 121
ARM, OVERHANG = 38, 4
SATURATED, FARTHEST = 0.01, 1e300


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line in one of the page's colours."""

    start: Point
    end: Point
    colour: str
    width: float = 0.75


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one of the page's colours, whose start, middle or end is at x."""

    x: float
    y: float
    text: str
    anchor: str
    colour: str = "muted"


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve through points, in one of the page's colours, and how its line is drawn."""

    points: list[Point]
    colour: str
    style: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis, the numbers from ``low`` to ``high`` on the pixels from ``start`` to ``end``; no float overflows."""

    low: float
    high: float
    start: float
    end: float

    @property
    def unit(self) -> float:
        """The larger of the two numbers, without its sign: what the axis counts in."""
        return max(abs(self.low), abs(self.high))

    @property
    def pixels(self) -> float:
        """How many pixels a unit is long, negative where the numbers grow against the pixels."""
        return (self.end - self.start) / (self.high / self.unit - self.low / self.unit)

    def at(self, value: float) -> float:
        """Return the pixel of a number."""
        return self.start + (value / self.unit - self.low / self.unit) * self.pixels

    def ticks(self, count: int) -> list[float]:
        """Return about so many round numbers along the axis, evenly spaced, 0 among them."""
        least = (self.end - self.start) / self.pixels / count * self.unit
        power = 10.0 ** floor(log10(least))
        step = next((n * power for n in (1, 2, 5) if n * power >= least), 10 * power)
        return [n * step for n in range(ceil(self.low / step - 0.01), floor(self.high / step + 0.01) + 1)]


def curve(
    activation: str, z: float, name: str, beside: Sequence[float] = (), negative_slope: float | None = None
) -> str:
    """Return the curve of an activation as SVG, with the neuron's point and the tangent there; ``name`` is f(z)'s.

    Where f takes all sums of the layer, the others are those ``beside``.
    """
    rule = activation_of(activation, negative_slope)
    reach = min(max(REACH, MARGIN * abs(float(z))), sys.float_info.max)
    values, slopes = _evaluate(rule, zs := reach * np.linspace(-1.0, 1.0, SAMPLES), beside)
    x, y = Scale(-reach, reach, LEFT, RIGHT), Scale(min(0.0, values.min()), max(1.0, values.max()), BOTTOM, TOP)
    (a,), (slope,) = _evaluate(rule, np.array([z]), beside)
    label = say(
        "curve.label.softmax" if beside else "curve.label",
        activation=activation_name(activation, negative_slope),
        name=name,
        **_numbers(z=z, a=a, slope=slope),
    )
    return TEMPLATES.get_template("explain/templates/activation_plot.html").render(
        label=label,
        width=WIDTH,
        height=HEIGHT,
        rules=_grid(x, y),
        texts=[
            *_numbers_at(x, y, name),
            Text(RIGHT, 9, say("curve.slope", **_numbers(slope=slope)), "end", "kind-gradient"),
        ],
        curves=[
            Curve(_points(x, y, zs, slopes), "kind-gradient", "stroke-width:1;stroke-dasharray:3 3"),
            Curve(_points(x, y, zs, values), "kind-hidden", "stroke-width:2"),
        ],
        tangent=_tangent(x, y, z, a, slope),
        dot=(x.at(z), y.at(a)),
    )


def verdict(activation: str, z: float, negative_slope: float | None = None) -> str:
    """Return a sentence where the activation lets hardly any gradient through, or none, else nothing.

    It is saturated where the slope is smaller still twice as far from 0, and not where the curve only turns.
    """
    rule = activation_of(activation, negative_slope)
    if rule.by_rule:
        return say("curve.by_rule")
    _, (slope, farther) = _evaluate(rule, np.array([z, np.clip(2 * z, -FARTHEST, FARTHEST)]))
    if abs(slope) >= SATURATED:
        return ""
    if slope:
        return say("curve.saturated" if abs(farther) < abs(slope) else "curve.flat", **_numbers(slope=slope))
    return say("curve.dead" if rule.can_die else "curve.rounded")


def _evaluate(rule: Activation, zs: Array, beside: Sequence[float] = ()) -> tuple[Array, Array]:
    sums = np.array([zs, *(np.full_like(zs, other) for other in beside)])
    values = rule.function(sums)
    return values[0], np.zeros_like(zs) if rule.by_rule else rule.slope(sums, values)[0]


def _numbers(**values: float) -> dict[str, str]:
    return {name: approximately(value) for name, value in values.items()}


def _grid(x: Scale, y: Scale) -> list[Rule]:
    """Return the grid, the two axes a little stronger."""
    upright = [(tick, x.at(tick)) for tick in x.ticks(6)]
    level = [(tick, y.at(tick)) for tick in y.ticks(5)]
    rules = [Rule((at, TOP), (at, BOTTOM), "line" if tick else "muted") for tick, at in upright]
    return [*rules, *(Rule((LEFT, at), (RIGHT, at), "line" if tick else "muted") for tick, at in level)]


def _numbers_at(x: Scale, y: Scale, name: str) -> list[Text]:
    """Return the numbers along the axes, and the axes' names."""
    names = [Text(WIDTH - 4, BOTTOM + 17, "z", "end", "text"), Text(LEFT - 6, 9, name, "end", "kind-hidden")]
    across = [Text(x.at(tick), BOTTOM + 17, str(shown(tick, 5)), "middle") for tick in x.ticks(6)]
    return [*names, *across, *(Text(LEFT - 6, y.at(tick), str(shown(tick, 5)), "end") for tick in y.ticks(5))]


def _tangent(x: Scale, y: Scale, z: float, a: float, slope: float) -> Rule:
    """Return the tangent at the point, as long on either side, and no longer than the plot has room for."""
    run, rise = x.pixels, slope * x.unit / y.unit * y.pixels
    right, down = ARM * run / hypot(run, rise), ARM * rise / hypot(run, rise)
    across, along = x.at(z), y.at(a)
    room = min(across - LEFT, RIGHT - across) + OVERHANG, min(along - TOP, BOTTOM - along) + OVERHANG
    shrink = max(1.0, right / room[0], abs(down) / room[1])
    right, down = right / shrink, down / shrink
    return Rule((across - right, along - down), (across + right, along + down), "kind-gradient", 2.5)


def _points(x: Scale, y: Scale, zs: Array, values: Array) -> list[Point]:
    return [(x.at(z), y.at(value)) for z, value in zip(zs, values, strict=True)]
