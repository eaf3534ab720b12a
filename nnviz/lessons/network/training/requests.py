"""Training from the browser: it asks for a slice after the other, and is answered where that slice ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, isfinite, nan
from typing import Any

from nnviz.charts.theme import THEMES, Palette
from nnviz.lessons.network.links import opened
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION, Checkpoint, start_of
from nnviz.lessons.network.training.comparison import differences
from nnviz.lessons.network.training.loss_chart import SCALES, Line, chart
from nnviz.lessons.network.training.loss_history import MOST_POINTS, Curve
from nnviz.lessons.network.training.loss_table import MOST_LISTED, of_curve, of_slice
from nnviz.lessons.network.training.slices import (
    GOES_ON,
    REACHED,
    SLICE,
    Slice,
    trained,
)
from nnviz.lessons.network.training.stopping import MEASURES, Goal
from nnviz.lessons.network.training.verdict import error_name, verdict
from nnviz.player.parsing import NumeralError, parse, whole
from nnviz.player.refusal import wrong_with
from nnviz.player.request import NotOursError, checkpoint_of, list_of, text_of, texts_of, whole_of
from nnviz.protocol import Chart, LossRows, Measure, Scale, TrainingSlice
from nnviz.protocol import Checkpoint as PackedCheckpoint
from nnviz.protocol import Curve as ToldCurve
from nnviz.text import say

COUNT, BELOW, GO_TO = "train-count", "train-below", "train-goto"
MOST_PACKED = 100_000  # characters of all checkpoints in an answer


@dataclass(frozen=True)
class Told:
    """A run as the browser holds it: its setup, its E so far, and the iteration that is shown of it.

    With batches, ``overall`` is E of all samples so far, and ``tested`` that of the samples of a test.
    """

    setup: Setup
    curve: Curve
    overall: Curve
    tested: Curve
    shown: int

    @staticmethod
    def of(given: Any) -> "Told":
        """Return the run in the browser's JSON. Raises NotOursError where it is none."""
        setup, problems = opened(texts_of(given["texts"]))
        if problems:
            raise NotOursError("texts")
        curve, overall, tested = (_curve(given[name]) for name in ("curve", "overall", "tested"))
        return Told(setup, curve, overall, tested, _iteration(given["shown"]))


@dataclass(frozen=True)
class TrainRequest:
    """What the page asks of training.

    ``count`` and ``below`` are the texts of the fields where training begins, ``measure`` what is to be below, and
    ``since`` an iteration; later slices have the ``goal`` that came of them, 0 at first, and None asks for the chart
    alone. ``lists`` asks for E of each iteration from ``since`` on. ``checkpoint`` is where to go on. ``jump`` is the
    text of an iteration to go to, and the last one that it may be.
    """

    serial: int
    run: Told
    other: Told | None
    checkpoint: Checkpoint
    since: int
    goal: int | None
    count: str
    measure: Measure
    below: str
    lists: bool
    jump: tuple[str, int] | None
    scale: Scale
    palette: Palette

    @staticmethod
    def of(given: Any) -> "TrainRequest":
        """Return the request in the JSON that the browser sent. Raises NotOursError where it is none."""
        try:
            run = Told.of(given["run"])
            return TrainRequest(
                serial=whole_of(given["serial"]),
                run=run,
                other=None if given["other"] is None else Told.of(given["other"]),
                checkpoint=_checkpoint(run.setup, given["checkpoint"]),
                since=_iteration(given["since"]),
                goal=None if given["goal"] is None else _iteration(given["goal"]),
                count=text_of(given["count"]),
                measure={str(measure): measure for measure in MEASURES}[text_of(given["measure"])],
                below=text_of(given["below"]),
                lists=given["lists"] is True,
                jump=None if given["jump"] is None else _asked_jump(given["jump"]),
                scale={str(scale): scale for scale in SCALES}[text_of(given["scale"])],
                palette=THEMES[text_of(given["theme"])],
            )
        except (KeyError, TypeError, ValueError, OverflowError) as missing:
            raise NotOursError(str(missing)) from missing


def slice_of(request: TrainRequest, yield_turn: Callable[[], None], is_full: bool = False) -> TrainingSlice:
    """Return what a slice of training leaves, and the chart. Raises NotOursError where no page can have asked so.

    Where the server is full, it is a few iterations.
    """
    goal, problems = _goal(request)
    jump, wrong_jump = _jump(request.jump)
    run, place = request.run, request.checkpoint
    done = Slice((place,), run.curve, REACHED, nan, run.overall, tested=run.tested)
    is_listed_by_curve = request.lists and goal.iteration > MOST_LISTED
    if not problems and request.goal is not None and not is_listed_by_curve:
        budget = 0.0 if is_full else SLICE
        done = trained(
            run.setup, place, run.curve, goal, budget, yield_turn, run.overall, run.tested, tests_all=request.lists
        )
        place = done.checkpoints[-1]
    return {
        "serial": request.serial,
        "problems": problems | wrong_jump,
        "checkpoints": _packed(done.checkpoints),
        "curve": _told(done.curve),
        "overall": _told(done.overall),
        "tested": _told(done.tested),
        "at": place.iteration,
        "goal": goal.iteration,
        "end": "refused" if problems else done.end,
        "wait": 0,
        "progress": _progress(request.since, place.iteration, goal.iteration),
        "live": _live(place, goal) if done.end == GOES_ON else "",
        "words": _words(request, done, goal, problems),
        "jump": jump,
        "losses": _losses(request, done, is_listed_by_curve) if request.lists and not problems else None,
        "chart": _chart(request, done),
    }


