"""E over the iterations of a run, thinned so that it keeps its shape and its extremes, however long the run is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array

MOST_BUCKETS = 256
MOST_POINTS = 2 * MOST_BUCKETS + 2


@dataclass(frozen=True)
class Curve:
    """E of some iterations, counted from 1: of the first, the last, and the lowest and highest of each bucket.

    A bucket is a power of two of iterations, the least that makes at most MOST_BUCKETS of them; of equals the first
    counts. Which iterations are kept follows from all, whatever the slices in which they came.
    """

    iterations: tuple[int, ...] = ()
    losses: tuple[float, ...] = ()

    def extended(self, first: int, losses: Sequence[float]) -> "Curve":
        """Return the curve with E of the iterations from ``first`` on; those of a run that it has had are the same."""
        return self.joined(range(first, first + len(losses)), losses)

    def joined(self, iterations: Sequence[int], losses: Sequence[float]) -> "Curve":
        """Return the curve with E of some iterations; those of a run that it has had are the same."""
        known = np.array([*self.iterations, *iterations])
        numbers, places = np.unique(known, return_index=True)
        errors = np.array([*self.losses, *losses])[places]
        chosen = _thinned(numbers, errors)
        return Curve(tuple(numbers[chosen].tolist()), tuple(errors[chosen].tolist()))

    def at(self, iteration: int) -> float | None:
        """Return E of an iteration, or None where it is not kept."""
        return dict(zip(self.iterations, self.losses, strict=True)).get(iteration)

    def at_least(self, iteration: int) -> float | None:
        """Return the most that E of an iteration which was looked at is known not to be below, or None.

        That is E itself where it is kept, else the lowest of its bucket.
        """
        if not self.iterations:
            return None
        shift = _shift(self.iterations[-1])
        known = zip(self.iterations, self.losses, strict=True)
        bucket = [loss for number, loss in known if (number - 1) >> shift == (iteration - 1) >> shift]
        exact = self.at(iteration)
        return min(bucket, default=None) if exact is None else exact


NO_CURVE = Curve()


def _thinned(numbers: NDArray[np.int64], errors: Array) -> list[int]:
    """Return the places of what is kept, in order."""
    if not len(numbers):
        return []
    buckets = (numbers - 1) >> _shift(int(numbers[-1]))
    chosen = {0, len(numbers) - 1}
    for ranked in (errors, -errors):
        order = np.lexsort((numbers, ranked, buckets))
        firsts = np.flatnonzero(np.diff(buckets[order], prepend=-1))
        chosen.update(order[firsts].tolist())
    return sorted(chosen)


def _shift(last: int) -> int:
    """Return the power of two that the iterations of a bucket are, of a curve up to an iteration."""
    return max(0, (last - 1).bit_length() - MOST_BUCKETS.bit_length() + 1)
