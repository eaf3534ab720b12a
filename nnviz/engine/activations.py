"""The activations: each a row with its function and its derivative, as arrays and as expressions."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Call, Expression, Function, Num, Ref, at_zero, minus, product, square

ONE = Num(1.0)


def sigmoid(z: ArrayLike) -> Array:
    """Return σ(z) = 1/(1 + e^(−z)), without overflow."""
    decay = np.exp(np.copysign(z, -1.0))
    return np.maximum(decay, np.heaviside(z, 1.0)) / (1.0 + decay)


def relu(z: ArrayLike) -> Array:
    """Return max(0, z)."""
    return np.maximum(0.0, z)


def relu_slope(z: ArrayLike) -> Array:
    """Return ReLU′(z): 1 above 0, else 0; at 0 it is 0 by convention."""
    return np.heaviside(z, 0.0)


SIGMOID = Function("σ", sigmoid, at_zero(Fraction(1, 2)))
RELU_SLOPE = Function("ReLU′", relu_slope, lambda z: Fraction(z > 0))


@dataclass(frozen=True, slots=True)
class Activation:
    """a = f(z) and its derivative.

    ``function(z)`` and ``slope(z, a)`` are for arrays of any shape; ``written`` and ``slope_written(z, a)`` are the
    same for expressions. ``written`` is None where a is z itself, and no step of its own. ``code`` and ``slope_code``
    are the same in NumPy, of z and a; ``torch_code`` is f in PyTorch. A neuron ``can_die`` where a and its slope are 0
    for every z below 0.
    """

    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    written: Function | None
    slope_written: Callable[[Ref, Ref], Expression]
    code: str
    slope_code: str
    torch_code: str
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
        code="{z}",
        slope_code="",
        torch_code="{z}",
    ),
    "sigmoid": Activation(
        function=sigmoid,
        slope=lambda z, a: a * (1.0 - a),
        written=SIGMOID,
        slope_written=lambda z, a: product(a, minus(ONE, a)),
        code="1 / (1 + np.exp(-{z}))",
        slope_code="{a} * (1 - {a})",
        torch_code="torch.sigmoid({z})",
    ),
    "tanh": Activation(
        function=np.tanh,
        slope=lambda z, a: 1.0 - a * a,
        written=Function("tanh", np.tanh, at_zero(Fraction(0))),
        slope_written=lambda z, a: minus(ONE, square(a)),
        code="np.tanh({z})",
        slope_code="(1 - {a} ** 2)",
        torch_code="torch.tanh({z})",
    ),
    "relu": Activation(
        function=relu,
        slope=lambda z, a: relu_slope(z),
        written=Function("ReLU", relu, lambda z: max(z, Fraction(0))),
        slope_written=lambda z, a: Call(RELU_SLOPE, z),
        code="np.maximum(0, {z})",
        slope_code="({z} > 0)",
        torch_code="torch.relu({z})",
        can_die=True,
    ),
}
