"""The part of the plane that a curve is drawn in."""

from dataclasses import dataclass

from nnviz.charts.lines import Point

STRIP = 0.24  # of the height of what is drawn, below it


@dataclass(frozen=True)
class Window:
    """The part of the plane that is drawn; of its height the lowest strip belongs to the step along x."""

    left: float
    right: float
    low: float
    high: float

    @property
    def floor(self) -> float:
        """The height of the line along which steps are drawn."""
        return self.low + 0.45 * STRIP * (self.high - self.low)

    @property
    def below(self) -> float:
        """The height at which the numbers of x are written, below that line."""
        return self.low + 0.12 * STRIP * (self.high - self.low)

    @property
    def away(self) -> Point:
        """A point that is out of sight: what is not known yet waits there."""
        return self.left - (self.right - self.left), self.low - (self.high - self.low)
