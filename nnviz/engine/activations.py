"""The activations: each a row with its function and its derivative, as arrays and as expressions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Call, Expression, Function, Num, Op, Ref, at_zero, minus, product, square, total

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


def softmax(z: Array) -> Array:
    """Return e^z/Σ e^z of sums (…, units, n_samples), the sum over the units, without overflow."""
    powers = np.exp(z - np.maximum.reduce(z, axis=-2, keepdims=True))
    whole = reduce(add, powers.swapaxes(0, -2))
    shares: Array = (powers.swapaxes(0, -2) / whole).swapaxes(0, -2)
    return shares


def softmax_slope(z: Array, a: Array) -> Array:
    """Return ∂a/∂z of each unit by its own sum, a·(1 − a): the diagonal of the matrix of derivatives."""
    return a * (1.0 - a)


def share(z: Ref, sums: Sequence[Ref]) -> Expression:
    """Return e^z/Σ e^z as an expression."""
    return Op("over", (Op("exp", (z,)), total(*(Op("exp", (one,)) for one in sums))))


SIGMOID = Function("σ", sigmoid, at_zero(Fraction(1, 2)))
RELU_SLOPE = Function("ReLU′", relu_slope, lambda z: Fraction(z > 0))


@dataclass(frozen=True, slots=True)
class Activation:
    """a = f(z) and its derivative.

    ``function(z)`` and ``slope(z, a)`` are for arrays of any shape; ``written`` and ``slope_written(z, a)`` are the
    same for expressions. ``written`` is None where a is z itself, and no step of its own. ``code`` and ``slope_code``
    are the same in NumPy, of z and a; ``torch_code`` is f in PyTorch. A neuron ``can_die`` where a and its slope are 0
    for every z below 0.

    Where a neuron's output comes of the sums of its whole layer, ``of_layer(z, sums)`` is it as an expression and
    ``of_layer_computed`` the same without overflow; ``function`` and ``slope`` then have the units along the last but
    one axis, and the slope is that by its own sum.
    """

    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    written: Function | None
    slope_written: Callable[[Ref, Ref], Expression]
    code: str
    slope_code: str
    torch_code: str
    can_die: bool = False
    of_layer: Callable[[Ref, Sequence[Ref]], Expression] | None = None
    of_layer_computed: Callable[[Ref, Sequence[Ref]], Expression] | None = None

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
    "softmax": Activation(
        function=softmax,
        slope=softmax_slope,
        written=Function("softmax", softmax),
        slope_written=lambda z, a: product(a, minus(ONE, a)),
        code="np.exp({z}) / np.exp({z}).sum(axis=0)",
        slope_code="",
        torch_code="torch.softmax({z}, dim=0)",
        of_layer=share,
        of_layer_computed=lambda z, sums: Op("softmax", (z, *sums)),
    ),
}
LAST_ONLY = frozenset(name for name, row in ACTIVATIONS.items() if row.of_layer)
ANYWHERE = tuple(name for name in ACTIVATIONS if name not in LAST_ONLY)
