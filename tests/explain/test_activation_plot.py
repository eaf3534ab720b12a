"""The activation curve: the point, the tangent and the words are right for every float."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.charts.theme import style_sheet
from nnviz.engine.activations import ACTIVATIONS
from nnviz.explain.activation_plot import curve, verdict
from tests.oracles import functions as oracles

FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-20, 20)
Point = tuple[float, float]
BESIDE = (0.3, -1.2)  # the other sums of a softmax


@dataclass
class Axis:
    """Where numbers are, read from the tick labels alone."""

    ticks: list[Point]  # each a number and its pixel

    def pixel(self, value: float) -> float:
        (low, start), (high, end) = min(self.ticks), max(self.ticks)
        return start + (value / high - low / high) / (1 - low / high) * (end - start)

    @property
    def numbers_per_pixel(self) -> float:
        (low, start), (high, end) = min(self.ticks), max(self.ticks)
        return (high / (end - start)) - (low / (end - start))


class Diagram:
    """An SVG, read back."""

    def __init__(self, activation: str, z: float, name: str = "h₁") -> None:
        self.source = curve(activation, z, name, BESIDE if activation == "softmax" else ())
        self.root = ET.fromstring(self.source)
        texts = [text for text in self.root.iter("text") if re.fullmatch(r"−?[\d.]+(e−?\d+)?", text.text or "")]
        below = [text for text in texts if text.get("text-anchor") == "middle"]
        self.x = Axis([(number(text), float(text.attrib["x"])) for text in below])
        self.y = Axis([(number(text), float(text.attrib["y"])) for text in texts if text not in below])
        (dot,) = self.root.iter("circle")
        self.dot = float(dot.attrib["cx"]), float(dot.attrib["cy"])

    def line(self, name: str) -> list[Point]:
        """Return the points of the only polyline in a colour."""
        (line,) = (line for line in self.root.iter("polyline") if f"stroke:var(--{name})" in line.attrib["style"])
        return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]

    @property
    def tangent(self) -> tuple[Point, Point]:
        (line,) = (line for line in self.root.iter("line") if "var(--kind-gradient)" in line.attrib["style"])
        x1, y1, x2, y2 = (float(line.attrib[end]) for end in ("x1", "y1", "x2", "y2"))
        return (x1, y1), (x2, y2)

    def points(self) -> list[Point]:
        """Return everything that has a place."""
        pairs = [("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")]
        found = [(e.get(x), e.get(y)) for e in self.root.iter() for x, y in pairs if x in e.attrib]
        lines = [*self.line("kind-hidden"), *self.line("kind-gradient")]
        return [(float(x or "nan"), float(y or "nan")) for x, y in found] + lines


def function_of(activation: str) -> oracles.Function:
    if activation == "softmax":
        return lambda z: oracles.softmax((z, *BESIDE))[0]
    return oracles.ACTIVATIONS[activation]


def number(text: ET.Element) -> float:
    return float((text.text or "").replace("−", "-"))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(z=FLOATS)
@example(z=0.0)
@example(z=-0.0)
@example(z=5e-324)
@example(z=-5e-324)
@example(z=1e200)
@example(z=1e308)
@example(z=-1e308)
@example(z=1.7976931348623157e308)
@example(z=-1.7976931348623157e308)
def test_every_float_is_drawn_where_it_belongs(activation: str, z: float) -> None:
    drawing, f = Diagram(activation, z), function_of(activation)
    assert not re.search(r"nan|inf", drawing.source, re.IGNORECASE)
    left, top, width, height = map(float, drawing.root.attrib["viewBox"].split())
    assert all(left <= x <= left + width and top <= y <= top + height for x, y in drawing.points())
    assert drawing.dot == pytest.approx((drawing.x.pixel(z), drawing.y.pixel(f(z))), abs=0.05)
    assert len(drawing.x.ticks) >= 3
    assert len(drawing.y.ticks) >= 2


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(z=FLOATS)
@example(z=5.999)
@example(z=-1e200)
def test_the_curve_holds_the_point_and_stays_true(activation: str, z: float) -> None:
    drawing, f = Diagram(activation, z), function_of(activation)
    xs = [x for x, _ in drawing.line("kind-hidden")]
    assert min(xs) <= drawing.dot[0] <= max(xs)
    if abs(z) < 1e300:
        assert min(xs) + 20 < drawing.dot[0] < max(xs) - 20
        zero, scale = drawing.x.pixel(0.0), drawing.x.numbers_per_pixel
        for x, y in drawing.line("kind-hidden"):
            bounds = [drawing.y.pixel(f((x - zero + slack) * scale)) for slack in (-0.05, 0.05)]
            assert min(bounds) - 0.1 <= y <= max(bounds) + 0.1


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(z=st.floats(-30, 30))
@example(z=2.2)
@example(z=-8.0)
def test_the_tangent_and_the_dashed_curve_have_the_slope(activation: str, z: float) -> None:
    if activation in oracles.KINKED and abs(z) < 1e-3:  # no central difference at the kink
        return
    drawing, f, h = Diagram(activation, z), function_of(activation), 1e-4
    slope = (f(z + h) - f(z - h)) / (2 * h)
    (x1, y1), (x2, y2) = drawing.tangent
    assert x2 - x1 > 8
    run, rise = (x2 - x1) * drawing.x.numbers_per_pixel, (y1 - y2) * -drawing.y.numbers_per_pixel
    tolerance = 0.02 * drawing.x.numbers_per_pixel
    assert rise / run == pytest.approx(slope, abs=abs(0.05 * drawing.y.numbers_per_pixel / run) + tolerance)
    assert ((x1 + x2) / 2, (y1 + y2) / 2) == pytest.approx(drawing.dot, abs=0.02)
    dashed = min(drawing.line("kind-gradient"), key=lambda point: abs(point[0] - drawing.dot[0]))
    near = (dashed[0] - drawing.x.pixel(0.0)) * drawing.x.numbers_per_pixel
    if activation not in oracles.KINKED or abs(near) > 1e-3:
        there = (f(near + h) - f(near - h)) / (2 * h)
        assert dashed[1] == pytest.approx(drawing.y.pixel(there), abs=0.4)


def test_at_the_kink_the_slope_is_0_by_convention() -> None:
    (_, y1), (_, y2) = Diagram("relu", 0.0).tangent
    assert y1 == y2


def test_it_says_what_it_shows_and_only_in_the_page_s_colours() -> None:
    drawing = Diagram("sigmoid", 2.0, 'h<1>&"')
    assert drawing.root.get("role") == "img"
    label = drawing.root.attrib["aria-label"]
    for words in ("sigmoid", "z is 2,", 'h<1>&" is ≈ 0.8807971', "slope there is ≈ 0.1049936"):
        assert words in label
    texts = [text.text for text in drawing.root.iter("text")]
    assert {"z", 'h<1>&"', "slope ≈ 0.1049936"} <= set(texts)
    colours = set(re.findall(r"var\((.+?)\)", drawing.source))
    assert colours
    assert all(f"{colour}:" in style_sheet() for colour in colours)
    painted = re.findall(r"(?:fill|stroke)[:=]\"?([^;\"]+)", drawing.source)
    assert all(paint == "none" or paint.startswith("var(") for paint in painted)
    assert not {"style", "script"} & {element.tag for element in drawing.root.iter()}
    assert not any("id" in element.attrib for element in drawing.root.iter())


@pytest.mark.parametrize(
    ("activation", "z", "words"),
    [
        ("sigmoid", 0.0, ""),
        ("sigmoid", 4.5, ""),
        ("sigmoid", 4.7, "Saturated: the slope here is ≈ 0.008"),
        ("sigmoid", 8.0, "Saturated: the slope here is ≈ 0.0003352377"),
        ("sigmoid", 800.0, "The slope here is too small for a 64-bit float"),
        ("sigmoid", -800.0, "The slope here is too small for a 64-bit float"),
        ("tanh", 0.0, ""),
        ("tanh", -2.9, ""),
        ("tanh", -3.1, "Saturated: the slope here is ≈ 0.008"),
        ("tanh", 1e308, "The slope here is too small for a 64-bit float"),
        ("relu", -1.0, "The slope here is 0, so no"),
        ("relu", -0.0, "The slope here is 0, so no"),
        ("relu", 0.0, "The slope here is 0, so no"),
        ("relu", 5e-324, ""),
        ("relu", 1.0, ""),
        ("leaky_relu", -1.0, ""),
        ("elu", -4.5, ""),
        ("elu", -5.0, "Saturated: the slope here is ≈ 0.006737947"),
        ("softplus", -5.0, "Saturated: the slope here is ≈ 0.006692851"),
        ("gelu", -0.7518, "The slope here is ≈ −3.657016e−6, so less"),
        ("gelu", -5.0, "Saturated: the slope here is ≈ −7"),
    ],
)
def test_where_the_gradient_dies_it_says_so(activation: str, z: float, words: str) -> None:
    said = verdict(activation, z)
    assert said.startswith(words)
    assert bool(said) == bool(words)


@given(z=FLOATS)
def test_through_the_identity_every_gradient_gets(z: float) -> None:
    assert verdict("identity", z) == ""
