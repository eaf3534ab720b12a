"""The functions that activations and losses need, safe for every float."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sigmoid(z: ArrayLike) -> Array:
    """Return σ(z) = 1/(1 + e^(−z)), without overflow."""
    decay = np.exp(np.copysign(z, -1.0))
    return np.maximum(decay, np.heaviside(z, 1.0)) / (1.0 + decay)


def log_sigmoid(z: ArrayLike) -> Array:
    """Return ln σ(z), without overflow."""
    return -np.logaddexp(0.0, np.negative(z))


def log_one_minus_sigmoid(z: ArrayLike) -> Array:
    """Return ln(1 − σ(z)), which is ln σ(−z)."""
    return -np.logaddexp(0.0, z)


def relu(z: ArrayLike) -> Array:
    """Return max(0, z)."""
    return np.maximum(0.0, z)


def relu_slope(z: ArrayLike) -> Array:
    """Return ReLU′(z): 1 above 0, else 0; at 0 it is 0 by convention."""
    return np.heaviside(z, 0.0)
