"""Which samples an iteration uses: all of them, or a batch; shuffled by a seed, so that anybody can do it again."""

from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Batches:
    """``size`` samples at a time, None for all at once, in their order, or shuffled where there is a ``seed``.

    An epoch is as many iterations as it takes to use each sample once; the last batch may be smaller. Each epoch is
    shuffled anew, from the seed and its own number. Raises ValueError where a size is no whole number above 0, or a
    seed none from 0 on.
    """

    size: int | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        for name, given, least in (("size", self.size, 1), ("seed", self.seed, 0)):
            if given is not None and (isinstance(given, bool) or not isinstance(given, Integral) or given < least):
                raise ValueError(say("error.batches", name=name, least=least, given=given))

    def of(self, iteration: int, n_samples: int) -> NDArray[np.int64] | None:
        """Return the samples, counted from 0, that an iteration, counted from 1, uses; None for all in their order."""
        if self.size is None or self.size >= n_samples:
            return None
        a_round = -(-n_samples // self.size)
        epoch, batch = divmod(iteration - 1, a_round)
        return _order(self.seed, epoch, n_samples)[batch * self.size : (batch + 1) * self.size]


ALL = Batches()


@lru_cache(maxsize=64)
def _order(seed: int | None, epoch: int, n_samples: int) -> NDArray[np.int64]:
    order = np.arange(n_samples)
    return order if seed is None else np.random.default_rng((seed, epoch)).permutation(order)
