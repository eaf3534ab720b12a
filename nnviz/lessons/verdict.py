"""What training came to, in words: it arrived, stands on a plateau, or diverged; and what to try then."""

from collections.abc import Iterator
from math import isfinite

import numpy as np

from nnviz.engine.batches import ALL
from nnviz.engine.matrix import gradients, loss
from nnviz.engine.network import Network
from nnviz.engine.numbers import approximately, equated, exactly
from nnviz.lessons.curve import Curve
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import BELOW, DIVERGED, GROWN, Slice
from nnviz.text import say

LENGTH = 1000  # iterations, the least that make a plateau
LEVEL = 1e-3  # of E, how far it may have moved on one
FLAT = 1e-2  # the largest gradient that there may be on one
ARRIVED = 1e-4  # of the first E: there it is a valley, and no plateau


def verdict(setup: Setup, done: Slice, below: float | None = None) -> str:
    """Return what training came to where it stopped, in a sentence or two; ``below`` is what E was to be below."""
    place = done.marks[-1]
    if not isfinite(done.error):
        return say("training.too_large")
    error, name = done.error, error_name(setup)
    if done.end == BELOW and setup.batches != ALL:
        error, name = loss(place.network, setup.inputs, setup.targets), say("losses.error_of_all")
    facts = {"iteration": f"{place.iteration:,}", "error": equated(name, error)}
    if done.end in (DIVERGED, GROWN):
        return f"{say(f'training.{done.end}', **facts)} {_advice(setup)}"
    if done.end == BELOW and below is not None:
        return say("training.below_reached", below=exactly(below), **facts)
    words = say("training.reached", **facts)
    return " ".join(filter(None, [words, plateau(setup, place.network, done.curve)]))


def error_name(setup: Setup) -> str:
    """Return what the E of an iteration is called."""
    return say("losses.error" if setup.batches == ALL else "losses.error_of_batch")


def plateau(setup: Setup, network: Network, curve: Curve) -> str:
    """Return, where E has hardly moved for long and is not small, how long that is, E, and the largest gradient."""
    if len(curve.iterations) < 2 or curve.losses[-1] <= ARRIVED * curve.losses[0]:
        return ""
    last, length = curve.losses[-1], _level_for(curve)
    largest = max(_largest_slopes(setup, network))
    if length < LENGTH or largest > FLAT:
        return ""
    return say(
        f"training.{_standstill(setup, last)}",
        length=f"{length:,}",
        share=exactly(100 * LEVEL),
        error=approximately(last),
        largest=approximately(largest),
        flat=exactly(FLAT),
    )


def _standstill(setup: Setup, error: float) -> str:
    """Return what it is where E hardly moves any more: of one linear layer the lowest E is known."""
    if not _is_linear_layer(setup):
        return "plateau"
    return "minimum" if error <= (1 + LEVEL) * lowest_error(setup) else "slow"


def lowest_error(setup: Setup) -> float:
    """Return the least E that one linear layer can have, by least squares; 0 where its weights are no floats."""
    [layer] = setup.network.layers
    x, y = np.array(setup.inputs), np.array(setup.targets)
    if layer.has_trained_biases:
        x = np.column_stack([x, np.ones(len(x))])
    elif layer.vector is not None:
        y = y - layer.vector
    found = np.linalg.lstsq(x, y, rcond=None)[0].T
    if not np.isfinite(found).all():
        return 0.0
    best = (
        layer.updated(found[:, :-1], found[:, -1]) if layer.has_trained_biases else layer.updated(found, layer.vector)
    )
    return loss(Network([best], setup.shape.loss), setup.inputs, setup.targets)


def _level_for(curve: Curve) -> int:
    """Return for how many iterations E has stayed within LEVEL of what it is, as far as the curve tells."""
    last, room, since = curve.losses[-1], LEVEL * curve.losses[-1], curve.iterations[-1]
    for number, error in zip(reversed(curve.iterations), reversed(curve.losses), strict=True):
        if abs(error - last) > room:
            break
        since = number
    return curve.iterations[-1] - since


def _is_linear_layer(setup: Setup) -> bool:
    """Whether E is a parabola in the weights: of one layer without an activation."""
    return len(setup.matrices) == 1 and setup.shape.activations == ("identity",)


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
    if not _is_linear_layer(setup) or setup.batches != ALL:
        return None
    x = np.array(setup.inputs)
    if shape.trains_biases[0]:
        x = np.column_stack([x, np.ones(len(x))])
    with np.errstate(over="ignore", invalid="ignore"):
        curvature = np.linalg.svd(x / np.sqrt(len(x)), compute_uv=False)[0] ** 2
        rate = 2 / (curvature * (2 if shape.loss == "mean_squared_error" else 1)) if curvature > 0 else np.inf
    return float(rate) if 0 < rate < np.inf else None


def _advice(setup: Setup) -> str:
    limit = stable_rate(setup)
    is_limit = limit is not None and setup.rate >= limit
    rate = _round_below(limit if is_limit and limit is not None else setup.rate / 3)
    if not rate:
        return say("training.advice_smaller")
    if not is_limit or limit is None:
        return say("training.advice", rate=exactly(rate))
    return say("training.advice_stable", limit=approximately(limit), rate=exactly(rate))


def _round_below(value: float) -> float:
    """Return the largest number of one digit that is below a value, 0 where a float can be none."""
    rounded = f"{value:.0e}"
    if float(rounded) < value:
        return float(rounded)
    digit, power = rounded.split("e")
    lower = float(f"9e{int(power) - 1}" if digit == "1" else f"{int(digit) - 1}e{power}")
    return lower if lower < value else 0.0
