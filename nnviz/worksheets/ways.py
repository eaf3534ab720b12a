"""What of an iteration a worksheet asks for: a pass or all of it; what comes before that is given."""

from collections.abc import Mapping, Sequence
from typing import Literal

from nnviz.algebra.trace import Step
from nnviz.engine.plan import CHECK, StageKind
from nnviz.engine.trace import Iteration
from nnviz.text import say

Group = Literal["forward", "deltas", "gradients", "update"]
Way = Literal["forward", "deltas", "gradients", "update", "iteration"]
ITERATION: Way = "iteration"
STAGES: Mapping[Group, tuple[StageKind, ...]] = {
    "forward": ("forward", "loss"), "deltas": ("delta",), "gradients": ("gradients",), "update": ("update",),
}  # fmt: skip
WAYS: tuple[Way, ...] = (*STAGES, ITERATION)
Grouped = dict[Group, tuple[Step, ...]]


def checked_way(given: object) -> Way:
    """Return what is asked for. Raises ValueError where it is none of the WAYS."""
    for way in WAYS:
        if way == given:
            return way
    raise ValueError(say("error.blanks", given=given, allowed=", ".join(WAYS)))


def asked(iteration: Iteration, way: Way) -> Grouped:
    """Return the steps that are asked for, by group."""
    return _in_groups(iteration, [group for group in STAGES if way in (group, ITERATION)])


def given(iteration: Iteration, way: Way) -> Grouped:
    """Return the steps before what is asked for, by group."""
    return {} if way == ITERATION else _in_groups(iteration, list(STAGES)[: WAYS.index(way)])


def _in_groups(iteration: Iteration, groups: Sequence[Group]) -> Grouped:
    """Return the steps of some groups without those of the check after the update."""
    steps = [step for step in iteration.steps if step.phase != CHECK]
    stages = {step.id: iteration.plan.rule_of[step.id].stage.kind for step in steps}
    return {group: tuple(step for step in steps if stages[step.id] in STAGES[group]) for group in groups}
