"""Random start weights, and biases: by a rule with a name, from a seed that anybody can use again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from nnviz.algebra.arrays import Array

HAND, UNIFORM, UNIT, NORMAL, XAVIER, HE = "hand", "uniform", "unit", "normal", "xavier", "he"


@dataclass(frozen=True, slots=True)
class Rule:
    """How the weights (n_out, n_in) of a layer are drawn with a factor, and whether trained biases are drawn so too."""

    draw: Callable[[np.random.Generator, int, int, float], Array]
    has_biases: bool = False


# Xavier and He choose the spread by the layer's size. Weights that are set by hand begin with few digits.
RULES: dict[str, Rule] = {
    HAND: Rule(lambda random, n_out, n_in, scale: np.round(random.uniform(-scale, scale, (n_out, n_in)), 2)),
    UNIFORM: Rule(lambda random, n_out, n_in, scale: random.uniform(-scale, scale, (n_out, n_in))),
    UNIT: Rule(lambda random, n_out, n_in, scale: scale * random.random((n_out, n_in)), has_biases=True),
    NORMAL: Rule(lambda random, n_out, n_in, scale: scale * random.standard_normal((n_out, n_in))),
    XAVIER: Rule(
        lambda random, n_out, n_in, scale: scale * sqrt(6 / (n_in + n_out)) * random.uniform(-1, 1, (n_out, n_in))
    ),
    HE: Rule(lambda random, n_out, n_in, scale: scale * sqrt(2 / n_in) * random.standard_normal((n_out, n_in))),
}
LARGEST_SEED = 2**32 - 1
LARGEST_SCALE = 1e6


@dataclass(frozen=True, slots=True)
class Initializer:
    """A rule for start weights, a factor for all of them, and the seed."""

    rule: str = HAND
    scale: float = 1.0
    seed: int = 1


BY_HAND = Initializer()


def drawn(sizes: tuple[int, ...], start: Initializer) -> list[Array]:
    """Return each layer's weights, (n_out, n_in), of a network whose sizes begin with the inputs; zero has no sign."""
    return [weights for weights, _ in _layers(sizes, start)]


def drawn_biases(sizes: tuple[int, ...], start: Initializer) -> list[Array] | None:
    """Return each layer's biases, (n_out,), of such a network, or None where the rule leaves biases as they are."""
    return [biases for _, biases in _layers(sizes, start)] if RULES[start.rule].has_biases else None


def _layers(sizes: tuple[int, ...], start: Initializer) -> Iterator[tuple[Array, Array]]:
    """Yield each layer's weights and then its biases, which are drawn in this order, layer by layer."""
    rule, random = RULES[start.rule], np.random.default_rng(start.seed)
    for n_in, n_out in pairwise(sizes):
        weights = rule.draw(random, n_out, n_in, start.scale) + 0.0
        yield weights, rule.draw(random, n_out, 1, start.scale)[:, 0] if rule.has_biases else np.zeros(n_out)
