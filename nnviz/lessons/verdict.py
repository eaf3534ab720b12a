"""What training came to, in words: it arrived, stands on a plateau, or diverged; and what to try then."""

from collections.abc import Iterator
from math import floor, isfinite, log10

import numpy as np

from nnviz.engine.batches import ALL
from nnviz.engine.matrix import gradients
from nnviz.engine.network import Network
from nnviz.engine.numbers import approximately, equated, exactly
from nnviz.lessons.curve import Curve
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import Slice
from nnviz.text import say

LENGTH = 1000  # iterations, the least that make a plateau
LEVEL = 1e-3  # of E, how far it may have moved on one
FLAT = 1e-2  # the largest gradient that there may be on one
ARRIVED = 1e-4  # of the first E: there it is a valley, and no plateau


def verdict(setup: Setup, done: Slice) -> str:
    """Return what training came to where it stopped, in a sentence or two."""
    place = done.marks[-1]
    error = equated(say("losses.error"), done.error) if isfinite(done.error) else say("training.no_error")
    facts = {"iteration": f"{place.iteration:,}", "error": error}
    match done.end:
        case "diverged" | "grown":
            return f"{say(f'training.{done.end}', **facts)} {_advice(setup)}"
        case "below":
            return say("training.below_reached", **facts)
    words = say("training.reached", **facts)
    return " ".join(filter(None, [words, plateau(setup, place.network, done.curve)]))


def plateau(setup: Setup, network: Network, curve: Curve) -> str:
    """Return, where E has hardly moved for long and is not small, how long that is, E, and the largest gradient."""
    if len(curve.iterations) < 2 or curve.losses[-1] <= ARRIVED * curve.losses[0]:
        return ""
    last = curve.iterations[-1]
    since = max((number for number in curve.iterations if number <= last - LENGTH), default=None)
    if since is None:
        return ""
    recent = [error for number, error in zip(curve.iterations, curve.losses, strict=True) if number >= since]
    if max(recent) - min(recent) > LEVEL * recent[-1]:
        return ""
    largest = max(_largest_slopes(setup, network))
    if largest > FLAT:
        return ""
    return say(
        "training.plateau",
        length=f"{last - since:,}",
        share=exactly(100 * LEVEL),
        error=approximately(recent[-1]),
        largest=approximately(largest),
        flat=exactly(FLAT),
    )


def _largest_slopes(setup: Setup, network: Network) -> Iterator[float]:
    """Yield each layer's largest gradient, without its sign."""
    slopes = gradients(network, setup.inputs, setup.targets)
    for (of_weights, of_biases), trains_biases in zip(slopes, setup.shape.trains_biases, strict=True):
        yield float(np.abs(of_weights).max())
        if of_biases is not None and trains_biases:
            yield float(np.abs(of_biases).max())


def stable_rate(setup: Setup) -> float | None:
    """Return the rate below which training of one linear layer cannot diverge: 2/λ of the largest curvature λ of E.

    None for other networks and losses, and where no sample says anything. E is a parabola in the weights there, whose
    matrix of second derivatives is that of the inputs, with 1 for a trained bias: XᵀX/N, doubled with the mean squared
    error.
    """
    shape = setup.shape
    if len(setup.matrices) > 1 or shape.activations != ("identity",) or setup.batches != ALL:
        return None
    x = np.array(setup.inputs)
    if shape.trains_biases[0]:
        x = np.column_stack([x, np.ones(len(x))])
    with np.errstate(over="ignore", invalid="ignore"):
        curvature = np.linalg.svd(x / np.sqrt(len(x)), compute_uv=False)[0] ** 2
        rate = 2 / (curvature * (2 if shape.loss == "mean_squared_error" else 1)) if curvature > 0 else np.inf
    return float(rate) if 0 < rate < np.inf else None


def _advice(setup: Setup) -> str:
    rate = stable_rate(setup)
    if rate is None or setup.rate < rate:
        return say("training.advice", rate=exactly(_round_below(setup.rate / 3)))
    return say("training.advice_stable", limit=approximately(rate), rate=exactly(_round_below(rate)))


def _round_below(value: float) -> float:
    """Return the largest number of one digit below a value."""
    power = 10.0 ** floor(log10(value))
    digit = floor(value / power)
    return float(f"{digit * power:.1g}")