def _packed(checkpoints: Sequence[Checkpoint]) -> list[PackedCheckpoint]:
    """Return the checkpoints as the browser keeps them; where that is much, every other one or fewer, and the last."""
    every = ceil(len(checkpoints) * len(checkpoints[-1].packed) / MOST_PACKED)
    kept = checkpoints[::-1][::every][::-1]
    return [{"iteration": checkpoint.iteration, "packed": checkpoint.packed} for checkpoint in kept]


def _progress(since: int, at: int, goal: int) -> float:
    """Return which part of the way is done."""
    return min(1.0, max(0.0, (at - since) / max(1, goal - since)))


def _goal(request: TrainRequest) -> tuple[Goal, dict[str, str]]:
    """Return where training stops, and a message for each field whose text is not allowed."""
    here = request.checkpoint.iteration
    if request.goal is None:
        return Goal(here), {}
    problems, below, goal = {}, None, request.goal
    try:
        below = parse(request.below, positive=True) if request.below.strip() else None
    except NumeralError as problem:
        problems[BELOW] = wrong_with(problem, request.below, say("problem.below"))
    most = LAST_ITERATION - request.since
    if not goal and not most:
        goal, problems[COUNT] = here, say("problem.goal", most=f"{LAST_ITERATION:,}")
    elif not goal:
        try:
            goal = request.since + whole(request.count.strip(), 1, most)
        except NumeralError as problem:
            allowed = say("problem.count", most=f"{most:,}", last=f"{LAST_ITERATION:,}")
            goal, problems[COUNT] = here, wrong_with(problem, request.count, allowed)
    return Goal(goal, below, request.measure), problems


def _jump(asked: tuple[str, int] | None) -> tuple[int, dict[str, str]]:
    """Return the iteration to go to, or 0, and a message where the text is none that there is."""
    if asked is None:
        return 0, {}
    text, reach = asked
    try:
        return whole(text.strip(), 1, reach), {}
    except NumeralError:
        return 0, {GO_TO: say("training.reach", most=f"{reach:,}")}


def _losses(request: TrainRequest, done: Slice, is_by_curve: bool) -> LossRows:
    """Return E of the iterations that a slice has passed, or of those that the curve has kept where it passed none."""
    setup, first = request.run.setup, request.checkpoint.iteration
    return of_curve(setup, done) if is_by_curve else of_slice(setup, first, request.since, done)


def _live(place: Checkpoint, goal: Goal) -> str:
    left = goal.iteration - place.iteration
    return say("training.live", iteration=f"{place.iteration:,}", goal=f"{goal.iteration:,}", left=f"{left:,}")


def _words(request: TrainRequest, done: Slice, goal: Goal, problems: Mapping[str, str]) -> str:
    """Return what training came to; nothing while it goes on, and where none was done."""
    if request.lists:
        return ""
    if request.goal is None:
        return _paused(request)
    return "" if problems or done.end == GOES_ON else verdict(request.run.setup, done, goal)


def _paused(request: TrainRequest) -> str:
    """Return how far the run was trained, where the chart alone is asked for."""
    run, checkpoint = request.run, request.checkpoint
    error = run.curve.at(checkpoint.iteration)
    if error is None:
        return ""
    return verdict(run.setup, Slice((checkpoint,), run.curve, REACHED, error, run.overall, tested=run.tested))


def _chart(request: TrainRequest, done: Slice) -> Chart:
    run, other = request.run, request.other
    mine = Line(done.curve, run.shown, error_name(run.setup), tested=done.tested)
    if other is None:
        return chart(mine, None, request.scale, request.palette)
    own = say("compare.this", differences=differences(run.setup, other.setup))
    theirs = say("compare.other", differences=differences(other.setup, run.setup))
    return chart(
        replace(mine, name=own),
        Line(other.curve, other.shown, error_name(other.setup), theirs),
        request.scale,
        request.palette,
    )


def _curve(given: Any) -> Curve:
    """Return E over iterations as the browser holds it. Raises NotOursError where it is none."""
    iterations, losses = list_of(given["iterations"]), list_of(given["losses"])
    are_numbers = all(isinstance(e, int | float) and isfinite(e) for e in losses)
    if not (len(iterations) == len(losses) <= MOST_POINTS and are_numbers):
        raise NotOursError("curve")
    curve = Curve(tuple(map(_iteration, iterations)), tuple(map(float, losses)))
    if list(curve.iterations) != sorted(set(curve.iterations)):
        raise NotOursError("curve")
    return curve


def _told(curve: Curve) -> ToldCurve:
    return {"iterations": list(curve.iterations), "losses": list(curve.losses)}


def _asked_jump(given: Any) -> tuple[str, int]:
    return text_of(given["text"]), _iteration(given["reach"])


def _iteration(given: object) -> int:
    """Return an iteration, or 0. Raises NotOursError where there is none such."""
    number = whole_of(given)
    if not 0 <= number <= LAST_ITERATION:
        raise NotOursError("iteration")
    return number


def _checkpoint(setup: Setup, given: Any) -> Checkpoint:
    return start_of(setup) if given is None else Checkpoint.unpacked(setup, *checkpoint_of(given))
