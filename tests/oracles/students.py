"""A student's sheet of a 2-2-2 network of sigmoids, in NumPy: as it should be, or with a mistake made throughout."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sheet = dict[str, float]


@dataclass(frozen=True)
class Problem:
    """Weights (2, 2), biases (2,), inputs, targets and a learning rate."""

    w: tuple[Array, Array]
    b: tuple[Array, Array]
    x: Array
    y: Array
    rate: float


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def sheet(p: Problem, mistake: str = "") -> Sheet:
    """Return all numbers of forward, backward and update by name, as a student with this mistake has them."""
    (w1, w2), (b1, b2) = p.w, p.b
    z1 = (w1.T if mistake == "weights-transposed" else w1) @ p.x + (0 if mistake == "bias-forgotten" else b1)
    h = z1 if mistake == "activation-forgotten" else sigmoid(-z1 if mistake == "sign-in-sigmoid" else z1)
    z2 = (w2.T if mistake == "weights-transposed" else w2) @ h + (0 if mistake == "bias-forgotten" else b2)
    o = z2 if mistake == "activation-forgotten" else sigmoid(-z2 if mistake == "sign-in-sigmoid" else z2)
    error = ((o - p.y) ** 2).sum() / 2
    by_o = (p.y - o) if mistake == "sign-of-error" else o - p.y
    slope2 = np.ones(2) if mistake == "derivative-missing-at-output" else o * (1 - o)
    slope1 = np.ones(2) if mistake == "derivative-missing-at-hidden" else h * (1 - h)
    delta2 = by_o * slope2
    by_w2 = np.outer(delta2, h)
    if mistake == "other-input":
        by_w2 = np.outer(delta2, h[::-1])
    if mistake == "delta-as-gradient":
        by_w2 = np.outer(delta2, np.ones(2))
    back = w2 - p.rate * by_w2 if mistake == "new-weights-backward" else w2
    by_h = (by_o if mistake == "error-sent-back" else delta2) @ (w2.T if mistake == "backward-index" else back)
    if mistake == "weights-missing-backward":
        by_h = np.full(2, delta2.sum())
    delta1 = by_h * slope1
    by_w1 = np.outer(delta1, p.x)
    if mistake == "other-input":
        by_w1 = np.outer(delta1, p.x[::-1])
    if mistake == "delta-as-gradient":
        by_w1 = np.outer(delta1, np.ones(2))
    sign, rate = (-1 if mistake == "plus-instead-of-minus" else 1), (1 if mistake == "rate-forgotten" else p.rate)
    named: list[tuple[str, Array]] = [
        ("z{}", np.concatenate([z1, z2])), ("h{}", h), ("ŷ{}", o), ("E", np.array([error])),
        ("∂E/∂ŷ{}", by_o), ("∂E/∂z{}", np.concatenate([delta1, delta2])), ("∂E/∂h{}", by_h),
        ("∂E/∂w{}", np.concatenate([by_w1.ravel(), by_w2.ravel()])),
        ("∂E/∂b{}", np.concatenate([delta1, delta2])),
        ("w{}⁺", np.concatenate([(w1 - sign * rate * by_w1).ravel(), (w2 - sign * rate * by_w2).ravel()])),
        ("b{}⁺", np.concatenate([b1 - sign * rate * delta1, b2 - sign * rate * delta2])),
    ]  # fmt: skip
    return {name.format(number): float(value) for name, values in named for number, value in enumerate(values, start=1)}


MISTAKES = ("bias-forgotten", "activation-forgotten", "sign-in-sigmoid", "weights-transposed", "sign-of-error",
            "derivative-missing-at-output", "derivative-missing-at-hidden", "other-input", "delta-as-gradient",
            "new-weights-backward", "error-sent-back", "backward-index", "weights-missing-backward",
            "plus-instead-of-minus", "rate-forgotten")  # fmt: skip
