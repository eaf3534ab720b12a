"""Training from the browser: it asks for a slice after the other, and is answered where that slice ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Any

from nnviz.draw.losses import SCALES, Line, chart
from nnviz.draw.palette import THEMES, Palette
from nnviz.lessons.comparison import differences
from nnviz.lessons.curve import Curve
from nnviz.lessons.desk import opened
from nnviz.lessons.numerals import parse, whole
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import GOES_ON, LAST_ITERATION, REACHED, Goal, Mark, Slice, start_of, trained
from nnviz.lessons.verdict import verdict
from nnviz.text import say
from nnviz.ui.request import NotOursError, list_of, mark_of, text_of, texts_of, whole_of

Json = dict[str, Any]
COUNT, BELOW = "train-count", "train-below"


@dataclass(frozen=True)
class Told:
    """A run as the browser holds it: its setup, its E so far, and the iteration that is shown of it."""

    setup: Setup
    curve: Curve
    shown: int

    @staticmethod
    def of(given: Any) -> "Told":
        """Return the run in the browser's JSON. Raises NotOursError where it is none."""
        setup, problems = opened(texts_of(given["texts"]))
        if problems:
            raise NotOursError("texts")
        iterations, losses = map(list_of, list_of(given["curve"]))
        if len(iterations) != len(losses) or not all(isinstance(e, int | float) and isfinite(e) for e in losses):
            raise NotOursError("curve")
        curve = Curve(tuple(map(whole_of, iterations)), tuple(map(float, losses)))
        if list(curve.iterations) != sorted(set(curve.iterations)):
            raise NotOursError("curve")
        return Told(setup, curve, whole_of(given["shown"]))


@dataclass(frozen=True)
class TrainRequest:
    """What the page asks of training.

    ``count`` and ``below`` are the texts of the fields where training begins; later slices have the ``goal`` that came
    of them, 0 at first. ``mark`` is where to go on; None is the start. A goal that is not behind it asks for the chart
    alone.
    """

    serial: int
    run: Told
    other: Told | None
    mark: Mark
    since: int
    goal: int
    count: str
    below: str
    scale: str
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
                mark=_mark(run.setup, given["mark"]),
                since=whole_of(given["since"]),
                goal=whole_of(given["goal"]),
                count=text_of(given["count"]),
                below=text_of(given["below"]),
                scale={scale: scale for scale in SCALES}[text_of(given["scale"])],
                palette=THEMES[text_of(given["theme"])],
            )
        except (KeyError, TypeError, ValueError) as missing:
            raise NotOursError(str(missing)) from missing


def slice_of(request: TrainRequest, breathe: Callable[[], None]) -> Json:
    """Return what a slice of training leaves, and the chart. Raises NotOursError where no page can have asked so."""
    goal, problems = _goal(request)
    run, mark = request.run, request.mark
    done, words = Slice((mark,), run.curve, REACHED, nan), ""
    if not problems and (run.curve.iterations or goal.iteration > mark.iteration):
        done = trained(run.setup, mark, run.curve, goal, breathe=breathe)
        words = _words(run.setup, done, goal)
    place, curve = done.marks[-1], done.curve
    way = max(1, goal.iteration - request.since)
    return {
        "serial": request.serial,
        "problems": problems,
        "marks": [[m.iteration, m.packed] for m in done.marks],
        "curve": [curve.iterations, curve.losses],
        "at": place.iteration,
        "goal": goal.iteration,
        "end": "refused" if problems else done.end,
        "progress": min(1.0, (place.iteration - request.since) / way),
        "words": words,
        "chart": _chart(request, curve),
    }


def _goal(request: TrainRequest) -> tuple[Goal, dict[str, str]]:
    """Return where training stops, and a message for each field whose text is not allowed."""
    problems, below, goal = {}, None, request.goal
    try:
        below = parse(request.below, positive=True) if request.below.strip() else None
    except ValueError as problem:
        problems[BELOW] = say(str(problem), kept=say("training.nothing"))
    if not goal:
        try:
            goal = request.mark.iteration + whole(request.count.strip(), 1, LAST_ITERATION)
        except ValueError:
            goal, problems[COUNT] = request.mark.iteration, say("problem.count", most=f"{LAST_ITERATION:,}")
    if goal > LAST_ITERATION:
        goal, problems[COUNT] = request.mark.iteration, say("problem.goal", most=f"{LAST_ITERATION:,}")
    return Goal(goal, below), problems


def _words(setup: Setup, done: Slice, goal: Goal) -> str:
    if done.end != GOES_ON:
        return verdict(setup, done)
    place = done.marks[-1]
    left = goal.iteration - place.iteration
    return say("training.live", iteration=f"{place.iteration:,}", goal=f"{goal.iteration:,}", left=f"{left:,}")


def _chart(request: TrainRequest, curve: Curve) -> Json:
    run, other = request.run, request.other
    mine = Line(curve.iterations, curve.losses, run.shown, "")
    if other is None:
        return chart(mine, None, request.scale, request.palette)
    own = say("compare.this", differences=differences(run.setup, other.setup))
    theirs = say("compare.other", differences=differences(other.setup, run.setup))
    return chart(
        replace(mine, name=own),
        Line(other.curve.iterations, other.curve.losses, other.shown, theirs),
        request.scale,
        request.palette,
    )


def _mark(setup: Setup, given: Any) -> Mark:
    return start_of(setup) if given is None else Mark.unpacked(setup, *mark_of(given))
