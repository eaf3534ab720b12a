"""The activations: each a row with its function and its derivative, as arrays and as expressions."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Call, Expression, Function, Num, Op, Ref, at_zero, minus, product, square, total
from nnviz.algebra.rounding import subscript

ONE = Num(1.0)
LEAKY, USUAL_LEAK = "leaky_relu", 0.01
FAR = 40.0  # where e^(−z²/2) is 0 for a float


def sigmoid(z: ArrayLike) -> Array:
    """Return σ(z) = 1/(1 + e^(−z)), without overflow."""
    decay = np.exp(np.copysign(z, -1.0))
    return np.maximum(decay, np.heaviside(z, 1.0)) / (1.0 + decay)


def step(z: ArrayLike) -> Array:
    """Return 1 above 0, else 0."""
    return np.heaviside(z, 0.0)


def relu(z: ArrayLike) -> Array:
    """Return max(0, z)."""
    return np.maximum(0.0, z)


def relu_slope(z: ArrayLike) -> Array:
    """Return ReLU′(z): 1 above 0, else 0; at 0 it is 0 by convention."""
    return np.heaviside(z, 0.0)


def softplus(z: ArrayLike) -> Array:
    """Return ln(1 + e^z), without overflow."""
    return np.logaddexp(0.0, z)


def elu(z: ArrayLike) -> Array:
    """Return z above 0, else e^z − 1."""
    return np.maximum(0.0, z) + np.expm1(np.minimum(0.0, z))


def _elu_exactly(z: Fraction) -> Fraction:
    if z < 0:
        raise ArithmeticError(z)
    return z


def elu_slope(z: ArrayLike) -> Array:
    """Return ELU′(z): 1 above 0, else e^z, which at 0 is 1 too."""
    return np.exp(np.minimum(0.0, z))


_of_each = np.frompyfunc(lambda z: 0.5 * math.erfc(-z * math.sqrt(0.5)), 1, 1)


def normal_distribution(z: ArrayLike) -> Array:
    """Return Φ(z) = ½·(1 + erf(z/√2)), the probability that a standard normal number is below z.

    NumPy has no error function, so each number is one of Python’s. It is right to the last bits, far below 0 to some
    z² units of the last one, as there the rounding of z tells.
    """
    found: Array = np.positive(_of_each(z), dtype=np.float64, casting="unsafe")
    return found


def normal_density(z: ArrayLike) -> Array:
    """Return φ(z) = e^(−z²/2)/√(2π), which is Φ′(z), without overflow."""
    near = np.minimum(np.abs(z), FAR)
    return np.exp(-0.5 * near * near) / math.sqrt(2 * math.pi)


def gelu(z: ArrayLike) -> Array:
    """Return z·Φ(z)."""
    return np.multiply(z, normal_distribution(z))


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
ELU_SLOPE = Function("ELU′", elu_slope, at_zero(Fraction(1)))
NORMAL_DISTRIBUTION = Function("Φ", normal_distribution, at_zero(Fraction(1, 2)))
NORMAL_DENSITY = Function("φ", normal_density)


@lru_cache(maxsize=64)
def leaky_relu(leak: float) -> Function:
    """Return the function that is z above 0, else leak·z."""
    exact = Fraction(repr(float(leak)))
    return Function(
        f"LReLU{subscript(leak)}",
        lambda z: np.maximum(0.0, z) + leak * np.minimum(0.0, z),
        lambda z: z if z > 0 else exact * z,
        made_by=(leaky_relu, (leak,)),
    )


@lru_cache(maxsize=64)
def leaky_relu_slope(leak: float) -> Function:
    """Return the derivative of a leaky ReLU: 1 above 0, else the leak; so it is at 0 by convention."""
    exact = Fraction(repr(float(leak)))
    return Function(
        f"LReLU{subscript(leak)}′",
        lambda z: np.heaviside(z, 0.0) + leak * np.heaviside(np.negative(z), 1.0),
        lambda z: Fraction(1) if z > 0 else exact,
        made_by=(leaky_relu_slope, (leak,)),
    )


@dataclass(frozen=True, slots=True)
class Activation:
    """a = f(z) and its derivative.

    ``function(z)`` and ``slope(z, a)`` are for arrays of any shape; ``written`` and ``slope_written(z, a)`` are the
    same for expressions. ``written`` is None where a is z itself, and no step of its own. ``code`` and ``slope_code``
    are the same in NumPy, of z and a, for which a program may have to ``imports`` a module; ``torch_code`` is f in
    PyTorch. A neuron ``can_die`` where a and its slope are 0 for every z below 0.

    Where a neuron's output comes of the sums of its whole layer, ``of_layer(z, sums)`` is it as an expression and
    ``of_layer_computed`` the same without overflow; ``function`` and ``slope`` then have the units along the last but
    one axis, and the slope is that by its own sum. ``by_rule`` says that the slope is none: it is what a rule takes in
    the place of a derivative that is 0.
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
    imports: str = ""
    by_rule: bool = False

    @property
    def is_linear(self) -> bool:
        """Whether a is z itself."""
        return self.written is None


