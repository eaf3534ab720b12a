"""Activations, losses and operators once more, in plain Python, for one number: a float, or a Decimal of any length."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from operator import mul
from statistics import NormalDist
from typing import Any

import numpy as np

import nnviz

NORMAL = NormalDist()
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


def normal_distribution(z: float) -> float:
    """Return Φ(z), the probability that a standard normal number is below z."""
    return NORMAL.cdf(z) if abs(z) < 1 else 0.5 * math.erfc(-z / math.sqrt(2))


def leaky_relu(z: float, leak: float) -> float:
    """Return z where it is positive, leak·z elsewhere."""
    return z if z > 0 else leak * z


ACTIVATIONS: dict[str, Function] = {
    "identity": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "leaky_relu": lambda z: leaky_relu(z, 0.01),
    "step": lambda z: float(z > 0),
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: -log_sigmoid(-z),
    "gelu": lambda z: z * normal_distribution(z),
}
SLOPES: dict[str, Function] = {
    "identity": lambda z: 1.0,
    "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "tanh": lambda z: math.cosh(z) ** -2,
    "relu": lambda z: float(z > 0),
    "leaky_relu": lambda z: 1.0 if z > 0 else 0.01,
    "step": lambda z: 1.0,  # by the perceptron's rule
    "elu": lambda z: math.exp(min(z, 0.0)),
    "softplus": sigmoid,
    "gelu": lambda z: normal_distribution(z) + z * NORMAL.pdf(z),
    "softmax": lambda z: 1.0,  # it is never multiplied by: that of the loss has it in it
}
KINKED = ("relu", "leaky_relu", "step")  # activations that have no derivative at 0


def divisor(network: nnviz.Network, n_samples: int) -> int:
    """Return what the sum of all parts of E is divided by."""
    reduction = "sum" if network.loss == "upstream_gradient" else network.reduction
    return {"batchmean": n_samples, "mean": n_samples * network.sizes[-1], "sum": 1}[reduction]


def activation_of(layer: nnviz.Layer) -> Function:
    """Return the activation of a layer."""
    leak = layer.negative_slope
    return ACTIVATIONS[layer.activation] if leak is None else lambda z: leaky_relu(z, leak)


def slope_of(layer: nnviz.Layer) -> Function:
    """Return the derivative of the activation of a layer."""
    leak = layer.negative_slope
    return SLOPES[layer.activation] if leak is None else lambda z: 1.0 if z > 0 else leak


LOSSES: dict[str, Function] = {  # of an output's z, ŷ and target
    "half_squared_error": lambda z, y, t: (y - t) ** 2 / 2,
    "mean_squared_error": lambda z, y, t: (y - t) ** 2,
    "mean_absolute_error": lambda z, y, t: abs(y - t),
    "upstream_gradient": lambda z, y, t: t * y,
    "binary_cross_entropy": lambda z, y, t: -(t * log_sigmoid(z) + (1 - t) * log_sigmoid(-z)),
    "categorical_cross_entropy": lambda z, y, t: -t * math.log(y) if t else 0.0,
}
DELTAS: dict[str, Function] = {  # ∂E/∂z of an output, of its ŷ, its target, and the activation's slope at z
    "half_squared_error": lambda y, t, slope: (y - t) * slope,
    "mean_squared_error": lambda y, t, slope: 2 * (y - t) * slope,
    "mean_absolute_error": lambda y, t, slope: float((y > t) - (y < t)) * slope,
    "upstream_gradient": lambda y, t, slope: t * slope,
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
    "absolute": abs,
    "sign": lambda x: float((x > 0) - (x < 0)),
    "step": ACTIVATIONS["step"],
    "ReLU": relu,
    "ReLU′": SLOPES["relu"],
    "LReLU₀.₀₁": ACTIVATIONS["leaky_relu"],
    "LReLU₀.₀₁′": SLOPES["leaky_relu"],
    "LReLU₀.₁": lambda z: leaky_relu(z, 0.1),
    "LReLU₀.₁′": lambda z: 1.0 if z > 0 else 0.1,
    "ELU": ACTIVATIONS["elu"],
    "ELU′": SLOPES["elu"],
    "softplus": ACTIVATIONS["softplus"],
    "GELU": ACTIVATIONS["gelu"],
    "Φ": normal_distribution,
    "φ": NORMAL.pdf,
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
