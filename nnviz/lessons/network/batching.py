"""What a text makes of the batches: how many samples an iteration uses, and in which order."""

from dataclasses import replace

from nnviz.engine.batches import ALL
from nnviz.engine.initializers import LARGEST_SEED
from nnviz.lessons.network.setup import Setup
from nnviz.player.parsing import NumeralError, whole
from nnviz.player.refusal import RefusedError, counted, wrong_with
from nnviz.text import say

IN_ORDER, SHUFFLED = ORDERS = ("in-order", "shuffled")
ALL_SAMPLES, FIRST_SEED = "all", 1


def batch_size(setup: Setup, text: str) -> Setup:
    """Return the setup with so many samples an iteration, or "all"."""
    if text.strip() == ALL_SAMPLES:
        return setup.with_batches(ALL)
    try:
        size = whole(text.strip(), 1, len(setup.training.inputs))
    except NumeralError as problem:
        allowed = say("problem.batch", all=ALL_SAMPLES, most=len(setup.training.inputs))
        raise RefusedError(wrong_with(problem, text, allowed)) from problem
    return setup.with_batches(replace(setup.batches, size=size))


def batch_order(setup: Setup, text: str) -> Setup:
    """Return the setup with samples in their order, or shuffled."""
    seed = FIRST_SEED if text == SHUFFLED else None
    return setup.with_batches(replace(setup.batches, seed=seed))


def batch_seed(setup: Setup, text: str) -> Setup:
    """Return the setup with samples shuffled from another seed."""
    return setup.with_batches(replace(setup.batches, seed=counted(text, 0, LARGEST_SEED)))


def batches(setup: Setup, text: str) -> Setup:
    """Return the setup with batches as "all", "2 in-order" or "2 shuffled 7" says."""
    size, *rest = text.split() or [""]
    setup = batch_size(setup, size)
    match rest:
        case []:
            return setup
        case ["in-order"]:
            return batch_order(setup, IN_ORDER)
        case ["shuffled", seed]:
            return batch_seed(setup, seed)
    raise RefusedError(say("problem.batches"))


def batches_text(setup: Setup) -> str:
    """Return the batches of a setup as links and files have them."""
    size, seed = setup.batches.size, setup.batches.seed
    if size is None:
        return ALL_SAMPLES
    return f"{size} {IN_ORDER}" if seed is None else f"{size} {SHUFFLED} {seed}"
