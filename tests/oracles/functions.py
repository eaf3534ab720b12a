"""Activations, losses and operators once more, in plain Python, for one number: a float, or a Decimal of any length."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from operator import mul
from typing import Any

import numpy as np

Function = Callable[..., Any]


def exp(x: Any) -> Any:
    """Return e^x."""
    return x.exp() if isinstance(x, Decimal) else math.exp(x)


def sigmoid(z: Any) -> Any:
    """Return σ(z) = 1/(1 + e^(−z)) = e^z/(1 + e^z), whichever does not overflow."""
    decay = exp(-abs(z))
    return (1 if z >= 0 else decay) / (1 + decay)


def log_sigmoid(z: Any) -> Any:
    """Return ln σ(z)."""
    decay = exp(-abs(z))
    return min(z, 0) - ((1 + decay).ln() if isinstance(decay, Decimal) else math.log1p(decay))


def tanh(z: Any) -> Any:
    """Return tanh z = 2·σ(2z) − 1, which only a Decimal has digits enough for near 0."""
    return 2 * sigmoid(2 * z) - 1 if isinstance(z, Decimal) else math.tanh(z)


def softmax(sums: Sequence[Any]) -> list[Any]:
    """Return e^z/Σ e^z of each sum of a layer."""
    powers = [exp(z - max(sums)) for z in sums]
    return [power / sum(powers) for power in powers]


def relu(z: Any) -> Any:
    """Return z where it is positive, 0 elsewhere."""
    return max(z, 0)


ACTIVATIONS: dict[str, Function] = {"identity": lambda z: z, "sigmoid": sigmoid, "tanh": tanh, "relu": relu}
SLOPES: dict[str, Function] = {
    "identity": lambda z: 1.0,
    "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "tanh": lambda z: math.cosh(z) ** -2,
    "relu": lambda z: float(z > 0),
    "softmax": lambda z: 1.0,  # it is never multiplied by: that of the loss has it in it
}
LOSSES: dict[str, Function] = {  # of an output's z, ŷ and target
    "half_squared_error": lambda z, y, t: (y - t) ** 2 / 2,
    "mean_squared_error": lambda z, y, t: (y - t) ** 2,
    "binary_cross_entropy": lambda z, y, t: -(t * log_sigmoid(z) + (1 - t) * log_sigmoid(-z)),
    "categorical_cross_entropy": lambda z, y, t: -t * math.log(y) if t else 0.0,
}
DELTAS: dict[str, Function] = {  # ∂E/∂z of an output, of its ŷ, its target, and the activation's slope at z
    "half_squared_error": lambda y, t, slope: (y - t) * slope,
    "mean_squared_error": lambda y, t, slope: 2 * (y - t) * slope,
    "binary_cross_entropy": lambda y, t, slope: y - t,  # behind a sigmoid
    "categorical_cross_entropy": lambda y, t, slope: y - t,  # behind a softmax
}
SIGNS: dict[str, Function] = {  # operators and functions as they are written
    "+": lambda *terms: math.fsum(terms),
    "−": lambda a, b: a - b,
    "·": lambda *factors: reduce(mul, factors),
    "/": lambda a, b: a / b,
    "over": lambda a, b: a / b,
    "exp": math.exp,
    "ln": math.log,
    "negative": lambda x: -x,
    "square": lambda x: x**2,
    "σ": sigmoid,
    "tanh": tanh,
    "ReLU": relu,
    "ReLU′": SLOPES["relu"],
    "ln σ": log_sigmoid,
    "ln(1 − σ)": lambda z: log_sigmoid(-z),
}
OF_ARRAYS: dict[str, Function] = {sign: np.vectorize(function, otypes=[float]) for sign, function in SIGNS.items()}


def softmax_of_layer(sums: Any) -> Any:
    """Return the softmax of a layer's sums, a row of them, or a column for each sample."""
    if len(sums) == 1:
        return np.array([softmax(sums[0])])
    return np.transpose([softmax(column) for column in np.transpose(sums)])


OF_ARRAYS["softmax"] = softmax_of_layer
