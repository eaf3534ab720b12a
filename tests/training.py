"""Training as the page's slices do it, in as few slices as can be."""

from dataclasses import replace
from typing import Any

from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.checkpoint import start_of
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import (
    Slice,
    trained,
)
from nnviz.lessons.network.training.stopping import LOSS, Goal
from nnviz.protocol import Measure
from tests.parameters import bits

LONG = 1e9  # seconds


def setup_of(preset: str, **changes: Any) -> Setup:
    """Return a preset with some things changed."""
    setup = replace(of_preset(preset), **changes)
    return setup.with_batches(setup.batches)


def run(
    setup: Setup,
    iterations: int,
    below: float | None = None,
    time_budget: float = LONG,
    measure: Measure = LOSS,
) -> Slice:
    return trained(setup, start_of(setup), Curve(), Goal(iterations + 1, below, measure), time_budget)


def weights(slice_: Slice) -> list[float]:
    return [number for part in bits(slice_.checkpoints[-1].network) for number in part]
