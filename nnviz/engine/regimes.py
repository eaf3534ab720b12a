"""What a learning rate does to a descent: for a parabola from the closed form, for other curves as it is observed.

On y = a·x² + b·x + c each step multiplies the distance to the minimum by 1 − 2a·ν.
"""

from nnviz.engine.curves import Curve

LEVEL, CREEPS, GOOD, EXACT, OVERSHOOTS, SWINGS, DIVERGES, FALLS = (
    "level", "creeps", "good", "exact", "overshoots", "swings", "diverges", "falls",
)  # fmt: skip
OF_RATE = (CREEPS, GOOD, EXACT, OVERSHOOTS, SWINGS, DIVERGES)  # in the order of rates
FIRST, GROWS = "first", "grows"
SLOW = 0.9  # of a distance left after a step is slow: after 20 steps more than a tenth is left
SAME = 1e-9  # relative difference of lengths that rounding may make


def shrinking(a: float, rate: float) -> float:
    """Return by what each step on a parabola multiplies the distance to its minimum."""
    return 1.0 - 2.0 * a * rate


def bounds(a: float) -> tuple[float, float, float]:
    """Return the rates that creep no more, land in one step, and swing for ever, on a parabola that opens upwards."""
    return round(1.0 - SLOW, 9) / 2.0 / a, 0.5 / a, 1.0 / a


def of_parabola(a: float, rate: float) -> str:
    """Return what a rate does on a parabola."""
    factor = shrinking(a, rate)
    if a <= 0:
        return FALLS
    if factor == 0:
        return EXACT
    if factor > 0:
        return CREEPS if factor > SLOW else GOOD
    return OVERSHOOTS if factor > -1 else SWINGS if factor == -1 else DIVERGES


def observed(before: float | None, move: float) -> str:
    """Return what a move along x shows beside the one before it, if there was one."""
    if move == 0:
        return LEVEL
    if before is None or before == 0:
        return FIRST
    ratio = abs(move / before)
    if (move > 0) != (before > 0):
        return SWINGS if abs(ratio - 1) < SAME else OVERSHOOTS if ratio < 1 else DIVERGES
    if ratio > 1 / SLOW:
        return GROWS
    return CREEPS if ratio > SLOW else GOOD


def regime(curve: Curve, rate: float, slope: float, before: float | None, move: float) -> str:
    """Return what the rate does: by the closed form on a parabola that has a slope, else by the last two moves."""
    if curve.coefficients is None:
        return f"observed.{observed(before, move)}"
    return LEVEL if slope == 0 else of_parabola(curve.coefficients[0], rate)
