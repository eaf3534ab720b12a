"""A student's sheet of a layer with softmax and categorical cross-entropy, in NumPy: right, or with a mistake."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sheet = dict[str, float]

W = np.array([[0.37, -0.61], [0.83, 0.29], [-0.43, 0.71]])
B = np.array([0.23, -0.47, 0.11])
X = np.array([0.67, 0.89])
Y = np.array([0.0, 1.0, 0.0])
RATE = 0.37
MISTAKES = ("softmax-not-normalized", "softmax-of-the-others", "sigmoid-for-softmax", "activation-forgotten",
            "binary-cross-entropy", "sign-of-error", "derivative-under-cross-entropy")  # fmt: skip


def sheet(mistake: str = "") -> Sheet:
    """Return all numbers of forward, backward and update by name, as a student with this mistake has them."""
    z = W @ X + B
    powers = np.exp(z)
    o = {
        "softmax-not-normalized": powers,
        "softmax-of-the-others": powers / (powers.sum() - powers),
        "sigmoid-for-softmax": 1 / (1 + np.exp(-z)),
        "activation-forgotten": z,
    }.get(mistake, powers / powers.sum())
    with np.errstate(invalid="ignore"):
        error = -np.sum(np.where(Y > 0, Y * np.log(o), 0.0))
        if mistake == "binary-cross-entropy":
            error -= np.sum(np.where(Y < 1, (1 - Y) * np.log(1 - o), 0.0))
    delta = Y - o if mistake == "sign-of-error" else o - Y
    if mistake == "derivative-under-cross-entropy":
        delta = delta * o * (1 - o)
    by_w = np.outer(delta, X)
    named: list[tuple[str, Array]] = [
        ("z{}", z), ("ŷ{}", o), ("E", np.array([error])), ("∂E/∂z{}", delta), ("∂E/∂w{}", by_w.ravel()),
        ("∂E/∂b{}", delta), ("w{}⁺", (W - RATE * by_w).ravel()), ("b{}⁺", B - RATE * delta),
    ]  # fmt: skip
    return {name.format(number): float(value) for name, values in named for number, value in enumerate(values, start=1)}
