"""What a test says of training: whether what is learned holds for samples that the network has not seen."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from nnviz.algebra.rounding import approximately, equated
from nnviz.engine.batches import ALL
from nnviz.engine.matrix import loss
from nnviz.engine.network import Network
from nnviz.engine.plan import plan_of
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import Slice
from nnviz.text import say

RISEN, NOTICED = 0.05, 0.01  # parts of the lowest test loss, and of the first one, by which it must have moved
SHARE = 0.5  # of a run, where the test loss must have risen; and of how far the training loss has come down, the test's
FEWEST = 10  # iterations for which the test loss must have risen
SWINGS = 2  # times the largest swing that a loss has seen, the least by which it must have moved


def test_words(setup: Setup, network: Network, done: Slice) -> str:
    """Return the test loss where training stopped, and what it says; nothing without a test.

    A sum with given gradients is no loss that can be compared, so nothing is said of it but its value.
    """
    if not setup.split.share:
        return ""
    with np.errstate(over="ignore", invalid="ignore"):
        now = loss(network, *setup.test)
    if not isfinite(now):
        return say("training.test.too_large")
    error = equated(say("losses.test"), now)
    words = say("training.test", error=error, count=len(setup.test.inputs))
    if setup.shape.rule.is_given:
        return words
    trained = done.curve if setup.batches == ALL else done.overall
    return f"{words} {judged(done.tested, trained, now, has_room=_has_room(setup))}".rstrip()


def judged(tested: Curve, trained: Curve, now: float, *, has_room: bool) -> str:
    """Return that both losses have fallen, or that samples are learned by heart; nothing else is said.

    ``has_room`` says that the network has as many trained parameters as there are numbers among the targets, or more.
    """
    if len(tested.iterations) < 2 or len(trained.iterations) < 2:
        return ""
    first, lowest = tested.losses[0], min(tested.losses)
    if now - lowest > max(RISEN * lowest, NOTICED * first):
        if not (has_room and _parts_for_good(tested, trained)):
            return ""
        since = tested.iterations[tested.losses.index(lowest)]
        return say("training.test.rises", lowest=approximately(lowest), iteration=f"{since:,}")
    start, end = trained.losses[0], trained.losses[-1]
    both_fall = first - now > NOTICED * first and end < start and (first - now) / first > SHARE * (start - end) / start
    return say("training.test.falls") if both_fall else ""


def _parts_for_good(tested: Curve, trained: Curve) -> bool:
    """Whether, since the lowest test loss, that loss has risen and the training loss has fallen, and neither swings.

    That has been so for SHARE of the run and FEWEST iterations at least; the test loss has risen by SWINGS times what
    it ever went the other way, upwards before its lowest and downwards after it, and the training loss has fallen since
    by as many times what it rose between. What it was at the lowest test loss is known, or what it was not below.
    """
    at = tested.losses.index(min(tested.losses))
    since, last = tested.iterations[at], tested.iterations[-1]
    then = trained.at_least(since)
    if then is None or last - since < max(FEWEST, SHARE * (last - 1)):
        return False
    before, after = tested.losses[: at + 1], tested.losses[at:]
    later = [then, *(loss for number, loss in zip(trained.iterations, trained.losses, strict=True) if number > since)]
    rise, fall = after[-1] - after[0], then - later[-1]
    against = max(_largest_rise(before), _largest_rise(after[::-1]))
    return rise > SWINGS * against and fall > max(RISEN * then, SWINGS * _largest_rise(later))


def _largest_rise(losses: Sequence[float]) -> float:
    """Return by how much losses in a row rise at most, from one of them to any later one; 0 where they only fall."""
    values = np.array(losses)
    return float((values - np.minimum.accumulate(values)).max())


def _has_room(setup: Setup) -> bool:
    """Whether a network could learn its samples by heart: it has as many trained parameters as these have targets."""
    n_samples = len(setup.training.targets)
    trained = plan_of(setup.shape, n_samples, setup.manner).trained
    return len(trained) >= n_samples * setup.shape.sizes[-1]
