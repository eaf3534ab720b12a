"""The iterations that follow from a setup: a pure function, so nothing is kept for anybody."""

from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import numpy as np

from nnviz.algebra.solution import number
from nnviz.engine.manner import NEURON, PLAIN
from nnviz.engine.naming import LOSS
from nnviz.engine.trace import Iteration, retold, trace
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION, Checkpoint, checkpoint_of, start_of
from nnviz.lessons.network.training.slices import descent_from
from nnviz.player.run import Run

TIME_BUDGET = 0.5  # seconds that an iteration may take to reach


@dataclass(frozen=True)
class NetworkRun(Run):
    """An iteration of a network's training.

    ``samples`` are those that it uses of ``n_samples`` that are trained on, beside ``n_tested`` that are kept apart,
    counted from 0, and ``sample`` is the place among them of the one whose numbers are shown. ``rightly`` is what E⁺
    had been without the classic mistake, where one was made.
    ``before`` is E of the iteration before this one, if there was one and it is known.
    """

    iteration: Iteration
    number: int
    is_last: bool = False
    sample: int = 0
    samples: tuple[int, ...] = (0,)
    n_samples: int = 1
    n_tested: int = 0
    rightly: float | None = None
    before: float | None = None

    @cached_property
    def whole(self) -> Iteration:
        """The same iteration with each chain rule in one step."""
        manner = self.iteration.plan.manner
        return self.iteration if manner.detail == NEURON else retold(self.iteration, replace(manner, detail=NEURON))


def run_at(setup: Setup, count: int, checkpoint: Checkpoint | None = None) -> NetworkRun:
    """Return iteration ``count`` of the run that a setup starts, or the one before it in which it diverges.

    Where that takes too long, it is one on the way; ``checkpoint`` is a place of the run from which less is to be done.
    Beside the iteration stands the right E⁺ where a classic mistake is made.
    """
    place, has_diverged = _arrived(setup, count, checkpoint)
    trained, tested = setup.parts
    batch = setup.batches.of(place.iteration, len(trained))
    samples = trained if batch is None else tuple(trained[number] for number in batch)
    x, y = ([rows[sample] for sample in samples] for rows in (setup.inputs, setup.targets))
    told = trace(
        place.network, x, y, setup.rate, setup.manner,
        optimizer=setup.method.optimizer, schedule=setup.method.schedule,
        weight_decay=setup.method.weight_decay, state=place.state,
    )  # fmt: skip
    rightly = None
    if setup.manner.mistake:
        right = retold(told, PLAIN)
        rightly = number(right.values[LOSS.after_update().id], 0) if right.overflow is None else None
    return NetworkRun(
        told,
        number=place.iteration,
        is_last=has_diverged or place.iteration >= LAST_ITERATION,
        sample=samples.index(setup.sample) if setup.sample in samples else 0,
        samples=samples,
        n_samples=len(trained),
        n_tested=len(tested),
        rightly=rightly,
        before=place.before,
    )


def _arrived(setup: Setup, count: int, checkpoint: Checkpoint | None) -> tuple[Checkpoint, bool]:
    """Return where a reader arrives that asks for an iteration, and whether the run diverges there."""
    start = checkpoint if checkpoint is not None and checkpoint.iteration <= count else start_of(setup)
    if start.iteration == count:
        return start, False
    stop = perf_counter() + TIME_BUDGET
    with np.errstate(over="ignore", invalid="ignore"):
        descent, before = descent_from(setup, start), start.before
        while descent.iteration < count and perf_counter() < stop:
            here = descent.error
            if not descent.go_on():
                return checkpoint_of(descent, before), True
            before = here
    return checkpoint_of(descent, before), False
