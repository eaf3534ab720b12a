"""The lesson of gradient descent on a curve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from nnviz.algebra.rounding import exactly
from nnviz.charts.theme import Look
from nnviz.lessons.descent.curves import Curve, parabola, path, plateau, two_valleys, wall
from nnviz.lessons.descent.view import DescentRun, DescentView
from nnviz.player.form import Field, Form, choice, labelled
from nnviz.player.lesson import Lesson
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError, number
from nnviz.player.request import PackedCheckpoint
from nnviz.player.sources import Parts, cited, parts
from nnviz.text import say

LAST_ITERATION = 1000
LARGEST = 1e300


@dataclass(frozen=True)
class Preset:
    """A curve to descend, and where and how fast; ``usual`` is the part of the x axis to draw at least."""

    build: Callable[..., Curve]
    x: float
    rate: float
    usual: tuple[float, float]
    coefficients: tuple[float, ...] = ()


CURVES = {
    "parabola": Preset(parabola, 8.0, 0.1, (-1.0, 8.0), (1.0, -4.0, 6.0)),
    "valleys": Preset(two_valleys, 0.5, 0.1, (-3.0, 3.0)),
    "plateau": Preset(plateau, 3.0, 0.5, (-4.0, 4.0)),
    "wall": Preset(wall, -1.0, 0.5, (-1.0, 5.0)),
}
FIRST = "parabola"


@dataclass(frozen=True)
class DescentSetup:
    """All that a person has set: the curve, its coefficients if it has any, the start, and the learning rate."""

    curve: str
    coefficients: tuple[float, ...]
    x: float
    rate: float

    @property
    def drawn(self) -> Curve:
        """The curve itself."""
        return CURVES[self.curve].build(*self.coefficients)


def on_curve(key: str) -> DescentSetup:
    """Return a curve as it is. Raises KeyError for an unknown one."""
    preset = CURVES[key]
    return DescentSetup(key, preset.coefficients, preset.x, preset.rate)


class Descent(Lesson[DescentSetup]):
    """Gradient descent on a curve, a step along x at a time."""

    name = "descent"

    def begun(self, given: Mapping[str, str]) -> DescentSetup:
        key = given.get("curve", FIRST)
        return on_curve(key if key in CURVES else FIRST)

    def form(self, setup: DescentSetup) -> Form[DescentSetup]:
        return Form({"curve": (CURVE, *COEFFICIENTS[: len(setup.coefficients)]), "start": START})

    def about(self, setup: DescentSetup) -> Parts:
        words = say(f"descent.about.{setup.curve}{'' if setup == on_curve(setup.curve) else '.other'}")
        source = say("descent.source", source=cited("role")) if setup.curve == FIRST else ""
        return parts(f"{words} {source}".rstrip())

    def last_iteration(self, setup: DescentSetup) -> int:
        return LAST_ITERATION

    def view(
        self,
        setup: DescentSetup,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        checkpoint: PackedCheckpoint | None = None,
    ) -> DescentView:
        curve = setup.drawn
        *earlier, last = islice(path(curve, setup.x, setup.rate), number)
        usual = CURVES[setup.curve].usual
        return DescentView(DescentRun(curve, setup.curve, tuple(earlier), last, number >= LAST_ITERATION, usual), look)


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


CURVE = choice("curve", "hill", CURVES, lambda setup: setup.curve, lambda _, text: on_curve(text))
COEFFICIENTS = tuple(_coefficient_field(index, key) for index, key in enumerate("abc"))
START = (
    Field[DescentSetup]("x", labelled("descent.start"), lambda setup: written(setup.x), _start),
    Field[DescentSetup]("rate", labelled("descent.rate"), lambda setup: written(setup.rate), _rate),
)
