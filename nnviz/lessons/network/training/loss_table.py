"""E of each iteration of a run as CSV, with all of its digits: for a table, and for other programs."""

from collections.abc import Iterable

from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import GOES_ON, Slice
from nnviz.lessons.network.training.verdict import error_name
from nnviz.protocol import LossRows
from nnviz.text import say

MOST_LISTED = 12_000  # iterations; of more there are the points of the curve


def of_slice(setup: Setup, first: int, since: int, done: Slice) -> LossRows:
    """Return E of the iterations from ``since`` on that a slice has passed, which began with iteration ``first``.

    That of the iteration from which it goes on is left to the next slice.
    """
    last = done.checkpoints[-1].iteration
    passed = [(number, error) for number, error in enumerate(done.losses, start=first) if number >= since]
    rows = passed[:-1] if done.end == GOES_ON else passed
    return {"csv": _csv(setup, rows, since == 1), "begins": since == 1, "words": say("losses.all", count=last)}


def of_curve(setup: Setup, curve: Curve) -> LossRows:
    """Return E of the iterations that a curve has kept."""
    rows = list(zip(curve.iterations, curve.losses, strict=True))
    words = say("losses.points", count=len(rows), last=max(curve.iterations, default=0), most=MOST_LISTED)
    return {"csv": _csv(setup, rows, begins=True), "begins": True, "words": words}


def _csv(setup: Setup, rows: Iterable[tuple[int, float]], begins: bool) -> str:
    header = f"{say('losses.iteration')},{error_name(setup)}\n" if begins else ""
    return header + "".join(f"{number},{error!r}\n" for number, error in rows)
