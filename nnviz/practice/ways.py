"""The ways of practising: which numbers of an iteration each asks for, and which it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nnviz.algebra.trace import Step, Trace
from nnviz.engine.plan import BACKWARD, CHECK, FORWARD, UPDATE


@dataclass(frozen=True)
class Way:
    """A way of practising: which steps it asks for, and which of the others it gives.

    Where it goes ``by_step``, the next is asked as soon as the one before it is known. ``onward`` is the way that
    goes on with the same numbers.
    """

    key: str
    asks: Callable[[Step], bool]
    gives: Callable[[Step], bool] = lambda step: False
    by_step: bool = False
    onward: str = ""


HINTS = 4  # of a step: its rule in words, in symbols, with its numbers, and its value
STEP, GUESS, DELTAS, GRADIENTS, ITERATION, LINE = "step", "guess", "deltas", "gradients", "iteration", "line"


def _is_of_parameter(step: Step) -> bool:
    wrt = step.quantity.with_respect_to
    return wrt is not None and wrt.kind in ("weight", "bias")


def _is_delta(step: Step) -> bool:
    return step.phase == BACKWARD and not _is_of_parameter(step)


def _is_gradient(step: Step) -> bool:
    return step.phase == BACKWARD and _is_of_parameter(step)


def _is_asked(step: Step) -> bool:
    return step.phase != CHECK


ROWS = (
    Way(GUESS, _is_asked, by_step=True),
    Way(STEP, _is_asked, by_step=True),
    Way(FORWARD, lambda step: step.phase == FORWARD, onward=DELTAS),
    Way(DELTAS, _is_delta, lambda step: step.phase == FORWARD, onward=GRADIENTS),
    Way(GRADIENTS, _is_gradient, lambda step: step.phase == FORWARD or _is_delta(step), onward=UPDATE),
    Way(UPDATE, lambda step: step.phase == UPDATE, lambda step: step.phase in (FORWARD, BACKWARD)),
    Way(ITERATION, _is_asked),
    Way(LINE, lambda step: False),
)
WAYS: Mapping[str, Way] = {way.key: way for way in ROWS}
"""The ways by key, the easiest first."""


@dataclass(frozen=True)
class Task:
    """What is asked of an iteration in a way: the steps that are asked, and those that are given, each in order.

    Of several ``samples`` the numbers of one are asked, which is counted from 0. There are so many ``hints`` to each.
    """

    way: Way
    trace: Trace
    asked: tuple[Step, ...]
    given: tuple[Step, ...]
    sample: int = 0
    hints: int = HINTS


def task_of(way: Way, trace: Trace, sample: int = 0, hints: int = HINTS) -> Task:
    """Return the task in an iteration; a number that is too large for a float, and what follows, is not asked."""
    steps = _distinct([step for step in trace.steps if step.computed and not step.overflowed])
    asked = tuple(filter(way.asks, steps))
    return Task(way, trace, asked, tuple(filter(way.gives, steps)), sample, hints)


def _distinct(steps: Sequence[Step]) -> list[Step]:
    """Return the first step of each quantity."""
    return list({step.id: step for step in reversed(steps)}.values())[::-1]


def released(task: Task, known: frozenset[str]) -> int:
    """Return how many pauses may be shown where so much is known of what is asked: all before the first that is not."""
    hidden = {step.id for step in task.trace.steps if step.phase != CHECK} - known - {step.id for step in task.given}
    for number, pause in enumerate(task.trace.pauses):
        if any(step.id in hidden or not step.computed for step in pause):
            return number
    return len(task.trace.pauses)