@lru_cache(maxsize=64)
def leaky(leak: float) -> Activation:
    """Return the leaky ReLU whose slope below 0 is ``leak``."""
    function, slope = leaky_relu(leak), leaky_relu_slope(leak)
    return Activation(
        function=function.compute,
        slope=lambda z, a: slope.compute(z),
        written=function,
        slope_written=lambda z, a: Call(slope, z),
        code=f"np.where({{z}} > 0, {{z}}, {float(leak)!r} * {{z}})",
        slope_code=f"np.where({{z}} > 0, 1, {float(leak)!r})",
        torch_code=f"torch.nn.functional.leaky_relu({{z}}, {float(leak)!r})",
        can_die=leak == 0,
    )


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
    LEAKY: leaky(USUAL_LEAK),
    "elu": Activation(
        function=elu,
        slope=lambda z, a: elu_slope(z),
        written=Function("ELU", elu, _elu_exactly),
        slope_written=lambda z, a: Call(ELU_SLOPE, z),
        code="np.where({z} > 0, {z}, np.expm1({z}))",
        slope_code="np.where({z} > 0, 1, np.exp({z}))",
        torch_code="torch.nn.functional.elu({z})",
    ),
    "softplus": Activation(
        function=softplus,
        slope=lambda z, a: sigmoid(z),
        written=Function("softplus", softplus),
        slope_written=lambda z, a: Call(SIGMOID, z),
        code="np.logaddexp(0, {z})",
        slope_code="1 / (1 + np.exp(-{z}))",
        torch_code="torch.nn.functional.softplus({z})",
    ),
    "gelu": Activation(
        function=gelu,
        slope=lambda z, a: normal_distribution(z) + z * normal_density(z),
        written=Function("GELU", gelu, at_zero(Fraction(0))),
        slope_written=lambda z, a: total(Call(NORMAL_DISTRIBUTION, z), product(z, Call(NORMAL_DENSITY, z))),
        code="{z} * np.vectorize(math.erfc)(-{z} / 2**0.5) / 2",
        slope_code=("(np.vectorize(math.erfc)(-{z} / 2**0.5) / 2 + {z} * np.exp(-({z}**2) / 2) / (2 * np.pi) ** 0.5)"),
        torch_code="torch.nn.functional.gelu({z})",
        imports="import math",
    ),
    "step": Activation(
        function=step,
        slope=lambda z, a: np.heaviside(np.abs(z), 1.0),
        written=Function("step", step, lambda z: Fraction(z > 0)),
        slope_written=lambda z, a: ONE,
        code="np.heaviside({z}, 0)",
        slope_code="",
        torch_code="{z} + torch.detach(torch.relu(torch.sign({z})) - {z})",
        by_rule=True,
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
BY_RULE = frozenset(name for name, row in ACTIVATIONS.items() if row.by_rule)
ANYWHERE = tuple(name for name in ACTIVATIONS if name not in LAST_ONLY | BY_RULE)


def activation_of(name: str, negative_slope: float | None = None) -> Activation:
    """Return an activation by its name, the leaky ReLU with its slope below 0. Raises KeyError where there is none."""
    return ACTIVATIONS[name] if negative_slope is None else leaky(negative_slope)
