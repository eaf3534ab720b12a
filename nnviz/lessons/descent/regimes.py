"""What a learning rate does to a descent: for a parabola from the closed form, for other curves as it is observed.

On y = a·x² + b·x + c each step multiplies the distance to the minimum by 1 − 2a·α.
"""

import sys

import numpy as np

from nnviz.algebra.trace import Trace
from nnviz.engine.naming import RATE
from nnviz.lessons.descent.curves import SLOPE, Curve, X, Y
from nnviz.lessons.descent.methods import NEW

LEVEL, STUCK, CREEPS, GOOD, EXACT, OVERSHOOTS, SWINGS, DIVERGES, FALLS = (
    "level", "stuck", "creeps", "good", "exact", "overshoots", "swings", "diverges", "falls",
)  # fmt: skip
OF_RATE = (CREEPS, GOOD, EXACT, OVERSHOOTS, SWINGS, DIVERGES)  # in the order of rates
FIRST, BACK, GROWS = "first", "back", "grows"
SLOW = 0.9  # of a distance left after a step is slow: after 20 steps more than a tenth is left
SAME = 1e-9  # relative difference of heights that rounding may make
ROUNDING = 4 * sys.float_info.epsilon  # of a factor, where a rate is meant to be 1/(2a) or 1/a


def shrinking(a: float, rate: float) -> float:
    """Return by what each step on a parabola multiplies the distance to its minimum."""
    return 1.0 - 2.0 * a * rate


def bounds(a: float) -> tuple[float, float, float]:
    """Return the rates that creep no more, land in one step, and oscillate, on a parabola that opens upwards."""
    return round(1.0 - SLOW, 9) / 2.0 / a, 0.5 / a, 1.0 / a


def of_parabola(a: float, rate: float) -> str:
    """Return what a rate does on a parabola."""
    factor = shrinking(a, rate)
    if a <= 0:
        return FALLS
    if abs(factor) <= ROUNDING:
        return EXACT
    if abs(factor + 1) <= ROUNDING:
        return SWINGS
    if factor > 0:
        return CREEPS if factor > SLOW else GOOD
    return OVERSHOOTS if factor > -1 else DIVERGES


def observed(before: float | None, move: float, slope: float, ahead: float, height: float, landed: float) -> str:
    """Return what a move along x shows: whether it goes across a bottom, else how it compares with the one before it.

    ``slope`` and ``height`` are those where it begins, ``ahead`` and ``landed`` those where it leads.
    """
    if np.sign(slope) * np.sign(ahead) < 0:
        if abs(landed - height) <= SAME * abs(height):
            return SWINGS
        return OVERSHOOTS if landed < height else DIVERGES
    if before is None or before == 0:
        return FIRST
    if (before > 0) != (move > 0):
        return BACK
    ratio = abs(move / before)
    if ratio > 1 / SLOW:
        return GROWS
    return CREEPS if ratio > SLOW else GOOD


def regime(curve: Curve, before: float | None, iteration: Trace) -> str:
    """Return what the rate does: by the closed form on a parabola, else as observed; ``before`` is the last move."""
    values = {key: float(value) for key, value in iteration.values.items()}
    x, new, slope = values[X.id], values[NEW.id], values[SLOPE.id]
    if slope == 0:
        return LEVEL
    if new == x:
        return STUCK
    if curve.coefficients is not None:
        return of_parabola(curve.coefficients[0], values[RATE.id])
    [landed] = curve.heights(np.array([new])).tolist()
    return f"observed.{observed(before, new - x, slope, curve.steepness(new), values[Y.id], landed)}"
