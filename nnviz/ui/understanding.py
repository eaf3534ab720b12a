"""What the page shows of a run where it is asked for: what was learned, its ground, and another run beside it."""

from collections.abc import Sequence

from nnviz.draw.ground import ground
from nnviz.draw.learned import learned
from nnviz.draw.look import Look
from nnviz.draw.palette import Palette
from nnviz.draw.view import NetworkReading
from nnviz.engine.network import Network
from nnviz.engine.plan import plan_of
from nnviz.engine.quantities import Quantity
from nnviz.lessons.comparison import differences
from nnviz.lessons.desk import opened
from nnviz.lessons.lesson import PackedMark
from nnviz.lessons.run import passage
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import LAST_ITERATION, Mark, start_of
from nnviz.protocol import Choice, Ground, OtherPicture, Understanding
from nnviz.text import say
from nnviz.ui.request import Beside, NotOursError, Request

LEARNED, GROUND = "learned", "ground"


def understanding(setup: Setup, reading: NetworkReading, request: Request, path: Sequence[PackedMark]) -> Understanding:
    """Return the place of the run; what was learned, its ground, and the other run, each None where not shown."""
    place = Mark(reading.passage.number, reading.passage.iteration.start, reading.passage.before)
    found: Understanding = {
        "mark": {"iteration": place.iteration, "packed": place.packed},
        "learned": None,
        "ground": None,
        "beside": None,
    }
    if request.beside is not None:
        found["beside"] = _beside(setup, request.beside, request.look)
    if LEARNED in request.views:
        found["learned"] = learned(
            setup.network,
            place.network,
            setup.inputs,
            setup.targets,
            place.iteration,
            request.look.palette,
            setup.manner.names,
        )
    if GROUND in request.views:
        found["ground"] = _ground(setup, place, request.pair, path, request.look.palette)
    return found


def _beside(setup: Setup, beside: Beside, look: Look) -> OtherPicture:
    """Return the picture of the other run where the reader left it, and in what it differs."""
    other, problems = opened(beside.texts)
    if problems or not 1 <= beside.iteration <= LAST_ITERATION:
        raise NotOursError("beside")
    shown = passage(other, beside.iteration, _unpacked(other, [beside.mark] if beside.mark else [])[-1])
    title = say("compare.other", differences=differences(other, setup))
    if shown.number < beside.iteration and shown.can_go_on:
        return {"title": title, "meta": say("compare.waits", iteration=f"{beside.iteration:,}"), "data": None}
    return NetworkReading(shown, look).still(beside.step, title)


def _unpacked(setup: Setup, packed: Sequence[PackedMark]) -> list[Mark]:
    """Return the start of a run, and places of it. Raises NotOursError where they are none."""
    try:
        return [start_of(setup), *(Mark.unpacked(setup, *mark) for mark in packed if mark[0] > 1)]
    except ValueError as problem:
        raise NotOursError("mark") from problem


def _ground(setup: Setup, place: Mark, pair: str, path: Sequence[PackedMark], palette: Palette) -> Ground:
    """Return the ground of two parameters, those that the page chose or the first two, and what may be chosen."""
    trained = {p.place.key: p for p in plan_of(setup.shape, len(setup.inputs), setup.manner).trained}
    if len(trained) < 2:
        return {"options": [], "pair": [], "figure": None, "words": say("ground.needs_two"), "label": ""}
    chosen = [trained[key] for key in pair.split(" ") if key in trained]
    first, second = chosen if len(set(chosen)) == 2 else list(trained.values())[:2]
    drawn = ground(
        place.network,
        setup.inputs,
        setup.targets,
        (first.place, second.place),
        _path(setup, place, path),
        place.iteration,
        (first.name, second.name),
        palette,
    )
    return {**drawn, "options": _options(trained), "pair": [first.place.key, second.place.key]}


def _options(trained: dict[str, Quantity]) -> list[Choice]:
    return [{"value": key, "name": parameter.name} for key, parameter in trained.items()]


def _path(setup: Setup, place: Mark, packed: Sequence[PackedMark]) -> list[tuple[int, Network]]:
    """Return the networks of the run up to the present one, by iteration."""
    marks = _unpacked(setup, [mark for mark in packed if mark[0] < place.iteration])
    return [(mark.iteration, mark.network) for mark in (*marks, place)]
