"""The loss over iterations: thinned, and yet its first, its last and its extremes are there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnviz.lessons.network.training.loss_history import MOST_BUCKETS, Curve

ERRORS = st.floats(0, 1e9) | st.sampled_from([0.0, 1.0])


@given(st.lists(ERRORS, min_size=1, max_size=1500), st.data())
def test_thinning_keeps_the_first_the_last_and_the_extremes_however_it_is_cut(
    losses: list[float], data: st.DataObject
) -> None:
    whole = Curve().extended(1, losses)
    cut = data.draw(st.integers(0, len(losses)))
    assert Curve().extended(1, losses[:cut]).extended(cut + 1, losses[cut:]) == whole
    assert Curve().extended(1, losses[: cut + 1]).extended(cut or 1, losses[max(0, cut - 1) :]) == whole
    assert all(losses[number - 1] == error for number, error in zip(whole.iterations, whole.losses, strict=True))
    assert (whole.iterations[0], whole.iterations[-1]) == (1, len(losses))
    assert min(whole.losses) == min(losses)
    assert max(whole.losses) == max(losses)
    assert list(whole.iterations) == sorted(set(whole.iterations))
    assert len(whole.iterations) <= 2 * MOST_BUCKETS + 2


def test_every_bucket_keeps_its_extremes() -> None:
    losses = np.random.default_rng(1).normal(size=2048).tolist()
    curve = Curve().extended(1, losses)
    for start in range(0, 2048, 2048 // MOST_BUCKETS):
        bucket = losses[start : start + 2048 // MOST_BUCKETS]
        kept = [e for n, e in zip(curve.iterations, curve.losses, strict=True) if start < n <= start + len(bucket)]
        assert (min(kept), max(kept)) == (min(bucket), max(bucket))


def test_few_errors_are_all_kept() -> None:
    losses = [float(n % 7) for n in range(MOST_BUCKETS)]
    assert Curve().extended(1, losses) == Curve(tuple(range(1, MOST_BUCKETS + 1)), tuple(losses))
    assert Curve().at(1) is None
