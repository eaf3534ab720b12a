"""What may be foreseen of a step before it is shown, answered by one press: a sign, a direction, which is larger."""

from dataclasses import dataclass

import numpy as np

from nnviz.algebra.expressions import Call, Ref, leaves
from nnviz.algebra.solution import number
from nnviz.algebra.trace import Step
from nnviz.engine.activations import SIGMOID
from nnviz.engine.trace import Iteration
from nnviz.practice.ways import Task

SIGNS = ("positive", "negative")
DIRECTIONS = ("up", "down")
SIZES = ("larger", "smaller")
NOUGHT, STAYS, EQUAL = "zero", "stays", "equal"
HALF = 0.5
NEVER_NEGATIVE = ("rate", "corrected-square-mean")


@dataclass(frozen=True)
class Guess:
    """A question about a step: its key, what may be answered, and what is right; ``other`` is what it compares with."""

    key: str
    options: tuple[str, ...]
    right: str
    other: str = ""


def guess_of(step: Step, task: Task) -> Guess | None:
    """Return what there is to guess of a step of a task, or None where nothing is, as of what is never negative."""
    value = number(step.value, task.sample)
    before = step.quantity.before
    if before is not None and before.id in task.trace.values:
        old = number(task.trace.values[before.id], task.sample)
        return _compared("direction", value, old, *DIRECTIONS, STAYS)
    if isinstance(step.expression, Call) and step.expression.function is SIGMOID:
        return _compared("half", value, HALF, *SIZES, EQUAL)
    if step.quantity.kind in NEVER_NEGATIVE:
        return None
    is_given = isinstance(task.trace, Iteration) and task.trace.start.rule.is_given
    if step.quantity.place.part == "loss" and not is_given:
        return _of_outputs(step, task)
    neighbour = _neighbour(step, task)
    if neighbour is not None:
        other = abs(number(neighbour.value, task.sample))
        return _compared("size", abs(value), other, *SIZES, EQUAL, other_name=neighbour.name)
    return _compared("sign", value, 0.0, *SIGNS, NOUGHT)


def _compared(key: str, value: float, other: float, above: str, below: str, same: str, other_name: str = "") -> Guess:
    right = same if value == other else above if value > other else below
    return Guess(key, (above, below, same), right, other_name)


def _of_outputs(step: Step, task: Task) -> Guess | None:
    """Return whether the output is above its target, where there is just one of a sample."""
    outputs, targets = (_leaves(step, kind) for kind in ("prediction", "target"))
    if len(outputs) != 1 or len(targets) != 1 or np.size(step.operands[outputs[0]]) > 1:
        return None
    given, wanted = (number(step.operands[id_], task.sample) for id_ in (*outputs, *targets))
    return _compared("output", given, wanted, *SIZES, EQUAL)


def _leaves(step: Step, kind: str) -> list[str]:
    """Return the ids of the quantities of a kind in a step's expression."""
    found = (leaf.id for leaf in leaves(step.expression) if isinstance(leaf, Ref) and leaf.quantity.kind == kind)
    return list(dict.fromkeys(id_ for id_ in found if id_ in step.operands))


def _neighbour(step: Step, task: Task) -> Step | None:
    """Return the step just before, where both are gradients of weights of one neuron."""
    steps = task.trace.steps
    at = steps.index(step)
    if at == 0 or step.quantity.with_respect_to is None:
        return None
    before, mine = steps[at - 1].quantity.with_respect_to, step.quantity.with_respect_to
    if before is None or mine.kind != "weight" or before.kind != "weight":
        return None
    is_same = (before.place.layer, before.place.unit) == (mine.place.layer, mine.place.unit)
    return steps[at - 1] if is_same else None
