"""Which samples are kept apart for a test: drawn by a seed, so that anybody can do it again."""

from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.text import say

Numbers = NDArray[np.int64]


class Parts(NamedTuple):
    """The samples that are trained on, and those of the test; each array in the order in which they were given."""

    inputs: NDArray[np.generic]
    test_inputs: NDArray[np.generic]
    targets: NDArray[np.generic]
    test_targets: NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Split:
    """The ``share`` of the samples that is kept apart for a test, from 0 to 1, drawn with a ``seed``.

    Of two samples or more, at least one is kept apart, unless the share is 0, and at least one is trained on. Raises
    ValueError where the share is no number from 0 to below 1, or the seed no whole number from 0 on.
    """

    share: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.share, bool) or not isinstance(self.share, Real) or not 0 <= self.share < 1:
            raise ValueError(say("error.share", given=self.share))
        if isinstance(self.seed, bool) or not isinstance(self.seed, Integral) or self.seed < 0:
            raise ValueError(say("error.seed", given=self.seed))

    def numbers(self, n_samples: int) -> tuple[Numbers, Numbers]:
        """Return which samples are trained on, and which are those of the test, counted from 0, in their order."""
        return _numbers(self, n_samples)

    def parts(self, inputs: ArrayLike, targets: ArrayLike) -> Parts:
        """Return the samples that are trained on, and those of the test. Raises ValueError where counts differ."""
        x, y = np.atleast_1d(inputs), np.atleast_1d(targets)
        if len(x) != len(y):
            raise ValueError(say("error.split_counts", inputs=len(x), targets=len(y)))
        trained, tested = self.numbers(len(x))
        return Parts(x[trained], x[tested], y[trained], y[tested])


NO_SPLIT = Split()


@lru_cache(maxsize=64)
def _numbers(split: Split, n_samples: int) -> tuple[Numbers, Numbers]:
    count = min(max(1, round(split.share * n_samples)), n_samples - 1) if split.share and n_samples > 1 else 0
    order = np.random.default_rng(split.seed).permutation(n_samples)
    tested, trained = np.sort(order[:count]), np.sort(order[count:])
    for numbers in (trained, tested):
        numbers.setflags(write=False)
    return trained, tested
