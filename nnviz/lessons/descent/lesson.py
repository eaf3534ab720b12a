"""The lesson of gradient descent on a curve."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from nnviz.algebra.rounding import exactly
from nnviz.charts.theme import Look
from nnviz.lessons.descent.comparison import compared
from nnviz.lessons.descent.methods import GRADIENT, GRID, METHODS
from nnviz.lessons.descent.run import DescentRun
from nnviz.lessons.descent.setup import CURVES, DescentSetup, on_curve
from nnviz.lessons.descent.view import DescentView
from nnviz.lessons.descent.ways import card
from nnviz.player.form import Field, Form, choice, labelled
from nnviz.player.lesson import Lesson
from nnviz.player.parsing import NumeralError, whole, written
from nnviz.player.refusal import RefusedError, number
from nnviz.player.request import PackedCheckpoint
from nnviz.player.site import address
from nnviz.player.sources import Parts, cited, parts
from nnviz.text import say

PATH = "/gradient-descent"
LAST_ITERATION = 1000
LARGEST = 1e300
FIRST = "parabola"


class Descent(Lesson[DescentSetup]):
    """Gradient descent on a curve, a step along x at a time."""

    name = "descent"

    def begun(self, given: Mapping[str, str]) -> DescentSetup:
        curve, method = given.get("curve", FIRST), given.get("method", GRADIENT)
        return on_curve(curve if curve in CURVES else FIRST, method if method in METHODS else GRADIENT)

    def form(self, setup: DescentSetup) -> Form[DescentSetup]:
        coefficients = COEFFICIENTS[: len(setup.coefficients)]
        return Form({"curve": (CURVE, *coefficients), "method": (METHOD, *NUMBERS[setup.method])})

    def about(self, setup: DescentSetup) -> Parts:
        is_usual = setup == on_curve(setup.curve, setup.method)
        method = "" if setup.method == GRADIENT else f".{setup.method}"
        if setup.method == GRID:
            words = say("descent.about.grid")
        else:
            words = say(f"descent.about.{setup.curve}{method}{'' if is_usual else '.other'}")
        source = say("descent.source", source=cited("role")) if setup.curve == FIRST and not method else ""
        return parts(f"{words} {source}".rstrip())

    def last_iteration(self, setup: DescentSetup) -> int:
        return setup.points if setup.method == GRID else LAST_ITERATION

    def view(
        self,
        setup: DescentSetup,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        checkpoint: PackedCheckpoint | None = None,
    ) -> DescentView:
        curve, usual = setup.drawn, CURVES[setup.curve].usual
        *earlier, last = islice(setup.path(curve), number)
        run = DescentRun(curve, setup.curve, setup.method, tuple(earlier), last, self.last_iteration(setup), usual)
        links = {method: f"{address(PATH)}?{urlencode(self.in_link(setup.by(method)))}" for method in METHODS}
        return DescentView(run, look, card(compared(setup, LAST_ITERATION), setup.method, links))


def _coefficient(index: int, setup: DescentSetup, text: str) -> DescentSetup:
    """Return the parabola with another coefficient, of which the slope needs twice as much."""
    coefficients = list(setup.coefficients)
    kept = coefficients[index]
    coefficients[index] = number(text, kept)
    if abs(coefficients[index]) > LARGEST:
        raise RefusedError(say("descent.problem.coefficient", most=written(LARGEST)), kept=exactly(kept))
    return replace(setup, coefficients=tuple(coefficients))


def _start(setup: DescentSetup, text: str) -> DescentSetup:
    return replace(setup, x=number(text, setup.x))


def _rate(setup: DescentSetup, text: str) -> DescentSetup:
    return replace(setup, rate=number(text, setup.rate, positive=True))


def _coefficient_field(index: int, key: str) -> Field[DescentSetup]:
    return Field(key, lambda _: key, lambda setup: written(setup.coefficients[index]), partial(_coefficient, index))


def _spacing(setup: DescentSetup, text: str) -> DescentSetup:
    return replace(setup, spacing=number(text, setup.spacing, positive=True))


def _points(setup: DescentSetup, text: str) -> DescentSetup:
    try:
        return replace(setup, points=whole(text.strip(), 1, LAST_ITERATION))
    except NumeralError as problem:
        allowed = say("problem.whole", least=1, most=LAST_ITERATION)
        raise RefusedError(allowed, kept=str(setup.points)) from problem


def _x_field(label: str) -> Field[DescentSetup]:
    return Field("x", labelled(label), lambda setup: written(setup.x), _start)


CURVE = choice("curve", "hill", CURVES, lambda setup: setup.curve, lambda setup, text: on_curve(text, setup.method))
METHOD = choice("method", "method", METHODS, lambda setup: setup.method, DescentSetup.by)
COEFFICIENTS = tuple(_coefficient_field(index, key) for index, key in enumerate("abc"))
START = _x_field("descent.start")
RATE = Field[DescentSetup]("rate", labelled("descent.rate"), lambda setup: written(setup.rate), _rate)
NUMBERS = {
    "gradient": (START, RATE),
    "newton": (START,),
    "grid": (
        _x_field("descent.first"),
        Field[DescentSetup]("spacing", labelled("descent.spacing"), lambda setup: written(setup.spacing), _spacing),
        Field[DescentSetup]("points", labelled("descent.points"), lambda setup: str(setup.points), _points),
    ),
}
