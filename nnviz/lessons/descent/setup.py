"""All that a person has set for a descent, and the curves with the numbers that they begin with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nnviz.algebra.trace import Trace
from nnviz.lessons.descent.arrival import STEP_SHORT, StoppingRule
from nnviz.lessons.descent.curves import Curve, parabola, plateau, two_valleys, wall
from nnviz.lessons.descent.methods import GRADIENT, GRID, NEWTON, descent, grid, newton

BOUND = 0.001
STEEP = 0.1  # of the steepest slope
IN_FULL, AS_PRINTED = "in-full", "as-printed"


class Grid(NamedTuple):
    """The points of a grid search: where the first one is, how far apart they are, how many there are."""

    first: float
    spacing: float
    points: int


@dataclass(frozen=True)
class Preset:
    """A curve to descend, and where and how fast; ``usual`` is the part of the x axis to draw at least."""

    build: Callable[..., Curve]
    x: float
    rate: float
    usual: tuple[float, float]
    grid: Grid
    coefficients: tuple[float, ...] = ()


CURVES = {
    "parabola": Preset(parabola, 8.0, 0.1, (-1.0, 8.0), Grid(0.0, 1.0, 9), (1.0, -4.0, 6.0)),
    "valleys": Preset(two_valleys, 0.5, 0.1, (-3.0, 3.0), Grid(-3.0, 0.5, 13)),
    "plateau": Preset(plateau, 3.0, 0.5, (-4.0, 4.0), Grid(-4.0, 1.0, 9)),
    "wall": Preset(wall, -1.0, 0.5, (-1.0, 5.0), Grid(-1.0, 0.5, 13)),
}


@dataclass(frozen=True)
class DescentSetup:
    """All that a person has set: the curve, its coefficients if it has any, the start, the learning rate, the method.

    A grid has its first point at ``x``. ``stop`` and ``bound`` are the stopping rule, and ``shown`` says how x is
    shown. What a method has no use for is that of the curve as it is.
    """

    curve: str
    coefficients: tuple[float, ...]
    x: float
    rate: float
    method: str = GRADIENT
    spacing: float = 1.0
    points: int = 9
    stop: str = STEP_SHORT
    bound: float = BOUND
    shown: str = IN_FULL

    @property
    def drawn(self) -> Curve:
        """The curve itself."""
        return CURVES[self.curve].build(*self.coefficients)

    @property
    def may_be_printed(self) -> bool:
        """Whether x may be shown as the document prints it, which has gradient descent on a parabola."""
        return self.method == GRADIENT and bool(self.coefficients)

    @property
    def rule(self) -> StoppingRule:
        """When the run has come to rest."""
        return StoppingRule(self.stop, self.bound)

    def path(self, curve: Curve) -> Iterator[Trace]:
        """Return the iterations of the method on the curve."""
        if self.method == GRID:
            return grid(curve, self.x, self.spacing, self.points)
        return newton(curve, self.x) if self.method == NEWTON else descent(curve, self.x, self.rate)

    def by(self, method: str) -> "DescentSetup":
        """Return the same curve by another method, from the same start; a grid has points of its own."""
        usual = on_curve(self.curve, method)
        if GRID in (method, self.method):
            return replace(usual, coefficients=self.coefficients)
        return replace(usual, coefficients=self.coefficients, x=self.x, stop=self.stop, bound=self.bound)


def on_curve(key: str, method: str = GRADIENT) -> DescentSetup:
    """Return a curve as it is. Raises KeyError for an unknown one."""
    preset = CURVES[key]
    if method == GRID:
        return DescentSetup(key, preset.coefficients, preset.grid.first, preset.rate, method, *preset.grid[1:])
    return DescentSetup(key, preset.coefficients, preset.x, preset.rate, method)


def exercise(setup: DescentSetup, seed: int) -> DescentSetup:
    """Return the same curve and method with another start, where the curve is not flat, and another learning rate."""
    random = np.random.default_rng(seed)
    left, right = CURVES[setup.curve].usual
    places = np.round(np.arange(left, right, 0.1), 1)
    slopes = np.abs([setup.drawn.steepness(place) for place in places.tolist()])
    steep = places[slopes >= STEEP * slopes.max()]
    usual = CURVES[setup.curve].rate
    rate = float(round(usual * random.integers(3, 19) / 10, 3))
    return replace(setup, x=float(random.choice(steep)), rate=rate, shown=IN_FULL)
