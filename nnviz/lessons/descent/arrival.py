"""When a descent has come to rest, by a stopping rule, and where that is: at a minimum, at a top, or elsewhere."""

from dataclasses import dataclass

from nnviz.lessons.descent.curves import Curve

STEP_SHORT, SLOPE_SMALL = "step", "slope"
STOPS = (STEP_SHORT, SLOPE_SMALL)
MINIMUM, TOP, ELSEWHERE = "minimum", "top", "elsewhere"
NEAR = 0.01  # of the part of the x axis that is drawn, or of the way: as near is at a place


@dataclass(frozen=True)
class StoppingRule:
    """A run has come to rest when ``what``, the length of a step or the slope without its sign, is below a bound."""

    what: str
    bound: float

    def is_met(self, move: float, slope: float) -> bool:
        """Whether a move and the slope at its start end a run; where there is no number it goes on."""
        return abs(move if self.what == STEP_SHORT else slope) < self.bound


def place(curve: Curve, usual: tuple[float, float], start: float, x: float) -> str:
    """Return what is at x on a curve, for a run from ``start``; ``usual`` is the part of the x axis that is drawn."""
    near = NEAR * max(usual[1] - usual[0], abs(x - start))
    for name, places in ((MINIMUM, curve.minima), (TOP, curve.tops)):
        if any(abs(x - one) <= near for one in places):
            return name
    return ELSEWHERE
