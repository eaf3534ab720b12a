"""The lesson of gradient descent on a curve."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from nnviz.algebra.rounding import exactly
from nnviz.charts.theme import Look
from nnviz.lessons.descent.arrival import SLOPE_SMALL, STEP_SHORT, STOPS
from nnviz.lessons.descent.comparison import compared
from nnviz.lessons.descent.methods import GRADIENT, GRID, METHODS
from nnviz.lessons.descent.run import DescentRun, Printed
from nnviz.lessons.descent.setup import AS_PRINTED, BOUND, CURVES, IN_FULL, DescentSetup, exercise, on_curve
from nnviz.lessons.descent.view import DescentView
from nnviz.lessons.descent.ways import card
from nnviz.player.form import Field, Form, choice, labelled
from nnviz.player.lesson import Lesson
from nnviz.player.parsing import NumeralError, whole, written
from nnviz.player.refusal import RefusedError, number, seed_in
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
        begun = on_curve(curve if curve in CURVES else FIRST, method if method in METHODS else GRADIENT)
        if given.get("stop") == SLOPE_SMALL and begun.method != GRID:
            begun = replace(begun, stop=SLOPE_SMALL)
        return replace(begun, shown=AS_PRINTED) if given.get("shown") == AS_PRINTED and begun.may_be_printed else begun

    def form(self, setup: DescentSetup) -> Form[DescentSetup]:
        coefficients = COEFFICIENTS[: len(setup.coefficients)]
        shown = (SHOWN,) if setup.may_be_printed else ()
        return Form({"curve": (CURVE, *coefficients), "method": (METHOD, *NUMBERS[setup.method], *shown)})

    def in_link(self, setup: DescentSetup) -> dict[str, str]:
        texts = super().in_link(setup)
        return {key: text for key, text in texts.items() if key != "bound" or setup.bound != BOUND}

    def typed_in(self, setup: DescentSetup, typed: Mapping[str, str]) -> Form[DescentSetup]:
        run = self._run_choices(setup)
        return run if run.changed(setup, typed) else self.form(setup)

    def is_other(self, before: DescentSetup, setup: DescentSetup, typed: Mapping[str, str]) -> bool:
        return self._run_choices(before).texts(before) != self._run_choices(setup).texts(setup)

    def run_setup(self, setup: DescentSetup) -> DescentSetup:
        return replace(setup, stop=STEP_SHORT, bound=BOUND, shown=IN_FULL)

    def _printed(self, setup: DescentSetup) -> Printed:
        if setup.shown == IN_FULL:
            return ""
        return "document" if self.run_setup(setup) == on_curve(FIRST) else "other"

    def _run_choices(self, setup: DescentSetup) -> Form[DescentSetup]:
        """Return the choices that make another run."""
        return self.link(setup).only(lambda field: field in (CURVE, METHOD))

    def drawn(self, setup: DescentSetup, seed: str) -> DescentSetup:
        return exercise(setup, seed_in(seed))

    def about(self, setup: DescentSetup) -> Parts:
        is_usual = self.run_setup(setup) == on_curve(setup.curve, setup.method)
        method = "" if setup.method == GRADIENT else f".{setup.method}"
        if setup.shown == AS_PRINTED:
            words = say(f"descent.about.printed{'' if is_usual else '.other'}")
        elif setup.method == GRID:
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
        rule = None if setup.method == GRID else setup.rule
        *earlier, last = islice(setup.path(curve), number)
        most, printed = self.last_iteration(setup), self._printed(setup)
        run = DescentRun(curve, setup.curve, setup.method, tuple(earlier), last, most, usual, rule, printed)
        links = {method: f"{address(PATH)}?{urlencode(self.in_link(setup.by(method)))}" for method in METHODS}
        return DescentView(run, look, card(compared(setup, LAST_ITERATION), setup, links))


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


def _curve(setup: DescentSetup, text: str) -> DescentSetup:
    return replace(on_curve(text, setup.method), stop=setup.stop, bound=setup.bound)


def _bound(setup: DescentSetup, text: str) -> DescentSetup:
    return replace(setup, bound=number(text, setup.bound, positive=True))


CURVE = choice("curve", "hill", CURVES, lambda setup: setup.curve, _curve)
METHOD = choice("method", "method", METHODS, lambda setup: setup.method, DescentSetup.by)
COEFFICIENTS = tuple(_coefficient_field(index, key) for index, key in enumerate("abc"))
START = _x_field("descent.start")
RATE = Field[DescentSetup]("rate", labelled("descent.rate"), lambda setup: written(setup.rate), _rate)
STOP: tuple[Field[DescentSetup], ...] = (
    choice("stop", "stop", STOPS, lambda setup: setup.stop, lambda setup, text: replace(setup, stop=text)),
    Field[DescentSetup]("bound", labelled("descent.bound"), lambda setup: written(setup.bound), _bound),
)
SHOWN: Field[DescentSetup] = choice(
    "shown",
    "shown",
    (IN_FULL, AS_PRINTED),
    lambda setup: setup.shown,
    lambda setup, text: replace(setup, shown=text),
)
NUMBERS = {
    "gradient": (START, RATE, *STOP),
    "newton": (START, *STOP),
    "grid": (
        _x_field("descent.first"),
        Field[DescentSetup]("spacing", labelled("descent.spacing"), lambda setup: written(setup.spacing), _spacing),
        Field[DescentSetup]("points", labelled("descent.points"), lambda setup: str(setup.points), _points),
    ),
}
