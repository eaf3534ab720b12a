"""The central difference: a gradient from two losses, which knows nothing of backpropagation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.quantities import Place
from nnviz.engine.matrix import loss
from nnviz.engine.network import Network
from nnviz.engine.parameters import moved

EPS = float(np.finfo(np.float64).eps)
STEP = float(np.cbrt(EPS))
AGREEMENT, ROUNDINGS = 1e-6, 8  # a relative error, and how many roundings of E may add up


@dataclass(frozen=True, slots=True)
class Difference:
    """(E(w + ε) − E(w − ε))/2ε: the step ``epsilon``, E ``above`` and ``below``, and the ``slope`` that they give."""

    epsilon: float
    above: float
    below: float

    @property
    def slope(self) -> float:
        """About ∂E/∂w; off by the order of ε² and of rounding."""
        return (self.above - self.below) / (2 * self.epsilon)

    @property
    def noise(self) -> float:
        """How far the slope may be off because E is a rounded number."""
        return ROUNDINGS * EPS * max(abs(self.above), abs(self.below)) / self.epsilon

    def agrees(self, gradient: float) -> bool:
        """Whether a gradient is as near to the slope as central differences can tell."""
        return self.relative_error(gradient) < AGREEMENT or abs(gradient - self.slope) <= self.noise

    def relative_error(self, gradient: float) -> float:
        """Return how far a gradient is from the slope, relative to the larger of the two; 0 where both are 0."""
        largest = max(abs(gradient), abs(self.slope))
        return abs(gradient - self.slope) / largest if largest else 0.0


def central_difference(network: Network, inputs: ArrayLike, targets: ArrayLike, place: Place) -> Difference:
    """Return the central difference of E by the weight or bias at a place.

    Raises ValueError where the samples do not fit the network, or the parameter is too large to be moved.
    """
    epsilon = STEP * max(1.0, abs(network.at(place)))
    with np.errstate(over="ignore", invalid="ignore"):
        above, below = (loss(moved(network, place, by), inputs, targets) for by in (epsilon, -epsilon))
    return Difference(epsilon, above, below)
