"""The iterations that follow from a setup: a pure function, so nothing is kept for anybody."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.algebra.solution import number
from nnviz.draw.passage import Passage
from nnviz.engine.manner import NEURON, PLAIN, Manner
from nnviz.engine.naming import LOSS
from nnviz.engine.trace import Iteration, trace
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import LAST_ITERATION, Mark, descent_from, start_of

PATIENCE = 0.5  # seconds that an iteration may take to reach


def passage(setup: Setup, count: int, mark: Mark | None = None) -> Passage:
    """Return iteration ``count`` of the run that a setup starts, or the one before it in which it diverges.

    Where that takes too long, it is one on the way; ``mark`` is a place of the run from which less is to be done.
    Beside the iteration in the setup's manner stand whole chain rules, and the right E⁺ where the classic mistake is
    made.
    """
    place, has_diverged = _arrived(setup, count, mark)
    batch = setup.batches.of(place.iteration, len(setup.inputs))
    samples = tuple(range(len(setup.inputs)) if batch is None else batch.tolist())
    told = _traced(setup, place, samples, setup.manner)
    whole = told
    if setup.manner.detail != NEURON:
        whole = _traced(setup, place, samples, replace(setup.manner, detail=NEURON))
    rightly = None
    if setup.manner.in_place:
        right = _traced(setup, place, samples, PLAIN)
        rightly = number(right.values[LOSS.after_update().id], 0) if right.overflow is None else None
    return Passage(
        told,
        whole,
        number=place.iteration,
        is_last=has_diverged or place.iteration >= LAST_ITERATION,
        sample=samples.index(setup.sample) if setup.sample in samples else 0,
        samples=samples,
        n_samples=len(setup.inputs),
        rightly=rightly,
        before=place.before,
    )


def _arrived(setup: Setup, count: int, mark: Mark | None) -> tuple[Mark, bool]:
    """Return where a reader arrives that asks for an iteration, and whether the run diverges there."""
    start = mark if mark is not None and mark.iteration <= count else start_of(setup)
    if start.iteration == count:
        return start, False
    stop = perf_counter() + PATIENCE
    with np.errstate(over="ignore", invalid="ignore"):
        descent, before = descent_from(setup, start), start.before
        while descent.iteration < count and perf_counter() < stop:
            here = descent.error
            if not descent.go_on():
                return Mark(descent.iteration, descent.network, before), True
            before = here
    return Mark(descent.iteration, descent.network, before), False


def _traced(setup: Setup, place: Mark, samples: tuple[int, ...], manner: Manner) -> Iteration:
    x, y = ([rows[sample] for sample in samples] for rows in (setup.inputs, setup.targets))
    return trace(place.network, x, y, setup.rate, manner)
