"""A neuron's activation curve as SVG, with the point where the neuron is, and words where its gradient dies."""

import sys
from dataclasses import dataclass
from html import escape
from math import ceil, floor, hypot, log10

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately, shown
from nnviz.engine.activations import ACTIVATIONS
from nnviz.text import say

WIDTH, HEIGHT = 320, 170
LEFT, RIGHT, TOP, BOTTOM = 52, 294, 27, 145
REACH, MARGIN, SAMPLES = 6.0, 1.3, 121
ARM, OVERHANG = 38, 4
SATURATED = 0.01
LEVEL = ("relu",)  # activations whose slope is 0 itself, not a number too small for a float


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


def curve(activation: str, z: float, name: str) -> str:
    """Return the curve of an activation as SVG, with the neuron's point and the tangent there; ``name`` is f(z)'s."""
    reach = min(max(REACH, MARGIN * abs(float(z))), sys.float_info.max)
    values, slopes = _evaluate(activation, zs := reach * np.linspace(-1.0, 1.0, SAMPLES))
    x, y = Scale(-reach, reach, LEFT, RIGHT), Scale(min(0.0, values.min()), max(1.0, values.max()), BOTTOM, TOP)
    (a,), (slope,) = _evaluate(activation, np.array([z]))
    label = say("curve.label", activation=activation, name=name, **_numbers(z=z, a=a, slope=slope))
    dot = f'<circle cx="{x.at(z):.2f}" cy="{y.at(a):.2f}" r="4.5" style="fill:var(--text);stroke:var(--card)"/>'
    parts = [
        *_axes(x, y, name),
        _text(RIGHT, 9, say("curve.slope", **_numbers(slope=slope)), "end", "kind-gradient"),
        _line(x, y, zs, slopes, "stroke:var(--kind-gradient);stroke-width:1;stroke-dasharray:3 3"),
        _line(x, y, zs, values, "stroke:var(--kind-hidden);stroke-width:2"),
        _tangent(x, y, z, a, slope),
        dot,
    ]
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" font-size="11"'
    return f'<svg class="curve" role="img" aria-label="{escape(label)}" {frame}>{"".join(parts)}</svg>'


def verdict(activation: str, z: float) -> str:
    """Return a sentence where the activation lets hardly any gradient through, or none, else nothing."""
    _, (slope,) = _evaluate(activation, np.array([z]))
    if abs(slope) >= SATURATED:
        return ""
    if slope:
        return say("curve.saturated", **_numbers(slope=slope))
    return say("curve.dead" if activation in LEVEL else "curve.rounded")


def _evaluate(activation: str, zs: Array) -> tuple[Array, Array]:
    row = ACTIVATIONS[activation]
    values = row.function(zs)
    return values, row.slope(zs, values)


def _numbers(**values: float) -> dict[str, str]:
    return {name: approximately(value) for name, value in values.items()}


def _axes(x: Scale, y: Scale, name: str) -> list[str]:
    """Return the grid with its numbers, the two axes a little stronger, and their names."""
    parts = [_text(WIDTH - 4, BOTTOM + 17, "z", "end", "text"), _text(LEFT - 6, 9, name, "end", "kind-hidden")]
    for tick in x.ticks(6):
        parts.append(_rule(x.at(tick), TOP, x.at(tick), BOTTOM, "line" if tick else "muted"))
        parts.append(_text(x.at(tick), BOTTOM + 17, str(shown(tick, 5)), "middle"))
    for tick in y.ticks(5):
        parts.append(_rule(LEFT, y.at(tick), RIGHT, y.at(tick), "line" if tick else "muted"))
        parts.append(_text(LEFT - 6, y.at(tick), str(shown(tick, 5)), "end"))
    return parts


def _tangent(x: Scale, y: Scale, z: float, a: float, slope: float) -> str:
    """Return the tangent at the point, as long on either side, and no longer than the plot has room for."""
    run, rise = x.pixels, slope * x.unit / y.unit * y.pixels
    right, down = ARM * run / hypot(run, rise), ARM * rise / hypot(run, rise)
    across, along = x.at(z), y.at(a)
    room = min(across - LEFT, RIGHT - across) + OVERHANG, min(along - TOP, BOTTOM - along) + OVERHANG
    shrink = max(1.0, right / room[0], abs(down) / room[1])
    right, down = right / shrink, down / shrink
    return _rule(across - right, along - down, across + right, along + down, "kind-gradient", 2.5)


def _line(x: Scale, y: Scale, zs: Array, values: Array, style: str) -> str:
    points = " ".join(f"{x.at(z):.2f},{y.at(value):.2f}" for z, value in zip(zs, values, strict=True))
    return f'<polyline points="{points}" style="fill:none;{style}"/>'


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.75) -> str:
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line {ends} style="stroke:var(--{colour});stroke-width:{width}"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "muted") -> str:
    place = f'x="{x:.2f}" y="{y:.2f}" dy="0.35em" text-anchor="{anchor}"'
    return f'<text {place} style="fill:var(--{colour})">{escape(text)}</text>'
