"""Training in slices: a pure function from one place of a run to a later one, so that nothing is kept for anybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from time import perf_counter

import numpy as np

from nnviz.engine.batches import ALL
from nnviz.engine.held_out import HeldOut
from nnviz.engine.matrix import loss
from nnviz.engine.trainer import Descent
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import Checkpoint, checkpoint_of
from nnviz.lessons.network.training.loss_history import NO_CURVE, Curve
from nnviz.lessons.network.training.stopping import Goal
from nnviz.protocol import Ending

SLICE = 0.2  # seconds
TOO_LARGE = 1e12  # times the start's E
GOES_ON: Ending = "goes-on"
REACHED: Ending = "reached"
BELOW: Ending = "below"
GROWN: Ending = "grown"
DIVERGED: Ending = "diverged"
MOST_ITERATIONS_UNWATCHED = 16
TESTS_BITS = 7  # so many iterations, as a power of two, have the test looked at, then half as many of each power of two
LONGEST = 3  # times its time_budget that a slice may take, what it waited for others included


@dataclass(frozen=True)
class Slice:
    """What a slice of training left: places on the way, the last of them where it stopped, the curve, and the end.

    ``error`` is E where it stopped, or not finite; ``losses`` are E of each iteration from the first place to there.
    With batches, ``overall`` is E of all samples, where it was looked at: at the places on the way, and where a test
    was. ``tested`` is E of the samples of a test, where it was looked at, and ``tests`` that of the iterations of this
    slice.

    ``end`` says that it goes on, or has reached its iteration, or what is measured is below the value, or E has grown
    a million million times, or is no longer a finite number after this iteration's update.
    """

    checkpoints: tuple[Checkpoint, ...]
    curve: Curve
    end: Ending
    error: float
    overall: Curve = NO_CURVE
    losses: Sequence[float] = ()
    tested: Curve = NO_CURVE
    tests: Mapping[int, float] = field(default_factory=dict)


def trained(
    setup: Setup,
    checkpoint: Checkpoint,
    curve: Curve,
    goal: Goal,
    time_budget: float = SLICE,
    yield_turn: Callable[[], None] = lambda: None,
    overall: Curve = NO_CURVE,
    tested: Curve = NO_CURVE,
    tests_all: bool = False,
) -> Slice:
    """Return what training leaves that goes on from a checkpoint for about so many seconds, or to its goal.

    ``curve``, ``overall`` and ``tested`` are those of the run so far; ``tests_all`` looks at each iteration’s test.
    ``yield_turn`` is called every few iterations, and may take its time: that is not counted, up to a limit.
    """
    checkpoints, losses, tests, before = [], [], dict[int, float](), checkpoint.before
    with np.errstate(over="ignore", invalid="ignore"):
        descent = descent_from(setup, checkpoint)
        highest = TOO_LARGE * loss(setup.network, *setup.training)
        seen = overall if overall.iterations else _seen(overall, descent)
        held_out = HeldOut(descent.start, descent.layers, *setup.test) if setup.split.share else None
        stop = perf_counter() + time_budget
        last = stop + (LONGEST - 1) * time_budget
        while True:
            losses += [descent.error] if isfinite(descent.error) else []
            if held_out is not None and (tests_all or _is_tested(descent.iteration)):
                tests[descent.iteration] = held_out.error
                seen = _seen(seen, descent)
            end, here = _end(descent, goal, highest), descent.error
            if end == GOES_ON and not descent.go_on():
                end = DIVERGED
            if end != GOES_ON:
                break
            before = here
            if _leaves_checkpoint(descent.iteration):
                checkpoints.append(checkpoint_of(descent, before))
                seen = _seen(seen, descent)
            if len(losses) % MOST_ITERATIONS_UNWATCHED == 0:
                now = perf_counter()
                if now > stop:
                    losses.append(descent.error)
                    break
                yield_turn()
                stop = min(last, stop + perf_counter() - now)
        if held_out is not None:
            tests[descent.iteration] = held_out.error
    if not checkpoints or checkpoints[-1].iteration != descent.iteration:
        checkpoints.append(checkpoint_of(descent, before))
        seen = _seen(seen, descent)
    tests = {iteration: loss for iteration, loss in tests.items() if isfinite(loss)}
    tested = tested.joined([*tests], [*tests.values()])
    curve = curve.extended(checkpoint.iteration, losses)
    return Slice(tuple(checkpoints), curve, end, descent.error, seen, losses, tested, tests)


def _seen(overall: Curve, descent: Descent) -> Curve:
    """Return E of all samples so far, with that of the iteration that comes next; nothing where E is that already."""
    if descent.batches == ALL:
        return overall
    with np.errstate(over="ignore", invalid="ignore"):
        error = descent.error_of_all
    return overall.extended(descent.iteration, [error]) if isfinite(error) else overall


def descent_from(setup: Setup, checkpoint: Checkpoint) -> Descent:
    """Return the descent of a setup's run from a checkpoint on."""
    return Descent(
        checkpoint.network,
        *setup.training,
        setup.rate,
        setup.batches,
        method=setup.method,
        state=checkpoint.state,
        in_place=setup.manner.in_place,
        output_for_input=setup.manner.output_for_input,
    )


def _end(descent: Descent, goal: Goal, highest: float) -> Ending:
    """Return why training stops before the iteration that comes next, or that it goes on."""
    error = descent.error
    if not isfinite(error):
        return DIVERGED
    if goal.is_met(descent):
        return BELOW
    if error > highest > 0:
        return GROWN
    return REACHED if descent.iteration >= goal.iteration else GOES_ON


def _is_tested(iteration: int) -> bool:
    """Whether the test is looked at there: of the first iterations each, then of each power of two a part."""
    updates = iteration - 1
    return updates % (1 << max(0, updates.bit_length() - TESTS_BITS)) == 0


def _leaves_checkpoint(iteration: int) -> bool:
    """Whether one is left there: after each of the first updates, then after 8 of those of each power of two."""
    updates = iteration - 1
    return updates % (1 << max(0, updates.bit_length() - 4)) == 0
