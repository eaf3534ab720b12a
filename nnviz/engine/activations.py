"""The activations: each a row with its function and its derivative, as arrays and as expressions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.expressions import Expression, Num, Op, Ref, minus, product, square
from nnviz.algebra.functions import Array, relu, relu_slope, sigmoid

ONE = Num(1.0)


@dataclass(frozen=True, slots=True)
class Activation:
    """a = f(z) and its derivative.

    ``function(z)`` and ``slope(z, a)`` are for arrays of any shape; ``written(z)`` and ``slope_written(z, a)``
    are the same as expressions. ``written`` is None where a is z itself, and no step of its own. A neuron ``can_die``
    where a and its slope are 0 for every z below 0.
    """

    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    written: Callable[[Ref], Expression] | None
    slope_written: Callable[[Ref, Ref], Expression]
    can_die: bool = False

    @property
    def is_linear(self) -> bool:
        """Whether a is z itself."""
        return self.written is None


ACTIVATIONS = {
    "identity": Activation(
        function=lambda z: z,
        slope=lambda z, a: np.ones_like(z),
        written=None,
        slope_written=lambda z, a: ONE,
    ),
    "sigmoid": Activation(
        function=sigmoid,
        slope=lambda z, a: a * (1.0 - a),
        written=lambda z: Op("σ", (z,)),
        slope_written=lambda z, a: product(a, minus(ONE, a)),
    ),
    "tanh": Activation(
        function=np.tanh,
        slope=lambda z, a: 1.0 - a * a,
        written=lambda z: Op("tanh", (z,)),
        slope_written=lambda z, a: minus(ONE, square(a)),
    ),
    "relu": Activation(
        function=relu,
        slope=lambda z, a: relu_slope(z),
        written=lambda z: Op("ReLU", (z,)),
        slope_written=lambda z, a: Op("ReLU′", (z,)),
        can_die=True,
    ),
}
