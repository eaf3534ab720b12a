"""What of an iteration a worksheet asks for: a pass or all of it; what comes before that is given."""

from collections.abc import Sequence
from typing import Literal

from nnviz.algebra.trace import Step
from nnviz.engine.trace import Iteration
from nnviz.practice import ways
from nnviz.text import say

Group = Literal["forward", "deltas", "gradients", "update"]
Way = Literal["forward", "deltas", "gradients", "update", "iteration"]
ITERATION: Way = "iteration"
GROUPS: tuple[Group, ...] = ("forward", "deltas", "gradients", "update")
WAYS: tuple[Way, ...] = (*GROUPS, ITERATION)
Grouped = dict[Group, tuple[Step, ...]]


def checked_way(given: object) -> Way:
    """Return what is asked for. Raises ValueError where it is none of the WAYS."""
    for way in WAYS:
        if way == given:
            return way
    raise ValueError(say("error.blanks", given=given, allowed=", ".join(WAYS)))


def asked(iteration: Iteration, way: Way) -> Grouped:
    """Return the steps that are asked for, by group."""
    return _in_groups(iteration, [group for group in GROUPS if way in (group, ITERATION)])


def given(iteration: Iteration, way: Way) -> Grouped:
    """Return the steps before what is asked for, by group."""
    return {} if way == ITERATION else _in_groups(iteration, GROUPS[: WAYS.index(way)])


def _in_groups(iteration: Iteration, groups: Sequence[Group]) -> Grouped:
    return {group: tuple(filter(ways.WAYS[group].asks, iteration.steps)) for group in groups}
