"""E of each iteration of a run as CSV, with all of its digits: for a table, and for other programs."""

from collections.abc import Mapping

from nnviz.lessons.network.setup import Setup
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
    rows = dict(passed[:-1] if done.end == GOES_ON else passed)
    csv = _csv(setup, rows, {number: done.tests[number] for number in rows if number in done.tests}, since == 1)
    return {"csv": csv, "begins": since == 1, "words": say("losses.all", count=last)}


def of_curve(setup: Setup, done: Slice) -> LossRows:
    """Return E of the iterations that the curves of a slice have kept."""
    rows, tests = (dict(zip(curve.iterations, curve.losses, strict=True)) for curve in (done.curve, done.tested))
    words = say("losses.points", count=len(rows), last=max(rows, default=0), most=MOST_LISTED)
    return {"csv": _csv(setup, rows, tests, begins=True), "begins": True, "words": words}


def _csv(setup: Setup, rows: Mapping[int, float], tests: Mapping[int, float], begins: bool) -> str:
    """Return a line for each iteration with E, and with that of a test where there is one; what is unknown is empty."""
    columns = [(error_name(setup), rows), *([(say("losses.test"), tests)] if setup.split.share else [])]
    header = ",".join([say("losses.iteration"), *(name for name, _ in columns)]) + "\n" if begins else ""
    return header + "".join(
        ",".join([str(number), *(repr(losses[number]) if number in losses else "" for _, losses in columns)]) + "\n"
        for number in sorted(rows.keys() | tests.keys())
    )
