"""What a test says of training: whether what is learned holds for samples that the network has not seen."""

from math import isfinite

import numpy as np

from nnviz.algebra.rounding import approximately, equated
from nnviz.engine.batches import ALL
from nnviz.engine.matrix import loss
from nnviz.engine.network import Network
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import Slice
from nnviz.text import say

RISEN, NOTICED = 0.05, 0.01  # parts of the lowest test loss, and of the first one, by which it must have moved


def test_words(setup: Setup, network: Network, done: Slice) -> str:
    """Return the test loss where training stopped, and what it says; nothing without a test."""
    if not setup.split.share:
        return ""
    with np.errstate(over="ignore", invalid="ignore"):
        now = loss(network, *setup.test)
    if not isfinite(now):
        return say("training.test.too_large")
    error = equated(say("losses.test"), now)
    words = say("training.test", error=error, count=len(setup.test.inputs))
    return f"{words} {judged(done.tested, done.curve if setup.batches == ALL else done.overall, now)}".rstrip()


def judged(tested: Curve, trained: Curve, now: float) -> str:
    """Return that both losses have fallen, or that the test's has risen while the other fell; nothing else is said."""
    if len(tested.iterations) < 2 or len(trained.iterations) < 2:
        return ""
    first, lowest = tested.losses[0], min(tested.losses)
    since = tested.iterations[tested.losses.index(lowest)]
    if now - lowest > max(RISEN * lowest, NOTICED * first):
        then = next((error for number, error in _pairs(trained) if number >= since), trained.losses[-1])
        has_fallen = trained.losses[-1] < then
        return say("training.test.rises", lowest=approximately(lowest), iteration=f"{since:,}") if has_fallen else ""
    both_fall = first - now > NOTICED * first and trained.losses[-1] < trained.losses[0]
    return say("training.test.falls") if both_fall else ""


def _pairs(curve: Curve) -> "zip[tuple[int, float]]":
    return zip(curve.iterations, curve.losses, strict=True)
