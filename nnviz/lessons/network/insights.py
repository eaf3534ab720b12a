"""What the page shows of a run where it is asked for: what was learned, a map of the loss, a program, another run."""

from collections.abc import Sequence

from nnviz.algebra.quantities import Quantity
from nnviz.charts.theme import Look, Palette
from nnviz.engine.network import Network
from nnviz.engine.plan import plan_of
from nnviz.engine.trace import Iteration
from nnviz.explain.any_layer_html import any_layer_html, any_layer_values
from nnviz.explain.numpy_program import program
from nnviz.explain.torch_program import torch_program
from nnviz.explain.updates_html import updates_html, updates_values
from nnviz.explain.why_backward import why_backward
from nnviz.lessons.network.links import opened
from nnviz.lessons.network.own_numbers import checked
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION, Checkpoint, start_of
from nnviz.lessons.network.training.comparison import differences
from nnviz.lessons.network.training.loss_surface_chart import loss_surface
from nnviz.lessons.network.training.predictions import predictions
from nnviz.lessons.network.view import NetworkView
from nnviz.player.panels import TEMPLATES
from nnviz.player.request import Beside, NotOursError, PackedCheckpoint, Request
from nnviz.protocol import Choice, LossSurface, OtherPicture, Program, Understanding
from nnviz.text import say


def understanding(setup: Setup, view: NetworkView, request: Request, path: Sequence[PackedCheckpoint]) -> Understanding:
    """Return the place of the run; what it is shown by, and the other run, each None where it is not shown."""
    iteration = view.run.iteration
    place = Checkpoint(iteration.start, iteration.state_before, view.run.before)
    found: Understanding = {
        "checkpoint": {"iteration": place.iteration, "packed": place.packed},
        "predictions": None,
        "loss_surface": None,
        "program": None,
        "updates": None,
        "any_layer": None,
        "numbers": checked(request.numbers, view) if request.numbers else None,
        "beside": None,
    }
    if request.beside is not None:
        found["beside"] = _beside(setup, request.beside, request.look)
    if "predictions" in request.views:
        found["predictions"] = predictions(
            setup.network,
            place.network,
            setup.inputs,
            setup.targets,
            place.iteration,
            request.look.palette,
            setup.manner.names,
            setup.parts[1],
        )
    if "loss_surface" in request.views:
        found["loss_surface"] = _loss_surface(setup, place, request.pair, path, request.look.palette)
    if "program" in request.views:
        found["program"] = _program(setup, view.run.iteration, place.iteration)
    if "updates" in request.views:
        html = why_backward(iteration, view.sample) + updates_html(iteration.plan)
        found["updates"] = {"html": html, "values": updates_values(iteration, view.sample)}
    if "any_layer" in request.views:
        found["any_layer"] = {
            "html": any_layer_html(iteration.plan),
            "values": any_layer_values(iteration, view.sample),
        }
    return found


def _program(setup: Setup, iteration: Iteration, number: int) -> Program:
    lines = program(
        setup.network, *setup.training, setup.rate, number, setup.batches,
        in_place=setup.manner.in_place, output_for_input=setup.manner.output_for_input, method=setup.method,
    )  # fmt: skip
    return {
        "html": TEMPLATES.get_template("explain/templates/numpy_program.html").render(lines=lines),
        "words": say("program.note", iteration=number),
        "torch": TEMPLATES.get_template("explain/templates/torch_program.html").render(lines=torch_program(iteration)),
        "torch_words": say("torch.note" if setup.manner.mistake is None else "torch.no_mistake", iteration=number),
    }


def _beside(setup: Setup, beside: Beside, look: Look) -> OtherPicture:
    """Return the picture of the other run where the reader left it, and in what it differs."""
    other, problems = opened(beside.texts)
    if problems or not 1 <= beside.iteration <= LAST_ITERATION:
        raise NotOursError("beside")
    shown = run_at(other, beside.iteration, _unpacked(other, [beside.checkpoint] if beside.checkpoint else [])[-1])
    title = say("compare.other", differences=differences(other, setup))
    if shown.number < beside.iteration and shown.can_go_on:
        return {"title": title, "meta": say("compare.waits", iteration=f"{beside.iteration:,}"), "data": None}
    return NetworkView(shown, look, picture=other.picture).still(beside.step, title)


def _unpacked(setup: Setup, packed: Sequence[PackedCheckpoint]) -> list[Checkpoint]:
    """Return the start of a run, and places of it. Raises NotOursError where they are none."""
    try:
        return [
            start_of(setup),
            *(Checkpoint.unpacked(setup, *checkpoint) for checkpoint in packed if checkpoint[0] > 1),
        ]
    except ValueError as problem:
        raise NotOursError("checkpoint") from problem


def _loss_surface(
    setup: Setup, place: Checkpoint, pair: str, path: Sequence[PackedCheckpoint], palette: Palette
) -> LossSurface:
    """Return the loss surface over two parameters, those chosen or the first two, and which may be chosen."""
    trained = {p.place.key: p for p in plan_of(setup.shape, len(setup.training.inputs), setup.manner).trained}
    if len(trained) < 2:
        return {"options": [], "pair": [], "figure": None, "words": say("loss_surface.needs_two"), "label": ""}
    chosen = [trained[key] for key in pair.split(" ") if key in trained]
    first, second = chosen if len(set(chosen)) == 2 else list(trained.values())[:2]
    drawn = loss_surface(
        place.network,
        *setup.training,
        (first.place, second.place),
        _path(setup, place, path),
        place.iteration,
        (first.name, second.name),
        palette,
        is_part=bool(setup.split.share),
    )
    return {**drawn, "options": _options(trained), "pair": [first.place.key, second.place.key]}


def _options(trained: dict[str, Quantity]) -> list[Choice]:
    return [{"value": key, "name": parameter.name} for key, parameter in trained.items()]


def _path(setup: Setup, place: Checkpoint, packed: Sequence[PackedCheckpoint]) -> list[tuple[int, Network]]:
    """Return the networks of the run up to the present one, by iteration."""
    checkpoints = _unpacked(setup, [checkpoint for checkpoint in packed if checkpoint[0] < place.iteration])
    return [(checkpoint.iteration, checkpoint.network) for checkpoint in (*checkpoints, place)]
