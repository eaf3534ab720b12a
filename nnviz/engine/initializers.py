"""Random start weights: by a rule with a name, from a seed that anybody can use again."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from nnviz.algebra.arrays import Array

HAND, UNIFORM, NORMAL, XAVIER, HE = "hand", "uniform", "normal", "xavier", "he"
Draw = Callable[[np.random.Generator, int, int, float], Array]

# Each draws the weights (n_out, n_in) of a layer; Xavier and He choose the spread by the layer's size. Weights that
# are set by hand begin with few digits.
RULES: dict[str, Draw] = {
    HAND: lambda random, n_out, n_in, scale: np.round(random.uniform(-scale, scale, (n_out, n_in)), 2),
    UNIFORM: lambda random, n_out, n_in, scale: random.uniform(-scale, scale, (n_out, n_in)),
    NORMAL: lambda random, n_out, n_in, scale: scale * random.standard_normal((n_out, n_in)),
    XAVIER: lambda random, n_out, n_in, scale: scale * sqrt(6 / (n_in + n_out)) * random.uniform(-1, 1, (n_out, n_in)),
    HE: lambda random, n_out, n_in, scale: scale * sqrt(2 / n_in) * random.standard_normal((n_out, n_in)),
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
    random = np.random.default_rng(start.seed)
    return [RULES[start.rule](random, n_out, n_in, start.scale) + 0.0 for n_in, n_out in pairwise(sizes)]
